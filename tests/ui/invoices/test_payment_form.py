"""The form of a payment: what an amount leads to is said before it is written, and nothing is rubbed out."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from laverma_desk.domain.errors import RuleBroken
from laverma_desk.domain.invoice_register import InvoiceState
from laverma_desk.services.invoicing import cancelling, payments, register
from laverma_desk.ui.invoices.payment.controller import PaymentFormController
from laverma_desk.ui.invoices.payment.panel import AMOUNT, NOTE, PAID_ON
from laverma_desk.ui.invoices.words import headline_of
from tests.support import invoice_forms, rooms

bench, billed, clock, desk = (
    invoice_forms.bench, invoice_forms.billed, invoice_forms.clock, invoice_forms.desk,
)  # fmt: skip
owner, surroundings = rooms.owner, rooms.surroundings


def euros(words):
    return words.replace(" €", "\u00a0€")


@pytest.fixture
def invoice(bench):
    """An invoice of 148,50 € net, 176,72 € with VAT."""
    return bench.invoice()


@pytest.fixture
def form(bench, invoice):
    made = bench.show(PaymentFormController)
    made.show_for(invoice.row.id)
    QApplication.processEvents()
    return made


def row_of(bench, invoice):
    return register.read_invoice(bench.desk, invoice.row.id).row


def test_the_open_sum_is_there_and_one_key_records_it(bench, form, invoice):
    assert form.panel.title.text() == "Zahlung zu RE-2022-0001"
    assert form.panel.form.amount.text() == "176,72"
    assert form.panel.form.amount.hasFocus()
    assert form.panel.form.result.text() == "Damit ist die Rechnung bezahlt."
    assert ("Offen", euros("176,72 €")) in form.panel.facts()
    bench.press("Ctrl+Return")
    (outcome,) = bench.finished
    assert outcome.sentence == euros("Zahlung über 176,72 € zu RE-2022-0001 erfasst.")
    assert outcome.invoice_id == invoice.row.id
    (payment,) = payments.payments_of(bench.desk, invoice.row.id)
    assert (payment.cents, payment.paid_on) == (17672, date(2022, 3, 1))
    assert row_of(bench, invoice).state is InvoiceState.PAID


def test_what_came_in_too_much_is_said_above_the_invoice(bench, invoice):
    payments.add_payment(bench.desk, invoice.row.id, 22672, date(2022, 3, 1))
    paid = headline_of(row_of(bench, invoice))
    assert (paid.badge, paid.tone) == ("Bezahlt", "amber")
    assert paid.sentence == euros("50,00 € mehr eingegangen als verlangt.")
    payments.add_payment(bench.desk, invoice.row.id, -5000, date(2022, 3, 1))
    even = headline_of(row_of(bench, invoice))
    assert (even.tone, even.sentence) == ("green", "Gestellte Rechnungen sind unveränderbar.")
    cancelling.cancel_invoice(bench.desk, invoice.row.id, "falsch")
    gone = headline_of(row_of(bench, invoice))
    assert (gone.badge, gone.tone) == ("Storniert", "amber")
    assert gone.sentence == euros("Storniert durch ST-2022-0001. 176,72 € gehen an den Kunden zurück.")


def test_a_part_leaves_the_rest_open(bench, form, invoice):
    bench.type(form.panel.form.amount, "100")
    assert form.panel.form.result.text() == euros("76,72 € bleiben offen.")
    bench.type(form.panel.form.note, "Kontoauszug 3")
    bench.press("Ctrl+S")
    assert row_of(bench, invoice).state is InvoiceState.PART_PAID
    form.show_for(invoice.row.id)
    assert form.panel.form.amount.text() == "76,72"
    (row,) = form.panel.rows
    assert row.words()[1].startswith("Kontoauszug 3")


def test_too_much_is_pointed_out_but_can_be_recorded(bench, form, invoice):
    bench.type(form.panel.form.amount, "200,00")
    assert form.panel.form.result.text().startswith(euros("23,28 € mehr als offen"))
    bench.press("Ctrl+Return")
    assert row_of(bench, invoice).paid_cents == 20000
    form.show_for(invoice.row.id)
    assert form.panel.form.amount.text() == "-23,28"
    assert form.panel.form.result.text() == euros("23,28 € gehen an den Kunden zurück.")
    bench.press("Ctrl+Return")
    assert row_of(bench, invoice).paid_cents == 17672


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        (AMOUNT, "viel"),
        (AMOUNT, "0"),
        (PAID_ON, "31.02.2022"),
        (PAID_ON, "02.03.2022"),
        (PAID_ON, "28.02.2022"),
    ],
)
def test_what_is_wrong_stands_at_its_field(bench, form, invoice, name, typed):
    bench.type(form.panel.form.field(name), typed)
    bench.press("Ctrl+Return")
    assert form.panel.form.error(name)
    assert form.panel.form.field(name).hasFocus()
    assert form.panel.form.text(name) in (typed, "2022-03-02", "2022-02-28")
    assert bench.finished == []
    assert payments.payments_of(bench.desk, invoice.row.id) == ()


def test_a_payment_is_taken_back_with_a_reason(bench, invoice):
    payments.add_payment(bench.desk, invoice.row.id, 5000, bench.today)
    form = bench.show(PaymentFormController)
    form.show_for(invoice.row.id)
    (row,) = form.panel.rows
    row.take_back.click()
    assert row.reason.hasFocus()
    bench.press("Ctrl+Return")
    assert row.error()
    assert len(payments.payments_of(bench.desk, invoice.row.id)) == 1
    bench.type(row.reason, "falsche Rechnung")
    bench.press("Ctrl+Return")
    assert bench.finished == []
    first, second = payments.payments_of(bench.desk, invoice.row.id)
    assert (second.cents, second.takes_back, second.note) == (-5000, first.id, "falsche Rechnung")
    assert form.panel.form.amount.text() == "176,72"
    assert [one.take_back.isHidden() for one in form.panel.rows] == [True, True]
    assert "Beide Einträge" in form.panel.told()


def test_escape_takes_the_question_back_first(bench, invoice):
    payments.add_payment(bench.desk, invoice.row.id, 5000, bench.today)
    form = bench.show(PaymentFormController)
    form.show_for(invoice.row.id)
    form.panel.rows[0].take_back.click()
    bench.press("Escape")
    assert form.panel.asking_row() is None
    assert bench.closed == []
    bench.press("Escape")
    assert bench.closed == [True]


def test_what_was_typed_is_there_again(bench, form, invoice):
    bench.type(form.panel.form.amount, "12,34")
    bench.type(form.panel.form.note, "bar")
    bench.press("Escape")
    assert bench.closed == [True]
    form.show_for(invoice.row.id)
    assert (form.panel.form.amount.text(), form.panel.form.text(NOTE)) == ("12,34", "bar")
    assert form.panel.told()
    assert payments.payments_of(bench.desk, invoice.row.id) == ()


def test_money_on_a_cancelled_invoice_goes_back(bench, invoice):
    payments.add_payment(bench.desk, invoice.row.id, 5000, bench.today)
    made = cancelling.cancel_invoice(bench.desk, invoice.row.id, "falsch").value
    form = bench.show(PaymentFormController)
    form.show_for(invoice.row.id)
    assert ("Zurückzuzahlen", euros("50,00 €")) in form.panel.facts()
    assert form.panel.form.amount.text() == "-50,00"
    bench.press("Ctrl+Return")
    assert payments.balance(bench.desk, invoice.row.id).paid_cents == 0
    with pytest.raises(RuleBroken):
        form.show_for(made.row.id)


def test_a_payment_from_elsewhere_is_seen(bench, form, invoice):
    bench.surroundings.bus.publish(payments.add_payment(bench.desk, invoice.row.id, 7672, bench.today))
    assert ("Offen", euros("100,00 €")) in form.panel.facts()
    assert form.panel.form.result.text().startswith(euros("76,72 € mehr als offen"))
