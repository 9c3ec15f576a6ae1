"""The gate of a call without an agreement: said in place, passed with a reason and a name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk.services.calls import timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.services.setup import house
from laverma_desk.storage import agreements
from laverma_desk.ui.search.panel import Mode
from tests.support.desks import add_customer

Key = Qt.Key


def test_a_locked_row_says_why_and_enter_asks_for_the_exception(page):
    page.type("hartmann rez")
    row = page.rows()[0]
    assert row.locked
    assert row.reason == "Ohne gültigen AVV keine Fernwartung."
    page.press(Key.Key_Return)
    assert page.panel.mode() is Mode.EXCEPTION
    assert page.focus() is page.panel.exception.reason
    assert not page.started


def test_an_exception_needs_a_reason_and_a_name(page):
    house.save_supporter(page.desk, "Maria Maier", "m@laverma.example")
    page.type("hartmann server")
    page.ctrl(Key.Key_Return)
    form = page.panel.exception
    page.ctrl(Key.Key_Return)
    assert form.error() == "Einen Grund für die Ausnahme angeben."
    assert page.focus() is form.reason
    page.type("Software startet nicht")
    assert form.error() == ""
    form.decided_by.setCurrentIndex(-1)
    page.ctrl(Key.Key_Return)
    assert page.focus() is form.decided_by
    assert form.reason.text() == "Software startet nicht"
    form.decided_by.choose("Maria Maier")
    page.ctrl(Key.Key_Return)
    assert len(page.started) == 1
    kept = page.started[0].exception
    assert (kept.reason, kept.decided_by) == ("Software startet nicht", "Maria Maier")
    assert page.panel.mode() is Mode.LIST


def test_enter_alone_never_makes_an_exception(page):
    page.type("hartmann")
    page.press(Key.Key_Return)
    page.type("Grund")
    page.press(Key.Key_Return)
    button = page.panel.exception._button
    button.setFocus()
    page.press(Key.Key_Return)
    assert not page.started
    page.press(Key.Key_Space)
    assert len(page.started) == 1


def test_a_cancelled_agreement_offers_no_exception(page, desk, clock):
    customer_id = add_customer(desk, "10050", "Praxis Dr. Ende", "PC")
    with desk.database.write() as connection:
        (agreement,) = agreements.agreements_of(connection, customer_id)
        agreements.end_agreement(connection, agreement.id, clock.now().date())
    page.reload()
    page.type("ende")
    (row,) = page.rows()
    assert row.locked
    assert not row.exception_offered
    assert "gekündigt" in row.reason
    page.press(Key.Key_Return)
    page.ctrl(Key.Key_Return)
    assert page.panel.mode() is Mode.LIST
    assert not page.started


def test_the_exceptions_of_the_past_are_listed(page, desk, clock, practices, machine):
    session = timekeeping.start_session(
        desk, machine(practices, "Server"), exception_reason="Eilt", exception_by="Klaus Klassen"
    ).value
    timekeeping.end_session(desk, session.id, report_open=False)
    page.bus.announce(Topic.SESSIONS)
    page.type("hartmann")
    assert page.panel.hit._exceptions.title.text() == "AVV-Ausnahmen (1)"
    page.panel.field.setText("bohrer")
    assert page.panel.hit._exceptions.isHidden()


def test_the_reason_stays_when_the_list_is_looked_at_in_between(page):
    page.type("hartmann")
    page.press(Key.Key_Return)
    page.type("Notfall")
    page.press(Key.Key_Down)
    assert page.panel.mode() is Mode.LIST
    assert page.focus() is page.panel.field
    assert page.results.current() == 1
    page.press(Key.Key_Return)
    assert page.panel.exception.reason.text() == "Notfall"
    page.panel.field.setText("hart")
    page.controller.begin_new()
    page.type("hartmann")
    page.press(Key.Key_Return)
    assert page.panel.exception.reason.text() == ""


def test_a_gate_that_closed_meanwhile_is_said_in_place(page, desk, clock, bohrer):
    page.type("bohrer")
    with desk.database.write() as connection:
        for agreement in agreements.agreements_of(connection, bohrer.customer_id):
            agreements.end_agreement(connection, agreement.id, clock.now().date())
    page.press(Key.Key_Return)
    assert not page.started
    assert "gekündigt" in page.panel.problem()
    assert page.focus() is page.panel.field
    page.type("x")
    assert page.panel.problem() == ""


def test_after_midnight_agreements_are_judged_anew(page, clock):
    page.type("lindner")
    assert not page.rows()[0].locked
    clock.advance(days=13)
    page.panel.field.setText("lindner rez")
    assert page.rows()[0].locked


def test_the_link_of_a_locked_row_opens_the_exception(page):
    page.type("rez")
    QTest.mouseClick(page.results.row(1)._lock.exception, Qt.MouseButton.LeftButton)
    assert page.panel.mode() is Mode.EXCEPTION
    assert page.results.current() == 1
    assert page.results.row(1).height() == 56
