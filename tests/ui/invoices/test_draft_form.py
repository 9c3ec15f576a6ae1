"""The form of a draft: ticks, items and terms are kept at once, and the sums follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QTextEdit

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import RuleBroken
from laverma_desk.domain.invoice import DraftItem, LineKind, Unit
from laverma_desk.services.changes import Topic
from laverma_desk.services.customers import customer_record
from laverma_desk.services.invoicing import drafts, issuing, items
from laverma_desk.services.invoicing.open_sessions import open_customers
from laverma_desk.services.setup import house
from laverma_desk.storage import customers, sessions
from laverma_desk.ui.invoices.draft.controller import DraftFormController
from laverma_desk.ui.invoices.draft.item_form import DAY, KIND, PRICE, QUANTITY, TEXT, UNIT
from tests.support import invoice_forms, rooms
from tests.support.billing_desks import UNTIL

bench, billed, clock, desk = (
    invoice_forms.bench, invoice_forms.billed, invoice_forms.clock, invoice_forms.desk,
)  # fmt: skip
owner, surroundings = rooms.owner, rooms.surroundings


@pytest.fixture
def form(bench):
    """The form of a draft with the first four of five sessions: 114,75 € net."""
    made = bench.show(DraftFormController)
    made.draft_id = bench.draft(count=4)
    made.show_for(made.draft_id)
    QApplication.processEvents()
    return made


def kept(bench, form):
    return drafts.read_draft(bench.desk, form.draft_id)


def money(words):
    return words.replace(" €", "\u00a0€").replace(" %", "\u00a0%")


def sums(form):
    return [amount for _name, amount in form.panel.sums.lines()]


def test_sessions_are_ticked_by_keyboard_and_the_sums_follow(bench, form):
    first, *_rest, last = bench.billing.sessions["10017"]
    assert form.panel.count() == "4 von 5 Sitzungen"
    assert form.panel.sums.lines() == [
        ("Netto", money("114,75 €")), (money("Umsatzsteuer 19 %"), money("21,80 €")),
        ("Rechnungsbetrag", money("136,55 €")),
    ]  # fmt: skip
    assert form.panel.sessions.hasFocus()
    bench.press("Space")
    assert first not in kept(bench, form).session_ids
    assert sums(form)[0] == money("74,25 €")
    opened = next(one for one in open_customers(bench.desk, UNTIL) if one.number == "10017")
    assert {one.id for one in opened.sessions} == {first, last}
    bench.press("Ctrl+A")
    assert set(kept(bench, form).session_ids) == set(bench.billing.sessions["10017"])
    assert sums(form)[0] == money("148,50 €")


def test_without_anything_the_form_says_so(bench, form):
    for number in bench.billing.sessions["10017"][:4]:
        drafts.tick_session(bench.desk, form.draft_id, number, False)
    form.show_for(form.draft_id)
    assert form.panel.sums.lines() == []
    assert "Rechnung" in form.panel.told() or "Sitzung" in form.panel.told()


def test_an_item_from_the_record_is_taken_over(bench, form):
    record = customer_record.read_record(bench.desk, bench.billing.bohrer)
    with bench.desk.database.write() as connection:
        customers.update_customer(connection, replace(record.customer, on_site_cents=9250))
    form.panel.add.click()
    (suggestion,) = form.panel.item_form.suggestions()
    suggestion.click()
    bench.press("Ctrl+Return")
    (item,) = kept(bench, form).items
    assert (item.kind, item.unit, item.price_cents, item.day) == (
        LineKind.VISIT, Unit.LUMP_SUM, 9250, date(2022, 2, 17),
    )  # fmt: skip
    assert not form.panel.item_is_open()
    assert bench.finished == []
    assert sums(form)[0] == money("207,25 €")
    assert form.panel.items[0].words()[2:] == ("pauschal", money("92,50 €"))


def test_what_is_wrong_with_an_item_stands_at_its_field(bench, form):
    form.panel.add.click()
    edit = form.panel.item_form
    bench.press("Ctrl+Return")
    assert edit.error(TEXT)
    bench.type(edit.field(TEXT), "Kabel")
    bench.type(edit.field(QUANTITY), "0")
    bench.press("Ctrl+Return")
    assert edit.error(QUANTITY)
    bench.type(edit.field(QUANTITY), "2,5")
    bench.type(edit.field(PRICE), "4,xx")
    bench.press("Ctrl+Return")
    assert edit.error(PRICE)
    assert kept(bench, form).items == ()
    bench.type(edit.field(PRICE), "4,00")
    assert edit.result.text() == money("Ergibt 10,00 € netto.")
    bench.press("Ctrl+Return")
    assert [(one.text, one.quantity, one.unit) for one in kept(bench, form).items] == [
        ("Kabel", Decimal("2.5"), Unit.PIECE)
    ]


def test_included_minutes_are_typed_plainly_and_taken_off(bench, form):
    form.panel.add.click()
    edit = form.panel.item_form
    edit.show_field(KIND, LineKind.INCLUDED_MINUTES.value)
    edit.edited.emit(KIND)
    assert edit.text(UNIT) == Unit.MINUTE.value
    assert edit.text(TEXT) == "Inklusivminuten"
    bench.type(edit.field(QUANTITY), "10")
    bench.type(edit.field(PRICE), "2,25")
    bench.press("Ctrl+Return")
    (item,) = kept(bench, form).items
    assert item.quantity == -10
    assert sums(form)[0] == money("92,25 €")
    form.panel.items[0].click()
    assert edit.text(QUANTITY) == "10"


def test_an_item_is_removed_after_being_asked(bench, form):
    done = items.put_item(
        bench.desk, form.draft_id,
        DraftItem(0, LineKind.OTHER, date(2022, 2, 3), "Kabel", Decimal(1), Unit.PIECE, 500),
    )  # fmt: skip
    assert done.value
    form.show_for(form.draft_id)
    form.panel.items[0].click()
    form.panel.item_form.remove.click()
    assert len(kept(bench, form).items) == 1
    form.panel.item_form.remove.click()
    assert kept(bench, form).items == ()
    assert form.panel.items == []


def test_the_rate_of_the_day_is_shown(bench, form):
    form.panel.add.click()
    edit = form.panel.item_form
    assert edit.rate.hint() == money("Umsatzsteuer 19 %")
    bench.type(edit.field(DAY), "15.07.2020")
    assert edit.rate.hint().endswith("16\u00a0%")


def test_a_half_typed_item_asks_once_before_it_goes(bench, form):
    form.panel.add.click()
    bench.type(form.panel.item_form.field(TEXT), "Kabel")
    bench.press("Escape")
    assert form.panel.item_is_open()
    assert form.panel.told()
    bench.press("Escape")
    assert not form.panel.item_is_open()
    assert bench.closed == []
    bench.press("Escape")
    assert bench.closed == [True]
    assert kept(bench, form).items == ()


def test_leaving_keeps_what_was_typed(bench, form):
    terms = form.panel.terms
    bench.type(terms.day, "28.02.2022")
    bench.type(terms.days, "30")
    bench.type(terms.introduction, "für den Umzug Ihrer Praxis:")
    terms.reports.click()
    bench.press("Escape")
    assert bench.closed == [True]
    found = kept(bench, form)
    assert (found.issued_on, found.payment_days, found.introduction, found.attach_reports) == (
        date(2022, 2, 28), 30, "für den Umzug Ihrer Praxis:", True,
    )  # fmt: skip


def test_what_cannot_be_kept_asks_once(bench, form):
    bench.type(form.panel.terms.days, "bald")
    bench.press("Escape")
    assert bench.closed == []
    assert form.panel.terms.error("payment_days")
    assert form.panel.terms.days.hasFocus()
    bench.press("Escape")
    assert bench.closed == [True]
    assert kept(bench, form).payment_days is None


@pytest.mark.parametrize("typed", ["01.04.2022", "31.02.2022", "10.02.2022"])
def test_a_date_that_cannot_be_is_refused_at_its_field(bench, form, typed):
    bench.type(form.panel.terms.day, typed)
    bench.press("Ctrl+S")
    assert form.panel.terms.error("issued_on")
    assert bench.finished == []


def test_what_the_format_needs_is_said_at_once(bench, form):
    form.panel.terms.format.setCurrentIndex(form.panel.terms.format.findData(InvoiceFormat.XRECHNUNG))
    bench.press("Ctrl+S")
    assert form.panel.needs.words() == ""
    company = house.read_house(bench.desk).company
    house.save_company(bench.desk, replace(company, iban=""))
    bench.surroundings.bus.announce(Topic.HOUSE)
    assert "IBAN" in form.panel.needs.words()


def test_what_stands_in_the_way_of_a_session_is_in_its_words(bench, form):
    with bench.desk.database.write() as connection:
        sessions.update_session(connection, bench.billing.sessions["10017"][0], notes="")
    form.show_for(form.draft_id)
    index = form.panel.sessions.rows.index(0)
    assert "Notiz" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "Notiz" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_saving_goes_back_to_the_paper(bench, form):
    form.panel.terms.format.setCurrentIndex(form.panel.terms.format.findData(InvoiceFormat.ZUGFERD))
    bench.press("Ctrl+S")
    assert form.panel.told() == "Entwurf gespeichert."
    assert bench.finished == []
    bench.press("Ctrl+Return")
    (outcome,) = bench.finished
    assert (outcome.draft_id, outcome.customer_id) == (form.draft_id, bench.billing.bohrer)
    assert kept(bench, form).format is InvoiceFormat.ZUGFERD


def test_a_draft_that_was_issued_elsewhere_closes_the_form(bench, form):
    bench.surroundings.bus.publish(issuing.issue_invoice(bench.desk, form.draft_id))
    assert bench.closed == [True]
    with pytest.raises(RuleBroken):
        form.show_for(form.draft_id)


def test_every_part_can_be_named(form):
    form.panel.add.click()
    kinds = (QAbstractButton, QLineEdit, QTextEdit, QComboBox)
    for kind in kinds:
        for part in form.panel.findChildren(kind):
            if part.isVisible():
                assert part.accessibleName() or part.text(), part
