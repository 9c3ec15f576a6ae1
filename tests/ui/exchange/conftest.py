"""Import and export of customers on a real desk, the panel in a real window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from laverma_desk.ui.customers.exchange.controller import ExchangeController
from tests.support import desks, rooms

bohrer, clock, desk = desks.bohrer, desks.clock, desks.desk
opened_files, owner, surroundings = rooms.opened_files, rooms.owner, rooms.surroundings


@pytest.fixture
def exchange(surroundings, owner, qtbot):
    """The controller, its bar and its panel in a window."""
    made = ExchangeController(surroundings, owner)
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(made.export_bar)
    column.addWidget(made.import_panel, 1)
    qtbot.addWidget(window)
    window.resize(1104, 680)
    window.show()
    qtbot.waitActive(window)

    def rest():
        qtbot.waitUntil(lambda: not made.importing.running and not made.exporting.running)

    made.rest, made.window = rest, window
    made.begin_import()
    return made
