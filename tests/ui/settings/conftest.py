"""The settings on a real desk, as they stand in the window, and a hand that types."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from laverma_desk.mail.secret import Secrets
from laverma_desk.settings import MachineSettings
from laverma_desk.ui.background import Background
from laverma_desk.ui.change_bus import ChangeBus
from laverma_desk.ui.settings.controller import SettingsController
from laverma_desk.ui.surroundings import Surroundings
from tests.support.desks import clock, desk  # noqa: F401 (fixtures)
from tests.support.mail_fixtures import certificates, keyring_in_memory, smtp_server  # noqa: F401 (fixtures)


class Hand:
    """Opens pages of the settings and types into their fields as a person does."""

    def __init__(self, controller, surroundings, qtbot):
        self.controller, self.surroundings = controller, surroundings
        self._qtbot = qtbot
        self.key = "company"

    @property
    def desk(self):
        return self.surroundings.desk

    @property
    def panel(self):
        return self.controller.panel

    @property
    def bar(self):
        return self.panel.bar

    @property
    def form(self):
        return self.controller.section(self.key).form

    def open(self, key):
        """Open a page, and wait until the keyring has answered."""
        self.key = key
        self.controller.open_page(key)
        self.settle()
        return self

    def type(self, name, words):
        """Replace what stands in a field; umlauts come as they do from an input method."""
        field = self.form.field(name)
        field.setFocus(Qt.FocusReason.TabFocusReason)
        field.selectAll()
        if words:
            event = QInputMethodEvent()
            event.setCommitString(words)
            QApplication.sendEvent(field, event)
        else:
            QTest.keyClick(field, Qt.Key.Key_Delete)
        return self

    def leave_field(self):
        """Put the focus elsewhere, into the list of pages."""
        self.panel.list.setFocus(Qt.FocusReason.TabFocusReason)
        return self

    def click(self, button):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        return self

    def tick(self, name):
        """Press Space on a check box."""
        QTest.keyClick(self.form.field(name), Qt.Key.Key_Space)
        return self

    def save(self):
        """Save as Ctrl+S does, and wait until nothing works in the background."""
        self.controller.keys()["Ctrl+S"]()
        self.settle()
        return self

    def settle(self):
        background = self.surroundings.background
        self._qtbot.waitUntil(lambda: not background.busy)
        QApplication.processEvents()

    def unsaved_pages(self):
        return [key for key in self.controller._sections if self.panel.list.item(key).is_unsaved()]


@pytest.fixture
def machine_file(tmp_path):
    return tmp_path / "machine" / "machine.ini"


@pytest.fixture
def make_hand(dressed, qtbot, machine_file):
    """Open the settings of a desk in a window of their own."""
    made = []

    def make(desk, machine=None):  # noqa: F811 (the fixture's name)
        owner = QObject()
        background = Background(owner)
        surroundings = Surroundings(desk, background, ChangeBus(owner))
        controller = SettingsController(
            surroundings, machine or MachineSettings(), owner, machine_file=machine_file
        )
        panel = controller.panel
        panel.resize(1104, 720)
        with qtbot.waitActive(panel):
            panel.show()
            panel.activateWindow()
        made.append((owner, background, controller))
        return Hand(controller, surroundings, qtbot)

    yield make
    for owner, background, controller in made:
        controller.leave()
        background.close()
        controller.panel.close()
        controller.panel.deleteLater()
        owner.deleteLater()


@pytest.fixture
def hand(make_hand, desk):  # noqa: F811 (the fixture)
    return make_hand(desk)


@pytest.fixture
def keyed_desk(desk, keyring_in_memory, certificates):  # noqa: F811 (the fixtures)
    """The desk with a keyring that works, trusting the run's certificates."""
    return replace(desk, secrets=Secrets(keyring_in_memory), trust=certificates.client_context())
