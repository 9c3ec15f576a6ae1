"""All figures of the house at once, beside the same sums in SQL without the program."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import date
from functools import partial

from laverma_desk.domain.statistics import StatisticsFilter
from laverma_desk.services.statistics.reading import statistics
from tests.bench.cases import Bench
from tests.bench.large_desk import FIRST_DAY, LAST_DAY, large_desk
from tests.bench.measuring import Row, milliseconds, paired, row
from tests.bench.statements import ask, asked_by, bare, to_read

_READ = {
    "the whole table": StatisticsFilter(FIRST_DAY, LAST_DAY),
    "one year": StatisticsFilter(date(2021, 1, 1), date(2021, 12, 31)),
    "one customer": StatisticsFilter(FIRST_DAY, LAST_DAY, customer_id=1),
}


def measure(bench: Bench) -> Iterable[Row]:
    """Read each by the service and by the bare driver, on one open file."""
    data = large_desk(bench)
    with closing(to_read(data)) as desk, closing(bare(data)) as connection:
        for name, wanted in _READ.items():
            work = partial(statistics, desk, wanted)
            again = partial(ask, connection, asked_by(desk, work))
            pair = paired(milliseconds(work), milliseconds(again), rounds=bench.rounds(11), warm=2)
            yield row(f"figures: {name}", "the same SQL, sqlite3", pair, 2)
