"""The page "Prüfung" among the others: how one comes to it, and back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk.settings import MachineSettings
from laverma_desk.storage import customers
from laverma_desk.ui.running_desk import RunningDesk
from laverma_desk.ui.shell import CUSTOMERS, STATISTICS, Shell
from tests.support.past_sessions import past_session


@pytest.fixture
def running(desk, bohrer, dressed, qtbot):
    """A desk that is open in a window, with one session, so that there are figures."""
    with desk.database.write() as connection:
        past_session(connection, customers.find_workstation(connection, bohrer.server), desk.clock.now())
    shell = Shell()
    opened = RunningDesk(desk, shell, MachineSettings())
    opened.begin()
    opened.shell = shell
    shell.show()
    qtbot.waitActive(shell)
    yield opened
    opened.close()
    shell.close()
    shell.deleteLater()


def _settle(running, qtbot):
    background = running.surroundings.background
    qtbot.waitUntil(lambda: not background.busy)


def test_a_button_of_the_figures_leads_there_and_escape_back(running, qtbot):
    stage = running.stage
    stage.open_page(STATISTICS)
    _settle(running, qtbot)
    assert stage.memory._audit is None
    button = stage.memory.statistics.panel.handover.audit
    assert button.isVisible()
    button.click()
    _settle(running, qtbot)
    assert stage.front is stage.memory.audit
    assert running.shell.rail.current() == STATISTICS
    QTest.keyClick(running.shell.focusWidget(), Qt.Key.Key_Escape)
    assert stage.front is stage.memory.statistics
    assert running.shell.rail.current() == STATISTICS
    _settle(running, qtbot)


def test_without_a_figure_it_is_within_reach_as_well(running, qtbot):
    running.surroundings.desk.clock.set_wall(datetime(2025, 3, 1, 9, tzinfo=UTC))
    running.stage.open_page(STATISTICS)
    _settle(running, qtbot)
    panel = running.stage.memory.statistics.panel
    assert panel.sentence() == "Noch keine Daten für diesen Zeitraum."
    assert panel.handover.audit.isVisible()
    assert panel.handover.geometry().bottom() < panel.height()
    panel.handover.audit.click()
    assert running.stage.front is running.stage.memory.audit
    _settle(running, qtbot)


def test_a_check_of_the_real_window_comes_to_its_end(running, qtbot):
    running.stage.memory.show_audit()
    _settle(running, qtbot)
    QTest.keyClick(running.shell.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    _settle(running, qtbot)
    words = running.stage.memory.audit.panel.chain.result.words()
    assert words[0].startswith("Alles in Ordnung")


def test_what_is_kept_how_long_is_shown_among_the_customers(running, qtbot):
    stage = running.stage
    stage.memory.show_audit()
    _settle(running, qtbot)
    stage.memory.audit.panel.foot.locked.click()
    _settle(running, qtbot)
    assert stage.front is stage.memory.customers
    assert running.shell.rail.current() == CUSTOMERS
    assert stage.memory.customers.places._privacy.panel.isVisible()
