"""Which question comes before the window closes while time runs, and when none does."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from laverma_desk.ui.closing.closing import Closing

LOSS = "Noch nicht gesichert: Einstellungen."


@pytest.fixture
def closing(work):
    """A closing that would lose something as long as `lost` says so."""
    made = Closing(work.shell, lambda: made.lost, work.running)
    made.lost = LOSS
    made.say_farewell_with(lambda: work.companions.farewell)
    return made


def boxes():
    found = (one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox))
    return [one for one in found if one.isVisible()]


def press(role):
    (box,) = boxes()
    next(one for one in box.buttons() if box.buttonRole(one) is role).click()


def test_what_would_be_lost_and_the_running_time_are_one_question(work, closing):
    assert not closing.may_close(wanted=False)
    (box,) = boxes()
    assert box.text().startswith(f"{LOSS}\n\nBei ZAP Dr. Bohrer läuft die Zeit seit 10:22 Uhr.")
    press(QMessageBox.ButtonRole.RejectRole)
    assert not work.companions.farewell.bar


def test_a_loss_that_was_accepted_is_asked_about_no_more(work, closing, qtbot):
    assert not closing.may_close(wanted=True)
    with qtbot.waitSignal(closing.accepted):
        press(QMessageBox.ButtonRole.DestructiveRole)
    assert closing.may_close(wanted=False)
    assert not boxes()


def test_a_program_that_starts_again_by_itself_says_no_farewell(work, closing):
    closing.lost = ""
    assert closing.may_close(wanted=True)
    assert not work.companions.farewell.bar
    assert not closing.may_close(wanted=False)
    assert work.companions.farewell.bar.isVisible()


def test_nothing_is_in_the_way_of_a_log_off(work, closing):
    work.companions.farewell.leave()
    assert closing.may_close(wanted=False)
    assert not boxes()
    work.companions.farewell._log_off.stop()
