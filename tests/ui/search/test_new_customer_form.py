"""An unknown caller: the small form, its errors at the fields, what it compares, and what it creates."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from laverma_desk.domain.agreement import AgreementState
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.customers.callers import customer_card
from laverma_desk.services.setup import house
from laverma_desk.ui.search.panel import Mode
from tests.support.desks import archive_supporter
from tests.support.new_customers import customers_by_name, typed_field

Key = Qt.Key


def test_a_new_customer_is_typed_and_its_session_starts_in_one_go(page, form, desk):
    made = form("040 66969 318")
    assert page.focus() is typed_field(made, "name")
    assert typed_field(made, "phone").text() == "040 66969 318"
    assert made._fields["phone"].hint() == "vom Anruf übernommen"
    typed_field(made, "name").setText("Zahnarztpraxis Dr. Krüger")
    page.press(Key.Key_Tab)
    page.type("Neudorf")
    page.press(Key.Key_Tab)
    page.press(Key.Key_Tab)
    page.type("rezeption@praxis-krueger.example")
    page.press(Key.Key_Tab)
    page.type("PC Empfang")
    page.press(Key.Key_Tab)
    page.type("1702998341")
    assert typed_field(made, "partner_id").text() == "1 702 998 341"
    page.press(Key.Key_Tab)
    page.press(Key.Key_Tab)
    assert page.focus() is made.agreement.until
    page.type("31.12.2024")
    page.ctrl(Key.Key_Return)
    (session,) = page.started
    assert session.partner == "Zahnarztpraxis Dr. Krüger – PC Empfang"
    assert session.recipient == "rezeption@praxis-krueger.example"
    assert session.exception is None
    card = customer_card(desk, session.customer_id).card
    assert card.customer.phone == "+494066969318"
    assert card.customer.city == "Neudorf"
    assert card.agreement.until == date(2024, 12, 31)
    assert card.workstations[0].partner_id == "1702998341"


def test_an_empty_form_goes_to_the_first_field_with_all_errors_shown(page, form):
    made = form()
    page.ctrl(Key.Key_Return)
    assert page.focus() is typed_field(made, "name")
    assert made.error("name")
    assert made.error("phone")
    assert made.error("city") == ""
    assert made.agreement.error() == "Letzten Tag eintragen oder „unbefristet“ ankreuzen."
    assert not page.started
    page.type("Praxis")
    assert made.error("name") == ""
    page.ctrl(Key.Key_Return)
    assert page.focus() is typed_field(made, "phone")


@pytest.mark.parametrize(
    ("key", "typed"),
    [("phone", "1"), ("email_report", "rezeption@praxis-krueger"), ("partner_id", "17029983")],
)
def test_a_field_is_checked_when_it_is_left_and_nothing_moves(page, form, key, typed):
    made = form()
    before = made.height()
    made.focus(key)
    page.type(typed)
    assert made.error(key) == ""
    page.press(Key.Key_Tab)
    assert made.error(key)
    assert made.height() == before
    assert typed_field(made, key).text().replace(" ", "") == typed
    assert typed_field(made, key).accessibleDescription() == made.error(key)


def test_the_partner_id_counts_its_digits_and_takes_pasted_blanks(page, form):
    made = form()
    made.focus("partner_id")
    page.type("17029983")
    assert typed_field(made, "partner_id").trailing() == "8 Ziffern"
    typed_field(made, "partner_id").clear()
    QGuiApplication.clipboard().setText("1 234 567 890")
    page.ctrl(Key.Key_V)
    assert typed_field(made, "partner_id").text() == "1 234 567 890"
    assert made.typed().partner_id == "1234567890"


@pytest.mark.parametrize(
    ("words", "key", "shown"),
    [
        ("040 66969 318", "phone", "040 66969 318"),
        ("1 702 998 341", "partner_id", "1 702 998 341"),
        ("info@praxis.example", "email_report", "info@praxis.example"),
        ("Dr. Neu", "name", "Dr. Neu"),
    ],
)
def test_the_search_text_goes_into_the_field_it_fits(form, words, key, shown):
    made = form(words)
    texts = {one: typed_field(made, one).text() for one in made._fields}
    assert texts.pop(key) == shown
    assert not any(texts.values())


def test_an_open_ended_agreement_is_said_on_purpose(page, form, desk):
    made = form("Praxis Neu")
    typed_field(made, "phone").setText("030 1234567")
    made.agreement.open_ended.setChecked(True)
    assert not made.agreement.until.isEnabled()
    page.ctrl(Key.Key_Return)
    agreement = customer_card(desk, page.started[0].customer_id).card.agreement
    assert agreement.state is AgreementState.VALID
    assert agreement.until is None
    assert page.started[0].workstation_name == "Arbeitsplatz 1"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("28.02.2022", "An diesem Tag ist der AVV schon abgelaufen."),
        ("31.02.2023", "Diesen Tag gibt es nicht. So schreiben: 31.12.2026."),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field(page, form, typed, sentence):
    made = form("Praxis Neu")
    typed_field(made, "phone").setText("030 1234567")
    made.agreement.until.setFocus()
    page.type(typed)
    page.press(Key.Key_Tab)
    assert made.agreement.error() == sentence
    page.ctrl(Key.Key_Return)
    assert page.focus() is made.agreement.until
    assert not page.started


def test_without_an_agreement_it_starts_with_an_exception(page, form, desk):
    house.save_supporter(desk, "Maria Maier", "m@laverma.example")
    made = form("Praxis Neu")
    typed_field(made, "phone").setText("030 1234567")
    assert not made.agreement.decided_by.isVisible()
    made.agreement.missing.setChecked(True)
    assert made.agreement.decided_by.isVisible()
    bar = page.panel.form_bar
    assert bar._exception.isVisible()
    assert not bar._go.isVisible()
    page.ctrl(Key.Key_Return)
    assert made.agreement.error() == "Einen Grund für die Ausnahme angeben."
    assert page.focus() is made.agreement.reason
    page.type("Notfall")
    bar._exception.setFocus()
    page.press(Key.Key_Return)
    assert not page.started
    page.ctrl(Key.Key_Return)
    (session,) = page.started
    assert (session.exception.reason, session.exception.decided_by) == ("Notfall", "Klaus Klassen")
    assert customer_card(desk, session.customer_id).card.agreement.state is AgreementState.MISSING


def test_escape_keeps_what_was_typed_for_this_call(page, form):
    made = form("Praxis Neu")
    made.focus("phone")
    page.type("030 1234567")
    page.press(Key.Key_Escape)
    assert page.focus() is page.panel.field
    page.panel.field.setText("bohrer")
    page.ctrl(Key.Key_U)
    assert typed_field(made, "name").text() == "Praxis Neu"
    assert typed_field(made, "phone").text() == "030 1234567"
    page.controller.begin_new()
    page.ctrl(Key.Key_U)
    assert made.is_empty()


def test_typing_into_the_search_leaves_the_form(page, form):
    form("Praxis Neu")
    page.ctrl(Key.Key_F)
    page.type("bohrer")
    assert page.panel.mode() is Mode.LIST
    assert page.results.count() == 2
    assert page.focus() is page.panel.field


def test_where_the_start_fails_the_new_customer_is_shown(page, form, desk):
    made = form("Praxis Neu")
    typed_field(made, "phone").setText("030 1234567")
    made.agreement.open_ended.setChecked(True)
    for one in house.read_house(desk).supporters:
        archive_supporter(desk, one.id)
    page.ctrl(Key.Key_Return)
    page.settle()
    assert not page.started
    assert page.panel.mode() is Mode.LIST
    assert [row.name for row in page.rows()] == ["Praxis Neu"]
    assert page.panel.problem().startswith("Es ist kein Supporter")
    assert "Praxis Neu" in customers_by_name(desk)
    assert page.focus() is page.panel.field


def test_a_running_session_goes_to_a_new_customer(page, form, desk, bohrer):
    session = timekeeping.start_session(desk, bohrer.reception).value
    page.controller.begin_move(session.id)
    made = form("Praxis Neu")
    assert not made.agreement.missing.isEnabled()
    assert page.panel.form_bar._go.label() == "Anlegen und Sitzung zuordnen"
    typed_field(made, "phone").setText("030 1234567")
    made.agreement.open_ended.setChecked(True)
    page.ctrl(Key.Key_Return)
    assert page.moved[0].id == session.id
    assert page.moved[0].customer_name == "Praxis Neu"


def test_the_form_scrolls_to_what_an_exception_adds(page, form):
    page.window.resize(1104, 600)
    made = form()
    made.agreement.missing.setChecked(True)
    combo = made.agreement.decided_by
    low = combo.mapTo(page.panel, combo.rect().bottomLeft()).y()
    assert low < page.panel.form_bar.y()
