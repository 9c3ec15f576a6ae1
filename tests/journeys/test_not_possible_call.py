"""The PC does not boot: the call ends as an attempt, comes back with F8, and becomes a visit."""

from __future__ import annotations

from PySide6.QtCore import Qt

from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.domain.support_session import SessionState
from laverma_desk.services.calls import timekeeping

Key = Qt.Key
WORDS = {NotPossible.DOES_NOT_BOOT: "PC startet nicht", NotPossible.NO_INTERNET: "Kein Internet"}


def _attempt(technician, reason):
    technician.type("rez")
    technician.settle()
    technician.press(Key.Key_Return)
    number = technician.stage.call.session_id
    menu = technician.stage.call.panel.on_site.not_possible.menu()
    next(one for one in menu.actions() if one.text() == WORDS[reason]).trigger()
    technician.settle()
    return number


def test_taken_back_with_one_key_and_made_a_visit(technician, desk, bohrer, clock):
    number = _attempt(technician, NotPossible.DOES_NOT_BOOT)
    stage, notice = technician.stage, technician.shell.notice
    assert stage.front is stage.search
    assert notice.sentence() == (
        "Nicht möglich: PC startet nicht. Ohne Zeit festgehalten, zurückholen mit F8."
    )
    assert technician.focus() is stage.search.panel.field
    technician.press(Key.Key_F8)
    assert stage.front is stage.call
    assert timekeeping.read_session(desk, number).state is SessionState.RUNNING
    assert not notice.isVisible()
    menu = stage.call.panel.on_site.not_possible.menu()
    menu.actions()[1].trigger()
    notice.link_activated.emit()
    visits = technician.running.on_site.visits
    assert stage.front is visits
    assert visits.panel.form.reason.text() == "Nicht möglich: kein Internet"
    assert not notice.isVisible()
    technician.press(Key.Key_Escape)
    assert stage.front is stage.search


def test_the_visit_that_the_notice_offers_is_one_key_away(technician, desk, bohrer):
    technician.press(Key.Key_O, Qt.KeyboardModifier.AltModifier)
    assert technician.stage.front is technician.stage.search
    _attempt(technician, NotPossible.NO_INTERNET)
    technician.press(Key.Key_O, Qt.KeyboardModifier.AltModifier)
    visits = technician.running.on_site.visits
    assert technician.stage.front is visits
    assert visits.panel.form.reason.text() == "Nicht möglich: kein Internet"


def test_the_next_call_takes_the_notice_away(technician, desk, bohrer):
    first = _attempt(technician, NotPossible.NO_INTERNET)
    assert technician.shell.notice.isVisible()
    technician.type("bohrer")
    technician.settle()
    technician.press(Key.Key_Return)
    assert not technician.shell.notice.isVisible()
    technician.press(Key.Key_F8)
    assert timekeeping.read_session(desk, first).state is SessionState.ENDED
    assert technician.stage.call.session_id != first


def test_an_appointment_that_is_half_typed_is_named_before_the_window_closes(technician, desk, bohrer):
    technician.type("rez")
    technician.settle()
    technician.press(Key.Key_O, Qt.KeyboardModifier.AltModifier)
    visits = technician.running.on_site.visits
    assert technician.stage.front is visits
    assert technician.running.save() == ""
    visits.panel.form.contact.setFocus()
    technician.type("x")
    assert "Vor-Ort-Termin" in technician.running.save()
    technician.press(Key.Key_Escape)
    assert technician.stage.front is technician.stage.search
    assert technician.running.save() == ""
    technician.press(Key.Key_O, Qt.KeyboardModifier.AltModifier)
    assert visits.panel.form.contact.text().endswith("x")
