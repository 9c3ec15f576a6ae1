"""Stretches of supporters' time, and which of them meet: nobody is in two calls at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple


class BusyTime(NamedTuple):
    """A stretch of a supporter's time. Begin and end are as they are stored: they compare, and no more."""

    supporter_id: int
    session_id: int
    number: str
    begin: str
    end: str


def meanwhile(times: Iterable[BusyTime]) -> dict[int, str]:
    """Return for sessions the number of another one that the same supporter had meanwhile.

    Takes stretches in the order of supporter and begin; those that only touch are no finding. The effort
    grows with the number of stretches, however many of them run at once.
    """
    found: dict[int, str] = {}
    for _supporter, of_one in groupby(times, key=attrgetter("supporter_id")):
        _meet(of_one, found)
    return found


def _meet(times: Iterable[BusyTime], found: dict[int, str]) -> None:
    running: deque[BusyTime] = deque()  # By begin: the first that still runs is the one that is named.
    alone: list[BusyTime] = []  # All of one session, but for those that have ended: whoever met, has left.
    for one in times:
        while running and running[0].end <= one.begin:
            running.popleft()
        if one.end <= one.begin:
            continue
        first = next((other for other in running if _meets(other, one)), None)
        if first is not None:
            found.setdefault(one.session_id, first.number)
            for other in alone:
                if _meets(other, one):
                    found.setdefault(other.session_id, one.number)
            alone.clear()
        if one.session_id not in found:
            alone.append(one)
        running.append(one)


def _meets(earlier: BusyTime, one: BusyTime) -> bool:
    return earlier.end > one.begin and earlier.session_id != one.session_id
