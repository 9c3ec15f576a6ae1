"""The rows of the list of ending agreements as a model: words are made when a row is first looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from laverma_desk.services.agreements.overview import ExpiryRow
from laverma_desk.ui.customers.agreements.expiry_words import ExpiryWords, words_of_row

WORDS = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()


class ExpiryModel(QAbstractListModel):
    """Holds the rows; the same customers in the same order are only written anew."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ExpiryRow] = []
        self._words: dict[int, ExpiryWords] = {}
        self._now = datetime.min.replace(tzinfo=UTC)
        self._ready = False

    def show_rows(self, rows: Sequence[ExpiryRow], now: datetime, *, ready: bool) -> None:
        """Show these rows; `ready`: the house has a template to send."""
        same = [one.customer_id for one in rows] == [one.customer_id for one in self._rows]
        if not same:
            self.beginResetModel()
        self._rows, self._words, self._now, self._ready = list(rows), {}, now, ready
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def row_at(self, place: int) -> ExpiryRow:
        """Return the record at a place. Raises IndexError."""
        return self._rows[place]

    def place_of(self, customer_id: int) -> int:
        """Return the place of a customer, -1 where it is not shown."""
        return next((place for place, one in enumerate(self._rows) if one.customer_id == customer_id), -1)

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return how many rows there are."""
        return len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the words of a row, or for a screen reader all of them as one sentence."""
        if role not in (WORDS, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        place = index.row()
        if place not in self._words:
            self._words[place] = words_of_row(self._rows[place], self._now, ready=self._ready)
        found = self._words[place]
        return found if role == WORDS else found.spoken
