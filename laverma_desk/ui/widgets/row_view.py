"""Rows that are painted cell by cell, chosen one at a time, and walked through by keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QItemSelectionModel, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from laverma_desk.ui import theme
from laverma_desk.ui.widgets import paint

EDGE, ROW = 24, 32
"""The page's edge, which belongs to the outer columns, and how high a row is, in px."""

Places = Callable[[int], Mapping[Any, tuple[int, int]]]
"""Left edge and width of each column in a table of some width, edges of the page left out."""


class RowDelegate(QStyledItemDelegate):
    """Knows which row the mouse is over, and whether the keys walk through its view."""

    hovered_row = -1

    def is_walked(self, option: QStyleOptionViewItem) -> bool:
        """Return whether the view has the focus, in the window that is worked in."""
        view = self.parent()
        active = bool(option.state & QStyle.StateFlag.State_Active)
        return active and isinstance(view, QWidget) and view.hasFocus()


def paint_ground(painter: QPainter, area: QRectF, token: str) -> None:
    """Fill a cell with a colour of the palette, with the rule below it."""
    c = theme.palette()
    painter.fillRect(area, getattr(c, token))
    paint.rule(painter, area.left(), area.bottom() - 1, area.width(), c.border)


def paint_ring(painter: QPainter, area: QRectF, *, first: bool, last: bool) -> None:
    """Draw what a cell has of the ring around its row: the outer ones close it."""
    ink, high = theme.palette().primary, area.height() - 1
    painter.fillRect(QRectF(area.left(), area.top(), area.width(), 2), ink)
    painter.fillRect(QRectF(area.left(), area.top() + high - 2, area.width(), 2), ink)
    if first:
        painter.fillRect(QRectF(area.left(), area.top(), 2, high), ink)
    if last:
        painter.fillRect(QRectF(area.right() - 2, area.top(), 2, high), ink)


def dress_rows(view: QTableView, high: int) -> None:
    """Make a table one of whole rows `high` px each, without grid and frame; before it gets its model."""
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setCornerButtonEnabled(False)
    view.setTabKeyNavigation(False)
    view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    upright = view.verticalHeader()
    upright.hide()
    upright.setMinimumSectionSize(high)
    upright.setDefaultSectionSize(high)
    upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)


class RowView(QTableView):
    """Emits `row_chosen(int)` (-1: none). The keys that walk are those of whoever derives from it."""

    row_chosen = Signal(int)

    def __init__(
        self, model: QAbstractItemModel, painter: RowDelegate, places: Places, name: str, parent: QWidget
    ) -> None:
        """Show a model's rows; `painter` draws its cells and belongs to the view from now on."""
        super().__init__(parent)
        self._painter, self._places = painter, places
        painter.setParent(self)
        self.setItemDelegate(painter)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(0)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        dress_rows(self, ROW)
        # Last: a header that gets its settings with a million sections in it takes minutes.
        self.setModel(model)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)

    def choose(self, row: int) -> None:
        """Choose a row and bring it into sight; -1 chooses none."""
        index = self.model().index(row, 0) if row >= 0 else QModelIndex()
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        if row >= 0:
            self.bring_into_sight(row)

    def current(self) -> int:
        """Return the chosen row, -1 where there is none."""
        return self.currentIndex().row()

    def page_rows(self) -> int:
        """Return how many rows a page key steps over."""
        return max(1, self.viewport().height() // ROW - 1)

    def bring_into_sight(self, row: int) -> None:
        """Scroll as little as needed; what heads the row comes along."""
        bar, high = self.verticalScrollBar(), self.viewport().height()
        top = self.heading_of(row) * ROW
        if top < bar.value():
            bar.setValue(top)
        elif (row + 1) * ROW > bar.value() + high:
            bar.setValue((row + 1) * ROW - high)

    def heading_of(self, row: int) -> int:
        """Return the row that heads one, which may be itself."""
        return row

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which row the mouse is over."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(int(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        """Show none."""
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self._painter.hovered_row:
            self._painter.hovered_row = row
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring around the chosen row."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns; the page's edges belong to the outer ones."""
        super().resizeEvent(event)
        last = self.model().columnCount() - 1
        for column, (_left, wide) in self._places(self.width()).items():
            self.setColumnWidth(column, wide + (EDGE if column in (0, last) else 0))

    def _on_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.row_chosen.emit(current.row())
