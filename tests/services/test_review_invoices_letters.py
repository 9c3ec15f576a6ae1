"""Single lines of reminders and of the erasure of invoices that nothing else would miss."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.interest import BaseRate
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.retention import ERASED
from laverma_desk.services.invoicing import payments, reminders, sending
from laverma_desk.services.invoicing import reminder_settings as decisions
from laverma_desk.services.invoicing.cancelling import cancel_invoice
from laverma_desk.services.invoicing.register import find_invoice, read_invoice
from laverma_desk.services.invoicing.reminder_record import build_reminder
from laverma_desk.services.invoicing.verifying import verify
from laverma_desk.services.privacy import erasure
from laverma_desk.services.setup import house
from laverma_desk.storage import customers, held_invoices, outbox, stored_documents
from laverma_desk.storage import reminders as stored
from tests.support.desks import set_mail_account
from tests.support.invoice_houses import use_format
from tests.support.late_payers import LatePayers, make_late_payers

FIRST = date(2022, 3, 1)
"""Issued on this day, invoices are due on 15 March, and in default from 15 April on."""


@pytest.fixture
def late(tmp_path):
    """A house with a practice that is billed for February 2022 on 1 March."""
    payers = make_late_payers(tmp_path / "desk")
    yield payers
    payers.desk.close()


def decide(late: LatePayers, **changes):
    settings = decisions.read_reminder_settings(late.desk)
    decisions.save_reminder_settings(late.desk, replace(settings, **changes))


def letter(late: LatePayers, level: int | None = None):
    return reminders.prepare_reminder(late.desk, late.place.customer_id, level).record


def held(late: LatePayers):
    with late.desk.database.read() as connection:
        return {
            one.number: one.last for one in held_invoices.invoices_of(connection, [late.place.customer_id])
        }


def test_only_a_letter_about_taxed_invoices_speaks_of_vat(late, tmp_path):
    late.bill(FIRST, 600)
    late.be_on(date(2022, 4, 1))
    assert letter(late).vat
    small = make_late_payers(tmp_path / "small", vat_id="")
    try:
        company = house.read_house(small.desk).company
        house.save_company(small.desk, replace(company, small_business=True))
        small.bill(FIRST, 600)
        small.be_on(date(2022, 4, 1))
        assert not letter(small).vat
    finally:
        small.desk.close()


def test_the_first_day_of_default_bears_interest(late):
    late.bill(FIRST, 3600)
    decide(late, interest=True, base_rates=(BaseRate(date(2022, 1, 1), Decimal("-0.88")),))
    late.be_on(date(2022, 4, 15))
    assert letter(late, 2).lines[0].spans == ()
    late.be_on(date(2022, 4, 16))
    (span,) = letter(late, 2).lines[0].spans
    assert (span.first, span.days) == (date(2022, 4, 15), 1)
    assert letter(late, 1).lines[0].spans == ()


def test_the_day_that_a_letter_sets_is_waited_for(late):
    late.bill(FIRST, 600)
    late.be_on(date(2022, 3, 20))
    reminders.issue_reminder(late.desk, late.place.customer_id)
    late.be_on(date(2022, 3, 30))
    assert reminders.overdue(late.desk)[0].waits_until == date(2022, 3, 30)
    late.be_on(date(2022, 3, 31))
    assert reminders.overdue(late.desk)[0].waits_until is None


def test_the_papers_of_a_letter_come_in_the_order_of_its_lines(late):
    ids = [late.bill(FIRST, 600).row.id for _ in range(3)]
    with late.desk.database.read() as connection:
        forwards = stored.pdf_ids(connection, ids)
        assert stored.pdf_ids(connection, ids[::-1]) == forwards[::-1]
    assert len(set(forwards)) == 3


def test_what_a_letter_costs_is_kept_in_its_row_with_the_lump_sum(late):
    late.bill(FIRST, 600)
    decide(late, fees=(0, 500, 5000), lump_sum=True)
    late.be_on(date(2022, 5, 1))
    row = reminders.issue_reminder(late.desk, late.place.customer_id, 3).value.row
    assert (row.fee_cents, row.number) == (5000, "MA-2022-0001")


def test_nobody_locked_is_mailed_a_letter_of_before(late):
    late.bill(FIRST, 600)
    late.be_on(date(2022, 4, 1))
    one = reminders.issue_reminder(late.desk, late.place.customer_id).value
    set_mail_account(late.desk, 2525)
    with late.desk.database.write() as connection:
        known = customers.find(connection, late.place.customer_id)
        customers.update_customer(connection, replace(known, restricted_at=late.clock.now()))
    with pytest.raises(RuleBroken) as caught:
        reminders.queue_reminder(late.desk, one.row.id)
    assert caught.value.code is Rule.CUSTOMER_RESTRICTED


def test_an_entry_taken_back_is_no_money_of_its_day(late):
    invoice = late.bill(FIRST, 600).row.id
    entry = payments.add_payment(late.desk, invoice, 500, FIRST).value
    payments.take_back(late.desk, entry.id, "falsch")
    payments.add_payment(late.desk, invoice, 100, FIRST)
    late.be_on(date(2022, 4, 1))
    with late.desk.database.read() as connection:
        built = build_reminder(connection, late.place.customer_id, None, date(2022, 4, 1))
    assert [(one.paid_on, one.cents) for one in built.record.payments] == [(FIRST, 100)]
    with pytest.raises(RuleBroken) as caught:
        payments.take_back(late.desk, entry.id + 1, "doch")
    assert caught.value.code is Rule.PAYMENT_TAKEN_BACK


@pytest.mark.parametrize("cents", [10_000_000_01, -10_000_000_01])
def test_no_amount_is_beyond_all_measure(late, cents):
    invoice = late.bill(FIRST, 600).row.id
    with pytest.raises(RuleBroken) as caught:
        payments.add_payment(late.desk, invoice, cents, FIRST)
    assert caught.value.code is Rule.AMOUNT_INVALID
    assert payments.add_payment(late.desk, invoice, 10_000_000_00, FIRST).value.cents == 10_000_000_00


def test_a_cancellation_keeps_its_invoice_as_long_as_itself_and_the_other_way_round(late):
    one = late.bill(FIRST, 600)
    late.be_on(date(2023, 2, 1))
    cancel_invoice(late.desk, one.row.id, "falsch")
    assert set(held(late).values()) == {date(2023, 2, 1)}
    payments.add_payment(late.desk, one.row.id, 500, date(2023, 2, 1))
    late.be_on(date(2024, 2, 1))
    payments.add_payment(late.desk, one.row.id, -500, date(2024, 2, 1))
    assert held(late) == {"RE-2022-0001": date(2024, 2, 1), "ST-2023-0001": date(2024, 2, 1)}


def test_a_mail_that_never_went_keeps_no_invoice(late):
    one = late.bill(FIRST, 600)
    set_mail_account(late.desk, 2525)
    late.clock.set_wall(datetime(2023, 2, 1, 12, tzinfo=UTC))
    mail = sending.queue_invoice(late.desk, one.row.id).value
    assert held(late) == {"RE-2022-0001": date(2023, 2, 1)}
    with late.desk.database.write() as connection:
        outbox.update_message(connection, mail, state=MessageState.DISCARDED.value)
    assert held(late) == {"RE-2022-0001": FIRST}


def test_a_letter_keeps_its_words_until_the_last_of_its_invoices_goes(late):
    gone, kept = late.bill(FIRST, 600).row, late.bill(FIRST, 900).row
    late.be_on(date(2022, 4, 1))
    one = reminders.issue_reminder(late.desk, late.place.customer_id).value
    assert [line.number for line in one.record.lines] == [gone.number, kept.number]
    late.be_on(date(2023, 2, 1))
    payments.add_payment(late.desk, kept.id, kept.gross_cents, date(2023, 2, 1))
    erasure.erase(late.desk, late.place.customer_id, "10017", "Verlangen")
    late.be_on(date(2031, 1, 1))
    erasure.erase_due(late.desk)
    names = [find_invoice(late.desk, row.number).customer_name for row in (gone, kept)]
    assert names == [ERASED, kept.customer_name]
    assert reminders.read_reminder(late.desk, one.row.id) == one
    late.be_on(date(2032, 1, 1))
    erasure.erase_due(late.desk)
    with late.desk.database.read() as connection:
        found = stored.find(connection, one.row.id)
        assert found.record == ""
        assert stored_documents.read(connection, found.row.pdf_id).content == b""


def test_a_mail_that_goes_leaves_the_file_that_is_the_invoice(late):
    use_format(late.desk, InvoiceFormat.XRECHNUNG)
    one = late.bill(FIRST, 600)
    set_mail_account(late.desk, 2525)
    mail = sending.queue_invoice(late.desk, one.row.id).value
    with late.desk.database.write() as connection:
        outbox.update_message(connection, mail, state=MessageState.FAILED.value)
    erasure.erase(late.desk, late.place.customer_id, "10017", "Verlangen")
    assert read_invoice(late.desk, one.row.id).xml == one.xml
    assert verify(late.desk) == ()


@pytest.mark.parametrize("typed", ["20", "-20", "20,00", "−20 %"])
def test_a_base_rate_of_twenty_is_still_taken(typed):
    assert abs(decisions.checked_base_rate(typed, "rate")) == 20


@pytest.mark.parametrize("typed", ["20,01", "-20.01", "99", "-99"])
def test_a_base_rate_beyond_it_is_a_slip_of_the_finger(typed):
    with pytest.raises(RuleBroken, match="base_rate_invalid"):
        decisions.checked_base_rate(typed, "rate")
