"""The first start in the whole window: no rail and no strip before the house is set up, then the pages."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from laverma_desk.services.setup import house
from laverma_desk.settings import MachineSettings
from laverma_desk.ui.assistant.panel import AssistantPanel
from laverma_desk.ui.running_desk import RunningDesk
from laverma_desk.ui.shell import Shell
from tests.support.blind_reader import called, faults


@pytest.fixture
def window(dressed, fresh, qtbot):
    """The shell with the desk of a first start in it."""
    shell = Shell()
    running = RunningDesk(fresh, shell, MachineSettings())
    with qtbot.waitActive(shell):
        shell.show()
        shell.activateWindow()
        running.begin()
    yield shell
    running.close()
    shell.close()
    shell.deleteLater()


def _press(window, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)


def test_from_the_first_key_to_the_first_search(window, fresh, qtbot) -> None:
    panel = window.findChild(AssistantPanel)
    assert panel.isVisible()
    assert not window.rail.isVisible()
    assert not window.strip.isVisible()
    qtbot.keyClicks(QApplication.focusWidget(), "Laverma")
    _press(window, qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(QApplication.focusWidget(), "3,00")
    _press(window, qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(QApplication.focusWidget(), "Klaus Klassen")
    _press(window, qtbot, Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier)
    assert house.read_house(fresh).supporter.name == "Klaus Klassen"
    _press(window, qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.rail.isVisible)
    assert window.strip.isVisible()
    qtbot.waitUntil(lambda: window.findChild(AssistantPanel) is None)
    found = house.read_house(fresh)
    assert found.set_up
    assert found.company.name == "Laverma"
    assert [one.price_cents for one in found.tariffs] == [300]


def test_a_window_closed_in_the_middle_loses_no_step(window, fresh, qtbot) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), "Laverma")
    _press(window, qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    window.close()
    found = house.read_house(fresh)
    assert found.company.name == "Laverma"
    assert not found.set_up


def test_every_step_is_worked_without_sight(window, qtbot) -> None:
    wrong = []
    for step, words in enumerate(("Laverma", "3,00", "Klaus Klassen", "")):
        wrong += [f"step {step}: {one}" for one in faults(window)]
        qtbot.keyClicks(QApplication.focusWidget(), words)
        wrong += [f"step {step}, typed: {one}" for one in faults(window)]
        known = []
        while QApplication.focusWidget() not in known:
            known.append(QApplication.focusWidget())
            _press(window, qtbot, Qt.Key.Key_F6)
        if len(known) < (3 if step == 0 else 2):
            wrong.append(f"step {step}: F6 stops only at {[called(one) for one in known]}")
        known[0].setFocus()
        if words:
            _press(window, qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not wrong


def test_what_was_typed_before_the_assistant_is_not_searched_for_minutes_later(dressed, fresh, qtbot) -> None:
    shell = Shell()
    shell.begin_search()
    running = RunningDesk(fresh, shell, MachineSettings())
    running.begin()
    assert shell.take_search_head() is None
    running.close()
    shell.close()
    shell.deleteLater()
