"""The whole program in a real window, on a real desk, with a real mail server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from laverma_desk.services.changes import Topic
from laverma_desk.settings import MachineSettings
from laverma_desk.ui.running_desk import RunningDesk
from laverma_desk.ui.shell import SIZE, Shell
from tests.support.desks import bohrer, clock, desk
from tests.support.mail_fixtures import certificates, smtp_server
from tests.support.settling import settle

__all__ = ["bohrer", "certificates", "clock", "desk", "smtp_server"]

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Technician:
    """Sits before the window and uses nothing but the keyboard."""

    def __init__(self, desk, qtbot):
        self.desk = desk
        self._qtbot = qtbot
        self.shell = Shell()
        self.shell.resize(*SIZE)
        self.running = RunningDesk(desk, self.shell, MachineSettings())
        self.running.begin()
        with qtbot.waitActive(self.shell):
            self.shell.show()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    @property
    def stage(self):
        return self.running.stage

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """Press one key where the focus is."""
        together = Qt.KeyboardModifier.NoModifier
        for one in modifiers:
            together |= one
        QTest.keyClick(self.focus(), key, together)

    def type(self, words: str) -> None:
        """Type plain letters, line breaks as Enter."""
        for line_number, line in enumerate(words.split("\n")):
            if line_number:
                self.press(Qt.Key.Key_Return)
            QTest.keyClicks(self.focus(), line)

    def focus(self):
        """Return the widget that has the focus; there always is one."""
        found = QApplication.focusWidget()
        assert found is not None, "the focus is lost"
        return found

    def settle(self) -> None:
        """Wait until nothing works in the background."""
        settle(self.running.surroundings.background)

    def wait_until(self, reached) -> None:
        """Wait until something that takes its own time has come about."""
        self._qtbot.waitUntil(reached)
        self.settle()

    def wake_dispatcher(self) -> None:
        """Let the dispatcher look at the clock, which the test has moved, as its timer would."""
        self.running.surroundings.bus.announce(Topic.OUTBOX)

    def wait_for_mail(self, server):
        """Wait until a mail has arrived and its attempt is written down; return all that arrived."""
        self.wake_dispatcher()
        self._qtbot.waitUntil(lambda: bool(server.mails))
        self.settle()
        return server.mails

    def go_home(self) -> None:
        """Close the window as the cross does."""
        self.running.close()
        self.shell.close()
        self.shell.deleteLater()


@pytest.fixture
def technician(desk, bohrer, qtbot, dressed) -> Iterator[Technician]:
    """Somebody at a desk that knows ZAP Dr. Bohrer."""
    person = Technician(desk, qtbot)
    yield person
    person.go_home()
