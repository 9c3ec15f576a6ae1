"""Words that somebody wrote into a report's mail are never left out or lost without a word."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from laverma_desk.domain.support_session import SessionState
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.mails import outbox
from laverma_desk.settings import MachineSettings
from laverma_desk.ui.running_desk import RunningDesk
from laverma_desk.ui.shell import Shell
from tests.support.desks import set_mail_account

OWN = "Bitte vorher anrufen"


@pytest.fixture
def stage(desk, bohrer, clock, dressed, qtbot):
    """The window on a desk with a mail account; the report of a call is in front, and reworded."""
    # Port 1 answers nobody: the mails stay in the outbox.
    set_mail_account(desk, 1)
    number = timekeeping.start_session(desk, bohrer.reception).value.id
    shell = Shell()
    running = RunningDesk(desk, shell, MachineSettings())
    running.begin()
    with qtbot.waitActive(shell):
        shell.show()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    made = running.stage
    QTest.keyClicks(QApplication.focusWidget(), "Update")
    clock.advance(minutes=3)
    made.call.keys()["Ctrl+E"]()
    qtbot.waitUntil(lambda: made.report.wording.words().body != "")
    made.report.panel.form.body.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), OWN)
    made.running, made.number = running, number
    yield made
    shell.hide()
    running.close()
    shell.deleteLater()


def test_a_call_that_went_on_shows_its_reworded_report_instead_of_sending_another(stage, desk, qtbot):
    stage.report.resume()
    assert stage.front is stage.call
    stage.call.keys()["Ctrl+Return"]()
    assert stage.front is stage.report
    assert timekeeping.read_session(desk, stage.number).state is SessionState.ENDED
    assert OWN in stage.report.wording.words().body
    assert outbox.list_messages(desk) == []


def test_a_report_taken_back_still_has_its_own_words(stage, desk, qtbot):
    with qtbot.waitSignal(stage.report.report_queued):
        stage.report.keys()["Ctrl+Return"]()
    stage.sending.take_back()
    assert stage.front is stage.report
    qtbot.waitUntil(lambda: not stage.report._preparation.read.running)
    assert OWN in stage.report.wording.words().body


def test_closing_names_the_report_that_would_lose_its_words(stage, qtbot):
    assert stage.running.save().startswith("Noch nicht gespeichert: Bericht an ")
    with qtbot.waitSignal(stage.report.report_queued):
        stage.report.keys()["Ctrl+Return"]()
    assert stage.running.save() == ""
