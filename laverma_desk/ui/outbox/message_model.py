"""The rows of the outbox as a model: words made once per reload, painted often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
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
    """Holds the rows; the same mails in the same order are only written anew, so that nothing jumps."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        shape = [(row.number, row.task is None) for row in rows]
        if shape == [(row.number, row.task is None) for row in self._rows]:
            self._rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return how many mails there are."""
        return len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the row, or for a screen reader all of its words as one sentence."""
        row = self._rows[index.row()]
        if role == MESSAGE:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            task = f"{row.task.sentence} {row.task.more} {row.task.link}" if row.task else ""
            return ", ".join(one for one in (*row.cells, row.look.word, row.aside, task) if one)
        return None

    def place_of(self, number: int) -> int:
        """Return the place of a mail, -1 where it is not shown."""
        return next((place for place, row in enumerate(self._rows) if row.number == number), -1)

    def number_at(self, place: int) -> int:
        """Return the mail at a place. Raises IndexError."""
        return self._rows[place].number
