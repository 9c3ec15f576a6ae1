"""The page of figures among the others: how one comes to it, and where it leads."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk.settings import MachineSettings
from laverma_desk.storage import customers
from laverma_desk.ui.running_desk import RunningDesk
from laverma_desk.ui.shell import HISTORY, STATISTICS, Shell
from laverma_desk.ui.statistics.reading import CardKey
from tests.support.past_sessions import past_session


@pytest.fixture
def running(desk, bohrer, dressed, qtbot):
    """A desk that is open in a window, with three sessions of the last months."""
    with desk.database.write() as connection:
        server = customers.find_workstation(connection, bohrer.server)
        for month in (1, 2, 3):
            past_session(connection, server, datetime(2022, month, 1, 9, tzinfo=UTC))
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


def test_the_page_is_made_by_its_key_and_not_before(running, qtbot):
    memory = running.stage.memory
    assert memory._statistics is None
    QTest.keyClick(
        running.shell,
        Qt.Key.Key_A,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert running.stage.front is memory.statistics
    assert running.shell.rail.current() == STATISTICS
    _settle(running, qtbot)
    assert memory.statistics.panel.figures[0].figure().value == "39"


def test_it_stands_in_the_rail_between_invoices_and_outbox(running):
    keys = list(running.shell.rail._items)
    assert keys.index("statistics") == keys.index("invoices") + 1 == keys.index("outbox") - 1
    assert running.shell.rail._items["statistics"].accessibleName() == "Auswertung"
    running.shell.rail._items["statistics"].click()
    assert running.stage.front is running.stage.memory.statistics


def test_a_bar_leads_to_its_sessions_in_the_history(running, qtbot):
    running.stage.open_page(STATISTICS)
    _settle(running, qtbot)
    running.stage.memory.statistics.panel.cards[CardKey.REVENUE].chart.bar_chosen.emit(10)
    _settle(running, qtbot)
    assert running.stage.front is running.stage.memory.history
    assert running.shell.rail.current() == HISTORY
    filters = running.stage.memory.history.panel.filters
    assert filters.period.value() == "01.02.2022 – 28.02.2022"


def test_a_customer_leads_to_all_of_its_sessions(running, bohrer, qtbot):
    running.stage.open_page(STATISTICS)
    _settle(running, qtbot)
    running.stage.memory.statistics.panel.cards[CardKey.CUSTOMERS].chart.bar_chosen.emit(0)
    _settle(running, qtbot)
    filters = running.stage.memory.history.panel.filters
    assert filters.customer.value() == "ZAP Dr. Bohrer"
    assert filters._wish.period == (date(2021, 4, 1), date(2022, 3, 31))
    assert filters._wish.customer_id == bohrer.customer_id


def test_what_hands_over_is_passed_on_to_the_window(running, qtbot):
    running.stage.open_page(STATISTICS)
    _settle(running, qtbot)
    memory = running.stage.memory
    memory.statistics.panel.handover.gdpdu.click()
    assert running.stage.front is memory.handover
    assert running.shell.rail.current() == STATISTICS
    _settle(running, qtbot)
    assert running.shell.focusWidget() is memory.handover.panel.audit.period
    QTest.keyClick(running.shell, Qt.Key.Key_Escape)
    assert running.stage.front is memory.statistics
    memory.statistics.panel.handover.datev.click()
    _settle(running, qtbot)
    assert running.shell.focusWidget() is memory.handover.panel.datev.period
    running.stage.open_page(STATISTICS)
    memory.statistics.panel.handover.audit.click()
    assert running.stage.front is memory.audit
    assert running.shell.rail.current() == STATISTICS
