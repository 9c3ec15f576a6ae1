"""The only fake of the suite: two clocks that tests set by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class FakeClock:
    """A wall clock and an uptime that only move when told to."""

    def __init__(self, now: datetime = datetime(2022, 3, 1, 9, 22, tzinfo=UTC)) -> None:
        self._now = now
        self._uptime = 1000.0

    def now(self) -> datetime:
        return self._now

    def uptime(self) -> float:
        return self._uptime

    def advance(self, **span: float) -> None:
        """Let real time pass: both clocks move."""
        passed = timedelta(**span)
        self._now += passed
        self._uptime += passed.total_seconds()

    def set_wall(self, now: datetime) -> None:
        """Set the wall clock alone, as a person or a time server does."""
        self._now = now
