"""Which filters are tried: all of the file, the days on which clocks change, and any mixture by chance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random

from tests.figures.plain_world import World
from tests.figures.recomputing import Asked
from tests.figures.varied_desk import DST_DAYS

FIRST, LAST = date(2017, 1, 1), date(2026, 12, 31)
_DAYS = (LAST - FIRST).days
_NOBODY = 10**9


def some_filters(world: World, dice: Random, count: int) -> list[Asked]:
    """Return at least those that are never left out, and `count` altogether where that is more."""
    never_left_out = list(_always(world))
    return never_left_out + list(islice(_by_chance(world, dice), max(0, count - len(never_left_out))))


def _always(world: World) -> Iterator[Asked]:
    yield Asked(FIRST, LAST)
    yield Asked(FIRST, LAST, per_supporter=False)
    yield Asked(FIRST, LAST, supporter=2, per_supporter=False)
    yield Asked(date(1, 1, 1), date(9999, 12, 31))
    yield Asked(date(1, 1, 1), date(9999, 12, 31), customer=next(iter(world.records)))
    yield Asked(FIRST - timedelta(days=1), LAST)  # A month more than ten years.
    yield Asked(date(1970, 1, 1), date(1999, 12, 31))
    yield Asked(date(2021, 1, 1), date(2021, 12, 31))
    yield Asked(date(2022, 2, 28), date(2022, 2, 1))
    for day in DST_DAYS[-4:]:
        yield Asked(day, day)
        yield Asked(day - timedelta(days=1), day + timedelta(days=1))
    merged = [one for one in world.records.values() if one.merged_into]
    locked = [one for one in world.records.values() if one.locked]
    erased = [one for one in world.records.values() if one.name == "–"]
    for some in (merged, locked, erased):
        yield from (Asked(FIRST, LAST, customer=one.id) for one in some[:2])
    yield from (Asked(FIRST, LAST, customer=one.merged_into) for one in merged[:2])
    yield Asked(FIRST, LAST, customer=_NOBODY)
    yield from (Asked(FIRST, LAST, supporter=one) for one in (*world.supporters, _NOBODY))


def _by_chance(world: World, dice: Random) -> Iterator[Asked]:
    customers, supporters = sorted(world.records), sorted(world.supporters)
    while True:
        first = FIRST + timedelta(days=dice.randrange(_DAYS))
        last = first + timedelta(days=int(_DAYS * dice.random() ** 4))
        if dice.random() < 0.2:
            first = last = dice.choice(DST_DAYS)
        whose = dice.random()
        yield Asked(
            first,
            last,
            # Those with the most sessions come first.
            customer=customers[int(len(customers) * dice.random() ** 4)] if whose < 0.4 else None,
            supporter=dice.choice(supporters) if 0.25 < whose < 0.6 else None,
            per_supporter=dice.random() < 0.9,
        )
