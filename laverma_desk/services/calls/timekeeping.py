"""Start, pause, go on, end: each key press is a timestamp in the database before the screen moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import PERHAPS_RECEIVED, MessageState
from laverma_desk.domain.support_session import Segment, SessionState, SupportSession
from laverma_desk.domain.tariff import Tariff
from laverma_desk.domain.timekeeping import Beat
from laverma_desk.services.alone import (
    goes_on_alone,
    keep,
    rows_to_keep,
    seen_alone,
    session_seen_alone,
    strip_seen_alone,
)
from laverma_desk.services.calls.attempt_log import billing_before
from laverma_desk.services.calls.interruptions import observe, observe_since, read_clocks
from laverma_desk.services.calls.session_access import (
    freeze,
    go_on,
    next_session_number,
    open_on,
    pass_gate,
    place_on,
    refuse_billed,
    session_on,
    stop,
)
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.customers.recipients import address_among, report_recipient
from laverma_desk.services.customers.tariffs import tariff_of
from laverma_desk.services.desk import Desk
from laverma_desk.storage import customers, outbox, sessions
from laverma_desk.storage.database import Connection
from laverma_desk.storage.session_history import Change, changes_of, log_change
from laverma_desk.storage.starting import Concerned, begin_session, concerned


def start_session(
    desk: Desk,
    workstation_id: int,
    *,
    exception_reason: str | None = None,
    exception_by: str = "",
    requested_by: str | None = None,
) -> Done[SupportSession]:
    """Start the clock for a workstation, now.

    Without a valid agreement on this day it needs an exception: a typed reason and a name. Raises
    RuleBroken AGREEMENT_MISSING, EXCEPTION_NOT_ALLOWED (the customer cancelled the agreement),
    EXCEPTION_WITHOUT_REASON, EXCEPTION_WITHOUT_NAME, WORKSTATION_UNKNOWN, SUPPORTER_MISSING.
    """
    clocks = read_clocks(desk)
    now = clocks.wall
    with desk.database.write() as connection:
        found = _concerned_on(connection, workstation_id)
        if found.supporter_id is None:
            raise RuleBroken(Rule.SUPPORTER_MISSING)
        observe_since(connection, found.pulse, clocks)
        exception = pass_gate(connection, found.customer_id, now, exception_reason, exception_by)
        if requested_by is None:
            requested_by = found.people[0].name if found.people else ""
        started = SupportSession(
            id=0,
            number=next_session_number(connection, now),
            customer_id=found.customer_id,
            workstation_id=found.workstation_id,
            supporter_id=found.supporter_id,
            customer_name=found.customer_name,
            workstation_name=found.workstation_name,
            supporter_name=found.supporter_name,
            state=SessionState.RUNNING,
            segments=(Segment(now),),
            requested_by=requested_by,
            tool=found.tool,
            partner_id=found.partner_id,
            recipient=address_among(found.email_report, found.people),
            exception=exception,
        )
        started = replace(started, id=begin_session(connection, started))
        if exception is not None:
            log_change(
                connection,
                started.id,
                Change(now, exception.decided_by, "exception", "", "", exception.reason),
            )
        rows = rows_to_keep(desk, connection, started.id)
    keep(desk, started.id, rows)
    return done(started, Topic.SESSIONS)


def _concerned_on(connection: Connection, workstation_id: int) -> Concerned:
    """Return who a start concerns; see `place_on`, whose errors it raises, for a record that was merged."""
    found = concerned(connection, workstation_id)
    if found is not None and found.merged:
        place, _customer = place_on(connection, workstation_id)
        found = concerned(connection, place.id)
    if found is None:
        raise RuleBroken(Rule.WORKSTATION_UNKNOWN)
    if found.restricted_at is not None:
        raise RuleBroken(Rule.CUSTOMER_RESTRICTED)
    return found


@session_seen_alone
def read_session(desk: Desk, session_id: int) -> SupportSession:
    """Return a session. Raises RuleBroken SESSION_UNKNOWN."""
    with desk.database.read() as connection:
        return session_on(connection, session_id)


@strip_seen_alone
def strip_sessions(desk: Desk) -> list[SupportSession]:
    """Return the sessions that the strip shows: running, paused, or ended with an open report."""
    with desk.database.read() as connection:
        return sessions.on_the_strip(connection)


def session_history(desk: Desk, session_id: int) -> list[Change]:
    """Return who changed what on a session, the oldest line first."""
    with desk.database.read() as connection:
        return changes_of(connection, session_id)


@goes_on_alone
def pause_session(desk: Desk, session_id: int) -> Done[SupportSession]:
    """Stop the time without ending the session; a paused one stays as it is."""
    clocks = read_clocks(desk)
    with desk.database.write(own_rows=True) as connection:
        observe(connection, clocks)
        _hold(desk, connection, session_id)
        found = open_on(connection, session_id)
        if found.state is SessionState.RUNNING:
            stop(connection, found, clocks.wall)
            sessions.update_session(connection, session_id, state=SessionState.PAUSED.value)
        return done(session_on(connection, session_id), Topic.SESSIONS)


@goes_on_alone
def resume_session(desk: Desk, session_id: int) -> Done[SupportSession]:
    """Let the time of a paused session go on; a running one stays as it is."""
    clocks = read_clocks(desk)
    with desk.database.write(own_rows=True) as connection:
        observe(connection, clocks)
        _hold(desk, connection, session_id)
        found = open_on(connection, session_id)
        if found.state is SessionState.PAUSED:
            go_on(connection, found, clocks.wall)
        return done(session_on(connection, session_id), Topic.SESSIONS)


@goes_on_alone
def end_session(
    desk: Desk, session_id: int, *, report_open: bool = True, pressed: Beat | None = None
) -> Done[SupportSession]:
    """End a session and freeze its names, its tariff and what it costs; its report stays to be done.

    `pressed` is when the key was pressed, where the file has kept us waiting since. Stopping is never
    refused for a reason that could be mended later. Raises RuleBroken SESSION_ENDED.
    """
    clocks = pressed or read_clocks(desk)
    with desk.database.write() as connection:
        observe(connection, clocks)
        found = open_on(connection, session_id)
        stop(connection, found, clocks.wall)
        freeze(connection, session_id, report_open=report_open)
        return done(session_on(connection, session_id), Topic.SESSIONS)


@seen_alone
def current_tariff(desk: Desk, customer_id: int, begin: datetime) -> Tariff:
    """Return the tariff under which a session that began then is charged."""
    with desk.database.read() as connection:
        return tariff_of(connection, customer_id, begin)


@goes_on_alone
def reopen_session(desk: Desk, session_id: int) -> Done[SupportSession]:
    """Take the end back: the clock runs again from now on, a waiting report is withdrawn.

    The time since the end is not counted. An attempt that was not possible becomes the session that it was,
    with its time and its billing. Raises RuleBroken REPORT_ALREADY_SENT where the report is
    on its way or with the customer, SESSION_RECORDED where no clock ran, SESSION_NOT_ENDED.
    """
    clocks = read_clocks(desk)
    now = clocks.wall
    with desk.database.write() as connection:
        observe(connection, clocks)
        found = session_on(connection, session_id)
        if found.state is not SessionState.ENDED:
            raise RuleBroken(Rule.SESSION_NOT_ENDED, number=found.number)
        refuse_billed(found)
        if not found.origin.was_clocked:
            raise RuleBroken(Rule.SESSION_RECORDED, number=found.number)
        mails = [
            mail
            for mail in outbox.of_session(connection, session_id)
            if mail.state is not MessageState.DISCARDED
        ]
        if any(mail.state in PERHAPS_RECEIVED for mail in mails):
            raise RuleBroken(Rule.REPORT_ALREADY_SENT, number=found.number)
        for mail in mails:
            outbox.update_message(connection, mail.id, state=MessageState.DISCARDED.value)
        go_on(connection, found, now)
        thawed = {**sessions.THAWED, **billing_before(connection, found)}
        sessions.update_session(connection, session_id, report_open=False, **thawed)
        log_change(connection, session_id, Change(now, found.supporter_name, "state", "ended", "running"))
        return done(session_on(connection, session_id), Topic.SESSIONS, Topic.OUTBOX)


@goes_on_alone
def close_report(desk: Desk, session_id: int) -> Done[None]:
    """Take an ended session off the strip without a report ("Nur beenden").

    Raises RuleBroken SESSION_UNKNOWN, SESSION_NOT_ENDED.
    """
    with desk.database.write() as connection:
        found = session_on(connection, session_id)
        if found.state is not SessionState.ENDED:
            raise RuleBroken(Rule.SESSION_NOT_ENDED, number=found.number)
        sessions.update_session(connection, session_id, report_open=False)
    return done(None, Topic.SESSIONS)


@goes_on_alone
def set_start(desk: Desk, session_id: int, begin: datetime) -> Done[SupportSession]:
    """Move the first instant of a session that has not ended; the change is logged.

    Raises RuleBroken START_IN_FUTURE, END_BEFORE_START (the first segment ended earlier).
    """
    now = desk.clock.now()
    with desk.database.write() as connection:
        found = open_on(connection, session_id)
        first = found.segments[0]
        if begin > now:
            raise RuleBroken(Rule.START_IN_FUTURE, field="begin")
        if first.end is not None and begin >= first.end:
            raise RuleBroken(Rule.END_BEFORE_START, field="begin")
        if begin == first.begin:
            return done(found)
        sessions.replace_segments(connection, session_id, [replace(first, begin=begin), *found.segments[1:]])
        log_change(
            connection,
            session_id,
            Change(now, found.supporter_name, "begin", first.begin.isoformat(), begin.isoformat()),
        )
        return done(session_on(connection, session_id), Topic.SESSIONS)


def move_session(desk: Desk, session_id: int, workstation_id: int) -> Done[SupportSession]:
    """Give a session that has not ended to another workstation (the wrong one was picked).

    The gate is asked again for another customer. Raises RuleBroken AGREEMENT_MISSING, SESSION_ENDED.
    """
    now = desk.clock.now()
    with desk.database.write() as connection:
        found = open_on(connection, session_id)
        place, customer = place_on(connection, workstation_id)
        values: dict[str, object] = {
            "workstation_id": place.id,
            "tool": place.tool.value,
            "partner_id": place.partner_id,
        }
        if customer.id != found.customer_id:
            pass_gate(connection, customer.id, found.begin, None, "")
            contacts = customers.contacts_of(connection, customer.id)
            values |= {
                "customer_id": customer.id,
                "recipient": report_recipient(connection, customer),
                "requested_by": contacts[0].name if contacts else "",
                "exception_reason": None,
                "exception_by": None,
                "exception_at": None,
            }
        sessions.update_session(connection, session_id, **values)
        new = session_on(connection, session_id)
        log_change(
            connection, session_id, Change(now, found.supporter_name, "partner", found.partner, new.partner)
        )
        return done(new, Topic.SESSIONS)


def _hold(desk: Desk, connection: Connection, session_id: int) -> None:
    """Let nobody else write on a session in this transaction; on a file it holds all of it anyway."""
    if desk.database.shared:
        from laverma_desk.storage.session_holding import hold_session  # noqa: PLC0415 (a server's alone)

        hold_session(connection, session_id)
