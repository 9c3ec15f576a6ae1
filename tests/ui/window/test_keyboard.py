"""Keys reach the page in front first, and never two owners."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow

from laverma_desk.ui.keyboard import Keyboard


class OnePage:
    def __init__(self, **keys):
        self._keys = {name.replace("_", "+"): action for name, action in keys.items()}

    def keys(self):
        return self._keys

    def activate(self):
        pass

    def leave(self):
        pass

    def areas(self):
        return []


@pytest.fixture
def window(qtbot):
    made = QMainWindow()
    made.setCentralWidget(QLineEdit())
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    return made


def test_the_page_in_front_wins_over_what_holds_everywhere(window):
    pressed = []
    keyboard = Keyboard(window, {"F8": lambda: pressed.append("everywhere")})
    QTest.keyClick(window, Qt.Key.Key_F8)
    keyboard.follow(OnePage(F8=lambda: pressed.append("page")))
    QTest.keyClick(window, Qt.Key.Key_F8)
    keyboard.follow(OnePage(F2=lambda: pressed.append("other")))
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert pressed == ["everywhere", "page", "everywhere"]


def test_a_key_of_a_page_that_left_does_nothing(window):
    pressed = []
    keyboard = Keyboard(window, {})
    keyboard.follow(OnePage(Ctrl_E=lambda: pressed.append("first")))
    keyboard.follow(OnePage(F2=lambda: None))
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []


def test_the_keypads_enter_is_enter(window):
    pressed = []
    keyboard = Keyboard(window, {})
    keyboard.follow(OnePage(Ctrl_Return=lambda: pressed.append(1)))
    QTest.keyClick(window, Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [1, 1]
