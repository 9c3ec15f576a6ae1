"""The page of the customers on a real desk, in the window with its keyboard, and a hand that types."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from laverma_desk.services.customers import customer_record as records
from laverma_desk.ui.customers.controller import CustomersController
from laverma_desk.ui.keyboard import Keyboard
from laverma_desk.ui.shell import Shell
from tests.support import desks, rooms

bohrer, clock, desk = desks.bohrer, desks.clock, desks.desk
owner, surroundings = rooms.owner, rooms.surroundings


class CustomersHand:
    """Works on the page as a person does, with keys alone where it can."""

    def __init__(self, controller, shell, keyboard, surroundings, qtbot):
        self.controller, self.shell = controller, shell
        self._keyboard, self._surroundings, self._qtbot = keyboard, surroundings, qtbot

    @property
    def panel(self):
        return self.controller.panel

    @property
    def list(self):
        return self.panel.register.list

    @property
    def record(self):
        return self.controller.record

    @property
    def cards(self):
        return self.controller.record.panel

    @property
    def desk(self):
        return self._surroundings.desk

    def bring(self):
        self._keyboard.follow(self.controller)
        self.controller.activate()
        self.settle()
        return self

    def settle(self):
        background = self._surroundings.background
        self._qtbot.waitUntil(lambda: not background.busy)
        QApplication.processEvents()

    def names(self):
        model = self.list.rows
        return [
            model.index(at).data(Qt.ItemDataRole.UserRole).customer.name for at in range(model.rowCount())
        ]

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget() or self.shell, key, modifier)
        self.settle()
        return self

    def control(self, key):
        return self.press(key, Qt.KeyboardModifier.ControlModifier)

    def type(self, words):
        """Commit a text into the field that has the focus, as an input method does."""
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(QApplication.focusWidget(), event)
        self.settle()
        return self

    def fill(self, form, name, words):
        """Replace what stands in a field."""
        field = form.field(name)
        field.setFocus(Qt.FocusReason.TabFocusReason)
        field.selectAll()
        if words:
            return self.type(words)
        return self.press(Qt.Key.Key_Delete)

    def read(self, customer_id=None):
        return records.read_record(self.desk, customer_id or self.controller.customer_id)


@pytest.fixture
def hand(surroundings, owner, qtbot):
    """The page, not yet in front: bring it once the desk is filled."""
    controller = CustomersController(surroundings, owner)
    shell = Shell()
    qtbot.addWidget(shell)
    shell.stage.addWidget(controller.panel)
    shell.stage.setCurrentWidget(controller.panel)
    shell.resize(1280, 768)
    shell.show()
    qtbot.waitActive(shell)
    yield CustomersHand(controller, shell, Keyboard(shell, {}), surroundings, qtbot)
    controller.leave()


@pytest.fixture
def weiss(desk):
    return desks.add_customer(desk, "10023", "Praxis Dr. Weiß", "Rezeption 1", phone="+494066969122")


@pytest.fixture
def shown(hand, bohrer, weiss):
    """The page with Bohrer's record."""
    hand.bring()
    hand.controller.show_customer(bohrer.customer_id)
    hand.settle()
    return hand
