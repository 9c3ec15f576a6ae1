"""The table of the outbox: its head, its rows, and the keys that walk through them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from laverma_desk.domain.message import Message
from laverma_desk.i18n import _
from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.outbox.message_delegate import ROW, MessageDelegate, columns
from laverma_desk.ui.outbox.message_model import MessageModel
from laverma_desk.ui.widgets import paint


class _Head(QWidget):
    """The names of the columns; the chevron says what the rows are sorted by."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(ROW)
        self._names = (_("Time"), _("Kind"), _("To"), _("Subject"), _("State"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.subtle)
        paint.rule(painter, 0, 0, self.width(), c.border)
        paint.rule(painter, 0, ROW - 1, self.width(), c.border)
        for name, (left, wide) in zip(self._names, columns(self.width()), strict=True):
            area = QRectF(left, 0, wide - 8, ROW - 1)
            paint.text(painter, area, name, px=12, weight=500, colour=c.muted)
        left = columns(self.width())[-1][0] + round(fonts.width(self._names[-1], 12, 500)) + 8
        icons.paint(painter, "chevron-down", QPointF(left - 2, 10), 12, c.muted)
        painter.end()


class _Rows(QListView):
    """The rows; Enter and Delete act on the one that is chosen."""

    enter_pressed = Signal()
    delete_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.enter_pressed.emit()
        elif event.key() == Qt.Key.Key_Delete and plain:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        delegate = self.itemDelegate()
        over = (
            index.isValid()
            and isinstance(delegate, MessageDelegate)
            and delegate.is_link_at(index, QRectF(self.visualRect(index)), event.position())
        )
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)


class MessageList(QWidget):
    """Emits `chosen(number)` (0: none), `enter_pressed`, `delete_pressed` and `link_chosen(number)`."""

    chosen = Signal(int)
    enter_pressed = Signal()
    delete_pressed = Signal()
    link_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = MessageModel()
        self._model.setParent(self)
        self.rows = _Rows(self)
        self.rows.setAccessibleName(_("Outbox"))
        self.rows.setFrameShape(QFrame.Shape.NoFrame)
        self.rows.setModel(self._model)
        self.rows.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.rows.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.rows.setResizeMode(QListView.ResizeMode.Adjust)
        self.rows.setMouseTracking(True)
        delegate = MessageDelegate(self.rows)
        self.rows.setItemDelegate(delegate)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_Head(self))
        column.addWidget(self.rows, 1)
        self.rows.selectionModel().currentChanged.connect(self._on_current_changed)
        self.rows.enter_pressed.connect(self.enter_pressed)
        self.rows.delete_pressed.connect(self.delete_pressed)
        delegate.link_chosen.connect(self.link_chosen)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass the focus on to the rows."""
        self.rows.setFocus()

    def show_messages(self, messages: Sequence[Message], current: int, now: datetime) -> None:
        """Show these mails and choose one; where it is gone, the one in its place."""
        place = self._model.place_of(current)
        self.rows.selectionModel().blockSignals(True)
        self._model.show_messages(messages, now)
        self.rows.selectionModel().blockSignals(False)
        found = self._model.place_of(current)
        if found < 0:
            found = min(max(place, 0), len(messages) - 1)
        self._choose(found)

    def choose(self, number: int) -> None:
        """Choose a mail that is shown."""
        self._choose(self._model.place_of(number))

    def current(self) -> int:
        """Return the chosen mail, 0 where there is none."""
        index = self.rows.currentIndex()
        return self._model.number_at(index.row()) if index.isValid() else 0

    def _choose(self, place: int) -> None:
        index = self._model.index(place) if place >= 0 else QModelIndex()
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        before = self.rows.currentIndex()
        self.rows.selectionModel().setCurrentIndex(index, flags)
        if before == index:
            self.chosen.emit(self.current())

    def _on_current_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit(self.current())
