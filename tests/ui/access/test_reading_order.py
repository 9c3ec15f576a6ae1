"""Where Tab goes in a window: as one reads, wherever widgets were made, moved, hidden or switched off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from laverma_desk.ui import reading_order
from laverma_desk.ui.shell import Shell


@pytest.fixture
def shell(dressed, qtbot):
    """An empty window, in front."""
    made = Shell()
    with qtbot.waitActive(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()


def button(name, parent=None):
    made = QPushButton(name, parent)
    made.setObjectName(name)
    return made


def put(shell, page):
    shell.stage.addWidget(page)
    shell.stage.setCurrentWidget(page)
    QApplication.processEvents()


def walked(first, count):
    first.setFocus()
    names = [first.objectName()]
    for _ in range(count):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        names.append(QApplication.focusWidget().objectName())
    return names


def test_layouts_say_the_order_not_the_time_of_making(shell):
    page = QWidget()
    late, early = button("below", page), button("above", page)
    grid = QGridLayout()
    for name, row, column in (("d", 1, 1), ("a", 0, 0), ("c", 1, 0), ("b", 0, 1)):
        grid.addWidget(button(name, page), row, column)
    column = QVBoxLayout(page)
    column.addWidget(early)
    column.addLayout(grid)
    column.addWidget(late)
    put(shell, page)
    assert walked(early, 5) == ["above", "a", "b", "c", "d", "below"]


def test_a_part_that_hands_the_focus_on_is_still_entered_at_its_first_stop(shell):
    page, part = QWidget(), QWidget()
    before, first, wanted = button("before"), button("first"), button("wanted")
    inside = QHBoxLayout(part)
    inside.addWidget(first)
    inside.addWidget(wanted)
    part.setFocusProxy(wanted)
    column = QVBoxLayout(page)
    column.addWidget(before)
    column.addWidget(part)
    put(shell, page)
    assert walked(before, 2) == ["before", "first", "wanted"]
    reading_order.enter(part)
    assert QApplication.focusWidget() is wanted


def test_a_page_made_late_stands_where_it_is_shown(shell):
    page, stack = QWidget(), QStackedWidget()
    above, below = button("above"), button("below")
    column = QVBoxLayout(page)
    for one in (above, stack, below):
        column.addWidget(one)
    put(shell, page)
    for name in ("hidden", "shown"):
        leaf = QWidget()
        QVBoxLayout(leaf).addWidget(button(name))
        stack.addWidget(leaf)
        stack.setCurrentWidget(leaf)
    QApplication.processEvents()
    assert walked(above, 2) == ["above", "shown", "below"]


@pytest.mark.parametrize("lose", [QWidget.hide, lambda one: one.setEnabled(False)], ids=["hidden", "off"])
@pytest.mark.parametrize(("lost", "heir"), [("first", "second"), ("second", "first")])
def test_what_goes_gives_the_focus_to_its_neighbour_in_the_same_part(shell, lose, lost, heir):
    page, part = QWidget(), QWidget()
    inside = QHBoxLayout(part)
    stops = {name: button(name) for name in ("first", "second")}
    for one in stops.values():
        inside.addWidget(one)
    column = QVBoxLayout(page)
    column.addWidget(QLineEdit())
    column.addWidget(part)
    column.addWidget(QLineEdit())
    put(shell, page)
    stops[lost].setFocus()
    lose(stops[lost])
    assert QApplication.focusWidget() is stops[heir]


def test_a_whole_part_that_goes_gives_the_focus_to_what_follows_on_the_page(shell):
    page, part, after = QWidget(), QWidget(), QLineEdit()
    only = button("only")
    QHBoxLayout(part).addWidget(only)
    column = QVBoxLayout(page)
    column.addWidget(part)
    column.addWidget(after)
    put(shell, page)
    only.setFocus()
    part.hide()
    assert QApplication.focusWidget() is after


def test_areas_without_room_for_the_focus_are_passed_by(shell):
    page, empty, other = QWidget(), QWidget(), QWidget()
    first, second = QLineEdit(), QLineEdit()
    for part, stop in ((other, second),):
        QHBoxLayout(part).addWidget(stop)
    column = QVBoxLayout(page)
    for one in (first, empty, other):
        column.addWidget(one)
    put(shell, page)
    first.setFocus()
    reading_order.step_areas([first, empty, other], 1)
    assert QApplication.focusWidget() is second
    reading_order.step_areas([first, empty, other], -1)
    assert QApplication.focusWidget() is first
