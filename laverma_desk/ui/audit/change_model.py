"""The changes as a model: counted by their keys, read and worded in blocks when they are looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from laverma_desk.domain.errors import DeskError
from laverma_desk.services.tax_audit.change_lines import ChangeLine
from laverma_desk.ui.audit import columns
from laverma_desk.ui.audit.columns import Column

BLOCK = 64
"""Rows that are read at once: by their keys, in a millisecond or two."""

KEPT_BLOCKS = 64

LINE = Qt.ItemDataRole.UserRole
_ARROW = "→"
_NOWHERE = QModelIndex()
_ANSWERED = frozenset(
    {LINE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}
)

Index = QModelIndex | QPersistentModelIndex
Read = Callable[[Sequence[int]], Sequence[ChangeLine]]


def moved(line: ChangeLine) -> str:
    """Return from what to what, in one line."""
    if line.old and line.new:
        return f"{line.old} {_ARROW} {line.new}"
    return f"{line.old} {_ARROW} –" if line.old else line.new


class ChangeModel(QAbstractTableModel):
    """A row for each change. `read` is asked for the words of some keys. Emits `failed(DeskError)`."""

    failed = Signal(object)

    def __init__(self, read: Read, parent: QObject) -> None:
        super().__init__(parent)
        self._read = read
        self._keys: Sequence[int] = ()
        self._kept: OrderedDict[int, Sequence[ChangeLine]] = OrderedDict()

    def show_keys(self, keys: Sequence[int]) -> None:
        """Show other changes; what they say is read anew."""
        self.beginResetModel()
        self._keys = keys
        self._kept.clear()
        self.endResetModel()

    @property
    def kept_rows(self) -> int:
        """Return how many rows are in memory."""
        return sum(map(len, self._kept.values()))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of changes."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the headings, for screen readers; they are painted by the table's head."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return columns.names()[Column(section)]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the line of a row, or the words of one cell."""
        if role not in _ANSWERED:
            return None
        line = self.line_at(index.row())
        if role == LINE or line is None:
            return line
        column = Column(index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole and column is Column.WHEN:
            return ", ".join(
                part
                for part in (line.when, line.who, line.subject, line.field, moved(line), line.reason)
                if part
            )
        return cell(line, column)

    def line_at(self, row: int) -> ChangeLine | None:
        """Return the words of a row; None where there is none, or it cannot be read."""
        if not 0 <= row < len(self._keys):
            return None
        block = self._block(row // BLOCK)
        return block[row % BLOCK] if row % BLOCK < len(block) else None

    def key_at(self, row: int) -> int | None:
        """Return the key of a row."""
        return self._keys[row] if 0 <= row < len(self._keys) else None

    def row_of(self, key: int | None) -> int:
        """Return the row of a key; -1 where the filter does not show it."""
        try:
            return -1 if key is None else self._keys.index(key)
        except ValueError:
            return -1

    def _block(self, number: int) -> Sequence[ChangeLine]:
        if number in self._kept:
            self._kept.move_to_end(number)
            return self._kept[number]
        try:
            found = self._read(self._keys[number * BLOCK : (number + 1) * BLOCK])
        except DeskError as error:
            # Once: each of the rows on the screen would tell it again.
            self._kept[number] = ()
            self.failed.emit(error)
            return ()
        self._kept[number] = found
        while len(self._kept) > KEPT_BLOCKS:
            self._kept.popitem(last=False)
        return found


def cell(line: ChangeLine, column: Column) -> str:
    """Return what stands in a cell."""
    return {
        Column.WHEN: line.when,
        Column.WHO: line.who,
        Column.SUBJECT: line.subject,
        Column.FIELD: line.field,
        Column.MOVED: moved(line),
        Column.REASON: line.reason,
    }[column]
