"""The table of ending agreements: its head, its rows, and the keys that walk through them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.services.agreements.overview import ExpiryRow
from laverma_desk.ui import theme
from laverma_desk.ui.customers.agreements.expiry_delegate import ExpiryDelegate, columns
from laverma_desk.ui.customers.agreements.expiry_model import ExpiryModel
from laverma_desk.ui.widgets import paint

_HEAD = 32


class _Head(QWidget):
    """The names of the columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEAD)
        self._names = (_("Customer"), _("DPA"), _("Template to"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.subtle)
        paint.rule(painter, 0, 0, self.width(), c.border)
        paint.rule(painter, 0, _HEAD - 1, self.width(), c.border)
        for name, (left, wide) in zip(self._names, columns(self.width()), strict=False):
            area = QRectF(left, 0, wide - 8, _HEAD - 1)
            paint.text(painter, area, name, px=12, weight=500, colour=c.muted)
        painter.end()


class _Rows(QListView):
    """The rows; Enter opens the chosen one, Ctrl+Enter belongs to the window."""

    enter_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.enter_pressed.emit()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        delegate = self.itemDelegate()
        place = QPointF(event.position())
        over = (
            index.isValid()
            and isinstance(delegate, ExpiryDelegate)
            and delegate.is_link_at(index, QRectF(self.visualRect(index)), place)
        )
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)


class ExpiryTable(QWidget):
    """Emits `chosen` when another row is current, `opened(int)` and `send_requested(int)` with a customer."""

    chosen = Signal()
    opened = Signal(int)
    send_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ExpiryModel()
        self._model.setParent(self)
        self.rows = _Rows(self)
        self.rows.setAccessibleName(_("DPA hints"))
        self.rows.setFrameShape(QFrame.Shape.NoFrame)
        self.rows.setModel(self._model)
        self.rows.setUniformItemSizes(True)
        self.rows.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.rows.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.rows.setResizeMode(QListView.ResizeMode.Adjust)
        self.rows.setMouseTracking(True)
        delegate = ExpiryDelegate(self.rows)
        self.rows.setItemDelegate(delegate)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_Head(self))
        column.addWidget(self.rows, 1)
        self.rows.selectionModel().currentChanged.connect(self._on_current_changed)
        self.rows.enter_pressed.connect(self._on_enter_pressed)
        self.rows.doubleClicked.connect(self._on_double_clicked)
        delegate.link_chosen.connect(self.send_requested)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass the focus on to the rows."""
        self.rows.setFocus()

    def show_rows(self, rows: Sequence[ExpiryRow], now: datetime, *, ready: bool) -> None:
        """Show these rows; the customer that was current stays so, else the one in its place."""
        current = self.current()
        place = self._model.place_of(current.customer_id) if current else 0
        model = self.rows.selectionModel()
        model.blockSignals(True)
        self._model.show_rows(rows, now, ready=ready)
        model.blockSignals(False)
        found = self._model.place_of(current.customer_id) if current else -1
        if found < 0:
            found = min(max(place, 0), len(rows) - 1)
        index = self._model.index(found) if found >= 0 else QModelIndex()
        model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.chosen.emit()

    def current(self) -> ExpiryRow | None:
        """Return the row that is current."""
        index = self.rows.currentIndex()
        return self._model.row_at(index.row()) if index.isValid() else None

    def choose(self, customer_id: int) -> None:
        """Make a customer's row the current one, if it is shown."""
        place = self._model.place_of(customer_id)
        if place >= 0:
            self.rows.setCurrentIndex(self._model.index(place))

    def count(self) -> int:
        """Return how many rows are shown."""
        return self._model.rowCount()

    def _on_current_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit()

    def _on_enter_pressed(self) -> None:
        current = self.current()
        if current is not None:
            self.opened.emit(current.customer_id)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self._model.row_at(index.row()).customer_id)
