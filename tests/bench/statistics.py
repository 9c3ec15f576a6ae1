"""All figures of the house at once, beside the same sums in SQL without the program."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date
from functools import partial

from laverma_desk.domain.statistics import StatisticsFilter
from laverma_desk.services.statistics.reading import statistics
from tests.bench.cases import Bench
from tests.bench.large_desk import FIRST_DAY, LAST_DAY
from tests.bench.measuring import Row, milliseconds, paired, row
from tests.bench.statements import Sides, asked_by, on_file, on_server

_READ = {
    "the whole table": StatisticsFilter(FIRST_DAY, LAST_DAY),
    "one year": StatisticsFilter(date(2021, 1, 1), date(2021, 12, 31)),
    "one customer": StatisticsFilter(FIRST_DAY, LAST_DAY, customer_id=1),
}


def measure(bench: Bench) -> Iterable[Row]:
    """Read each by the service and by the bare driver, on one open file."""
    yield from _measured(bench, on_file(bench))


def measure_on_server(bench: Bench) -> Iterable[Row]:
    """Let the server sum each, by the service and by the bare driver."""
    yield from _measured(bench, on_server(bench))


def _measured(bench: Bench, given: AbstractContextManager[Sides]) -> Iterable[Row]:
    with given as sides:
        for name, wanted in _READ.items():
            work = partial(statistics, sides.desk, wanted)
            again = partial(sides.ask, asked_by(sides.desk, work))
            pair = paired(milliseconds(work), milliseconds(again), rounds=bench.rounds(11), warm=2)
            yield row(f"figures: {name}", sides.beside, pair, 2)
