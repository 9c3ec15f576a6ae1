"""The list of the customers: any number of rows, of which only those in view are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QWidget

from laverma_desk.i18n import _
from laverma_desk.services.customers.customer_register import RegisterRow
from laverma_desk.ui import icons, theme
from laverma_desk.ui.agreement_badge import agreement_badge
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.painted_rows import Index, PaintedModel, PaintedRow

ROW = 56
EDGE = 24
ITEM = Qt.ItemDataRole.UserRole
_SHIELDS = {"ok": "shield-valid", "warn": "shield-expiring", "err": "shield-missing"}
_INKS = {"ok": "green", "warn": "amber", "err": "red", "neutral": "muted"}


class RegisterModel(PaintedModel[RegisterRow]):
    """Holds the rows as they were found."""

    def __init__(self) -> None:
        super().__init__()
        self.unsaved: frozenset[int] = frozenset()

    def number_of(self, row: RegisterRow) -> int:
        """Return the customer of a row."""
        return row.customer.id

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row, its words for a screen reader, or its tooltip."""
        row = self._rows[index.row()]
        if role == ITEM:
            return row
        badge = agreement_badge(row.agreement)[0]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.customer.name}\n{badge}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            unsaved = _("Not saved yet") if row.customer.id in self.unsaved else ""
            return ", ".join(part for part in (row.customer.name, _below(row), badge, unsaved) if part)
        return None


def _below(row: RegisterRow) -> str:
    return ", ".join(part for part in (row.customer.number, row.customer.city) if part)


class _Delegate(PaintedRow):
    """Paints the 56-px rows."""

    height = ROW

    def paint_row(self, painter: QPainter, area: QRectF, index: Index, *, selected: bool) -> None:  # noqa: ARG002
        c = theme.palette()
        row: RegisterRow = index.data(ITEM)
        words = area.adjusted(EDGE, 0, -EDGE - 32, 0)
        model = index.model()
        if isinstance(model, RegisterModel) and row.customer.id in model.unsaved:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(c.amber_line)
            painter.drawEllipse(QPointF(area.left() + 12, area.top() + 18), 4, 4)
        name = QRectF(words.left(), words.top() + 8, words.width(), 20)
        paint.text(painter, name, row.customer.name, px=14, weight=500, colour=c.text)
        below = QRectF(words.left(), words.top() + 28, words.width(), 20)
        paint.text(painter, below, _below(row), px=13, colour=c.muted)
        tone = agreement_badge(row.agreement)[1]
        at = QPointF(area.right() - EDGE - 20, area.top() + 18)
        icons.paint(painter, _SHIELDS.get(tone, "shield-valid"), at, 20, getattr(c, _INKS[tone]))


class RegisterList(QListView):
    """Emits `customer_chosen(row's number)` (0: none) and `entered` for Enter."""

    customer_chosen = Signal(int)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RegisterModel()
        self.rows.setParent(self)
        self.setAccessibleName(_("Customers"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.verticalScrollBar().rangeChanged.connect(self._on_bar_range_changed)

    def show_rows(self, rows: Sequence[RegisterRow], current: int) -> None:
        """Show these rows without a signal; the current customer stays chosen where it is among them."""
        model = self.selectionModel()
        blocked = model.blockSignals(True)
        self.rows.take(rows)
        place = self.rows.place_of(current)
        if place >= 0:
            self.setCurrentIndex(self.rows.index(place))
        else:
            model.clear()
        model.blockSignals(blocked)
        self.viewport().update()

    def choose(self, customer_id: int) -> bool:
        """Choose a customer without a signal; return whether the list shows it."""
        place = self.rows.place_of(customer_id)
        model = self.selectionModel()
        blocked = model.blockSignals(True)
        if place >= 0:
            self.setCurrentIndex(self.rows.index(place))
        else:
            model.clear()
        model.blockSignals(blocked)
        if place >= 0:
            self.scrollTo(self.rows.index(place))
        self.viewport().update()
        return place >= 0

    def choose_first(self) -> None:
        """Choose the first customer, as a person would."""
        if self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0))

    def set_unsaved(self, customers: frozenset[int]) -> None:
        """Mark customers with something typed that is not saved."""
        if customers != self.rows.unsaved:
            self.rows.unsaved = customers
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the record with Enter; keys with Ctrl belong to the window."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            self.entered.emit()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _on_bar_range_changed(self, _lowest: int, highest: int) -> None:
        bar = self.verticalScrollBar()
        # The bar lies over the margin of the rows, so that they are as wide as without it.
        self.setViewportMargins(0, 0, -bar.sizeHint().width() if highest > 0 else 0, 0)
        holder = bar.parentWidget()
        if holder is not None:
            holder.raise_()

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.customer_chosen.emit(self.rows.number_at(current.row()) if current.isValid() else 0)
