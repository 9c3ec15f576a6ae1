"""Where the time comes from, and how an instant and a local time relate."""

from __future__ import annotations

import sys
import time
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

HOUSE_ZONE = ZoneInfo("Europe/Berlin")


class Clock(Protocol):
    """The two clocks that the desk compares: the one on the wall and one that nobody can set."""

    def now(self) -> datetime:
        """Return the wall clock's time in UTC, aware, to the microsecond."""

    def uptime(self) -> float:
        """Return seconds since some fixed moment, sleep included, never set by anyone."""


class SystemClock:
    """The machine's own clocks."""

    def now(self) -> datetime:
        """Return the wall clock's time in UTC."""
        return datetime.now(UTC)

    def uptime(self) -> float:
        """Return seconds that go on while the machine sleeps.

        Linux stops CLOCK_MONOTONIC in standby, so CLOCK_BOOTTIME is read there. Python's monotonic
        clock includes standby on Windows; on macOS only the system's CLOCK_MONOTONIC does.
        """
        if sys.platform == "linux":
            return time.clock_gettime(time.CLOCK_BOOTTIME)
        if sys.platform == "darwin":
            return time.clock_gettime(time.CLOCK_MONOTONIC)
        return time.monotonic()


def local(instant: datetime) -> datetime:
    """Return the instant as the house's local time. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError(instant)
    return instant.astimezone(HOUSE_ZONE)


def local_day(instant: datetime) -> date:
    """Return the house's calendar day of an instant."""
    return local(instant).date()


def from_local(wall: datetime, *, fold: int = 0) -> datetime:
    """Return the instant (UTC) of a naive local time.

    In the hour that occurs twice, `fold` 0 is the first. Raises ValueError for a local time that
    the change to summer time leaves out (02:30 on 2026-03-29).
    """
    instant = wall.replace(tzinfo=HOUSE_ZONE, fold=fold).astimezone(UTC)
    if instant.astimezone(HOUSE_ZONE).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise ValueError(wall)
    return instant


def changes_offset(begin: datetime, end: datetime) -> bool:
    """Return whether summer time began or ended between two instants."""
    return local(begin).utcoffset() != local(end).utcoffset()
