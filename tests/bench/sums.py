"""The sums over what a filter shows, each day and all together, beside the same SQL without the program."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import date
from functools import partial

from laverma_desk.services import history
from laverma_desk.services.history import HistoryFilter, HistoryStatus
from tests.bench.cases import Bench
from tests.bench.large_desk import large_desk
from tests.bench.measuring import Row, milliseconds, paired, row
from tests.bench.statements import ask, asked_by, bare, to_read

_SUMMED = {
    "the whole table": HistoryFilter(None, None),
    "all that is open": HistoryFilter(None, None, status=HistoryStatus.OPEN),
    "one year": HistoryFilter(date(2021, 1, 1), date(2021, 12, 31)),
    "a word in the whole table": HistoryFilter(None, None, text="treiber"),
}


def measure(bench: Bench) -> Iterable[Row]:
    """Sum each by the service and by the bare driver, on one open file."""
    data = large_desk(bench)
    with closing(to_read(data)) as desk, closing(bare(data)) as connection:
        for name, wanted in _SUMMED.items():
            work = partial(history.overview, desk, wanted)
            again = partial(ask, connection, asked_by(desk, work))
            pair = paired(milliseconds(work), milliseconds(again), rounds=bench.rounds(21), warm=2)
            yield row(f"sums: {name}", "the same SQL, sqlite3", pair, 2)
