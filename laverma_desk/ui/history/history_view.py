"""The rows of the table and the keys that walk through them: arrows step over the days."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QTableView, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.history import columns
from laverma_desk.ui.history.columns import EDGE, ROW, Column
from laverma_desk.ui.history.history_delegate import HistoryDelegate
from laverma_desk.ui.history.history_model import HistoryModel

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HistoryView(QTableView):
    """Emits `row_chosen(int)` (-1: none) and `enter_pressed`."""

    row_chosen = Signal(int)
    enter_pressed = Signal()

    def __init__(self, model: HistoryModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = model
        self._painter = HistoryDelegate(self)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(_("History"))
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
        index = self._rows.index(row, Column.DAY) if row >= 0 else QModelIndex()
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        if row >= 0:
            self.bring_into_sight(row)

    def current(self) -> int:
        """Return the chosen row, -1 where there is none."""
        return self.currentIndex().row()

    def bring_into_sight(self, row: int) -> None:
        """Scroll as little as needed; the day above a first session comes along."""
        bar = self.verticalScrollBar()
        top, high = row * ROW, self.viewport().height()
        if row and self._rows.is_day(row - 1):
            top -= ROW
        if top < bar.value():
            bar.setValue(top)
        elif (row + 1) * ROW > bar.value() + high:
            bar.setValue((row + 1) * ROW - high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the sessions."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
            return
        if event.key() in _ENTER:
            if not event.isAutoRepeat():
                self.enter_pressed.emit()
            return
        row, last = self.current(), self._rows.rowCount() - 1
        page = max(1, self.viewport().height() // ROW - 1)
        steps = {
            Qt.Key.Key_Up: (row - 1, -1),
            Qt.Key.Key_Down: (row + 1, 1),
            Qt.Key.Key_PageUp: (max(row - page, 0), -1),
            Qt.Key.Key_PageDown: (min(row + page, last), 1),
            Qt.Key.Key_Home: (0, 1),
            Qt.Key.Key_End: (last, -1),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
            return
        found = self._rows.next_session(*step)
        if found < 0:
            # Before the first session there is only its day.
            found = self._rows.next_session(step[0], -step[1]) if step[0] >= 0 else -1
        if found >= 0:
            self.choose(found)
        elif row >= 0:
            self.bring_into_sight(row)

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

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the report of a session that is clicked twice."""
        row = self.rowAt(int(event.position().y()))
        if event.button() is Qt.MouseButton.LeftButton and self._rows.next_session(row, 1) == row >= 0:
            self.enter_pressed.emit()

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
            edge = EDGE if column in (Column.DAY, Column.INVOICE) else 0
            self.setColumnWidth(column, wide + edge)

    def _on_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.row_chosen.emit(current.row())
