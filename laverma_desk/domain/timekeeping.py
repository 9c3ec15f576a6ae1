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


def compare(before: Beat, after: Beat) -> tuple[Interruption, ...]:
    """Return what happened between two beats that should be BEAT_SECONDS apart, in its order.

    A heart that missed its beat for UNASKED_SECONDS means that the machine slept; a wall clock that
    went another way than the uptime was set. Where both happened, the machine slept first: it is on
    waking that a clock is put right.
    """
    passed = timedelta(seconds=after.uptime - before.uptime)
    expected = before.wall + passed
    step = after.wall - expected
    limit = timedelta(seconds=UNASKED_SECONDS)
    found = []
    is_set = abs(step) >= limit
    if passed >= limit + timedelta(seconds=BEAT_SECONDS):
        found.append(Interruption(GapKind.SLEEP, before.wall, expected if is_set else after.wall))
    if is_set:
        kind = GapKind.CLOCK_FORWARD if step > timedelta() else GapKind.CLOCK_BACK
        found.append(Interruption(kind, expected, after.wall))
    return tuple(found)


def after_restart(last_beat: datetime, now: datetime) -> Interruption | None:
    """Return the stretch in which the program did not run, if it is long enough to ask about.

    A clock that shows less than at the last beat was set back meanwhile; how long the program did
    not run is then unknown, and nothing of it counts.
    """
    limit = timedelta(seconds=UNASKED_SECONDS)
    if now - last_beat >= limit:
        return Interruption(GapKind.NOT_RUNNING, last_beat, now)
    if last_beat - now >= limit:
        return Interruption(GapKind.CLOCK_BACK, last_beat, now)
    return None
