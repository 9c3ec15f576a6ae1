"""The sums over what a filter shows, each day and all together, beside the same SQL without the program."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date
from functools import partial

from laverma_desk.services import history
from laverma_desk.services.history import HistoryFilter, HistoryStatus
from tests.bench.cases import Bench
from tests.bench.measuring import Row, milliseconds, paired, row
from tests.bench.statements import Sides, asked_by, on_file, on_server

_SUMMED = {
    "the whole table": HistoryFilter(None, None),
    "all that is open": HistoryFilter(None, None, status=HistoryStatus.OPEN),
    "one year": HistoryFilter(date(2021, 1, 1), date(2021, 12, 31)),
    "a word in the whole table": HistoryFilter(None, None, text="treiber"),
}


def measure(bench: Bench) -> Iterable[Row]:
    """Sum each by the service and by the bare driver, on one open file."""
    yield from _measured(bench, on_file(bench))


def measure_on_server(bench: Bench) -> Iterable[Row]:
    """Let the server sum each, by the service and by the bare driver."""
    yield from _measured(bench, on_server(bench))


def _measured(bench: Bench, given: AbstractContextManager[Sides]) -> Iterable[Row]:
    with given as sides:
        for name, wanted in _SUMMED.items():
            work = partial(history.overview, sides.desk, wanted)
            again = partial(sides.ask, asked_by(sides.desk, work))
            pair = paired(milliseconds(work), milliseconds(again), rounds=bench.rounds(21), warm=2)
            yield row(f"sums: {name}", sides.beside, pair, 2)
