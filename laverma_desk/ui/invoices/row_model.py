"""The rows of a list as a model: made when they are first looked at, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from laverma_desk.i18n import _
from laverma_desk.ui.invoices.rows import Row, RowKey, Tick

ROW = Qt.ItemDataRole.UserRole
KEY = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractListModel):
    """Holds keys; the same ones in the same order are only written anew, so that nothing jumps."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[RowKey] = []
        self._places: dict[RowKey, int] = {}
        self._rows: dict[int, Row] = {}
        self._make: Callable[[int], Row] | None = None

    def show_rows(self, keys: Sequence[RowKey], make: Callable[[int], Row]) -> None:
        """Show these rows; `make` gives the words of a place."""
        same = list(keys) == self._keys
        if not same:
            self.beginResetModel()
            self._keys = list(keys)
            self._places = {key: place for place, key in enumerate(keys)}
        self._rows, self._make = {}, make
        if not same:
            self.endResetModel()
        elif keys:
            self.dataChanged.emit(self.index(0), self.index(len(keys) - 1))

    def rowCount(self, _parent: Index = _NOWHERE) -> int:
        """Return how many rows there are."""
        return len(self._keys)

    def row_at(self, place: int) -> Row:
        """Return the words of a place. Raises IndexError."""
        key = self._keys[place]
        if place not in self._rows:
            self._rows[place] = self._make(place) if self._make else Row(key, "")
        return self._rows[place]

    def key_at(self, place: int) -> RowKey:
        """Return what stands at a place. Raises IndexError."""
        return self._keys[place]

    def place_of(self, key: RowKey | None) -> int:
        """Return the place of a row, -1 where it is not shown."""
        return self._places.get(key, -1) if key is not None else -1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row, its key, its words for a screen reader, its tooltip, or its tick."""
        if role == KEY:
            return self._keys[index.row()]
        row = self.row_at(index.row())
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            lines = (row.title, row.below.words, row.aside.words)
            return "\n".join(line for line in lines if line)
        if role == Qt.ItemDataRole.CheckStateRole and row.tick is not Tick.NONE:
            return Qt.CheckState.Checked if row.tick is Tick.ON else Qt.CheckState.Unchecked
        return None


def spoken(row: Row) -> str:
    """Return a row as one sentence: its words, its tick, and whether it is unfolded."""
    ticks = {Tick.ON: _("ticked"), Tick.OFF: _("not ticked"), Tick.BLOCKED: _("cannot be ticked")}
    folds = {True: _("unfolded"), False: _("folded")}
    parts = (
        row.title,
        row.below.words,
        row.amount,
        row.aside.words,
        _("sent") if row.sent else "",
        row.link,
        row.spoken,
        ticks.get(row.tick, ""),
        folds[row.opened] if row.opened is not None else "",
    )
    return ", ".join(part for part in parts if part)
