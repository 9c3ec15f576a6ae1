"""A list of rows that are painted: what they stand on, and the words in one that lead on."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from laverma_desk.ui import theme
from laverma_desk.ui.widgets import paint

Index = QModelIndex | QPersistentModelIndex
R = TypeVar("R")
_NOWHERE = QModelIndex()


class PaintedModel(QAbstractListModel, Generic[R]):
    """Holds the rows; the same ones in the same order are only written anew, so that nothing jumps."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[R] = []

    @abstractmethod
    def number_of(self, row: R) -> int:
        """Return what a row is known by, never 0."""

    def shape_of(self, row: R) -> object:
        """Return what decides whether a row is another one or higher than before."""
        return self.number_of(row)

    def take(self, rows: Sequence[R]) -> None:
        """Hold these rows."""
        same = [self.shape_of(one) for one in rows] == [self.shape_of(one) for one in self._rows]
        if not same:
            self.beginResetModel()
        self._rows = list(rows)
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def rowCount(self, _parent: Index = _NOWHERE) -> int:
        """Return how many rows there are."""
        return len(self._rows)

    def held_at(self, place: int) -> R:
        """Return the row at a place. Raises IndexError."""
        return self._rows[place]

    def place_of(self, number: int) -> int:
        """Return the place of a row, -1 where it is not shown."""
        return next((place for place, one in enumerate(self._rows) if self.number_of(one) == number), -1)

    def number_at(self, place: int) -> int:
        """Return what the row at a place is known by. Raises IndexError."""
        return self.number_of(self._rows[place])


class PaintedRow(QStyledItemDelegate):
    """Paints the ground, the line below and the focus; what a row says is for its kinds.

    Emits `link_chosen(number)` for a click on words that lead on, of rows whose kind has a `link_place`.
    """

    link_chosen = Signal(int)
    height = 32

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(200, self.height)

    @abstractmethod
    def paint_row(self, painter: QPainter, area: QRectF, index: Index, *, selected: bool) -> None:
        """Draw what a row says."""

    def link_place(self, _index: Index, _area: QRectF) -> QRectF | None:
        """Return where the words of a row that lead on stand, None where it has none."""
        return None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        c = theme.palette()
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(area, c.primary_soft if selected else c.subtle if hovered else c.surface)
        paint.rule(painter, area.left(), area.bottom() - 1, area.width(), c.border)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint.box(painter, area.adjusted(0, 0, 0, -1), edge=c.primary, width=2, radius=0)
        self.paint_row(painter, area, index, selected=selected)
        painter.restore()

    def is_link_at(self, index: Index, area: QRectF, place: QPointF) -> bool:
        """Return whether the words that lead on stand at a point of the row."""
        found = self.link_place(index, area)
        return found is not None and found.contains(place)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Follow the words of a row that is clicked."""
        if (
            event.type() == QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and event.button() is Qt.MouseButton.LeftButton
            and isinstance(model, PaintedModel)
            and self.is_link_at(index, QRectF(option.rect), event.position())
        ):
            self.link_chosen.emit(model.number_at(index.row()))
            return True
        return False


class PaintedRows(QListView):
    """The rows; Enter and Delete act on the one that is chosen, keys with Ctrl belong to the window."""

    enter_pressed = Signal()
    delete_pressed = Signal()

    def __init__(self, model: QAbstractListModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setModel(model)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of Enter and Delete."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.enter_pressed.emit()
        elif event.key() == Qt.Key.Key_Delete and plain:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over words that lead on."""
        super().mouseMoveEvent(event)
        index, row = self.indexAt(event.position().toPoint()), self.itemDelegate()
        over = (
            index.isValid()
            and isinstance(row, PaintedRow)
            and row.is_link_at(index, QRectF(self.visualRect(index)), event.position())
        )
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
