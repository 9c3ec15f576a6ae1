"""The rows of the outbox as a model: words made once per reload, painted often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from laverma_desk.domain.message import Message
from laverma_desk.ui.outbox.words import StateLook, Task, aside_of, kind_of, look_of, task_of, time_of

MESSAGE = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Row:
    """The words of one mail. `cells`: when, what, to whom, about what."""

    number: int
    cells: tuple[str, str, str, str]
    look: StateLook
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


class MessageModel(QAbstractListModel):
    """Holds the mails; the same ones in the same order are only written anew, so that nothing jumps."""

    def __init__(self) -> None:
        super().__init__()
        self._messages: list[Message] = []
        self._rows: dict[int, Row] = {}
        self._now = datetime.min.replace(tzinfo=UTC)

    def show_messages(self, messages: Sequence[Message], now: datetime) -> None:
        """Show these mails; the words of a row are made when it is first looked at."""
        same = [_shape(one) for one in messages] == [_shape(one) for one in self._messages]
        if not same:
            self.beginResetModel()
        self._messages, self._rows, self._now = list(messages), {}, now
        if not same:
            self.endResetModel()
        elif messages:
            self.dataChanged.emit(self.index(0), self.index(len(messages) - 1))

    def row_at(self, place: int) -> Row:
        """Return the words of the mail at a place. Raises IndexError."""
        if place not in self._rows:
            self._rows[place] = row_of(self._messages[place], self._now)
        return self._rows[place]

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return how many mails there are."""
        return len(self._messages)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the row, or for a screen reader all of its words as one sentence."""
        row = self.row_at(index.row())
        if role == MESSAGE:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            task = f"{row.task.sentence} {row.task.more} {row.task.link}" if row.task else ""
            return ", ".join(one for one in (*row.cells, row.look.word, row.aside, task) if one)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(one for one in (*row.cells[2:], f"{row.look.word} {row.aside}".strip()) if one)
        return None

    def place_of(self, number: int) -> int:
        """Return the place of a mail, -1 where it is not shown."""
        return next((place for place, one in enumerate(self._messages) if one.id == number), -1)

    def number_at(self, place: int) -> int:
        """Return the mail at a place. Raises IndexError."""
        return self._messages[place].id


def _shape(message: Message) -> tuple[int, bool]:
    """Return what decides about the height of a mail's row."""
    return message.id, task_of(message) is None
