"""Full text over a million sessions: the newest fifty, with the days that they stand on and their sums."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date
from functools import partial

from laverma_desk.services import history
from laverma_desk.services.history import HistoryFilter
from tests.bench.cases import Bench
from tests.bench.measuring import Row, alone, milliseconds, paired, row
from tests.bench.statements import Sides, asked_by, on_file, on_server

_MONTH = (date(2021, 3, 1), date(2021, 3, 31))
_FORMS = {
    "a word": HistoryFilter(None, None, text="druckertreiber"),
    "a rare word": HistoryFilter(None, None, text="xylophon"),
    "two letters": HistoryFilter(None, None, text="dr"),
    "a beginning of four": HistoryFilter(None, None, text="druc"),
    "two words": HistoryFilter(None, None, text="scanner kabel"),
    "part of a compound": HistoryFilter(None, None, text="treiber"),
    "a word, large customer": HistoryFilter(None, None, text="treiber", customer_id=1),
    "a word, small customer": HistoryFilter(None, None, text="treiber", customer_id=90),
    "a word, one month": HistoryFilter(*_MONTH, text="treiber"),
    "two words, one month": HistoryFilter(*_MONTH, text="scanner kabel"),
}


def measure(bench: Bench) -> Iterable[Row]:
    """Ask each form by the service and by the bare driver, on one open file."""
    yield from _measured(bench, on_file(bench))


def measure_on_server(bench: Bench) -> Iterable[Row]:
    """Ask the server each form, by the service and by the bare driver."""
    yield from _measured(bench, on_server(bench))


def _measured(bench: Bench, given: AbstractContextManager[Sides]) -> Iterable[Row]:
    longest: dict[str, float] = {}
    with given as sides:
        for name, wanted in _FORMS.items():
            work = partial(history.opening, sides.desk, wanted, 50)
            again = partial(sides.ask, asked_by(sides.desk, work))
            pair = paired(milliseconds(work), milliseconds(again), rounds=bench.rounds(41), warm=5)
            longest[name] = statistics.median(pair.ours)
            yield row(f"search: {name}", sides.beside, pair, 2)
    worst = max(longest, key=longest.__getitem__)
    yield alone("search: the slowest of these", longest[worst], 10, unit="ms", note=worst)
