"""A running time is said before the window closes or the user logs off, and it runs on."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from laverma_desk.domain.support_session import SessionState
from laverma_desk.services.calls import timekeeping
from laverma_desk.ui.announcing import voice
from tests.support.blind_reader import faults

SENTENCE = (
    "Bei ZAP Dr. Bohrer läuft die Zeit seit 10:22 Uhr. "
    "Sie läuft weiter, auch wenn das Programm geschlossen ist."
)


@dataclass
class Desktop:
    """Stands where the session manager of a desktop stands."""

    asks: bool
    heard: list = field(default_factory=list)

    def allowsInteraction(self):
        return self.asks

    def release(self):
        self.heard.append("release")

    def cancel(self):
        self.heard.append("cancel")


@pytest.fixture
def farewell(work):
    return work.companions.farewell


def answer(role):
    """Press a button of the box that is about to open; return what it said."""
    said = []

    def press():
        (box,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox)]
        said.append(box.text())
        next(one for one in box.buttons() if box.buttonRole(one) is role).click()

    QTimer.singleShot(0, QApplication.instance(), press)
    return said


def test_it_is_said_in_the_window_and_staying_has_the_focus(work, farewell, qtbot):
    editor = work.stage.call.panel.column.notes.editor()
    qtbot.waitUntil(editor.hasFocus)
    assert work.companions.farewell.holds()
    assert farewell.bar.sentence() == SENTENCE
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox)]
    assert farewell.bar.stay_button.hasFocus()
    QTest.keyClick(farewell.bar.stay_button, Qt.Key.Key_Escape)
    assert not farewell.bar.isVisible()
    assert editor.hasFocus()


def test_it_is_heard_and_answered_without_sight(work, farewell, qtbot):
    qtbot.waitUntil(work.stage.call.panel.column.notes.editor().hasFocus)
    heard = []
    voice.spoke.connect(heard.append)
    try:
        assert work.companions.farewell.holds()
    finally:
        voice.spoke.disconnect(heard.append)
    assert heard == [SENTENCE]
    assert not list(faults(work.shell))


def test_closing_is_accepted_once(work, farewell, qtbot):
    assert work.companions.farewell.holds()
    with qtbot.waitSignal(work.running.close_wanted):
        farewell.bar.close_button.click()
    assert not work.companions.farewell.holds()
    assert work.companions.farewell.holds()
    assert work.stored().state is SessionState.RUNNING


def test_the_mini_timer_is_the_third_answer(work, farewell):
    assert work.companions.farewell.holds()
    farewell.bar.mini_button.click()
    assert work.mini.shown
    assert not farewell.bar.isVisible()


def test_the_mini_timer_then_shows_whose_time_runs_and_not_the_pause_in_front(work, farewell):
    other = timekeeping.start_session(work.desk, work.bohrer.server)
    work.bus.publish(other)
    work.bus.publish(timekeeping.pause_session(work.desk, other.value.id))
    work.stage.show_session(other.value.id)
    assert work.companions.farewell.holds()
    farewell.bar.mini_button.click()
    assert work.companions.following.session.id == work.session.id


def test_the_mini_timer_stays_with_the_page_in_front_where_its_time_runs(work, farewell):
    work.bus.publish(timekeeping.start_session(work.desk, work.bohrer.server))
    work.stage.show_session(work.session.id)
    assert work.companions.farewell.holds()
    farewell.bar.mini_button.click()
    assert work.companions.following.session.id == work.session.id


def test_a_window_closed_from_the_task_bar_comes_up_to_ask(work, farewell):
    work.shell.showMinimized()
    assert work.companions.farewell.holds()
    assert not work.shell.isMinimized()
    assert farewell.bar.isVisible()


def test_where_no_time_runs_nothing_is_asked(work, farewell):
    assert work.companions.farewell.holds()
    work.bus.publish(timekeeping.pause_session(work.desk, work.session.id))
    assert not farewell.bar.isVisible()
    assert not work.companions.farewell.holds()
    assert work.companions.farewell.sentence() == ""


def test_several_sessions_are_counted_and_an_older_one_has_its_day(work):
    work.clock.advance(days=1)
    assert work.companions.farewell.sentence().startswith(
        "Bei ZAP Dr. Bohrer läuft die Zeit seit gestern 10:22 Uhr. "
    )
    work.bus.publish(timekeeping.start_session(work.desk, work.bohrer.server))
    assert work.companions.farewell.sentence().startswith("Bei 2 Sitzungen läuft die Zeit. ")


def test_at_the_log_off_notes_are_saved_and_nothing_is_in_the_way(work, farewell):
    work.stage.call.panel.column.notes.editor().insertPlainText("noch nicht gespeichert")
    desktop = Desktop(asks=False)
    work.running.closing.on_log_off(desktop)
    assert work.stored().notes == "noch nicht gespeichert"
    assert desktop.heard == []
    assert work.companions.farewell.leaving
    assert not work.companions.farewell.holds()
    farewell._log_off.stop()


@pytest.mark.parametrize(
    ("role", "heard", "waits"),
    [
        (QMessageBox.ButtonRole.RejectRole, ["cancel"], True),
        (QMessageBox.ButtonRole.AcceptRole, ["release"], False),
    ],
)
def test_a_desktop_that_waits_is_told_the_answer(work, farewell, role, heard, waits):
    desktop = Desktop(asks=True)
    said = answer(role)
    work.running.closing.on_log_off(desktop)
    assert said == [SENTENCE]
    assert desktop.heard == heard
    assert work.companions.farewell.holds() is waits
    farewell._log_off.stop()


def test_a_log_off_without_running_time_asks_nothing(work, farewell):
    work.bus.publish(timekeeping.pause_session(work.desk, work.session.id))
    desktop = Desktop(asks=True)
    work.running.closing.on_log_off(desktop)
    assert desktop.heard == []
    farewell._log_off.stop()


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such signal")
def test_a_system_that_ends_the_program_is_not_asked_back(work, farewell, qtbot):
    before = signal.getsignal(signal.SIGTERM)
    with qtbot.waitSignal(work.running.close_wanted):
        os.kill(os.getpid(), signal.SIGTERM)
    assert not work.companions.farewell.holds()
    farewell._log_off.stop()
    work.running.companions.termination.stop()
    assert signal.getsignal(signal.SIGTERM) is not before
