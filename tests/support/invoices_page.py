"""The invoice page in a real window with the window's keyboard, on the desk of the pictures."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from laverma_desk.ui.background import Background
from laverma_desk.ui.change_bus import ChangeBus
from laverma_desk.ui.invoices.controller import InvoicesController
from laverma_desk.ui.invoices.row_model import ROW, spoken
from laverma_desk.ui.invoices.rows import Kind, RowKey
from laverma_desk.ui.keyboard import Keyboard
from laverma_desk.ui.shell import Shell
from laverma_desk.ui.surroundings import Surroundings

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class InvoicesPage:
    """What a test does with the page, and what it sees there."""

    def __init__(self, desk, billing, owner, qtbot) -> None:
        self.desk, self.billing, self._qtbot = desk, billing, qtbot
        self.background = Background(owner)
        self.bus = ChangeBus(owner)
        self.controller = InvoicesController(Surroundings(desk, self.background, self.bus), owner)
        self.panel = self.controller.panel
        self.shell = Shell()
        qtbot.addWidget(self.shell)
        self.shell.stage.addWidget(self.panel)
        self.shell.stage.setCurrentWidget(self.panel)
        self.shell.resize(1280, 768)
        self.shell.show()
        qtbot.waitActive(self.shell)
        self.keyboard = Keyboard(self.shell, {})

    def bring(self) -> InvoicesPage:
        """Bring the page to the front and wait for what it reads."""
        self.keyboard.follow(self.controller)
        self.controller.activate()
        self.settle()
        return self

    def settle(self) -> None:
        """Wait until nothing is read, made or to come."""
        paper = self.controller.paper

        def quiet() -> bool:
            return not (self.background.busy or paper.is_waiting or paper._timer.isActive())

        QApplication.processEvents()
        self._qtbot.waitUntil(quiet)
        QApplication.processEvents()
        self._qtbot.waitUntil(quiet)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is, and wait for what it does."""
        QTest.keyClick(self.shell.focusWidget() or self.shell, key, modifier)
        self.settle()

    def rows(self):
        """Return what the list shows."""
        model = self.panel.left.list.model()
        return [model.index(place).data(ROW) for place in range(model.rowCount())]

    def said(self) -> list[str]:
        """Return what a screen reader says of the rows."""
        return [spoken(row) for row in self.rows()]

    def choose(self, kind: Kind, number: int) -> None:
        """Choose a row and wait for its paper."""
        assert self.panel.left.list.choose(RowKey(kind, number))
        self.settle()

    def customer(self, number: str) -> RowKey:
        """Return the row of an open customer."""
        return RowKey(Kind.CUSTOMER, self.billing.customers[number])

    def notice(self) -> str:
        """Return what stands above the page."""
        return self.panel.notice.sentence() if self.panel.notice.isVisible() else ""

    def hints(self) -> list[tuple[str, str]]:
        """Return what is said to be in the way of the paper, with the words that lead there."""
        return [(one.sentence, one.link) for one in self.panel.paper.hints.hints()]

    def close(self) -> None:
        """Let nothing run on."""
        self.background.close()
        self.controller.paper._timer.stop()
        self.controller.paper.rest()
        self.controller.lists._typing.stop()
        self.controller.lists._loader._timer.stop()
        self.panel.paper.view.clear()


@pytest.fixture
def page(billing_desk, owner, qtbot):
    """The page with six practices that have February to pay for."""
    desk, billing = billing_desk
    made = InvoicesPage(desk, billing, owner, qtbot)
    yield made
    made.close()
