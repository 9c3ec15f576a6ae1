"""Keep watch over the clock: the heart beats, gaps are noted, and asked about only after the fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.support_session import (
    Gap,
    GapDecision,
    GapKind,
    Segment,
    SessionState,
    SupportSession,
)
from laverma_desk.domain.timekeeping import Beat, Interruption, after_restart, compare
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.timekeeping import SENT, freeze, next_session_number, session_on
from laverma_desk.storage import outbox, sessions
from laverma_desk.storage.database import Connection
from laverma_desk.storage.sessions import Change


def read_clocks(desk: Desk) -> Beat:
    """Return both clocks in the same moment."""
    return Beat(desk.clock.now(), desk.clock.uptime())


def beat(desk: Desk, before: Beat) -> Done[Beat]:
    """Beat once: note what interrupted the running sessions since the beat before, and that we live."""
    after = read_clocks(desk)
    found = compare(before, after)
    with desk.database.write() as connection:
        touched = _note(connection, found) if found else False
        sessions.write_beat(connection, after.wall)
    return done(after, Topic.SESSIONS) if touched else done(after)


def recover(desk: Desk) -> Done[list[SupportSession]]:
    """Note at the start of the program how long it did not run; return the sessions that go on."""
    now = desk.clock.now()
    with desk.database.write() as connection:
        last = sessions.last_beat(connection)
        found = after_restart(last, now) if last else None
        touched = _note(connection, found) if found else False
        sessions.write_beat(connection, now)
        going_on = sessions.open_sessions(connection)
    return done(going_on, Topic.SESSIONS) if touched else done(going_on)


def _note(connection: Connection, found: Interruption) -> bool:
    """Write an interruption onto every running session; return whether there was one."""
    touched = False
    for one in sessions.open_sessions(connection):
        if one.state is not SessionState.RUNNING:
            continue
        touched = True
        begin = max(found.begin, one.segments[-1].begin)
        if found.kind is GapKind.CLOCK_BACK:
            # Really elapsed time counts: the old clock's segment ends, the new clock's begins.
            closed = replace(one.segments[-1], end=begin)
            sessions.replace_segments(connection, one.id, [*one.segments[:-1], closed, Segment(found.end)])
        sessions.add_gap(connection, one.id, found.kind, begin, found.end)
    return touched


def decide_gap(desk: Desk, session_id: int, gap_id: int, decision: GapDecision) -> Done[SupportSession]:
    """Keep a gap, take it off, or split the session at it; return the session that goes on.

    Raises RuleBroken SPLIT_IMPOSSIBLE where nothing lies on both sides, REPORT_ALREADY_SENT.
    """
    now = desk.clock.now()
    with desk.database.write() as connection:
        found = session_on(connection, session_id)
        gap = next((one for one in found.gaps if one.id == gap_id), None)
        if gap is None:
            raise RuleBroken(Rule.SESSION_UNKNOWN, number=session_id)
        if any(mail.state in SENT for mail in outbox.of_session(connection, session_id)):
            raise RuleBroken(Rule.REPORT_ALREADY_SENT, number=found.number)
        going_on = session_id
        if decision is GapDecision.SPLIT:
            going_on = _split(connection, found, gap, now)
        elif decision is GapDecision.DEDUCT and gap.kind is GapKind.CLOCK_BACK:
            raise RuleBroken(Rule.SPLIT_IMPOSSIBLE)
        sessions.decide_gap(connection, gap_id, decision)
        sessions.log_change(
            connection,
            session_id,
            Change(
                now, found.supporter_name, "gap", gap.begin.isoformat(), gap.end.isoformat(), decision.value
            ),
        )
        if found.state is SessionState.ENDED:
            withdrawn = _withdraw_reports(connection, session_id)
            freeze(connection, session_id, report_open=found.report_open or withdrawn)
        return done(session_on(connection, going_on), Topic.SESSIONS)


def _withdraw_reports(connection: Connection, session_id: int) -> bool:
    """Take back reports that wait with the old time in them; return whether there were any."""
    waiting = [
        mail for mail in outbox.of_session(connection, session_id) if mail.state is not MessageState.DISCARDED
    ]
    for mail in waiting:
        outbox.update_message(connection, mail.id, state=MessageState.DISCARDED.value)
    return bool(waiting)


def _split(connection: Connection, found: SupportSession, gap: Gap, now: datetime) -> int:
    """End the session where the gap begins and write a second one from where it ends; return its row."""
    before, after = _parted(found.segments, gap)
    if not before or not after:
        raise RuleBroken(Rule.SPLIT_IMPOSSIBLE)
    second = sessions.insert_session(
        connection,
        number=next_session_number(connection, after[0].begin),
        customer_id=found.customer_id,
        workstation_id=found.workstation_id,
        supporter_id=found.supporter_id,
        state=SessionState.PAUSED.value,
        begin=after[0].begin,
        requested_by=found.requested_by,
        channel=found.channel.value,
        tool=found.tool.value,
        partner_id=found.partner_id,
        recipient=found.recipient,
        billable=found.billable,
        free_reason_id=found.free_reason_id,
        exception_reason=found.exception.reason if found.exception else None,
        exception_by=found.exception.decided_by if found.exception else None,
        exception_at=found.exception.decided_at if found.exception else None,
        continued_from=found.id,
        created_at=now,
    )
    sessions.replace_segments(connection, second, after)
    later = [one.id for one in found.gaps if one.begin >= gap.end and one.id != gap.id]
    sessions.move_gaps(connection, later, second)
    sessions.replace_segments(connection, found.id, before)
    freeze(connection, found.id, report_open=True)
    if found.state is SessionState.ENDED:
        freeze(connection, second, report_open=True)
    else:
        sessions.update_session(connection, second, state=found.state.value)
    return second


def _parted(segments: tuple[Segment, ...], gap: Gap) -> tuple[list[Segment], list[Segment]]:
    """Return the running time before a gap and the running time after it."""
    if gap.kind is GapKind.CLOCK_BACK:
        # Wall time overlaps there; the seam is where the segment of the old clock ends.
        seam = next((place + 1 for place, one in enumerate(segments) if one.end == gap.begin), 0)
        return list(segments[:seam]), list(segments[seam:])
    before = [
        replace(one, end=gap.begin if one.end is None else min(one.end, gap.begin))
        for one in segments
        if one.begin < gap.begin
    ]
    after = [
        replace(one, begin=max(one.begin, gap.end))
        for one in segments
        if one.end is None or one.end > gap.end
    ]
    return before, after
