"""The rows of the outbox as a model: words made once per reload, painted often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import Qt

from laverma_desk.domain.message import Message
from laverma_desk.ui.look import Look
from laverma_desk.ui.outbox.words import Task, aside_of, kind_of, look_of, task_of, time_of
from laverma_desk.ui.widgets.painted_rows import Index, PaintedModel

MESSAGE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Row:
    """The words of one mail. `cells`: when, what, to whom, about what."""

    number: int
    cells: tuple[str, str, str, str]
    look: Look
    aside: str
    task: Task | None


def row_of(message: Message, now: datetime) -> Row:
    """Return the words of a mail."""
    return Row(
        number=message.id,
        cells=(time_of(message.created_at, now), kind_of(message), message.recipient, message.subject),
        look=look_of(message.state),
        aside=aside_of(message),
        task=task_of(message),
    )


class MessageModel(PaintedModel[Message]):
    """Holds the mails; the words of a row are made when it is first looked at."""

    def __init__(self) -> None:
        super().__init__()
        self._words: dict[int, Row] = {}
        self._now = datetime.min.replace(tzinfo=UTC)

    def set_now(self, now: datetime) -> None:
        """Say from now on how long ago something was, counted from this instant."""
        self._now = now

    def take(self, rows: Sequence[Message]) -> None:
        """Hold these mails."""
        self._words = {}
        super().take(rows)

    def number_of(self, row: Message) -> int:
        """Return the number of a mail."""
        return row.id

    def shape_of(self, row: Message) -> object:
        """Return what decides about the height of a mail's row."""
        return row.id, task_of(row) is None

    def row_at(self, place: int) -> Row:
        """Return the words of the mail at a place. Raises IndexError."""
        if place not in self._words:
            self._words[place] = row_of(self._rows[place], self._now)
        return self._words[place]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row, or for a screen reader all of its words as one sentence."""
        row = self.row_at(index.row())
        if role == MESSAGE:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            task = f"{row.task.sentence} {row.task.more} {row.task.link}" if row.task else ""
            return ", ".join(one for one in (*row.cells, row.look.words, row.aside, task) if one)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(one for one in (*row.cells[2:], f"{row.look.words} {row.aside}".strip()) if one)
        return None
