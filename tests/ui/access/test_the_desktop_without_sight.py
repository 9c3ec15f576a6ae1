"""What calls, stays above, or ends without a result, by keyboard alone and by what is heard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from laverma_desk.domain.telephone import read_caller
from laverma_desk.ui.call.not_possible_link import NotPossibleLink
from laverma_desk.ui.call.tool_link import ToolLink
from laverma_desk.ui.widgets.label import Label
from tests.support.blind_reader import said, shows_focus, walk

KEY = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
WEISS = "040 66969122"


def running(person):
    """Bring the session whose time runs to the front, with the focus in its notes."""
    session = next(one for one in person.stage.strip.sessions if one.state.value == "running")
    person.stage.show_session(session.id)
    person.settle()
    person.heard.clear()
    return session


def in_menu(person, qtbot, key):
    """Press a key in the menu that is open; the desktop gives the window its focus back."""
    QTest.keyClick(QApplication.activePopupWidget(), key)
    with qtbot.waitActive(person.shell):
        person.shell.activateWindow()
    person.settle()


@pytest.mark.parametrize("link", [NotPossibleLink, ToolLink], ids=lambda link: link.__name__)
def test_a_menu_that_is_left_gives_the_focus_back_to_the_notes(listener, link, qtbot):
    running(listener)
    (opened,) = [one for one in listener.shell.findChildren(link) if one.isVisible()]
    opened.setFocus()
    QTest.keyClick(opened, KEY.Key_Space)
    assert QApplication.activePopupWidget() is not None
    in_menu(listener, qtbot, KEY.Key_Escape)
    assert said(QApplication.focusWidget()).startswith("Notizen")


def test_an_attempt_is_ended_and_heard_and_the_way_goes_on(listener, qtbot):
    running(listener)
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_M, ALT)
    in_menu(listener, qtbot, KEY.Key_Return)
    assert any("Nicht möglich: PC startet nicht" in one for one in listener.heard)
    listener.look("an attempt")
    assert not listener.faults


def test_a_visit_is_made_without_sight(listener):
    listener.stage.show_new()
    listener.type("zap")
    listener.press(KEY.Key_O, ALT)
    listener.look("visit")
    listener.press(KEY.Key_Escape)
    listener.look("back in the search")
    assert not listener.faults


def test_who_calls_is_heard_once_and_the_focus_stays(listener):
    running(listener)
    before = QApplication.focusWidget()
    listener.running.ring(read_caller(WEISS))
    listener.running.ring(read_caller(WEISS))
    listener.settle()
    assert listener.heard == ["Anruf: Praxis Dr. Weiß, 040 66969 122"]
    assert QApplication.focusWidget() is before
    listener.look("caller bar")
    listener.press(KEY.Key_F9)
    listener.look("the caller's record")
    assert not listener.faults


def test_the_call_that_is_hidden_by_the_keyboard_leaves_the_focus_somewhere(listener):
    running(listener)
    listener.running.ring(read_caller(WEISS))
    listener.settle()
    (cross,) = [one for one in listener.shell.findChildren(QWidget) if said(one) == "Anruf ausblenden"]
    cross.setFocus()
    listener.press(KEY.Key_Space)
    assert not cross.isVisible()
    assert not listener.faults


def test_that_sample_data_reach_nobody_is_heard_and_shown_as_no_fault(listener):
    running(listener)
    listener.press(KEY.Key_T, CTRL)
    sentence = "Beispieldaten: TeamViewer würde jetzt mit 1 234 567 890 starten."
    assert listener.heard == [sentence]
    (shown,) = [one for one in listener.shell.findChildren(Label) if one.text() == sentence]
    assert shown._tone == "muted"


def test_that_a_visit_would_cost_less_is_heard_once(listener):
    running(listener)
    for _ in range(3):
        listener.desk.clock.advance(minutes=40)
        listener.running._pulse.ticked.emit()
        listener.settle()
    assert len([one for one in listener.heard if one.startswith("Vor Ort wäre jetzt günstiger:")]) == 1


def test_the_mini_timer_is_worked_without_sight(listener, qtbot):
    running(listener)
    mini = listener.running.companions.mini
    mini.show(focus=True)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is mini.window.note)
    assert [said(one) for one in walk(mini.window)] == [
        "Notiz anfügen",
        "Fenster öffnen",
        "Pause",
        "Sitzung beenden",
    ]
    assert all(shows_focus(one) for one in walk(mini.window))
    mini.window.note.setFocus()
    QTest.keyClick(mini.window.note, KEY.Key_F8)
    assert listener.heard[-1:] == ["Pausiert"]
    assert mini.window.accessibleName().endswith("Pausiert")
