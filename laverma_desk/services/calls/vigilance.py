"""Keep watch over the clock: the heart beats, gaps are noted, and asked about only after the fact."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import PERHAPS_RECEIVED, MessageState
from laverma_desk.domain.support_session import (
    Gap,
    GapDecision,
    GapKind,
    Segment,
    SessionState,
    SupportSession,
    part,
)
from laverma_desk.domain.timekeeping import Beat, after_restart, compare
from laverma_desk.services.alone import done_here_too, goes_on_alone, recovered
from laverma_desk.services.calls.interruptions import note
from laverma_desk.services.calls.interruptions import read_clocks as read_clocks  # noqa: PLC0414 (the heart asks here)
from laverma_desk.services.calls.session_access import (
    freeze,
    next_session_number,
    refuse_billed,
    session_on,
)
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.storage import gaps, heartbeats, outbox, sessions
from laverma_desk.storage.database import Connection
from laverma_desk.storage.session_history import Change, log_change


def beat(desk: Desk, before: Beat) -> Done[Beat]:
    """Beat once: note what interrupted the running sessions since the beat before, and that we live.

    `before` counts where no key press has looked at the clocks since then.
    """
    after = read_clocks(desk)
    return done_here_too(desk, partial(_beat, before=before, after=after))


def _beat(desk: Desk, before: Beat, after: Beat) -> Done[Beat]:
    with desk.database.write(own_rows=True) as connection:
        seen = heartbeats.last_pulse(connection, lock=True)
        if seen is not None and before.uptime <= seen.uptime <= after.uptime:
            before = seen
        touched = note(connection, compare(before, after))
        heartbeats.write_beat(connection, after.wall, after.uptime)
    return done(after, Topic.SESSIONS) if touched else done(after)


def recover(desk: Desk) -> Done[list[SupportSession]]:
    """Note at the start of the program how long it did not run; return the sessions that go on.

    What a run without its server left here is carried over first, if the server is there.
    """
    return recovered(desk, _recover)


def _recover(desk: Desk) -> Done[list[SupportSession]]:
    now = desk.clock.now()
    with desk.database.write() as connection:
        last = heartbeats.last_beat(connection)
        found = after_restart(last, now) if last else None
        touched = note(connection, (found,)) if found else False
        # Uptime counts from the start of the machine: an earlier run's is nothing to compare with.
        heartbeats.write_beat(connection, now, None)
        going_on = sessions.my_open_sessions(connection)
    return done(going_on, Topic.SESSIONS) if touched else done(going_on)


def decide_gap(desk: Desk, session_id: int, gap_id: int, decision: GapDecision) -> Done[SupportSession]:
    """Keep a gap, take it off, or split the session at it; return the session that goes on.

    Raises RuleBroken SPLIT_IMPOSSIBLE where nothing lies on both sides, where the clock was set back
    and the gap is to be taken off, and for a gap at which the session was split before;
    REPORT_ALREADY_SENT; SESSION_BILLED; SESSION_UNKNOWN for a gap that is not on this session.
    """
    if decision is GapDecision.SPLIT:  # A second session takes a number, which only the server has.
        return _decide_gap(desk, session_id, gap_id, decision)
    return _decide_alone(desk, session_id, gap_id, decision)


@goes_on_alone
def _decide_alone(desk: Desk, session_id: int, gap_id: int, decision: GapDecision) -> Done[SupportSession]:
    return _decide_gap(desk, session_id, gap_id, decision)


def _decide_gap(desk: Desk, session_id: int, gap_id: int, decision: GapDecision) -> Done[SupportSession]:
    now = desk.clock.now()
    with desk.database.write() as connection:
        found = session_on(connection, session_id)
        gap = next((one for one in found.gaps if one.id == gap_id), None)
        if gap is None:
            raise RuleBroken(Rule.SESSION_UNKNOWN, number=session_id)
        refuse_billed(found)
        if any(mail.state in PERHAPS_RECEIVED for mail in outbox.of_session(connection, session_id)):
            raise RuleBroken(Rule.REPORT_ALREADY_SENT, number=found.number)
        if gap.decision is GapDecision.SPLIT or (
            decision is GapDecision.DEDUCT and gap.kind is GapKind.CLOCK_BACK
        ):
            raise RuleBroken(Rule.SPLIT_IMPOSSIBLE)
        going_on = session_id
        if decision is GapDecision.SPLIT:
            going_on = _split(connection, found, gap, now)
        gaps.decide_gap(connection, gap_id, decision)
        log_change(
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
    before, after = part(found, gap)
    if not _holds_time(before) or not _holds_time(after):
        raise RuleBroken(Rule.SPLIT_IMPOSSIBLE)
    ended = found.state is SessionState.ENDED
    second = sessions.insert_session(
        connection,
        number=next_session_number(connection, after[0].begin),
        customer_id=found.customer_id,
        workstation_id=found.workstation_id,
        supporter_id=found.supporter_id,
        state=SessionState.PAUSED.value if ended else found.state.value,
        begin=after[0].begin,
        requested_by=found.requested_by,
        channel=found.channel.value,
        tool=found.tool.value,
        partner_id=found.partner_id,
        recipient=found.recipient,
        billable=found.billable,
        free_reason_id=found.free_reason_id,
        not_possible=found.not_possible or "",
        exception_reason=found.exception.reason if found.exception else None,
        exception_by=found.exception.decided_by if found.exception else None,
        exception_at=found.exception.decided_at if found.exception else None,
        continued_from=found.id,
        created_at=now,
        # An ended session's names are frozen, and what is cut off from it keeps them.
        customer_name=found.customer_name if ended else None,
        workstation_name=found.workstation_name if ended else None,
        supporter_name=found.supporter_name if ended else None,
    )
    sessions.replace_segments(connection, second, after)
    gaps.move_gaps(connection, [one.id for one in found.gaps if one.id > gap.id], second)
    sessions.replace_segments(connection, found.id, before)
    asked = found.not_possible is None
    freeze(connection, found.id, report_open=asked)
    if ended:
        same_day = local_day(after[0].begin) == local_day(found.begin)
        freeze(connection, second, report_open=asked, tariff=found.tariff if same_day else None)
    return second


def _holds_time(segments: tuple[Segment, ...]) -> bool:
    return any(one.end is None or one.end > one.begin for one in segments)
