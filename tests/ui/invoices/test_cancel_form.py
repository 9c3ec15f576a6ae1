"""The form of a cancellation: a reason, one document, free sessions, and the way to the corrected invoice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import DraftItem, InvoiceKind, LineKind, Unit
from laverma_desk.domain.invoice_register import InvoiceState, InvoiceTab
from laverma_desk.services.invoicing import correction, drafts, issuing, items, payments, register
from laverma_desk.services.invoicing.cancelling import cancel_invoice
from laverma_desk.services.invoicing.open_sessions import open_customers
from laverma_desk.ui.invoices.cancel.controller import CancelFormController
from tests.support import invoice_forms, rooms
from tests.support.billing_desks import UNTIL

bench, billed, clock, desk = (
    invoice_forms.bench, invoice_forms.billed, invoice_forms.clock, invoice_forms.desk,
)  # fmt: skip
owner, surroundings = rooms.owner, rooms.surroundings

CABLE = DraftItem(0, LineKind.OTHER, date(2022, 2, 3), "Kabel", Decimal(2), Unit.PIECE, 450)


@pytest.fixture
def invoice(bench):
    """An invoice with five sessions and a cable."""
    draft = bench.draft()
    items.put_item(bench.desk, draft, CABLE)
    return issuing.issue_invoice(bench.desk, draft).value


@pytest.fixture
def form(bench, invoice):
    made = bench.show(CancelFormController)
    made.show_for(invoice.row.id)
    QApplication.processEvents()
    return made


def issued(bench):
    return register.invoices(bench.desk, InvoiceTab.CANCELLED)


def test_what_happens_is_said_before(form):
    words = form.panel.words()
    assert "Stornorechnung mit eigener Nummer" in words
    assert "RE-2022-0001 selbst bleibt, wie sie ist." in words
    assert "5 Sitzungen sind wieder frei" in words
    assert form.panel.reason.hasFocus()
    assert form.panel.payments.words() == ""


def test_without_a_reason_nothing_happens(bench, form):
    bench.press("Ctrl+Return")
    bench.settle()
    assert form.panel.form.error("reason")
    assert issued(bench) == ()


def test_a_cancellation_frees_the_sessions(bench, form, invoice):
    bench.type(form.panel.reason, "Falscher Preis")
    bench.press("Ctrl+Return")
    bench.settle()
    assert form.panel.back.label() == "Fertig"
    assert form.panel.told() == "RE-2022-0001 ist durch ST-2022-0001 storniert."
    kinds = {row.number: (row.kind, row.state) for row in issued(bench)}
    assert kinds == {
        "RE-2022-0001": (InvoiceKind.INVOICE, InvoiceState.CANCELLED),
        "ST-2022-0001": (InvoiceKind.CANCELLATION, InvoiceState.CANCELLATION),
    }
    opened = next(one for one in open_customers(bench.desk, UNTIL) if one.number == "10017")
    assert {one.id for one in opened.sessions} == set(bench.billing.sessions["10017"])
    bench.press("Escape")
    (outcome,) = bench.finished
    assert outcome.draft_id == 0
    assert register.read_invoice(bench.desk, outcome.invoice_id).row.number == "ST-2022-0001"
    assert register.read_invoice(bench.desk, outcome.invoice_id).invoice.reason == "Falscher Preis"


def test_the_corrected_invoice_starts_with_the_same(bench, form, invoice):
    bench.type(form.panel.reason, "Falscher Preis")
    bench.press("Ctrl+Return")
    bench.settle()
    assert form.panel.step.label() == "Korrigierte Rechnung vorbereiten"
    bench.press("Ctrl+Return")
    (outcome,) = bench.finished
    assert outcome.invoice_id == 0
    found = drafts.read_draft(bench.desk, outcome.draft_id)
    assert set(found.session_ids) == set(bench.billing.sessions["10017"])
    assert [(one.text, one.quantity, one.unit, one.price_cents) for one in found.items] == [
        ("Kabel", 2, Unit.PIECE, 450)
    ]
    again = issuing.issue_invoice(bench.desk, outcome.draft_id).value
    assert again.row.number == "RE-2022-0002"
    assert again.row.gross_cents == invoice.row.gross_cents
    assert bench.closed == []


def test_saving_by_ctrl_s_prepares_nothing_unasked(bench, form):
    bench.type(form.panel.reason, "Falscher Preis")
    bench.press("Ctrl+S")
    bench.settle()
    assert form.panel.back.label() == "Fertig"
    bench.press("Ctrl+S")
    assert bench.finished == []
    assert drafts.drafts(bench.desk) == ()


def test_payments_are_pointed_out(bench, invoice):
    payments.add_payment(bench.desk, invoice.row.id, 5000, bench.today)
    form = bench.show(CancelFormController)
    form.show_for(invoice.row.id)
    assert "50,00\u00a0€" in form.panel.payments.words()


def test_a_second_cancellation_is_refused(bench, form, invoice):
    cancel_invoice(bench.desk, invoice.row.id, "anderswo")
    bench.type(form.panel.reason, "noch einmal")
    bench.press("Ctrl+Return")
    bench.settle()
    assert form.panel.back.label() != "Fertig"
    assert "ST-2022-0001" in form.panel.told()
    assert len(issued(bench)) == 2


def test_the_reason_is_kept_when_the_form_is_left(bench, form, invoice):
    bench.type(form.panel.reason, "Falscher Empfänger")
    bench.press("Escape")
    assert bench.closed == [True]
    form.show_for(invoice.row.id)
    assert form.panel.reason.text() == "Falscher Empfänger"


def test_nothing_is_prepared_for_an_invoice_that_counts(bench, invoice):
    with pytest.raises(RuleBroken) as refused:
        correction.prepare_correction(bench.desk, invoice.row.id)
    assert refused.value.code is Rule.OPEN_SESSIONS_CHANGED
    with pytest.raises(RuleBroken) as unknown:
        correction.prepare_correction(bench.desk, 999)
    assert unknown.value.code is Rule.INVOICE_UNKNOWN


def test_an_invoice_of_items_alone_is_corrected_too(bench):
    draft = bench.draft(count=1)
    items.put_item(bench.desk, draft, CABLE)
    drafts.tick_session(bench.desk, draft, bench.billing.sessions["10017"][0], False)
    made = issuing.issue_invoice(bench.desk, draft).value
    form = bench.show(CancelFormController)
    form.show_for(made.row.id)
    assert "wieder frei" not in form.panel.words()
    with pytest.raises(RuleBroken):  # no session holds it back, so the invoice itself must
        correction.prepare_correction(bench.desk, made.row.id)
    cancel_invoice(bench.desk, made.row.id, "falsch")
    found = drafts.read_draft(bench.desk, correction.prepare_correction(bench.desk, made.row.id).value)
    assert found.session_ids == ()
    assert [one.text for one in found.items] == ["Kabel"]
