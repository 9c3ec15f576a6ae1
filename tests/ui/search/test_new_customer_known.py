"""A new customer who may be known: similar ones are shown, taken and given back."""

from __future__ import annotations

from PySide6.QtCore import Qt

from laverma_desk.storage import agreements
from laverma_desk.ui.search.panel import Mode
from tests.support.desks import add_customer
from tests.support.new_customers import customers_by_name, typed_field

Key = Qt.Key


def test_a_similar_customer_is_shown_and_taken(page, form, desk, bohrer):
    made = form()
    typed_field(made, "name").setText("ZAP Dr Borer")
    page.press(Key.Key_Tab)
    made.focus("name")
    page.press(Key.Key_End)
    page.type(" ")
    context = page.panel.form_context
    page.qtbot.waitUntil(lambda: bool(context.similar_links()))
    assert context.verdict() == "Vielleicht schon Kunde"
    context.similar_links()[0].click()
    assert typed_field(made, "name").text() == "ZAP Dr. Bohrer"
    assert typed_field(made, "name").isReadOnly()
    assert not made.agreement.isVisible()
    assert page.focus() is typed_field(made, "workstation")
    page.ctrl(Key.Key_Return)
    assert made.error("workstation")
    page.type("PC Labor")
    page.ctrl(Key.Key_Return)
    assert page.started[0].customer_id == bohrer.customer_id
    assert page.started[0].workstation_name == "PC Labor"
    assert len(customers_by_name(desk)) == 4


def test_a_taken_customer_can_be_given_back(page, form):
    made = form("ZAP Dr. Bohrer")
    page.settle()
    page.panel.form_context.similar_links()[0].click()
    made._anew.click()
    page.settle()
    assert typed_field(made, "name").text() == "ZAP Dr. Bohrer"
    assert typed_field(made, "phone").text() == ""
    assert not typed_field(made, "name").isReadOnly()
    assert made.agreement.isVisible()


def test_the_same_phone_line_is_a_similar_customer(page, form):
    made = form()
    typed_field(made, "name").setText("Ganz anders")
    made.focus("phone")
    page.type("040/66969-122")
    page.qtbot.waitUntil(lambda: bool(page.panel.form_context.similar_links()))
    assert "Weiß" in page.panel.form_context.similar_links()[0].accessibleName()


def test_nothing_is_called_unknown_before_it_was_compared(page, form):
    form()
    assert page.panel.form_context.verdict() == "Noch nichts zu vergleichen"
    page.type("Praxis Unbekannt")
    page.qtbot.waitUntil(lambda: page.panel.form_context.verdict() == "Kein ähnlicher Kunde")


def test_a_practice_without_machine_opens_the_form_for_it(page, desk):
    add_customer(desk, "10070", "Praxis Leer")
    page.reload()
    page.type("leer")
    page.press(Key.Key_Return)
    made = page.panel.form
    assert page.panel.mode() is Mode.FORM
    assert page.focus() is typed_field(made, "workstation")
    assert page.panel.form_bar.words() == "Pflicht ist der Arbeitsplatz."
    page.type("Empfang")
    page.ctrl(Key.Key_Return)
    assert page.started[0].partner == "Praxis Leer – Empfang"


def test_a_practice_that_cancelled_needs_a_new_agreement(page, desk, clock):
    customer_id = add_customer(desk, "10071", "Praxis Ende")
    with desk.database.write() as connection:
        (agreement,) = agreements.agreements_of(connection, customer_id)
        agreements.end_agreement(connection, agreement.id, clock.now().date())
    page.reload()
    page.type("ende")
    page.press(Key.Key_Return)
    choice = page.panel.form.agreement
    assert choice.isVisible()
    assert not choice.missing.isEnabled()
    assert "gekündigt" in choice.missing.toolTip()
    page.type("PC")
    choice.open_ended.setChecked(True)
    page.ctrl(Key.Key_Return)
    assert page.started[0].partner == "Praxis Ende – PC"
