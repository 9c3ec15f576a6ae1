"""A list of the invoice page: any number of rows, walked through and ticked with the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPointF, QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from laverma_desk.ui.invoices.row_delegate import RowDelegate
from laverma_desk.ui.invoices.row_model import RowModel
from laverma_desk.ui.invoices.rows import Row, RowKey

_FOLDING = {
    (int(Qt.Key.Key_Right), False),
    (int(Qt.Key.Key_Left), True),
    (int(Qt.Key.Key_Left), None),
}


class RowList(QListView):
    """Emits, each with a RowKey: `chosen` (None: no row), `tick_wanted`, `fold_wanted`, `entered`.

    `fold_wanted` asks for the other state, `link_wanted` follows a hint, `delete_pressed` is the key.
    """

    chosen = Signal(object)
    tick_wanted = Signal(object)
    fold_wanted = Signal(object)
    entered = Signal(object)
    link_wanted = Signal(object)
    delete_pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowModel()
        self.rows.setParent(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setModel(self.rows)
        self._delegate = RowDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self._scrolls_when_shown = False
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.verticalScrollBar().rangeChanged.connect(self._on_bar_range_changed)

    def show_rows(self, keys: Sequence[RowKey], make: Callable[[int], Row], current: RowKey | None) -> None:
        """Show these rows without a signal and choose one; where it is gone, the one in its place."""
        place, before = self.rows.place_of(current), self.current()
        model = self.selectionModel()
        blocked = model.blockSignals(True)
        # Rows of one height need no measuring: ten thousand invoices are there at once.
        self.setUniformItemSizes(len({key.kind for key in keys}) == 1)
        self.rows.show_rows(keys, make)
        found = self.rows.place_of(current)
        if found < 0 and keys:
            found = min(max(place, 0), len(keys) - 1)
        self._choose(found)
        model.blockSignals(blocked)
        if self.current() != before and found >= 0:
            self._bring_into_view(found)
        self.viewport().update()

    def choose(self, key: RowKey) -> bool:
        """Choose a row as a person would; return whether the list shows it."""
        place = self.rows.place_of(key)
        if place >= 0:
            self._choose(place)
            self._bring_into_view(place)
        return place >= 0

    def current(self) -> RowKey | None:
        """Return the chosen row."""
        index = self.currentIndex()
        return self.rows.key_at(index.row()) if index.isValid() else None

    def _bring_into_view(self, place: int) -> None:
        # Behind another page the list is not laid out for what it was just given.
        self._scrolls_when_shown = not self.isVisible()
        if self.isVisible():
            self.scrollTo(self.rows.index(place))

    def showEvent(self, event: QShowEvent) -> None:
        """Bring into view what was chosen while nobody saw the list."""
        super().showEvent(event)
        if self._scrolls_when_shown:
            self._scrolls_when_shown = False
            self.scrollTo(self.currentIndex())

    def _choose(self, place: int) -> None:
        index = self.rows.index(place) if place >= 0 else QModelIndex()
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flags)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Space, open with Enter, fold with the arrows; keys with Ctrl belong to the window."""
        key = self.current()
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            event.ignore()
            return
        row = self.rows.row_at(self.currentIndex().row()) if key is not None else None
        pressed = event.key()
        if row is None or key is None:
            super().keyPressEvent(event)
        elif pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(key)
        elif pressed == Qt.Key.Key_Space:
            self.tick_wanted.emit(key)
        elif pressed == Qt.Key.Key_Delete:
            self.delete_pressed.emit(key)
        elif (pressed, row.opened) in _FOLDING:
            self.fold_wanted.emit(key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick, unfold or follow where that is what stands under the pointer; choose in any case."""
        super().mousePressEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        found = self._target(event.position())
        if found is not None:
            signal, key = found
            signal.emit(key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a row; a quick second click on its box ticks again."""
        if self._target(event.position()) is not None:
            self.mousePressEvent(event)
            return
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.entered.emit(self.rows.key_at(index.row()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over what can be pressed."""
        super().mouseMoveEvent(event)
        over = self._target(event.position()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def _target(self, place: QPointF) -> tuple[SignalInstance, RowKey] | None:
        index = self.indexAt(place.toPoint())
        if not index.isValid():
            return None
        area, key = QRectF(self.visualRect(index)), self.rows.key_at(index.row())
        if self._delegate.is_tick_at(index, area, place):
            return self.tick_wanted, key
        if self._delegate.is_fold_at(index, area, place):
            return self.fold_wanted, key
        if self._delegate.is_link_at(index, area, place):
            return self.link_wanted, key
        return None

    def _on_bar_range_changed(self, _lowest: int, highest: int) -> None:
        bar = self.verticalScrollBar()
        # The bar lies over the margin of the rows, so that they are as wide as without it.
        self.setViewportMargins(0, 0, -bar.sizeHint().width() if highest > 0 else 0, 0)
        holder = bar.parentWidget()
        if holder is not None:
            holder.raise_()

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit(self.rows.key_at(current.row()) if current.isValid() else None)
