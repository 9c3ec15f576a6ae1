"""The main column of the page; it gives way in steps, so that the notes always keep five lines."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.ui.call.billing_row import BillingRow
from laverma_desk.ui.call.call_bar import CallBar
from laverma_desk.ui.call.call_head import CallHead
from laverma_desk.ui.call.notes_card import NotesCard
from laverma_desk.ui.call.timer_card import TimerCard
from laverma_desk.ui.widgets.labeled_field import HintLine


class Room(NamedTuple):
    """How generous the column is: the gap between cards, tight notes and timer, chips shown or not."""

    gap: int
    tight_notes: bool = True
    tight_timer: bool = False
    chips: bool = True


ROOMS = (
    Room(16, tight_notes=False),
    Room(16),
    Room(12),
    Room(8),
    Room(8, tight_timer=True),
    Room(8, tight_timer=True, chips=False),
)


class CallColumn(QWidget):
    """Head, timer, notes, billing and bar. Call `fit` when a part has come or gone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = CallHead(self)
        self.timer = TimerCard(self)
        self.notes = NotesCard(self)
        self.billing = BillingRow(self)
        self.bar = CallBar(self)
        self._room = ROOMS[0]
        self._error = HintLine(self)
        self._error.hide()
        self._cards = QVBoxLayout()
        self._cards.addWidget(self.head)
        self._cards.addWidget(self.timer)
        self._cards.addWidget(self.notes, 1)
        self._cards.addWidget(self.billing)
        above_bar = QHBoxLayout()
        above_bar.setContentsMargins(24, 0, 24, 0)
        above_bar.addWidget(self._error)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._cards, 1)
        column.addLayout(above_bar)
        column.addWidget(self.bar)
        self.setFocusProxy(self.notes.editor())
        self.notes.grown.connect(self.fit)
        self.bar.recipient.error_changed.connect(self._on_recipient_error_changed)
        self._apply(self._room)

    def room(self) -> Room:
        """Return how generous the column is now."""
        return self._room

    def fit(self) -> None:
        """Take the most generous room that the height allows."""
        for room in ROOMS:
            self._apply(room)
            if self._needed() <= self.height():
                break

    def minimumSizeHint(self) -> QSize:
        """Return what the densest room needs, so that the window can be made low."""
        return QSize(640, 560)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look for the right room anew."""
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height():
            self.fit()

    def _needed(self) -> int:
        # Added up from what is fixed: layouts learn only later of what came or went deep inside.
        rows = (self.head, self.billing)
        cards = sum(row.sizeHint().height() for row in rows)
        cards += self.timer.needed_height() + self.notes.needed_height()
        below = 0 if self._error.isHidden() else self._error.height() - self._room.gap
        return cards + (len(rows) + 3) * self._room.gap + below + self.bar.minimumHeight()

    def _apply(self, room: Room) -> None:
        self._room = room
        below = room.gap if self._error.isHidden() else 0
        self._cards.setContentsMargins(24, room.gap, 24, below)
        self._cards.setSpacing(room.gap)
        self.timer.set_tight(tight=room.tight_timer)
        self.notes.set_room(tight=room.tight_notes, chips=room.chips)

    def _on_recipient_error_changed(self, sentence: str) -> None:
        self._error.show_words("", sentence)
        self._error.setVisible(bool(sentence))
        self.fit()
