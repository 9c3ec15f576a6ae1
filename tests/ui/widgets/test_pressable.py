"""Whatever looks as if it could be pressed is pressed by Enter too, that of the number pad included."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from laverma_desk.ui.widgets.chip import SnippetChip
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.nav_item import NavItem
from laverma_desk.ui.widgets.picker import Picker
from laverma_desk.ui.widgets.text_field import TextField

PLAIN, PAD = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
MADE = {
    "chip": lambda parent: SnippetChip(1, "Neustart", parent),
    "link": lambda parent: Link("ändern", parent),
    "item": lambda parent: NavItem("a", "users", "Kunden", parent),
    "picker": lambda parent: Picker("PC Rezeption", parent),
}


@pytest.fixture
def window(qtbot):
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize(
    ("key", "modifier"), [(Qt.Key.Key_Return, PLAIN), (Qt.Key.Key_Enter, PAD), (Qt.Key.Key_Space, PLAIN)]
)
def test_space_and_both_enters_press_it(window, kind, key, modifier):
    button, pressed = MADE[kind](window), []
    window.layout().addWidget(button)
    button.clicked.connect(lambda: pressed.append(kind))
    QTest.keyClick(button, key, modifier)
    assert pressed == [kind]


@pytest.mark.parametrize("kind", MADE)
def test_ctrl_enter_is_left_to_the_window(window, kind):
    button, pressed = MADE[kind](window), []
    window.layout().addWidget(button)
    button.clicked.connect(lambda: pressed.append(kind))
    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []


def test_enter_presses_the_drawing_in_a_field_and_not_the_field(window):
    field, heard = TextField(window), []
    window.layout().addWidget(field)
    field.set_action("calendar", "Kalender").clicked.connect(lambda: heard.append("drawing"))
    field.returnPressed.connect(lambda: heard.append("field"))
    QTest.keyClick(field.set_action("calendar", "Kalender"), Qt.Key.Key_Return)
    assert heard == ["drawing"]
