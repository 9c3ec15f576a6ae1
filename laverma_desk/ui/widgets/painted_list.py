"""A table of painted rows below the names of its columns, in which one row is always chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPointF, QRectF, Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.painted_rows import PaintedModel, PaintedRow, PaintedRows

_HEAD = 32
R = TypeVar("R")


@dataclass(frozen=True)
class Columns:
    """The names, and `places`: left edge and width of each in a table of that width."""

    names: tuple[str, ...]
    places: Callable[[float], Sequence[tuple[float, float]]]
    sorted_by_last: bool = False


class _Head(QWidget):
    """The names of the columns; a chevron says what the rows are sorted by."""

    def __init__(self, columns: Columns, parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = columns
        self.setFixedHeight(_HEAD)

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.subtle)
        paint.rule(painter, 0, 0, self.width(), c.border)
        paint.rule(painter, 0, _HEAD - 1, self.width(), c.border)
        names, places = self._columns.names, self._columns.places(self.width())
        for name, (left, wide) in zip(names, places, strict=False):
            area = QRectF(left, 0, wide - 8, _HEAD - 1)
            paint.text(painter, area, name, px=12, weight=500, colour=c.muted)
        if self._columns.sorted_by_last:
            left = places[-1][0] + round(fonts.width(names[-1], 12, 500)) + 8
            icons.paint(painter, "chevron-down", QPointF(left - 2, 10), 12, c.muted)
        painter.end()


class PaintedList(QWidget, Generic[R]):
    """Emits `chosen(number)` (0: none), `enter_pressed`, `delete_pressed` and `link_chosen(number)`."""

    chosen = Signal(int)
    enter_pressed = Signal()
    delete_pressed = Signal()
    link_chosen = Signal(int)

    def __init__(
        self,
        columns: Columns,
        model: PaintedModel[R],
        row: type[PaintedRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        model.setParent(self)
        self.rows = PaintedRows(model, self)
        painter = row(self.rows)
        self.rows.setItemDelegate(painter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_Head(columns, self))
        column.addWidget(self.rows, 1)
        self.rows.selectionModel().currentChanged.connect(self._on_current_changed)
        self.rows.enter_pressed.connect(self.enter_pressed)
        self.rows.delete_pressed.connect(self.delete_pressed)
        painter.link_chosen.connect(self.link_chosen)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass the focus on to the rows."""
        self.rows.setFocus()

    def show_rows(self, rows: Sequence[R], current: int) -> None:
        """Show these rows and choose one; where it is gone, the one in its place."""
        place = self._model.place_of(current)
        self.rows.selectionModel().blockSignals(True)
        self._model.take(rows)
        self.rows.selectionModel().blockSignals(False)
        found = self._model.place_of(current)
        self._choose(min(max(place, 0), len(rows) - 1) if found < 0 else found)

    def choose(self, number: int) -> None:
        """Choose a row that is shown; none where it is not."""
        self._choose(self._model.place_of(number))

    def current(self) -> int:
        """Return the chosen row, 0 where there is none."""
        index = self.rows.currentIndex()
        return self._model.number_at(index.row()) if index.isValid() else 0

    def current_row(self) -> R | None:
        """Return what the chosen row holds."""
        index = self.rows.currentIndex()
        return self._model.held_at(index.row()) if index.isValid() else None

    def count(self) -> int:
        """Return how many rows are shown."""
        return self._model.rowCount()

    def _choose(self, place: int) -> None:
        index = self._model.index(place) if place >= 0 else QModelIndex()
        before = self.rows.currentIndex()
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.rows.selectionModel().setCurrentIndex(index, flags)
        if before == index:
            self.chosen.emit(self.current())

    def _on_current_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit(self.current())
