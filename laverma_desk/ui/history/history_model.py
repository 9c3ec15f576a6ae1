"""The table as a model: days and their sessions, counted by the overview, filled on demand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from laverma_desk.domain.history import DaySums, HistoryOverview, HistoryRow
from laverma_desk.i18n import _
from laverma_desk.ui.history import columns
from laverma_desk.ui.history.columns import Column
from laverma_desk.ui.history.row_source import BLOCK, Block, RowSource
from laverma_desk.ui.history.words import (
    LineWords,
    SumWords,
    day_words,
    line_words,
    sentence_of,
    sums_sentence,
)

WORDS = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()
_KEPT_WORDS = 1024
_SEARCHED_BLOCKS = 8

Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractTableModel):
    """A row for each day and below it one for each of its sessions, the newest first."""

    def __init__(self, source: RowSource, parent: RowSource) -> None:
        super().__init__(parent)
        self._source = source
        self._overview: HistoryOverview | None = None
        self._starts: list[int] = []
        self._count = 0
        self._words: dict[int, LineWords | SumWords] = {}
        source.arrived.connect(self._on_source_arrived)
        source.late.connect(self._on_source_late)

    def show_overview(self, overview: HistoryOverview, newest: Sequence[HistoryRow] = ()) -> bool:
        """Show what an overview counts; return whether the same rows stand in the same places as before.

        `newest` are its newest lines, where they are read already.
        """
        shape = [(one.day, one.sums.sessions) for one in overview.days]
        before = self._overview
        same = before is not None and shape == [(one.day, one.sums.sessions) for one in before.days]
        if not same:
            self.beginResetModel()
        self._overview = overview
        self._words.clear()
        self._source.open(overview.filter)
        self._source.put(overview.days, newest)
        self._starts, self._count = [], 0
        for one in overview.days:
            self._starts.append(self._count)
            self._count += 1 + one.sums.sessions
        if not same:
            self.endResetModel()
        else:
            self._repaint()
        return same

    def _repaint(self) -> None:
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(Column) - 1))

    # --- what Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of days and sessions."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let sessions be chosen, days not."""
        if not index.isValid() or self.is_day(index.row()):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the headings, for screen readers; they are painted by the table's head."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return columns.names()[Column(section)]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of the row, or of one cell."""
        if role not in _ANSWERED:
            return None
        words = self.words_at(index.row())
        if role == WORDS:
            return words
        if words is None:
            return _("Loading …") if index.column() == Column.PARTNER else ""
        column = Column(index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole and column is Column.DAY:
            return sentence_of(words) if isinstance(words, LineWords) else sums_sentence(words)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tool_tip(words, column) if isinstance(words, LineWords) else None
        return _cell(words, column)

    # --- places

    def is_day(self, row: int) -> bool:
        """Return whether a row is a day's."""
        place = bisect_right(self._starts, row) - 1
        return place >= 0 and self._starts[place] == row

    def words_at(self, row: int) -> LineWords | SumWords | None:
        """Return the words of a row; None where they are still on their way."""
        if row in self._words:
            return self._words[row]
        made: LineWords | SumWords
        if self.is_day(row):
            made = day_words(self._days()[self._place(row)])
        else:
            found = self.session_at(row)
            if found is None:
                return None
            made = line_words(found)
        if len(self._words) >= _KEPT_WORDS:
            self._words.clear()
        self._words[row] = made
        return made

    def session_at(self, row: int, *, at_once: bool = False) -> HistoryRow | None:
        """Return the session of a row; None for a day's row or where it is still on its way."""
        if not 0 <= row < self._count or self.is_day(row):
            return None
        place = self._place(row)
        at = row - self._starts[place] - 1
        rows = self._source.rows(Block(self._days()[place].day, at // BLOCK), at_once=at_once)
        # Between the count and this read somebody may have taken a session away.
        return rows[at % BLOCK] if rows is not None and at % BLOCK < len(rows) else None

    def row_of(self, session_id: int, day: date) -> int:
        """Return the row of a session of a day; -1 where the filter does not show it."""
        place = next((at for at, one in enumerate(self._days()) if one.day == day), -1)
        if place < 0:
            return -1
        count = self._days()[place].sums.sessions
        for number in range(min(_SEARCHED_BLOCKS, -(-count // BLOCK))):
            rows = self._source.rows(Block(day, number), at_once=True) or ()
            for at, one in enumerate(rows):
                if one.id == session_id:
                    return self._starts[place] + 1 + number * BLOCK + at
        return -1

    def next_session(self, row: int, step: int) -> int:
        """Return the row of the nearest session at or beyond a row in a direction (1, -1); -1: none."""
        while 0 <= row < self._count:
            if not self.is_day(row):
                return row
            row += step
        return -1

    def _place(self, row: int) -> int:
        return bisect_right(self._starts, row) - 1

    def _days(self) -> tuple[DaySums, ...]:
        return self._overview.days if self._overview else ()

    # --- rows that come later

    def _on_source_arrived(self, block: Block) -> None:
        days = [one.day for one in self._days()]
        if block.day in days:
            place = days.index(block.day)
            first = self._starts[place] + 1 + block.number * BLOCK
            last = min(first + BLOCK, self._starts[place] + 1 + self._days()[place].sums.sessions) - 1
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    def _on_source_late(self) -> None:
        self._repaint()

    @property
    def is_late(self) -> bool:
        """Return whether missing rows have been missing for a while."""
        return self._source.is_late


_ANSWERED = frozenset(
    {WORDS, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}
)


def _cell(words: LineWords | SumWords, column: Column) -> str:
    if isinstance(words, SumWords):
        cells = {
            Column.DAY: words.title, Column.DURATION: words.duration, Column.PARTNER: words.count,
            Column.NOTES: words.billed, Column.BILLING: words.net,
        }  # fmt: skip
        return cells.get(column, "")
    return {
        Column.DAY: words.day,
        Column.BEGIN: words.begin,
        Column.DURATION: words.duration,
        Column.PARTNER: words.partner,
        Column.SUPPORTER: words.supporter,
        Column.NOTES: f"{words.note} {words.more}".strip(),
        Column.BILLING: words.billing,
        Column.REPORT: words.report.words,
        Column.INVOICE: words.invoice,
    }[column]


def _tool_tip(words: LineWords, column: Column) -> str:
    if column is Column.REPORT:
        return _("Report %(state)s") % {"state": words.report.words}
    if column is Column.PARTNER:
        return "\n".join(one for one in (words.partner, words.flag, words.corrected) if one)
    return _cell(words, column)
