"""Notice from two clocks what a timer alone cannot see: standby, and a wall clock that was set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from laverma_desk.domain.support_session import GapKind

BEAT_SECONDS = 30
"""How often the heart beats while a session runs."""

UNASKED_SECONDS = 120
"""Gaps shorter than this are kept without a question."""


@dataclass(frozen=True)
class Beat:
    """Both clocks read in the same moment: wall time (UTC) and seconds of uptime, sleep included."""

    wall: datetime
    uptime: float


@dataclass(frozen=True)
class Interruption:
    """What lies between two beats, in wall time (UTC).

    For CLOCK_BACK, `begin` is the time the old clock would show and `end` (earlier) what the new one shows.
    """

    kind: GapKind
    begin: datetime
    end: datetime


def compare(before: Beat, after: Beat) -> Interruption | None:
    """Return what happened between two beats that should be BEAT_SECONDS apart, or None.

    The wall clock's step is judged first: a clock that was set while the machine slept is a set
    clock. A heart that missed its beat for UNASKED_SECONDS means that the machine slept.
    """
    passed = timedelta(seconds=after.uptime - before.uptime)
    expected = before.wall + passed
    step = after.wall - expected
    limit = timedelta(seconds=UNASKED_SECONDS)
    if step >= limit:
        return Interruption(GapKind.CLOCK_FORWARD, expected, after.wall)
    if step <= -limit:
        return Interruption(GapKind.CLOCK_BACK, expected, after.wall)
    if passed >= limit + timedelta(seconds=BEAT_SECONDS):
        return Interruption(GapKind.SLEEP, before.wall, after.wall)
    return None


def after_restart(last_beat: datetime, now: datetime) -> Interruption | None:
    """Return the stretch in which the program did not run, if it is long enough to ask about."""
    if now - last_beat >= timedelta(seconds=UNASKED_SECONDS):
        return Interruption(GapKind.NOT_RUNNING, last_beat, now)
    return None
