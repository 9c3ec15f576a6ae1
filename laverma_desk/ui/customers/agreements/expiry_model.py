"""The rows of the list of ending agreements as a model: words are made when a row is first looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import Qt

from laverma_desk.services.agreements.overview import ExpiryRow
from laverma_desk.ui.customers.agreements.expiry_words import ExpiryWords, words_of_row
from laverma_desk.ui.widgets.painted_rows import Index, PaintedModel

WORDS = Qt.ItemDataRole.UserRole


class ExpiryModel(PaintedModel[ExpiryRow]):
    """Holds the customers by the day on which their agreement ends."""

    def __init__(self) -> None:
        super().__init__()
        self._words: dict[int, ExpiryWords] = {}
        self._now = datetime.min.replace(tzinfo=UTC)
        self._ready = False

    def set_state(self, now: datetime, *, ready: bool) -> None:
        """Judge from now on at this instant; `ready`: the house has a template to send."""
        self._now, self._ready = now, ready

    def take(self, rows: Sequence[ExpiryRow]) -> None:
        """Hold these customers."""
        self._words = {}
        super().take(rows)

    def number_of(self, row: ExpiryRow) -> int:
        """Return the customer of a row."""
        return row.customer_id

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a row, or for a screen reader all of them as one sentence."""
        if role not in (WORDS, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        place = index.row()
        if place not in self._words:
            self._words[place] = words_of_row(self._rows[place], self._now, ready=self._ready)
        found = self._words[place]
        return found if role == WORDS else found.spoken
