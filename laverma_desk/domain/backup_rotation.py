"""What daily copies are called, when the next one is due, and which of them have had their time."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable
from datetime import UTC, datetime
from enum import StrEnum

from laverma_desk.domain.clock import local_day

DAILY, WEEKLY, MONTHLY = 7, 8, 12
"""How many days, weeks and months back one copy of each is kept."""

_NAME = re.compile(r"desk-(\d{8}T\d{6})\.sqlite3(\.age)?", re.ASCII)
_STAMP = "%Y%m%dT%H%M%S"


class Kept(StrEnum):
    """Why a copy is kept."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


def name_of(at: datetime, *, sealed: bool) -> str:
    """Return the name of a copy made at an instant; times in names are UTC, so that no hour comes twice."""
    return f"desk-{at.astimezone(UTC):{_STAMP}}.sqlite3{'.age' if sealed else ''}"


def taken_at(name: str) -> datetime | None:
    """Return when a daily copy was made, None for any other file (also for copies before a migration)."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        return datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def is_due(newest: datetime | None, now: datetime) -> bool:
    """Tell whether a copy is due: there is none, or the newest is of an earlier day of the house."""
    return newest is None or local_day(newest) < local_day(now)


def rotate(names: Collection[str], now: datetime) -> dict[str, frozenset[Kept]]:
    """Return of each daily copy what it is kept as; those with an empty set have had their time.

    The newest copy of each of the last seven days, eight weeks (Monday to Sunday) and twelve months
    that have one, by the calendar of the house. Names that are no daily copy's are left out. A copy
    from the future (the clock was wrong) counts for nothing and is kept.
    """
    known = [(at, name) for name in names if (at := taken_at(name)) is not None]
    past = sorted((pair for pair in known if pair[0] <= now), reverse=True)
    reasons: dict[str, set[Kept]] = {name: set() for _at, name in past}
    for kept, span, count in (
        (Kept.DAILY, _day, DAILY),
        (Kept.WEEKLY, _week, WEEKLY),
        (Kept.MONTHLY, _month, MONTHLY),
    ):
        newest: dict[Hashable, str] = {}
        for at, name in past:
            if len(newest) < count:
                newest.setdefault(span(at), name)
        for name in newest.values():
            reasons[name].add(kept)
    ahead = {name: frozenset({Kept.DAILY}) for at, name in known if at > now}
    return {name: frozenset(found) for name, found in reasons.items()} | ahead


def _day(at: datetime) -> Hashable:
    return local_day(at)


def _week(at: datetime) -> Hashable:
    return local_day(at).isocalendar()[:2]


def _month(at: datetime) -> Hashable:
    day = local_day(at)
    return day.year, day.month
