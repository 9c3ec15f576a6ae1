"""The forms beside the list of invoices, each in a real window on the desk of the pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from laverma_desk.services.invoicing import drafts, issuing
from laverma_desk.ui.keyboard import Keyboard
from tests.support.billing_desks import UNTIL, Billing, make_billing_desk
from tests.support.fake_clock import FakeClock


@dataclass
class Bench:
    """A desk with February to bill, a window for one form, and what the form has told."""

    desk: Any
    clock: FakeClock
    billing: Billing
    surroundings: Any
    owner: Any
    qtbot: Any
    window: QMainWindow
    keyboard: Keyboard
    finished: list = field(default_factory=list)
    closed: list = field(default_factory=list)

    def show(self, kind: type) -> Any:
        """Put a form into the window and return its controller."""
        made = kind(self.surroundings, self.owner)
        self.window.setCentralWidget(made.panel)
        self.keyboard.follow(made)
        made.finished.connect(self.finished.append)
        made.closed.connect(self._on_closed)
        QApplication.processEvents()
        return made

    def _on_closed(self) -> None:
        self.closed.append(True)

    def press(self, keys: str) -> None:
        """Press a key where the focus is; the window's shortcuts hear it."""
        combination = QKeySequence(keys)[0]
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
        QApplication.processEvents()

    def type(self, widget: QWidget, words: str) -> None:
        """Type over what stands in a field, umlauts too."""
        widget.setFocus()
        widget.selectAll()  # type: ignore[attr-defined]
        if not words:
            QTest.keyClick(widget, Qt.Key.Key_Delete)
        for sign in words:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign))
        QApplication.processEvents()

    def settle(self) -> None:
        """Wait for what runs in the background."""
        self.qtbot.waitUntil(lambda: not self.surroundings.background.busy)
        QApplication.processEvents()

    def draft(self, number: str = "10017", count: int | None = None) -> int:
        """Return a draft of a practice's first sessions, of all where no count is given."""
        rows = self.billing.sessions[number][:count]
        wish = drafts.DraftWish(self.billing.customers[number], rows)
        return drafts.create_drafts(self.desk, [wish], UNTIL).value[0]

    def invoice(self, number: str = "10017", count: int | None = None) -> Any:
        """Return an invoice issued for a practice's sessions."""
        return issuing.issue_invoice(self.desk, self.draft(number, count)).value

    @property
    def today(self) -> date:
        """Return the day on which all this happens."""
        return date(2022, 3, 1)


@pytest.fixture
def clock():
    """A clock at 10:22 on 1 March 2022 in Berlin."""
    return FakeClock()


@pytest.fixture
def billed(tmp_path, clock):
    """The desk of the pictures and what is in it."""
    desk, billing = make_billing_desk(tmp_path / "desk", clock)
    yield desk, billing
    desk.close()


@pytest.fixture
def desk(billed):
    """The desk alone."""
    return billed[0]


@pytest.fixture
def bench(billed, clock, surroundings, owner, qtbot):
    """A window in German, ready for a form."""
    window = QMainWindow()
    window.resize(704, 720)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    made = Bench(*(billed[0], clock, billed[1]), surroundings, owner, qtbot, window, Keyboard(window, {}))
    yield made
    made.settle()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
