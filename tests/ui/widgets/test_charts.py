"""The charts: bars from zero on a scale, keys that walk, words for those who cannot see them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip, QWidget

from laverma_desk.domain.charting import axis
from laverma_desk.ui import theme
from laverma_desk.ui.announcing import voice
from laverma_desk.ui.widgets.bar_chart import Bar, BarChart, BarChartReading
from laverma_desk.ui.widgets.bar_list import BarList, ListedBar
from laverma_desk.ui.widgets.figure_table import FigureTable, TableWords
from laverma_desk.ui.widgets.hour_grid import HourGrid, HourGridReading

VALUES = ((725, 122), (0, 0), (400, 0), (0, 300))


def _bars():
    return [Bar(f"M{n}", solid, free, f"bar {n}") for n, (solid, free) in enumerate(VALUES)]


def _shown(qtbot, widget, width=488):
    """Show a chart beside a button that has the focus."""
    window = QWidget()
    qtbot.addWidget(window)
    button = QPushButton("beside", window)
    button.move(0, 400)
    widget.setParent(window)
    widget.setGeometry(0, 0, width, widget.sizeHint().height())
    window.resize(width, 440)
    button.setFocus()
    window.show()
    qtbot.waitExposed(window)
    widget.holder = window
    return widget


@pytest.fixture
def chart(qtbot):
    made = BarChart("Minutes")
    scale = axis(1087)
    made.show_reading(BarChartReading(_bars(), scale, [str(line) for line in scale.lines], "the essence"))
    return _shown(qtbot, made)


@pytest.fixture
def listed(qtbot):
    made = BarList("Customers")
    bars = [ListedBar("A", 300, "3,00 €", "A: 3"), ListedBar("B", 75, "0,75 €", "B: 1", outline=75)]
    made.show_bars([*bars, ListedBar("C", 0, "0,00 €", "C: nothing")], "most: A")
    return _shown(qtbot, made, 486)


@pytest.fixture
def grid(qtbot):
    made = HourGrid("Hours")
    words = [f"{line}{hour}" for line in "MT" for hour in (8, 9, 10)]
    made.show_reading(HourGridReading(["M", "T"], ["8", "9", "10"], [0, 4, 2, 1, 0, 0], words, "most at 9"))
    return _shown(qtbot, made)


def _columns(widget, y, colour):
    """Return the runs of a colour along a line, as (left, width)."""
    picture = widget.grab().toImage()
    row = [picture.pixelColor(x, y) == colour for x in range(picture.width())]
    runs, start = [], None
    for x, on in enumerate([*row, False]):
        if on and start is None:
            start = x
        if not on and start is not None:
            runs.append((start, x - start))
            start = None
    return runs


def _height(widget, x, colour, top, base):
    picture = widget.grab().toImage()
    return sum(picture.pixelColor(x, y) == colour for y in range(top, base))


def _middle(widget, place):
    return round(widget.place_of(place).center().x())


# --- upright bars


def test_bars_are_as_high_as_their_share_of_the_scale(chart):
    primary = theme.palette().primary
    assert chart.reading().axis.top == 1200
    heights = [_height(chart, _middle(chart, place), primary, 24, 184) for place in range(4)]
    # The outline of a free part adds its upper edge.
    assert heights == [round(725 * 160 / 1200) + 1, 0, round(400 * 160 / 1200), 1]


def test_what_was_free_is_an_outline_on_top(chart):
    primary, surface = theme.palette().primary, theme.palette().surface
    top = 184 - chart.height_of(725 + 122)
    (left, wide), *_others = _columns(chart, top, primary)
    assert wide == 24
    inside = chart.grab().toImage()
    assert inside.pixelColor(left, top + 4) == primary
    assert inside.pixelColor(left + wide - 1, top + 4) == primary
    assert inside.pixelColor(left + wide // 2, top + 4) == surface
    assert inside.pixelColor(left + wide // 2, 184 - chart.height_of(725) + 1) == primary


def test_four_lines_at_most_stand_above_zero(chart):
    border, field = theme.palette().border, theme.palette().field
    picture = chart.grab().toImage()
    x = chart.width() - 2
    assert [y for y in range(200) if picture.pixelColor(x, y) == border] == [24, 64, 104, 144]
    assert [y for y in range(200) if picture.pixelColor(x, y) == field] == [184]


def test_a_year_of_bars_stands_as_it_was_drawn(qtbot):
    made = BarChart("Minutes")
    bars = [Bar("M", 1200, 0, "x") for _n in range(12)]
    made.show_reading(BarChartReading(bars, axis(1200), ["300", "600", "900", "1.200"], ""))
    _shown(qtbot, made)
    runs = _columns(made, 100, theme.palette().primary)
    assert runs == [(66 + 36 * n, 16) for n in range(12)]


def test_hundreds_of_bars_are_still_bars(qtbot):
    made = BarChart("Minutes")
    made.show_reading(BarChartReading([Bar("", 9, 0, "x")] * 200, axis(9), ["3", "6", "9"], ""))
    _shown(qtbot, made)
    assert len(_columns(made, 100, theme.palette().primary)) > 100


def test_the_keys_walk_and_say_each_bar(chart, qtbot):
    chart.setFocus()
    with qtbot.waitSignal(voice.spoke) as told:
        QTest.keyClick(chart, Qt.Key.Key_Right)
    assert told.args == ["bar 1"]
    QTest.keyClick(chart, Qt.Key.Key_End)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.current() == 3
    QTest.keyClick(chart, Qt.Key.Key_Home)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.current() == 0
    with qtbot.waitSignal(chart.bar_chosen) as chosen:
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert chosen.args == [0]


def test_the_bar_that_the_keys_have_come_to_is_marked(chart):
    primary = theme.palette().primary
    y = int(chart.place_of(1).top()) + 4
    assert _columns(chart, y, primary) == []
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Right)
    edges = [left for left, _wide in _columns(chart, y, primary)]
    place = chart.place_of(1)
    assert edges[0] == pytest.approx(place.left(), abs=2)
    assert edges[-1] == pytest.approx(place.right(), abs=3)


def test_a_click_chooses_the_bar_below_it(chart, qtbot):
    with qtbot.waitSignal(chart.bar_chosen) as chosen:
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.place_of(2).center().toPoint())
    assert chosen.args == [2]
    with qtbot.assertNotEmitted(chart.bar_chosen):
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(3, 100))


def test_a_press_that_ends_on_another_bar_chooses_none(chart, qtbot):
    first, second = (chart.place_of(place).center().toPoint() for place in (1, 2))
    with qtbot.assertNotEmitted(chart.bar_chosen):
        QTest.mousePress(chart, Qt.MouseButton.LeftButton, pos=first)
        QTest.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=second)
    with qtbot.assertNotEmitted(chart.bar_chosen):
        QTest.mousePress(chart, Qt.MouseButton.LeftButton, pos=second)
        chart.show_reading(chart.reading())
        QTest.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=second)


def test_a_bar_says_itself_in_its_tooltip(chart):
    at = chart.place_of(2).center().toPoint()
    QApplication.sendEvent(chart, QHelpEvent(QHelpEvent.Type.ToolTip, at, chart.mapToGlobal(at)))
    assert QToolTip.text() == "bar 2"
    QToolTip.hideText()


def test_a_chart_says_its_name_and_its_essence(chart):
    assert (chart.accessibleName(), chart.accessibleDescription()) == ("Minutes", "the essence")


def test_fewer_bars_keep_the_walk_inside(chart):
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_End)
    chart.show_reading(BarChartReading(_bars()[:2], axis(800), ["200", "400", "600", "800"], ""))
    assert chart.current() == 1


# --- bars that lie


def test_the_longest_bar_fills_its_room_and_zero_has_none(listed):
    assert listed.bar_of(0) == (176, 222, 222)
    assert listed.bar_of(1) == (176, round(222 * 75 / 300), round(222 * 150 / 300))
    assert listed.bar_of(2) == (176, 0, 0)
    primary = theme.palette().primary
    assert _columns(listed, 16, primary)[0] == (176, 222)


def test_an_outline_goes_on_where_the_solid_part_ends(listed):
    left, solid, whole = listed.bar_of(1)
    picture = listed.grab().toImage()
    primary, surface = theme.palette().primary, theme.palette().surface
    y = 32 + 16
    assert picture.pixelColor(int(left + solid) - 1, y) == primary
    assert picture.pixelColor(int(left + solid) + 3, y) == surface
    assert picture.pixelColor(int(left + whole) - 1, y) == primary


def test_solid_and_outline_together_fill_the_room(qtbot):
    made = BarList("Supporters")
    made.show_bars(
        [ListedBar("A", 250, "250 Min", "A"), ListedBar("B", 100, "300 Min", "B", outline=200)], ""
    )
    _shown(qtbot, made, 486)
    (left, solid, whole), (_left, other, all_of_it) = made.bar_of(0), made.bar_of(1)
    assert (left, whole, all_of_it) == (176, round(222 * 250 / 300), 222)
    assert (solid, other) == (whole, round(222 * 100 / 300))


def test_up_and_down_walk_through_the_rows(listed, qtbot):
    listed.setFocus()
    QTest.keyClick(listed, Qt.Key.Key_Down)
    with qtbot.waitSignal(listed.bar_chosen) as chosen:
        QTest.keyClick(listed, Qt.Key.Key_Space)
    assert chosen.args == [1]
    assert listed.bar_at(QPointF(5, 80)) == 2
    assert listed.bar_at(QPointF(5, 100)) == -1


# --- the week


def test_the_hours_share_one_scale(grid):
    assert grid.height_of(4) == 91 - 5
    assert grid.height_of(2) == round(86 / 2)
    primary = theme.palette().primary
    heights = [
        _height(
            grid,
            _middle(grid, place),
            primary,
            int(grid.place_of(place).top()),
            int(grid.place_of(place).bottom()),
        )
        for place in range(6)
    ]
    assert heights == [0, 86, 43, round(86 / 4), 0, 0]


def test_all_four_arrows_walk_through_the_week(grid):
    grid.setFocus()
    walked = []
    for key in (
        Qt.Key.Key_Right,
        Qt.Key.Key_Down,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Up,
        Qt.Key.Key_Up,
    ):
        QTest.keyClick(grid, key)
        walked.append(grid.sentence(grid.current()))
    assert walked == ["M9", "T9", "T9", "T8", "M8", "M8"]


def test_an_hour_leads_nowhere(grid, qtbot):
    grid.setFocus()
    with qtbot.assertNotEmitted(grid.bar_chosen):
        QTest.keyClick(grid, Qt.Key.Key_Return)
        QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.place_of(1).center().toPoint())
    assert grid.hovered() == -1


# --- the table


@pytest.fixture
def table(qtbot):
    made = FigureTable("Months")
    made.show_words(
        TableWords(("Month", "Minutes billed"), (False, True), (("March", "725"), ("April", "8")))
    )
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_table_is_walked_and_a_row_chosen(table, qtbot):
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.row_chosen) as chosen:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert chosen.args == [1]
    assert table.rows.data(table.currentIndex()) == "April"
    assert (
        table.rows.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) == "Minutes billed"
    )


def test_the_same_words_again_leave_the_place(table):
    table.setCurrentIndex(table.rows.index(1, 0))
    table.show_words(
        TableWords(("Month", "Minutes billed"), (False, True), (("March", "725"), ("April", "8")))
    )
    assert table.currentIndex().row() == 1
    table.show_words(TableWords(("Month",), (False,), (("May",),)))
    assert (table.currentIndex().row(), table.rows.columnCount()) == (0, 1)


def test_keys_of_the_window_pass_by_the_table(table, qtbot):
    table.setFocus()
    with qtbot.assertNotEmitted(table.row_chosen):
        QTest.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_charts_follow_the_colours(chart, listed, grid, dressed, mode):
    theme.apply(dressed, mode)
    primary: QColor = theme.palette().primary
    assert _height(chart, _middle(chart, 2), primary, 24, 184) > 0
    assert _columns(listed, 16, primary)
    assert _height(grid, _middle(grid, 1), primary, 8, 99) > 0
