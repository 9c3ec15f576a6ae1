"""All figures of some filters at once, added up in plain Python while the rows go by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from tests.figures.plain_world import Worked, World

Sums = tuple[int, int, int, int, int, int]
"""Sessions, seconds, billed minutes, free minutes, net cents, forgone cents."""


@dataclass(frozen=True)
class Asked:
    """A filter, and whether the house wants figures for each person."""

    first: date
    last: date
    customer: int | None = None
    supporter: int | None = None
    per_supporter: bool = True


def _zeros() -> list[int]:
    return [0] * 6


class Expected:
    """What one filter must show."""

    def __init__(self, asked: Asked, world: World) -> None:
        self.asked = asked
        self._world = world
        known = world.records.get(asked.customer) if asked.customer is not None else None
        self._practice = world.practice(known.id) if known else asked.customer
        self._supporter = asked.supporter if asked.per_supporter else None
        self._total = _zeros()
        self._prices: set[int] = set()
        self._months, self._hours = defaultdict(_zeros), defaultdict(_zeros)
        self._customers, self._machines = defaultdict(_zeros), defaultdict(_zeros)
        self._reasons, self._supporters = defaultdict(_zeros), defaultdict(_zeros)
        self._visits: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])

    def wants(self, one: Worked) -> bool:
        """Return whether the filter lets a session through."""
        return (
            self.asked.first <= one.day <= self.asked.last
            and self._practice in (None, one.practice)
            and self._supporter in (None, one.supporter)
        )

    def take(self, one: Worked) -> None:
        """Add a session."""
        places = [
            self._total,
            self._months[one.day.year, one.day.month],
            self._hours[one.day.weekday(), one.hour],
            self._customers[one.practice],
            self._machines[one.machine],
            self._supporters[one.supporter],
        ]
        if one.billed:
            self._prices.add(one.price)
            self._compare_with_a_visit(one)
        else:
            places.append(self._reasons[one.reason])
        minutes, cents = (2, 4) if one.billed else (3, 5)
        for place in places:
            place[0] += 1
            place[1] += one.seconds
            place[minutes] += one.minutes
            place[cents] += one.net

    def _compare_with_a_visit(self, one: Worked) -> None:
        visit = self._world.records[one.practice].visit
        if visit is not None and one.net > visit:
            place = self._visits[one.practice]
            place[0] += 1
            place[1] += one.minutes
            place[2] += one.net - visit

    def figures(self) -> dict[str, Any]:
        """Return every field as plain tuples, in the order in which it must come."""
        people, records = self._world.supporters, self._world.records
        return {
            "total": tuple(self._total),
            "derived": derived(self._total),
            "prices": tuple(sorted(self._prices)),
            "months": [
                (date(*month, 1), tuple(self._months.get(month, _zeros()))) for month in self._shown_months()
            ],
            "customers": _ranked(
                (
                    (row, records[row].number, records[row].name, sums)
                    for row, sums in self._customers.items()
                ),
                lambda one: (-one[3][4], -_minutes(one[3]), one[2], one[0]),
            ),
            "reasons": _ranked(self._reasons.items(), lambda one: (-one[1][3], -one[1][0], one[0])),
            "hours": _ranked(
                ((*place, sums) for place, sums in self._hours.items()),
                lambda one: (-one[2][0], -_minutes(one[2]), one[0], one[1]),
            ),
            "workstations": _ranked(
                (self._machine(row, sums) for row, sums in self._machines.items()),
                lambda one: (-one[4][0], -_minutes(one[4]), one[2], one[3], one[0]),
            ),
            "supporters": _ranked(
                ((row, people[row], sums) for row, sums in self._supporters.items()),
                lambda one: (-_minutes(one[2]), -one[2][0], one[1], one[0]),
            )
            if self.asked.per_supporter
            else [],
            "on_site": sorted(
                (
                    (row, records[row].number, records[row].name, records[row].visit, *sums)
                    for row, sums in self._visits.items()
                ),
                key=lambda one: (-one[6], -one[4], one[2], one[0]),
            ),
        }

    def _machine(self, machine: int, sums: list[int]) -> tuple[Any, ...]:
        record, name = self._world.machines[machine]
        practice = self._world.practice(record)
        return machine, practice, self._world.records[practice].name, name, sums

    def _shown_months(self) -> list[tuple[int, int]]:
        """Return every month of the period; of more than ten years those from the first used to the last."""
        first = (self.asked.first.year, self.asked.first.month)
        last = (self.asked.last.year, self.asked.last.month)
        if (last[0] - first[0]) * 12 + last[1] - first[1] + 1 > 120:
            if not self._months:
                return []
            first, last = min(self._months), max(self._months)
        shown = []
        month = first
        while month <= last:
            shown.append(month)
            month = _next(month)
        return shown


def _next(month: tuple[int, int]) -> tuple[int, int]:
    after = date(*month, 28) + timedelta(days=4)
    return after.year, after.month


def _minutes(sums: list[int] | Sums) -> int:
    return sums[2] + sums[3]


def _ranked(rows: Iterable[tuple[Any, ...]], key: Callable[[Any], Any]) -> list[tuple[Any, ...]]:
    return [(*row[:-1], tuple(row[-1])) for row in sorted(rows, key=key)]


def derived(sums: list[int] | Sums) -> tuple[Fraction | None, int | None]:
    """Return which part of the minutes is billed, and how long a session takes on average, halves up."""
    minutes = _minutes(sums)
    average = Decimal(sums[1]) / sums[0] if sums[0] else None
    return (
        Fraction(sums[2], minutes) if minutes else None,
        None if average is None else int(average.quantize(Decimal(1), rounding=ROUND_HALF_UP)),
    )


def recompute(world: World, asked: Iterable[Asked]) -> list[Expected]:
    """Return what each filter must show, from one pass over every row."""
    all_of_them = [Expected(one, world) for one in asked]
    for session in world.worked():
        for one in all_of_them:
            if one.wants(session):
                one.take(session)
    return all_of_them
