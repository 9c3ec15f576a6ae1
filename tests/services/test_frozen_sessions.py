"""What an ended session keeps, how its end is taken back, and where its start may go."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from laverma_desk.domain.errors import Rule
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.support_session import (
    Segment,
    SessionState,
)
from laverma_desk.domain.tariff import CustomerTariff, Rounding, Tariff
from laverma_desk.domain.vat import VatRate
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.services.setup import house
from laverma_desk.services.setup.house_billing import save_vat_rates
from laverma_desk.storage import customers
from laverma_desk.storage.session_history import Change
from tests.support.session_steps import broken, mail, read, start, state_of

RUNNING, PAUSED, ENDED = SessionState.RUNNING, SessionState.PAUSED, SessionState.ENDED


def rename_everything(desk, bohrer) -> None:
    with desk.database.write() as connection:
        customer = customers.find(connection, bohrer.customer_id)
        customers.update_customer(connection, replace(customer, name="MVZ Bohrer & Zange"))
        connection.exec_driver_sql("UPDATE workstation SET name = 'Empfang' WHERE name = 'PC Rezeption'")
    house.save_supporter(desk, "Klaus Neumann", "", known=house.read_house(desk).supporters[0].id)


def names(one) -> tuple[str, str, str]:
    return one.customer_name, one.workstation_name, one.supporter_name


OLD = ("ZAP Dr. Bohrer", "PC Rezeption", "Klaus Klassen")
NEW = ("MVZ Bohrer & Zange", "Empfang", "Klaus Neumann")


def test_names_are_frozen_at_the_end(desk, bohrer):
    ended, running = start(desk, bohrer.reception), start(desk, bohrer.reception)
    timekeeping.end_session(desk, ended)
    rename_everything(desk, bohrer)
    assert names(read(desk, ended)) == OLD
    assert names(read(desk, running)) == NEW
    assert names(timekeeping.end_session(desk, running).value) == NEW
    assert names(timekeeping.reopen_session(desk, ended).value) == NEW


def test_the_tariff_is_frozen_at_the_end(desk, bohrer, clock):
    ended, running = start(desk, bohrer.reception), start(desk, bohrer.server)
    clock.advance(minutes=10)
    timekeeping.end_session(desk, ended)
    dearer = Tariff(date(2022, 1, 1), 300, Rounding.EXACT_SECOND, Decimal(7))
    house.save_tariff(desk, dearer)
    save_vat_rates(desk, [VatRate(date(2022, 1, 1), Decimal(7))])
    assert (read(desk, ended).tariff.price_cents, read(desk, ended).charge.net_cents) == (225, 2250)
    assert timekeeping.end_session(desk, running).value.charge.net_cents == 3000
    timekeeping.reopen_session(desk, ended)
    assert timekeeping.end_session(desk, ended).value.tariff == dearer


def test_the_tariff_is_that_of_the_first_day_in_berlin(desk, bohrer, clock):
    house.save_tariff(desk, Tariff(date(2022, 7, 1), 300))
    clock.set_wall(datetime(2022, 6, 30, 21, 59, tzinfo=UTC))
    before = start(desk, bohrer.reception)
    clock.advance(minutes=1)
    after = start(desk, bohrer.reception)
    clock.advance(hours=3)
    assert timekeeping.end_session(desk, before).value.tariff.price_cents == 225
    assert timekeeping.end_session(desk, after).value.tariff.price_cents == 300


def test_a_customers_own_price_counts(desk, bohrer, clock):
    with desk.database.write() as connection:
        customers.put_customer_tariff(
            connection, bohrer.customer_id, CustomerTariff(date(2022, 3, 1), 180, Rounding.FULL_MINUTE)
        )
    number = start(desk, bohrer.reception)
    assert timekeeping.current_tariff(desk, bohrer.customer_id, clock.now()).price_cents == 180
    yesterday = clock.now() - timedelta(days=1)
    assert timekeeping.current_tariff(desk, bohrer.customer_id, yesterday).price_cents == 225
    clock.advance(minutes=12, seconds=22)
    assert timekeeping.end_session(desk, number).value.charge.net_cents == 12 * 180


def test_taking_the_end_back(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    clock.advance(minutes=10)
    timekeeping.end_session(desk, number)
    clock.advance(minutes=3)
    result = timekeeping.reopen_session(desk, number)
    assert result.changed == {Topic.SESSIONS, Topic.OUTBOX}
    again = result.value
    assert (again.state, again.charge, again.tariff, again.report_open) == (RUNNING, None, None, False)
    clock.advance(minutes=2)
    assert timekeeping.end_session(desk, number).value.charge.seconds == 720, (
        "the three minutes are not counted"
    )
    (line,) = timekeeping.session_history(desk, number)
    assert (line.who, line.field, line.old, line.new) == ("Klaus Klassen", "state", "ended", "running")


def test_only_an_ended_session_is_reopened(desk, bohrer):
    number = start(desk, bohrer.reception)
    broken(Rule.SESSION_NOT_ENDED, timekeeping.reopen_session, desk, number)
    timekeeping.pause_session(desk, number)
    broken(Rule.SESSION_NOT_ENDED, timekeeping.reopen_session, desk, number)


@pytest.mark.parametrize("state", list(MessageState))
def test_reopening_and_the_report(desk, bohrer, state):
    number = start(desk, bohrer.reception)
    timekeeping.end_session(desk, number)
    report = mail(desk, number, state)
    if state in (MessageState.SENDING, MessageState.HANDED_OVER, MessageState.UNCLEAR):
        broken(Rule.REPORT_ALREADY_SENT, timekeeping.reopen_session, desk, number)
        assert state_of(desk, report) is state
    else:
        timekeeping.reopen_session(desk, number)
        assert state_of(desk, report) is MessageState.DISCARDED


def test_begun_three_minutes_earlier(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    begun, now = clock.now(), clock.now()
    earlier = begun - timedelta(minutes=3)
    moved = timekeeping.set_start(desk, number, earlier)
    assert (moved.value.segments, moved.changed) == ((Segment(earlier),), {Topic.SESSIONS})
    assert timekeeping.session_history(desk, number) == [
        Change(now, "Klaus Klassen", "begin", begun.isoformat(), earlier.isoformat())
    ]


def test_a_start_that_stays_is_not_logged(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    assert timekeeping.set_start(desk, number, clock.now()).changed == frozenset()
    assert timekeeping.session_history(desk, number) == []


def test_the_start_lies_neither_in_the_future_nor_behind_the_first_end(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    soon = clock.now() + timedelta(microseconds=1)
    assert broken(Rule.START_IN_FUTURE, timekeeping.set_start, desk, number, soon).field == "begin"
    clock.advance(minutes=5)
    assert timekeeping.set_start(desk, number, clock.now()).value.begin == clock.now()
    clock.advance(minutes=5)
    timekeeping.pause_session(desk, number)
    first_end = clock.now()
    clock.advance(minutes=5)
    timekeeping.resume_session(desk, number)
    found = broken(Rule.END_BEFORE_START, timekeeping.set_start, desk, number, first_end)
    assert found.field == "begin"
    last = first_end - timedelta(seconds=1)
    assert timekeeping.set_start(desk, number, last).value.segments[0] == Segment(last, first_end)


def test_the_start_of_an_ended_session_stays(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    timekeeping.end_session(desk, number)
    broken(Rule.SESSION_ENDED, timekeeping.set_start, desk, number, clock.now())


def _free_session(desk, bohrer, clock, reason):
    session = timekeeping.start_session(desk, bohrer.reception).value
    clock.advance(minutes=5)
    call_sheet.save_billing(desk, session.id, billable=False, free_reason_id=reason)
    timekeeping.end_session(desk, session.id)
    return session.id


def test_a_reason_that_was_given_keeps_its_word_when_the_list_is_reworded(desk, bohrer, clock):
    first, second, *rest = house.read_house(desk).free_reasons
    number = _free_session(desk, bohrer, clock, first.id)
    others = [(one.id, one.name, one.on_invoice) for one in (second, *rest)]
    house.save_free_reasons(desk, [(first.id, "Ganz anders", True), *others])
    assert timekeeping.read_session(desk, number).free_reason == first.name
    assert house.read_house(desk).free_reasons[0].name == "Ganz anders"
    house.save_free_reasons(desk, [(None, first.name, True), *others])
    assert house.read_house(desk).free_reasons[0].id == first.id


def test_also_where_two_reasons_exchange_their_names(desk, bohrer, clock):
    first, second, *_ = house.read_house(desk).free_reasons
    number = _free_session(desk, bohrer, clock, first.id)
    house.save_free_reasons(desk, [(first.id, second.name, True), (second.id, first.name, False)])
    assert timekeeping.read_session(desk, number).free_reason == first.name
    assert [one.name for one in house.read_house(desk).free_reasons] == [second.name, first.name]
