"""Sums of what is billed by the second, and the agreement that a merged record brought along."""

from __future__ import annotations

from datetime import date

import pytest

from laverma_desk.domain.history import HistoryFilter, HistoryStatus
from laverma_desk.domain.tariff import CustomerTariff, Rounding
from laverma_desk.services import history
from laverma_desk.services.customers.merging import merge
from laverma_desk.services.setup import house
from laverma_desk.storage import billing, customers, history_rows, portions, sessions
from tests.support.desks import add_customer
from tests.support.held_data import hold_session
from tests.support.report_desks import end_session
from tests.support.session_steps import machine_of

EVERYTHING = HistoryFilter(None, None)
WITHOUT = HistoryFilter(None, None, status=HistoryStatus.WITHOUT_AGREEMENT)


def test_minutes_that_have_begun_are_counted_where_seconds_are_billed(desk, bohrer, clock):
    own = CustomerTariff(date(2022, 1, 1), 225, Rounding.EXACT_SECOND)
    with desk.database.write() as connection:
        customers.put_customer_tariff(connection, bohrer.customer_id, own)
    end_session(desk, bohrer, clock)
    end_session(desk, bohrer, clock)
    with desk.database.read() as connection:
        exported = list(history_rows.every_row(connection, EVERYTHING))
    assert [one.seconds for one in exported] == [742, 742]
    assert [one.billed_minutes for one in exported] == [13, 13]
    assert history.overview(desk, EVERYTHING).total.billed_minutes == 26


@pytest.mark.parametrize("keeps_agreement", [True, False])
def test_an_agreement_counts_for_the_sessions_of_both_records(desk, bohrer, keeps_agreement):
    first = add_customer(desk, "10030", "Praxis Weiß", "PC A", has_agreement=keeps_agreement)
    second = add_customer(desk, "10031", "Praxis Weiss", "PC B", has_agreement=not keeps_agreement)
    covered = machine_of(desk, first if keeps_agreement else second)
    merge(desk, first, second, {}, "eine Praxis")
    hold_session(desk, covered, "Router", billable=True)
    assert history.overview(desk, EVERYTHING).total.sessions == 1
    assert history.overview(desk, WITHOUT).total.sessions == 0


def test_a_reason_that_was_chosen_before_it_was_billed_after_all_is_not_told(desk, bohrer):
    reason = house.read_house(desk).free_reasons[0]
    free, billed = (hold_session(desk, bohrer.server, "Router", billable=one) for one in (False, True))
    with desk.database.write() as connection:
        sessions.update_session(connection, billed, free_reason_id=reason.id)
        told = {one.billable: one.free_reason for one in history_rows.every_row(connection, EVERYTHING)}
    assert free != billed
    assert told == {False: reason.name, True: ""}


def test_an_invoice_over_many_sessions_bills_each_of_them(desk, bohrer, monkeypatch):
    monkeypatch.setattr(portions, "AT_ONCE", 2)
    held = [hold_session(desk, bohrer.server, "Router", billable=True) for _ in range(5)]
    with desk.database.write() as connection:
        billing.bill(connection, held, "RE-2022-0001")
        assert billing.release(connection, "RE-2022-0001") == held
