"""Buttons, links, chips and choices: sizes, keys, names."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from laverma_desk.ui.widgets.button import Button
from laverma_desk.ui.widgets.check_box import CheckBox
from laverma_desk.ui.widgets.chip import SnippetChip
from laverma_desk.ui.widgets.choice_card import ChoiceCard
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.radio import Radio
from laverma_desk.ui.widgets.segmented import Segment, SegmentedControl
from laverma_desk.ui.widgets.two_line_button import TwoLineButton


@pytest.fixture
def shown(qtbot):
    def show(widget):
        qtbot.addWidget(widget)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        return widget

    return show


def test_a_button_is_as_wide_as_in_the_design(shown):
    send = Button("Beenden und Bericht senden", "primary", "send", shortcut_text="Strg+Enter")
    assert (send.sizeHint().width(), send.sizeHint().height()) == (323, 40)
    assert Button("Nur beenden").sizeHint().width() == 117
    assert Button("Verwerfen", small=True).sizeHint().height() == 32
    assert Button("Drucken", "icon", "print").sizeHint().width() == 40


@pytest.mark.parametrize("make", [lambda: Button("Go"), lambda: Link("Go"), lambda: SnippetChip(1, "Go")])
@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_space_and_enter_press(shown, make, key):
    button = shown(make())
    pressed = []
    button.clicked.connect(lambda *_checked: pressed.append(1))
    QTest.keyClick(button, key)
    assert len(pressed) == 1


def test_a_blocked_button_keeps_the_focus_and_takes_no_click(shown):
    button = shown(Button("Start", "primary"))
    pressed = []
    button.clicked.connect(lambda *_checked: pressed.append(1))
    button.set_blocked("No agreement.")
    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_Space)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == []
    assert button.isEnabled()
    assert button.toolTip() == "No agreement."
    button.set_blocked(None)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(pressed) == 1


def test_a_busy_button_keeps_its_width_and_its_words(shown):
    button = shown(Button("Send the report", "primary"))
    wide = button.sizeHint()
    button.set_busy("Sends")
    assert button.sizeHint() == wide
    assert button.label() == "Sends"
    assert button.is_blocked()
    button.set_busy(None)
    assert button.label() == "Send the report"
    assert not button.is_blocked()
    assert button.sizeHint() == wide


def test_an_ampersand_is_a_letter(shown):
    button = shown(Button("Müller & Co"))
    assert button.accessibleName() == "Müller & Co"
    assert button.shortcut().isEmpty()


def test_names_say_what_is_painted(shown):
    assert Button("Print", "icon", "print", shortcut_text="Ctrl+P").toolTip() == "Print (Ctrl+P)"
    assert SnippetChip(3, "Restart").accessibleName() == "3 Restart"
    two = TwoLineButton("Keep", "43 min")
    assert two.accessibleName() == "Keep, 43 min"
    assert (two.sizeHint().width(), two.sizeHint().height()) == (96, 40)


def test_a_chip_leaves_the_focus_where_it_is(shown):
    page = QWidget()
    layout = QVBoxLayout(page)
    first, chip = Button("First"), SnippetChip(2, "Restart")
    layout.addWidget(first)
    layout.addWidget(chip)
    shown(page)
    first.setFocus()
    numbers = []
    chip.snippet_chosen.connect(numbers.append)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert numbers == [2]
    assert QApplication.focusWidget() is first


def test_a_segmented_control_walks_with_the_arrow_keys(shown):
    control = shown(SegmentedControl([Segment("a", "Charge"), Segment("b", "Free"), Segment("c", "None")]))
    heard = []
    control.segment_chosen.connect(heard.append)
    control.setFocus()
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert heard == ["b", "c"]
    assert control.current() == "c"
    control.set_current("a")
    assert heard == ["b", "c"]
    with pytest.raises(KeyError):
        control.set_current("x")
    role = QAccessible.queryAccessibleInterface(control.focusProxy()).role()
    assert role == QAccessible.Role.RadioButton


def test_segments_share_the_room_alike(shown):
    control = SegmentedControl([Segment("a", "Abrechnen"), Segment("b", "Kostenlos")])
    control.resize(274, 40)
    shown(control)
    parts = sorted(part.width() for part in control.children() if isinstance(part, QWidget))
    assert parts == [135, 136]


def test_a_count_is_part_of_the_name(shown):
    control = shown(SegmentedControl([Segment("a", "All"), Segment("w", "Waiting", "2")], small=True))
    before = control.sizeHint().width()
    control.set_count("w", "12")
    assert control.sizeHint().width() > before
    names = {part.accessibleName() for part in control.children() if isinstance(part, QWidget)}
    assert names == {"All", "Waiting 12"}


def test_choices_exclude_each_other_and_take_a_click_anywhere(shown):
    page = QWidget()
    layout = QVBoxLayout(page)
    one, two = ChoiceCard("Started minute", "hint", "29,25 €"), ChoiceCard("Full minute", "hint", "27,00 €")
    layout.addWidget(one)
    layout.addWidget(two)
    one.setChecked(True)
    shown(page)
    QTest.mouseClick(two, Qt.MouseButton.LeftButton, pos=two.rect().bottomRight() - QPoint(2, 2))
    assert (one.isChecked(), two.isChecked()) == (False, True)
    QTest.keyClick(two, Qt.Key.Key_Up)
    assert one.isChecked()
    assert one.accessibleName() == "Started minute, 29,25 €"
    assert one.sizeHint().height() == 112


@pytest.mark.parametrize("make", [lambda: CheckBox("Copy to me"), lambda: Radio("Copy to me")])
def test_a_tick_is_set_by_word_and_by_space(shown, make):
    box = shown(make())
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    assert box.isChecked()
    box.setChecked(False) if isinstance(box, CheckBox) else None
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()


def test_focus_can_be_seen(shown):
    page = QWidget()
    layout = QVBoxLayout(page)
    widgets = [Button("A", "primary"), Button("A"), Link("A"), CheckBox("A"), Radio("A"), SnippetChip(1, "A")]
    for widget in widgets:
        layout.addWidget(widget)
    shown(page)
    for widget in widgets:
        QApplication.focusWidget().clearFocus()
        bare = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        assert widget.grab().toImage() != bare, widget


def test_enter_with_ctrl_is_left_to_the_window(shown):
    button = shown(Button("Send"))
    pressed = []
    button.clicked.connect(lambda *_checked: pressed.append(1))
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(button, event)
    assert pressed == []
