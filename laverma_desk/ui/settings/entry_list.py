"""A list of entries to choose from, to put in order, and to take out of, all by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.badge import badge_width, paint_badge
from laverma_desk.ui.widgets.text_field import paint_field

_ROW = 32
_INSET = 8
_ENTRY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Entry:
    """What a row shows: words, a badge behind them, and muted words at the right end."""

    words: str
    aside: str = ""
    badge: str = ""


class _RowDelegate(QStyledItemDelegate):
    """Paints the 32-px rows."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = theme.palette()
        entry: Entry = index.data(_ENTRY)
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = QStyle.StateFlag.State_Selected in option.state
        if chosen:
            paint.box(painter, area, fill=c.primary_soft, radius=6)
        right = area.right() - 8
        if entry.aside:
            wide = min(fonts.width(entry.aside, 13) + 1, area.width() * 0.6)
            room = QRectF(right - wide, area.top(), wide, _ROW)
            paint.text(painter, room, entry.aside, px=13, colour=c.muted, align="right")
            right -= wide + 16
        room_for_words = right - area.left() - 8
        if entry.badge:
            room_for_words -= badge_width(entry.badge, "neutral") + 8
        words = QRectF(area.left() + 8, area.top(), max(24.0, room_for_words), _ROW)
        weight, ink = (600, c.primary) if chosen else (400, c.text)
        drawn = paint.text(painter, words, entry.words, px=14, weight=weight, colour=ink)
        if entry.badge:
            at = QPointF(words.left() + drawn + 8, area.top() + 4)
            paint_badge(painter, at, entry.badge, "neutral", on_selection=chosen)
        painter.restore()


class EntryList(QListWidget):
    """A list with the edge of a field, as high as its rows, at most `rows` of them.

    Arrow keys choose; Alt+Up and Alt+Down move, Delete removes. Emits `entry_chosen(place)` when another
    row is current, `move_requested(-1 or 1)`, `remove_requested`, and `entered` on Enter.
    """

    entry_chosen = Signal(int)
    move_requested = Signal(int)
    remove_requested = Signal()
    entered = Signal()

    def __init__(self, name: str, rows: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_RowDelegate(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportMargins(_INSET, _INSET, _INSET, _INSET)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._most = rows
        self.setFixedHeight(_ROW + 2 * _INSET)
        self.viewport().setAutoFillBackground(False)
        self.currentRowChanged.connect(self._on_current_changed)

    def show_entries(self, entries: Sequence[Entry], current: int) -> None:
        """Show rows and make one current, without a signal."""
        blocked = QSignalBlocker(self)
        while self.count() > len(entries):
            self.takeItem(self.count() - 1)
        while self.count() < len(entries):
            self.addItem(QListWidgetItem())
        for place, entry in enumerate(entries):
            self.show_entry(place, entry)
        self.setCurrentRow(current)
        blocked.unblock()
        self.setFixedHeight(min(max(len(entries), 1), self._most) * _ROW + 2 * _INSET)

    def show_entry(self, place: int, entry: Entry) -> None:
        """Change the words of a row."""
        item = self.item(place)
        item.setData(_ENTRY, entry)
        item.setText(entry.words)
        said = ", ".join(part for part in (entry.words, entry.badge, entry.aside) if part)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)

    def entries(self) -> list[Entry]:
        """Return the rows as they are shown."""
        return [self.item(place).data(_ENTRY) for place in range(self.count())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and remove rows, go on to the fields with Enter."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_requested.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_requested.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Repaint the edge."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Repaint the edge."""
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Draw the box of a field in place of Qt's frame."""
        if event.type() == QEvent.Type.Paint:
            paint_field(self, focused=self.hasFocus())
            return True
        return super().event(event)

    def _on_current_changed(self, place: int) -> None:
        if place >= 0:
            self.entry_chosen.emit(place)
