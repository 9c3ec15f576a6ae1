"""The form for a session that is over, in a real window on a real desk."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from laverma_desk.services.setup import house
from laverma_desk.ui.history.entry.controller import EntryController
from laverma_desk.ui.keyboard import Keyboard
from tests.support import desks, rooms

bohrer, clock, desk = desks.bohrer, desks.clock, desks.desk
owner, surroundings = rooms.owner, rooms.surroundings


@dataclass
class Form:
    """A window with the form in front, and what it has told."""

    desk: object
    clock: object
    window: QMainWindow
    entry: EntryController
    surroundings: object
    keyboard: Keyboard
    heard: list = field(default_factory=list)

    @property
    def panel(self):
        return self.entry.panel

    @property
    def details(self):
        return self.entry.panel.details

    def press(self, keys):
        combination = QKeySequence(keys)[0]
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
        QApplication.processEvents()

    def type(self, widget, words):
        """Type over what stands in a field, umlauts too."""
        widget.setFocus()
        widget.selectAll()
        for sign in words:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign))
        QApplication.processEvents()

    def times(self, begin, end):
        self.type(self.details.begin.time, begin)
        self.type(self.details.end.time, end)


@pytest.fixture
def form(desk, clock, bohrer, surroundings, owner, qtbot):
    """The form in a window, Klaus Klassen at the desk, two hours after the call of the pictures."""
    klaus = house.read_house(desk).supporter.id
    house.save_supporter(desk, "Jana Petersen", "")
    house.choose_supporter(desk, klaus)
    clock.advance(hours=2)
    window = QMainWindow()
    entry = EntryController(surroundings, owner)
    window.setCentralWidget(entry.panel)
    window.resize(1104, 720)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    keyboard = Keyboard(window, {})
    keyboard.follow(entry)
    made = Form(desk, clock, window, entry, surroundings, keyboard)
    entry.finished.connect(made.heard.append)
    yield made
    qtbot.waitUntil(lambda: not surroundings.background.busy)
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
