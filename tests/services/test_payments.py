"""Money for invoices: in parts, too much, back again, and never rubbed out."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.exc import DatabaseError

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken
from laverma_desk.services.changes import Topic
from laverma_desk.services.invoicing import payments
from laverma_desk.services.invoicing.cancelling import cancel_invoice
from laverma_desk.services.invoicing.register import InvoiceState, InvoiceTab, find_invoice, invoices
from laverma_desk.ui.invoice_looks import state_look
from laverma_desk.ui.invoices.payment.words import result_of
from tests.support.late_payers import make_late_payers

ISSUED = date(2022, 3, 1)


@pytest.fixture
def late(tmp_path):
    """A house whose practice got an invoice over 26.78 euros on 1 March 2022."""
    payers = make_late_payers(tmp_path / "desk")
    payers.invoice = payers.bill(ISSUED, 600)
    yield payers
    payers.desk.close()


def pay(late, cents, day=ISSUED, note=""):
    return payments.add_payment(late.desk, late.invoice.row.id, cents, day, note).value


def refused(late, cents, day=ISSUED):
    with pytest.raises(RuleBroken) as caught:
        pay(late, cents, day)
    assert payments.payments_of(late.desk, late.invoice.row.id) == ()
    return caught.value.code, caught.value.field


def state(late):
    return find_invoice(late.desk, late.invoice.row.number).state


def test_a_payment_is_written_down_with_day_and_name(late):
    late.be_on(date(2022, 3, 9))
    done = payments.add_payment(late.desk, late.invoice.row.id, 2678, date(2022, 3, 8), "  Überweisung ")
    assert Topic.INVOICES in done.changed
    entry = done.value
    assert (entry.cents, entry.paid_on, entry.note) == (2678, date(2022, 3, 8), "Überweisung")
    assert entry.who == "Klaus Klassen"
    assert entry.created_at == late.clock.now()
    assert payments.payments_of(late.desk, late.invoice.row.id) == (entry,)
    assert state(late) is InvoiceState.PAID
    assert [one.number for one in invoices(late.desk, InvoiceTab.PAID)] == [late.invoice.row.number]


def test_parts_add_up(late):
    assert late.invoice.row.gross_cents == 2678
    pay(late, 1000)
    assert payments.balance(late.desk, late.invoice.row.id).open_cents == 1678
    assert state(late) is InvoiceState.PART_PAID
    pay(late, 1677)
    assert payments.balance(late.desk, late.invoice.row.id).open_cents == 1
    pay(late, 1)
    assert payments.balance(late.desk, late.invoice.row.id).open_cents == 0
    assert state(late) is InvoiceState.PAID


def test_too_much_is_kept_and_pointed_out(late):
    before = payments.balance(late.desk, late.invoice.row.id)
    assert before.after(3000).overpaid_cents == 322
    assert before.after(2678).overpaid_cents == 0
    pay(late, 3000)
    after = payments.balance(late.desk, late.invoice.row.id)
    assert (after.open_cents, after.overpaid_cents) == (0, 322)


@pytest.mark.parametrize(
    ("cents", "day", "code", "field"),
    [
        (0, ISSUED, Rule.PAYMENT_WITHOUT_AMOUNT, "cents"),
        (10**12, ISSUED, Rule.AMOUNT_INVALID, "cents"),
        (100, date(2022, 3, 2), Rule.PAYMENT_IN_FUTURE, "paid_on"),
        (100, date(2022, 2, 28), Rule.PAYMENT_BEFORE_INVOICE, "paid_on"),
        (-1, ISSUED, Rule.REFUND_TOO_HIGH, "cents"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(late, cents, day, code, field):
    assert refused(late, cents, day) == (code, field)


def test_today_is_the_day_in_berlin(late):
    late.be_on(date(2022, 3, 1))
    late.clock.advance(hours=11, minutes=30)  # 22:30 UTC, 23:30 in Berlin
    assert refused(late, 100, date(2022, 3, 2)) == (Rule.PAYMENT_IN_FUTURE, "paid_on")
    late.clock.advance(minutes=31)  # past midnight in Berlin, not in UTC
    pay(late, 100, date(2022, 3, 2))


def test_money_for_two_invoices_is_pointed_to_the_other_one(late):
    first, second = late.invoice.row, late.bill(date(2022, 3, 1), 60).row
    standing = payments.balance(late.desk, first.id)
    assert standing.elsewhere == (second.number,)
    said, tone = result_of(standing, first.gross_cents + second.gross_cents)
    amount = "2,68\u00a0€"
    assert said == f"{amount} mehr, als hier offen ist. Den Rest für {second.number} erfassen."
    assert tone == "amber"
    payments.add_payment(late.desk, second.id, second.gross_cents, date(2022, 3, 1))
    assert payments.balance(late.desk, first.id).elsewhere == ()
    later = tuple(late.bill(date(2022, 3, day), 60).row.number for day in (2, 3))
    assert payments.balance(late.desk, first.id).elsewhere == later, "the oldest first"


def test_the_list_says_what_came_in_and_is_not_owed(late):
    row = late.bill(date(2022, 3, 1), 600).row
    gross = row.gross_cents

    def listed():
        return find_invoice(late.desk, row.number)

    payments.add_payment(late.desk, row.id, gross, late.desk.clock.now().date())
    assert (listed().surplus_cents, state_look(listed()).words) == (0, "bezahlt")
    payments.add_payment(late.desk, row.id, 1250, late.desk.clock.now().date())
    assert (listed().surplus_cents, state_look(listed()).words) == (1250, "12,50\u00a0€ zu viel")
    back = cancel_invoice(late.desk, row.id, "falscher Preis").value.row
    assert listed().surplus_cents == gross + 1250
    assert state_look(listed()).words.endswith(" zurückzahlen")
    assert (back.surplus_cents, state_look(back).words) == (0, "Stornorechnung")
    payments.add_payment(late.desk, row.id, -(gross + 1250), late.desk.clock.now().date())
    assert (listed().surplus_cents, state_look(listed()).words) == (0, "storniert")


def test_only_what_is_too_much_goes_back(late):
    pay(late, 3000)
    with pytest.raises(RuleBroken, match="refund_too_high") as caught:
        pay(late, -323)
    assert caught.value.parameters["most"] == "3,22\u00a0€"
    pay(late, -322, note="Rückzahlung")
    assert payments.balance(late.desk, late.invoice.row.id).overpaid_cents == 0


def test_an_entry_is_taken_back_by_another_one_of_its_day(late):
    entry = pay(late, 2678)
    late.be_on(date(2022, 3, 9))
    done = payments.take_back(late.desk, entry.id, " falsche Rechnung ")
    counter = done.value
    assert (counter.cents, counter.paid_on, counter.note) == (-2678, ISSUED, "falsche Rechnung")
    assert counter.takes_back == entry.id
    assert payments.payments_of(late.desk, late.invoice.row.id) == (entry, counter)
    assert payments.balance(late.desk, late.invoice.row.id).paid_cents == 0
    for again in (entry.id, counter.id):
        with pytest.raises(RuleBroken, match="payment_taken_back"):
            payments.take_back(late.desk, again, "noch einmal")


def test_taking_back_needs_a_reason_and_an_entry(late):
    entry = pay(late, 100)
    with pytest.raises(RuleBroken, match="reason_missing"):
        payments.take_back(late.desk, entry.id, "  ")
    with pytest.raises(RuleBroken, match="payment_unknown"):
        payments.take_back(late.desk, entry.id + 1, "gibt es nicht")


def test_what_went_back_is_taken_back_first(late):
    entry = pay(late, 3000)
    refund = pay(late, -322)
    with pytest.raises(RuleBroken, match="payment_refunded"):
        payments.take_back(late.desk, entry.id, "war für jemand anderen")
    payments.take_back(late.desk, refund.id, "nie überwiesen")
    payments.take_back(late.desk, entry.id, "war für jemand anderen")
    assert payments.balance(late.desk, late.invoice.row.id).paid_cents == 0


def test_all_that_was_paid_goes_back_after_a_cancellation(late):
    pay(late, 2678)
    storno = cancel_invoice(late.desk, late.invoice.row.id, "falscher Kunde").value
    standing = payments.balance(late.desk, late.invoice.row.id)
    assert (standing.cancelled, standing.open_cents, standing.overpaid_cents) == (True, 0, 2678)
    pay(late, -2678, note="zurück")
    assert payments.balance(late.desk, late.invoice.row.id).overpaid_cents == 0
    with pytest.raises(RuleBroken, match="payment_on_cancellation"):
        payments.add_payment(late.desk, storno.row.id, 100, ISSUED)


def test_an_invoice_that_is_not_there(late):
    with pytest.raises(RuleBroken, match="invoice_unknown"):
        payments.add_payment(late.desk, 4711, 100, ISSUED)
    with pytest.raises(RuleBroken, match="invoice_unknown"):
        payments.balance(late.desk, 4711)


@pytest.mark.parametrize("statement", ["UPDATE payment SET cents = 1", "DELETE FROM payment"])
def test_the_database_keeps_every_entry(late, statement):
    entry = pay(late, 100)
    with pytest.raises((DatabaseError, OutsideTrouble)), late.desk.database.write() as connection:
        connection.exec_driver_sql(statement)
    assert payments.payments_of(late.desk, late.invoice.row.id) == (entry,)
