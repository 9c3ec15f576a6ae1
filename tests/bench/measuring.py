"""Pairs of measurements in one run: a noisy machine shifts both sides of a ratio alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Step = Callable[[], float]
"""Does a thing once and returns what it cost, in the unit of its row."""


@dataclass(frozen=True)
class Pair:
    """What both sides cost, round by round."""

    ours: tuple[float, ...]
    limit: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """Return ours by the limit of the same round."""
        return tuple(one / other for one, other in zip(self.ours, self.limit, strict=True))


@dataclass(frozen=True)
class Row:
    """A line of the table: what was measured, beside what, and what it should be.

    `goal` is held against the ratio, or against `ours` where nothing stands beside it. `case` and `engine`
    are filled in by whoever runs the cases.
    """

    what: str
    beside: str
    unit: str
    ours: float
    limit: float | None
    ratio: float | None
    quartiles: tuple[float, float] | None
    goal: float
    rounds: int
    note: str = ""
    case: str = ""
    engine: str = ""

    @property
    def met(self) -> bool:
        """Return whether the goal is reached."""
        return (self.ours if self.ratio is None else self.ratio) <= self.goal


def rows_of_json(entries: Iterable[dict[str, Any]]) -> list[Row]:
    """Return rows as they were before they were written; whether they met their goal is worked out anew."""
    return [Row(**{name: entry[name] for name in entry if name != "met"}) for entry in entries]


def milliseconds(work: Callable[[], object]) -> Step:
    """Return a step that times a call by the wall clock, in ms."""

    def timed() -> float:
        began = time.perf_counter()
        work()
        return (time.perf_counter() - began) * 1000

    return timed


def processor_milliseconds(work: Callable[[], object]) -> Step:
    """Return a step that times a call by the processor time of this process, in ms."""

    def timed() -> float:
        began = time.process_time()
        work()
        return (time.process_time() - began) * 1000

    return timed


def paired(ours: Step, limit: Step, *, rounds: int, warm: int = 1) -> Pair:
    """Measure both sides in turn; who goes first changes with each round. `warm` rounds do not count."""
    kept: list[tuple[float, float]] = []
    for place in range(warm + rounds):
        if place % 2:
            other, one = limit(), ours()
        else:
            one, other = ours(), limit()
        if place >= warm:
            kept.append((one, other))
    return Pair(tuple(one for one, _ in kept), tuple(other for _, other in kept))


def row(what: str, beside: str, pair: Pair, goal: float, *, unit: str = "ms", note: str = "") -> Row:
    """Return the line of a pair: medians of both sides, median and quartiles of the ratios."""
    ratios = pair.ratios
    quartiles = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else [ratios[0]] * 3
    return Row(
        what, beside, unit, statistics.median(pair.ours), statistics.median(pair.limit),
        statistics.median(ratios), (quartiles[0], quartiles[2]), goal, len(ratios), note,
    )  # fmt: skip


def alone(what: str, value: float, goal: float, *, unit: str, rounds: int = 1, note: str = "") -> Row:
    """Return the line of a figure that stands for itself, such as a count of wake-ups."""
    return Row(what, "", unit, value, None, None, None, goal, rounds, note)
