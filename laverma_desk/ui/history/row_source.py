"""Fetches the table's rows in blocks when they are first looked at, and forgets what is far away."""

from __future__ import annotations

import time
from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.history import DaySums, HistoryFilter, HistoryRow
from laverma_desk.services import history
from laverma_desk.services.desk import Desk
from laverma_desk.ui.surroundings import Surroundings

BLOCK = 64
"""Rows that are read at once: three screens, in a few milliseconds."""

KEPT_ROWS = 8192
"""Rows in memory, some 20 screens in each direction and more, however long the history is."""

FAST_SECONDS = 0.02
"""What nobody notices while scrolling; where a block took longer, the next ones come from the background."""

LATE_AFTER = 300
"""Milliseconds after which rows that are still missing say so."""


@dataclass(frozen=True)
class Block:
    """The place of up to 64 rows of one day."""

    day: date
    number: int


@dataclass(frozen=True)
class _Arrived:
    turn: int
    block: Block
    rows: tuple[HistoryRow, ...]
    seconds: float


class RowSource(QObject):
    """Emits `arrived(Block)` for rows that came later, `late` where some take long, `failed(Exception)`."""

    arrived = Signal(object)
    late = Signal()
    failed = Signal(object)

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Hold nothing."""
        super().__init__(parent)
        self._surroundings = surroundings
        self._filter = HistoryFilter(None, None)
        self._kept: OrderedDict[Block, tuple[HistoryRow, ...]] = OrderedDict()
        self._asked: set[Block] = set()
        self._rows = 0
        self._turn = 0
        self._slow = False
        self.is_late = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LATE_AFTER)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def kept_rows(self) -> int:
        """Return how many rows are in memory."""
        return self._rows

    def open(self, wanted: HistoryFilter) -> None:
        """Forget all rows; from now on they are those of this filter."""
        self._slow = self._slow and wanted == self._filter
        self._filter = wanted
        self._turn += 1
        self._kept.clear()
        self._asked.clear()
        self._rows = 0
        self._set_punctual()

    def put(self, days: Iterable[DaySums], lines: Iterable[HistoryRow]) -> None:
        """Keep the newest lines, which are read already, where they fill the first block of a day."""
        found: dict[date, list[HistoryRow]] = defaultdict(list)
        for one in lines:
            found[local_day(one.begin)].append(one)
        for one_day in days:
            there = found.pop(one_day.day, ())
            if there and len(there) >= min(BLOCK, one_day.sums.sessions):
                self._keep(Block(one_day.day, 0), tuple(there[:BLOCK]))
            if not found:
                break

    def rows(self, block: Block, *, at_once: bool = False) -> tuple[HistoryRow, ...] | None:
        """Return a block; None where it comes later. `at_once` waits for it however long it takes."""
        if block in self._kept:
            self._kept.move_to_end(block)
            return self._kept[block]
        if self._slow and not at_once:
            self._ask(block)
            return None
        try:
            found = _fetched(self._surroundings.desk, self._filter, block, self._turn)
        except DeskError as error:
            self.failed.emit(error)
            return None
        self._slow = found.seconds > FAST_SECONDS
        self._keep(block, found.rows)
        return found.rows

    def _keep(self, block: Block, rows: tuple[HistoryRow, ...]) -> None:
        self._rows += len(rows) - len(self._kept.pop(block, ()))
        self._kept[block] = rows
        while self._rows > KEPT_ROWS and len(self._kept) > 1:
            _oldest, dropped = self._kept.popitem(last=False)
            self._rows -= len(dropped)

    # --- from the background

    def _ask(self, block: Block) -> None:
        if block in self._asked:
            return
        self._asked.add(block)
        if not self._timer.isActive():
            self._timer.start()
        work = partial(_fetched, self._surroundings.desk, self._filter, block, self._turn)
        self._surroundings.background.run(self, work, self._on_arrived, self._on_failed)

    def _on_arrived(self, result: _Arrived) -> None:
        if result.turn != self._turn:
            return
        self._asked.discard(result.block)
        self._slow = result.seconds > FAST_SECONDS
        self._keep(result.block, result.rows)
        if not self._asked:
            self._set_punctual()
        self.arrived.emit(result.block)

    def _on_failed(self, error: Exception) -> None:
        self._asked.clear()
        self._set_punctual()
        self.failed.emit(error)

    def _on_timer_timeout(self) -> None:
        self.is_late = True
        self.late.emit()

    def _set_punctual(self) -> None:
        self._timer.stop()
        self.is_late = False


def _fetched(desk: Desk, wanted: HistoryFilter, block: Block, turn: int) -> _Arrived:
    begun = time.perf_counter()
    rows = tuple(history.rows(desk, wanted, block.day, block.number * BLOCK, BLOCK))
    return _Arrived(turn, block, rows, time.perf_counter() - begun)
