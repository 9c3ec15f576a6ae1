"""A month of invoices issued at once in the open window, beside the same number of single warm ones."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing.drafts import DraftWish, create_drafts
from laverma_desk.services.setup import house
from tests.bench.cases import Bench
from tests.bench.large_server_desk import opened_at, passing_house
from tests.bench.measuring import Pair, Row, alone, row
from tests.bench.open_window import OpenWindow, open_window
from tests.bench.screen import a_screen
from tests.support.desks import lay_out
from tests.support.invoice_houses import (
    COMPANY,
    FEBRUARY,
    UNTIL,
    add_practice,
    add_sessions,
    make_house,
    use_format,
)

_LINES = (1068, 1392, 485, 391, 860)
_SINGLE = 10
_AT_REST_MS = 3000


class Beats(QObject):
    """A heart that beats each millisecond in the event loop, and remembers its longest pause."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)
        self.forget()
        self._timer.start(1)

    def forget(self) -> None:
        """Forget what was."""
        self._longest, self._last = 0.0, time.perf_counter()

    def longest_ms(self) -> float:
        """Return the longest pause since then."""
        self._on_timeout()
        return self._longest * 1000

    def _on_timeout(self) -> None:
        now = time.perf_counter()
        self._longest, self._last = max(self._longest, now - self._last), now


def measure(bench: Bench) -> Iterator[Row]:
    """Issue the drafts of a month by the button of the invoice page, five lines each, as ZUGFeRD."""
    with tempfile.TemporaryDirectory(dir=bench.work) as folder, a_screen() as platform:
        data = DataDir(Path(folder) / "desk")
        drafts = _ready(make_house(data.root), bench)
        with open_window(data) as window:
            yield from _measured(bench, window, drafts, platform)


def measure_on_server(bench: Bench) -> Iterator[Row]:
    """Issue the same at a desk on the server."""
    with (
        tempfile.TemporaryDirectory(dir=bench.work) as folder,
        a_screen() as platform,
        passing_house(bench, "month") as address,
    ):
        data = DataDir(Path(folder) / "desk")
        desk = opened_at(address, data.root)
        lay_out(desk)
        house.save_company(desk, COMPANY)
        drafts = _ready(desk, bench)
        with open_window(data, address) as window:
            yield from _measured(bench, window, drafts, platform)


def _extent(bench: Bench) -> tuple[int, int]:
    """Return how many invoices a month has, and how many months are measured."""
    return (20 if bench.quick else 300), bench.rounds(3)


def _ready(desk: Desk, bench: Bench) -> list[int]:
    """Make all drafts that are needed, and close the desk."""
    count, rounds = _extent(bench)
    use_format(desk, InvoiceFormat.ZUGFERD)
    drafts = _drafts(desk, rounds * (count + 2 * _SINGLE) + 1)
    desk.close()
    return drafts


def _measured(bench: Bench, window: OpenWindow, drafts: list[int], platform: str) -> Iterator[Row]:
    count, rounds = _extent(bench)
    issuing = window.stage.memory.invoices.issuing
    window.stage.memory.invoices_wanted.emit()
    window.wait(lambda: not window.running.surroundings.background.busy)

    def taken(number: int) -> Sequence[int]:
        return [drafts.pop() for _ in range(number)]

    def single() -> float:
        (draft,) = taken(1)
        return _took(window, lambda: issuing.issue_draft(draft))

    single()  # loads the libraries and compiles the rules
    beats = Beats()
    rest = QEventLoop()
    QTimer.singleShot(_AT_REST_MS, rest, rest.quit)
    rest.exec()
    at_rest = beats.longest_ms()
    all_of_them: list[float] = []
    one_by_one: list[float] = []
    gaps: list[float] = []
    for _ in range(rounds):
        singles = [single() for _ in range(_SINGLE)]
        many = taken(count)
        beats.forget()
        all_of_them.append(_took(window, lambda wanted=many: issuing.issue_drafts(wanted)))
        gaps.append(beats.longest_ms())
        singles += [single() for _ in range(_SINGLE)]
        one_by_one.append(count * statistics.median(singles))
    named = f"month run of {count} invoices"
    pair = Pair(tuple(all_of_them), tuple(one_by_one))
    yield row(named, f"{count} × one warm invoice", pair, 1.05)
    note = f"{platform}; at rest {at_rest:.0f} ms"
    yield alone(f"{named}: longest gap of the event loop", max(gaps), 50, unit="ms", rounds=rounds, note=note)


def _took(window: OpenWindow, begin: Callable[[], object]) -> float:
    """Return the ms from the wish to the end of the job; then wait for what the page reads anew."""
    loop = QEventLoop()
    ended = window.stage.memory.invoices.issuing.ended.connect(loop.quit)
    began = time.perf_counter()
    begin()
    loop.exec()
    took = (time.perf_counter() - began) * 1000
    QObject.disconnect(ended)
    window.wait(lambda: not window.running.surroundings.background.busy)
    return took


def _drafts(desk: Desk, count: int) -> list[int]:
    wishes = []
    for number in range(count):
        place = add_practice(desk, str(20001 + number), f"Zahnarztpraxis Nr. {number + 1}")
        begin = FEBRUARY + timedelta(minutes=number % 400)
        wishes.append(DraftWish(place.customer_id, tuple(add_sessions(desk, place, *_LINES, begin=begin))))
    return list(create_drafts(desk, wishes, UNTIL).value)
