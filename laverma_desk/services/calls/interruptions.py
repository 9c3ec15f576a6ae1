"""Look at both clocks at each key press: what happened since the last beat is noted before it counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from laverma_desk.domain.support_session import GapKind, Segment, SessionState, SupportSession
from laverma_desk.domain.timekeeping import UNASKED_SECONDS, Beat, Interruption, compare
from laverma_desk.services.desk import Desk
from laverma_desk.storage import gaps, heartbeats, sessions
from laverma_desk.storage.database import Connection


def read_clocks(desk: Desk) -> Beat:
    """Return both clocks in the same moment."""
    return Beat(desk.clock.now(), desk.clock.uptime())


def observe(connection: Connection, now: Beat) -> bool:
    """Compare with the last beat and write this one; return whether a running session was interrupted.

    Who opens the lid of a laptop and ends the session at once is quicker than the next beat; so each
    step that closes or opens time looks first. Before the heart has beaten in this run of the program
    there is nothing to compare with.
    """
    return observe_since(connection, heartbeats.last_pulse(connection, lock=True), now)


def observe_since(connection: Connection, before: Beat | None, now: Beat) -> bool:
    """Observe as `observe` does, where this transaction has read the last beat with something else."""
    if before is None:
        heartbeats.write_beat(connection, now.wall, None)
        return False
    if now.uptime < before.uptime:
        return False  # Another thread read the clocks later and was quicker to write.
    found = compare(before, now)
    if found:  # Another transaction may note it in this moment; whoever comes second finds it done.
        before = heartbeats.last_pulse(connection, lock=True) or before
        found = compare(before, now) if before.uptime <= now.uptime else ()
    touched = note(connection, found)
    heartbeats.write_beat(connection, now.wall, now.uptime)
    return touched


def note(connection: Connection, found: tuple[Interruption, ...]) -> bool:
    """Write interruptions onto every running session; return whether one was touched."""
    touched = False
    for one in found:
        for session in sessions.my_open_sessions(connection):
            if session.state is SessionState.RUNNING:
                touched |= note_on(connection, session, one)
    return touched


def note_on(connection: Connection, session: SupportSession, found: Interruption) -> bool:
    """Write an interruption onto a running session; return whether there was something to write."""
    last = session.segments[-1]
    begin = max(found.begin, last.begin)
    if found.kind is GapKind.CLOCK_BACK:
        # Really elapsed time counts: the old clock's segment ends, the new clock's begins.
        segments = [*session.segments[:-1], replace(last, end=begin), Segment(found.end)]
        sessions.replace_segments(connection, session.id, segments)
    elif found.end - begin < timedelta(seconds=UNASKED_SECONDS):
        return False  # The session began during the interruption; what it has of it is not asked about.
    gaps.add_gap(connection, session.id, found.kind, begin, found.end)
    return True
