"""From the search: an attempt without a clock, a visit, and what a machine's trouble looks like."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.services.calls import timekeeping
from laverma_desk.ui.search.panel import Mode
from laverma_desk.ui.visit_wish import VisitWish
from tests.support.desks import add_customer
from tests.support.session_steps import machine_of

Key = Qt.Key


@pytest.fixture
def heard(page):
    told = []
    offer = page.controller.on_site
    for name in ("attempt_recorded", "visit_wanted", "history_wanted"):
        getattr(offer, name).connect(lambda value, name=name: told.append((name, value)))
    return told


def _menu(page):
    return page.panel.hit.not_possible.menu()


def test_an_attempt_is_written_down_without_a_clock(page, desk, bohrer, heard):
    page.type("rez")
    page.alt(Key.Key_M)
    assert _menu(page).isVisible()
    words = [one.text() for one in _menu(page).actions()]
    assert words == [
        "PC startet nicht",
        "Kein Internet",
        "Vom Kunden abgelehnt",
        "",
        "Vor-Ort-Termin anlegen",
    ]
    _menu(page).close()
    _menu(page).actions()[0].trigger()
    ((name, made),) = heard
    assert (name, made.not_possible, made.begin) == ("attempt_recorded", NotPossible.DOES_NOT_BOOT, made.end)
    assert timekeeping.read_session(desk, made.id) == made
    assert page.started == []
    assert page.panel.field.hasFocus()


def test_a_locked_practice_leads_to_a_visit(page, desk, heard):
    customer = add_customer(desk, "44", "Praxis Quittmann", "Server", has_agreement=False)
    page.reload()
    page.type("quittm")
    line = page.results.row(0).lock_line()
    assert line.words() == "Ohne gültigen AVV keine Fernwartung."
    assert line.visit.text() == "Vor-Ort-Termin anlegen"
    assert line.visit.isVisible()
    QTest.mouseClick(line.visit, Qt.MouseButton.LeftButton)
    wish = VisitWish(customer, machine_of(desk, customer))
    assert heard == [("visit_wanted", wish)]
    page.press(Key.Key_Return)
    assert page.panel.mode() is Mode.EXCEPTION
    QTest.mouseClick(page.panel.exception.visit, Qt.MouseButton.LeftButton)
    page.alt(Key.Key_O)
    assert heard == [("visit_wanted", wish)] * 3


def test_a_session_that_moves_is_offered_neither(page, desk, bohrer, heard):
    add_customer(desk, "44", "Praxis Quittmann", "Server", has_agreement=False)
    page.reload()
    page.controller.begin_move(timekeeping.start_session(desk, bohrer.reception).value.id)
    page.type("quittm")
    assert page.results.row(0).lock_line().visit.isHidden()
    page.alt(Key.Key_M)
    assert not _menu(page).isVisible()
    assert not page.panel.hit.offers_attempt()


def test_recurring_trouble_is_seen_before_the_call(page, desk, bohrer, clock, heard):
    for _count in range(3):
        timekeeping.end_session(desk, timekeeping.start_session(desk, bohrer.reception).value.id)
        clock.advance(days=1)
    page.type("bohrer rez")
    link = page.panel.hit.recurring
    assert link.text() == "3 Sitzungen an diesem PC in 30 Tagen"
    link.click()
    assert heard == [("history_wanted", bohrer.customer_id)]
    page.panel.field.setText("bohrer server")
    assert link.isHidden()
