"""The rows of the changes and the keys that walk through them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.audit import columns
from laverma_desk.ui.audit.change_model import LINE, ChangeModel, Index, cell
from laverma_desk.ui.audit.columns import EDGE, GAP, ROW, Column
from laverma_desk.ui.widgets import paint

_MUTED = (Column.WHEN, Column.WHO, Column.REASON)


class _Delegate(QStyledItemDelegate):
    """Draws each cell from the words of its row."""

    hovered_row = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c = theme.palette()
        column, area = Column(index.column()), QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = c.primary_soft if chosen else c.subtle if index.row() == self.hovered_row else c.surface
        painter.fillRect(area, ground)
        paint.rule(painter, area.left(), area.bottom() - 1, area.width(), c.border)
        line = index.data(LINE)
        if line is not None:
            left = EDGE if column is Column.WHEN else 0
            right = EDGE if column is Column.REASON else GAP
            ink = c.muted if column in _MUTED else c.text
            room = area.adjusted(left, 0, -right, -1)
            weight = 500 if column is Column.FIELD else 400
            paint.text(painter, room, cell(line, column), px=13, weight=weight, colour=ink)
        if chosen and bool(option.state & QStyle.StateFlag.State_Active) and self._focused():
            _paint_ring(painter, area, column)
        painter.restore()

    def _focused(self) -> bool:
        view = self.parent()
        return isinstance(view, QTableView) and view.hasFocus()


def _paint_ring(painter: QPainter, area: QRectF, column: Column) -> None:
    ink, high = theme.palette().primary, area.height() - 1
    painter.fillRect(QRectF(area.left(), area.top(), area.width(), 2), ink)
    painter.fillRect(QRectF(area.left(), area.top() + high - 2, area.width(), 2), ink)
    if column is Column.WHEN:
        painter.fillRect(QRectF(area.left(), area.top(), 2, high), ink)
    elif column is Column.REASON:
        painter.fillRect(QRectF(area.right() - 2, area.top(), 2, high), ink)


class ChangeView(QTableView):
    """Emits `row_chosen(int)` (-1: none)."""

    row_chosen = Signal(int)

    def __init__(self, model: ChangeModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = model
        self._painter = _Delegate(self)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(_("Changes"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(0)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright = self.verticalHeader()
        upright.hide()
        upright.setMinimumSectionSize(ROW)
        upright.setDefaultSectionSize(ROW)
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        # Last: a header that gets its settings with a million sections in it takes minutes.
        self.setModel(model)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)

    def choose(self, row: int) -> None:
        """Choose a row and bring it into sight; -1 chooses none."""
        index = self._rows.index(row, Column.WHEN) if row >= 0 else QModelIndex()
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        if row >= 0:
            self._bring_into_sight(row)

    def current(self) -> int:
        """Return the chosen row, -1 where there is none."""
        return self.currentIndex().row()

    def _bring_into_sight(self, row: int) -> None:
        bar, high = self.verticalScrollBar(), self.viewport().height()
        if row * ROW < bar.value():
            bar.setValue(row * ROW)
        elif (row + 1) * ROW > bar.value() + high:
            bar.setValue((row + 1) * ROW - high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the rows."""
        row, last = self.current(), self._rows.rowCount() - 1
        page = max(1, self.viewport().height() // ROW - 1)
        steps = {
            Qt.Key.Key_Up: row - 1,
            Qt.Key.Key_Down: row + 1,
            Qt.Key.Key_PageUp: row - page,
            Qt.Key.Key_PageDown: row + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif last >= 0:
            self.choose(min(max(step, 0), last))

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
        for column, (_left, wide) in columns.places(self.width()).items():
            edge = EDGE if column in (Column.WHEN, Column.REASON) else 0
            self.setColumnWidth(column, wide + edge)

    def _on_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.row_chosen.emit(current.row())
