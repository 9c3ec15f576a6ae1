"""The page of a running session in a real window, on a real desk, with real keys."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from sqlalchemy import event

from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.ui.announcing import voice
from laverma_desk.ui.background import Background
from laverma_desk.ui.call.controller import CallController
from laverma_desk.ui.change_bus import ChangeBus
from laverma_desk.ui.keyboard import Keyboard
from laverma_desk.ui.pulse import Pulse
from laverma_desk.ui.surroundings import Surroundings
from tests.support.desks import Bohrer, bohrer, clock, desk, set_mail_account  # noqa: F401 (fixtures)


@dataclass
class Scene:
    """A window with the page in front, and what the page has told the window."""

    desk: object
    clock: object
    bohrer: Bohrer
    window: QMainWindow
    call: CallController
    pulse: Pulse
    bus: ChangeBus
    background: Background
    keyboard: Keyboard
    heard: list = field(default_factory=list)
    spoken: list = field(default_factory=list)

    @property
    def panel(self):
        return self.call.panel

    @property
    def column(self):
        return self.call.panel.column

    @property
    def timer(self):
        return self.column.timer

    @property
    def notes(self):
        return self.column.notes

    def start(self, workstation=None, notes=""):
        """Start a session and bring it to the front."""
        session = timekeeping.start_session(self.desk, workstation or self.bohrer.reception).value
        if notes:
            call_sheet.save_notes(self.desk, session.id, notes, "")
        self.show(session.id)
        return session.id

    def show(self, session_id):
        self.call.show_session(session_id)
        self.call.activate()
        QApplication.processEvents()

    def stored(self, session_id=None):
        """Return the session as the file has it."""
        return timekeeping.read_session(self.desk, session_id or self.call.session_id)

    def press(self, keys):
        """Press a key of the window where the focus is."""
        combination = QKeySequence(keys)[0]
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
        QApplication.processEvents()

    def type(self, words, target=None):
        """Type plain letters where the focus is."""
        for sign in words:
            aim = target or QApplication.focusWidget()
            if sign == "\n":
                QTest.keyClick(aim, Qt.Key.Key_Return)
            else:
                QTest.keyClick(aim, sign)

    def tick(self):
        self.pulse.ticked.emit()
        QApplication.processEvents()

    def settle(self, qtbot):
        """Wait until the background has reported."""
        qtbot.waitUntil(lambda: not self.background.busy)
        QApplication.processEvents()

    def autosave(self, qtbot):
        """Let the two seconds pass."""
        assert self.call.notes.timer.isActive()
        self.call.notes.timer.timeout.emit()
        self.settle(qtbot)

    @contextmanager
    def locked(self):
        """Hold the file as another program would."""
        other = sqlite3.connect(self.desk.data.database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.rollback()
            other.close()


def _short_wait(connection, _record, _proxy):
    connection.execute("PRAGMA busy_timeout = 20")


@pytest.fixture
def scene(desk, clock, bohrer, qtbot, qapp):  # noqa: F811
    """The page in a window; the file gives up waiting after 20 ms instead of 5 s."""
    event.listen(desk.database.engine, "checkout", _short_wait)
    set_mail_account(desk, 2525)
    window = QMainWindow()
    background, bus, pulse = Background(window), ChangeBus(window), Pulse(window)
    call = CallController(
        Surroundings(desk, background, bus), pulse, window, has_own_words=lambda _session_id: False
    )
    window.setCentralWidget(call.panel)
    keyboard = Keyboard(window, {})
    keyboard.follow(call)
    window.resize(1104, 720)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    made = Scene(desk, clock, bohrer, window, call, pulse, bus, background, keyboard)
    for name in ("report_wanted", "report_queued", "report_refused", "session_closed", "change_wanted",
                 "settings_wanted", "session_changed"):  # fmt: skip
        getattr(call, name).connect(lambda value, name=name: made.heard.append((name, value)))
    voice.spoke.connect(made.spoken.append)
    yield made
    voice.spoke.disconnect(made.spoken.append)
    window.close()
    background.close()
    call.notes.timer.stop()
    call.notes._slow.stop()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
