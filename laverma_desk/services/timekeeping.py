"""Start, pause, go on, end: each key press is a timestamp in the database before the screen moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from laverma_desk.domain.agreement import agreement_status
from laverma_desk.domain.clock import local, local_day
from laverma_desk.domain.customer import Channel, Customer, Tool, Workstation, is_partner_id
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.money import charge
from laverma_desk.domain.support_session import (
    AgreementException,
    Segment,
    SessionState,
    SupportSession,
    seconds,
)
from laverma_desk.domain.tariff import Tariff, tariff_on
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.house import house_on
from laverma_desk.services.interruptions import observe, read_clocks
from laverma_desk.storage import customers, house, numbers, outbox, sessions
from laverma_desk.storage.database import Connection
from laverma_desk.storage.sessions import Change

NOTES_LIMIT = 200_000


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
        observe(connection, clocks)
        place, customer = place_on(connection, workstation_id)
        supporter = house_on(connection).supporter
        if supporter is None:
            raise RuleBroken(Rule.SUPPORTER_MISSING)
        exception = _pass_gate(connection, customer.id, now, exception_reason, exception_by)
        if requested_by is None:
            contacts = customers.contacts_of(connection, customer.id)
            requested_by = contacts[0].name if contacts else ""
        number = sessions.insert_session(
            connection,
            number=next_session_number(connection, now),
            customer_id=customer.id,
            workstation_id=place.id,
            supporter_id=supporter.id,
            state=SessionState.RUNNING.value,
            begin=now,
            requested_by=requested_by,
            tool=place.tool.value,
            partner_id=place.partner_id,
            recipient=customer.email_report,
            exception_reason=exception.reason if exception else None,
            exception_by=exception.decided_by if exception else None,
            exception_at=exception.decided_at if exception else None,
            created_at=now,
        )
        sessions.replace_segments(connection, number, [Segment(now)])
        if exception is not None:
            sessions.log_change(
                connection, number, Change(now, exception.decided_by, "exception", "", "", exception.reason)
            )
        return done(session_on(connection, number), Topic.SESSIONS)


def place_on(connection: Connection, workstation_id: int) -> tuple[Workstation, Customer]:
    """Return a workstation and its customer. Raises RuleBroken WORKSTATION_UNKNOWN."""
    place = customers.find_workstation(connection, workstation_id)
    customer = customers.find(connection, place.customer_id) if place else None
    if place is None or customer is None:
        raise RuleBroken(Rule.WORKSTATION_UNKNOWN)
    return place, customer


def _pass_gate(
    connection: Connection, customer_id: int, now: datetime, reason: str | None, by: str
) -> AgreementException | None:
    status = agreement_status(customers.agreements_of(connection, customer_id), local_day(now))
    if status.allows_session:
        return None
    if reason is None:
        raise RuleBroken(Rule.AGREEMENT_MISSING, state=status.state, until=status.until)
    if not status.allows_exception:
        raise RuleBroken(Rule.EXCEPTION_NOT_ALLOWED)
    if not reason.strip():
        raise RuleBroken(Rule.EXCEPTION_WITHOUT_REASON, field="reason")
    if not by.strip():
        raise RuleBroken(Rule.EXCEPTION_WITHOUT_NAME, field="decided_by")
    return AgreementException(reason.strip(), by.strip(), now)


def next_session_number(connection: Connection, begin: datetime) -> str:
    """Take the next readable number: S-, the year of the start, counted in the order of recording."""
    year = local(begin).year
    return session_number(year, numbers.take(connection, numbers.SESSIONS, year))


def session_number(year: int, count: int) -> str:
    """Return a readable number, S-2022-0214."""
    return f"S-{year}-{count:04}"


def session_on(connection: Connection, number: int) -> SupportSession:
    """Return a session. Raises RuleBroken SESSION_UNKNOWN."""
    found = sessions.find(connection, number)
    if found is None:
        raise RuleBroken(Rule.SESSION_UNKNOWN, number=number)
    return found


def open_on(connection: Connection, number: int) -> SupportSession:
    """Return a session that has not ended. Raises RuleBroken SESSION_UNKNOWN, SESSION_ENDED."""
    found = session_on(connection, number)
    if found.state is SessionState.ENDED:
        raise RuleBroken(Rule.SESSION_ENDED, number=found.number)
    return found


def read_session(desk: Desk, number: int) -> SupportSession:
    """Return a session. Raises RuleBroken SESSION_UNKNOWN."""
    with desk.database.read() as connection:
        return session_on(connection, number)


def strip_sessions(desk: Desk) -> list[SupportSession]:
    """Return the sessions that the strip shows: running, paused, or ended with an open report."""
    with desk.database.read() as connection:
        return sessions.on_the_strip(connection)


def session_history(desk: Desk, number: int) -> list[Change]:
    """Return who changed what on a session, the oldest line first."""
    with desk.database.read() as connection:
        return sessions.changes_of(connection, number)


def pause_session(desk: Desk, number: int) -> Done[SupportSession]:
    """Stop the time without ending the session; a paused one stays as it is."""
    clocks = read_clocks(desk)
    with desk.database.write() as connection:
        observe(connection, clocks)
        found = open_on(connection, number)
        if found.state is SessionState.RUNNING:
            _close_segment(connection, found, clocks.wall)
            sessions.update_session(connection, number, state=SessionState.PAUSED.value)
        return done(session_on(connection, number), Topic.SESSIONS)


def resume_session(desk: Desk, number: int) -> Done[SupportSession]:
    """Let the time of a paused session go on; a running one stays as it is."""
    clocks = read_clocks(desk)
    with desk.database.write() as connection:
        observe(connection, clocks)
        found = open_on(connection, number)
        if found.state is SessionState.PAUSED:
            sessions.replace_segments(connection, number, [*found.segments, Segment(clocks.wall)])
            sessions.update_session(connection, number, state=SessionState.RUNNING.value)
        return done(session_on(connection, number), Topic.SESSIONS)


def _close_segment(connection: Connection, found: SupportSession, now: datetime) -> None:
    last = found.segments[-1]
    # Where the wall clock was set back behind the start, the end must not come before the beginning.
    closed = replace(last, end=max(now, last.begin))
    sessions.replace_segments(connection, found.id, [*found.segments[:-1], closed])


def end_session(desk: Desk, number: int, *, report_open: bool = True) -> Done[SupportSession]:
    """End a session and freeze its names, its tariff and what it costs; its report stays to be done.

    Stopping is never refused for a reason that could be mended later. Raises RuleBroken SESSION_ENDED.
    """
    clocks = read_clocks(desk)
    with desk.database.write() as connection:
        observe(connection, clocks)
        found = open_on(connection, number)
        if found.state is SessionState.RUNNING:
            _close_segment(connection, found, clocks.wall)
        freeze(connection, number, report_open=report_open)
        return done(session_on(connection, number), Topic.SESSIONS)


def freeze(connection: Connection, number: int, *, report_open: bool, tariff: Tariff | None = None) -> None:
    """End a session whose last segment is closed: names, the tariff of its first day, what it costs.

    A tariff that was frozen before stays, whatever the house has changed since; `tariff` goes before both.
    """
    found = session_on(connection, number)
    tariff = tariff or found.tariff or tariff_of(connection, found.customer_id, found.begin)
    cost = charge(seconds(found, found.end or found.begin), tariff)
    sessions.update_session(
        connection,
        number,
        state=SessionState.ENDED.value,
        report_open=report_open,
        customer_name=found.customer_name,
        workstation_name=found.workstation_name,
        supporter_name=found.supporter_name,
        **sessions.frozen_values(tariff, cost),
    )


def tariff_of(connection: Connection, customer_id: int, begin: datetime) -> Tariff:
    """Return the tariff that counts for a customer on the local day of an instant."""
    own = customers.tariffs_of(connection, customer_id)
    return tariff_on(local_day(begin), house.tariffs(connection), own)


def current_tariff(desk: Desk, customer_id: int, begin: datetime) -> Tariff:
    """Return the tariff under which a session that began then is charged."""
    with desk.database.read() as connection:
        return tariff_of(connection, customer_id, begin)


SENT = (MessageState.SENDING, MessageState.HANDED_OVER, MessageState.UNCLEAR)


def reopen_session(desk: Desk, number: int) -> Done[SupportSession]:
    """Take the end back: the clock runs again from now on, a waiting report is withdrawn.

    The time since the end is not counted. Raises RuleBroken REPORT_ALREADY_SENT where the report is
    on its way or with the customer, SESSION_NOT_ENDED.
    """
    clocks = read_clocks(desk)
    now = clocks.wall
    with desk.database.write() as connection:
        observe(connection, clocks)
        found = session_on(connection, number)
        if found.state is not SessionState.ENDED:
            raise RuleBroken(Rule.SESSION_NOT_ENDED, number=found.number)
        mails = [
            mail for mail in outbox.of_session(connection, number) if mail.state is not MessageState.DISCARDED
        ]
        if any(mail.state in SENT for mail in mails):
            raise RuleBroken(Rule.REPORT_ALREADY_SENT, number=found.number)
        for mail in mails:
            outbox.update_message(connection, mail.id, state=MessageState.DISCARDED.value)
        sessions.update_session(
            connection, number, state=SessionState.RUNNING.value, report_open=False, **sessions.THAWED
        )
        sessions.replace_segments(connection, number, [*found.segments, Segment(now)])
        sessions.log_change(
            connection, number, Change(now, found.supporter_name, "state", "ended", "running")
        )
        return done(session_on(connection, number), Topic.SESSIONS, Topic.OUTBOX)


def close_report(desk: Desk, number: int) -> Done[None]:
    """Take an ended session off the strip without a report ("Nur beenden").

    Raises RuleBroken SESSION_UNKNOWN, SESSION_NOT_ENDED.
    """
    with desk.database.write() as connection:
        found = session_on(connection, number)
        if found.state is not SessionState.ENDED:
            raise RuleBroken(Rule.SESSION_NOT_ENDED, number=found.number)
        sessions.update_session(connection, number, report_open=False)
    return done(None, Topic.SESSIONS)


def set_start(desk: Desk, number: int, begin: datetime) -> Done[SupportSession]:
    """Move the first instant of a session that has not ended; the change is logged.

    Raises RuleBroken START_IN_FUTURE, END_BEFORE_START (the first segment ended earlier).
    """
    now = desk.clock.now()
    with desk.database.write() as connection:
        found = open_on(connection, number)
        first = found.segments[0]
        if begin > now:
            raise RuleBroken(Rule.START_IN_FUTURE, field="begin")
        if first.end is not None and begin >= first.end:
            raise RuleBroken(Rule.END_BEFORE_START, field="begin")
        if begin == first.begin:
            return done(found)
        sessions.replace_segments(connection, number, [replace(first, begin=begin), *found.segments[1:]])
        sessions.log_change(
            connection,
            number,
            Change(now, found.supporter_name, "begin", first.begin.isoformat(), begin.isoformat()),
        )
        return done(session_on(connection, number), Topic.SESSIONS)


def save_notes(desk: Desk, number: int, notes: str, internal_note: str) -> Done[datetime]:
    """Keep the notes and return when they were saved. Raises RuleBroken TEXT_TOO_LONG."""
    for field, typed in (("notes", notes), ("internal_note", internal_note)):
        if len(typed) > NOTES_LIMIT:
            raise RuleBroken(Rule.TEXT_TOO_LONG, field=field, limit=NOTES_LIMIT)
    clocks = read_clocks(desk)
    with desk.database.write() as connection:
        touched = observe(connection, clocks)
        sessions.update_session(
            connection,
            session_on(connection, number).id,
            notes=_storable(notes),
            internal_note=_storable(internal_note),
        )
    return done(clocks.wall, Topic.SESSIONS) if touched else done(clocks.wall)


def _storable(typed: str) -> str:
    """Take off what no file can hold: NUL, and halves of characters that a clipboard may bring."""
    return typed.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def save_order(desk: Desk, number: int, requested_by: str, channel: Channel) -> Done[SupportSession]:
    """Keep who asked for the session, and how."""
    return _update(desk, number, requested_by=requested_by.strip(), channel=channel.value)


def save_connection(
    desk: Desk, number: int, tool: Tool, partner_id: str, *, keep_on_workstation: bool = False
) -> Done[SupportSession]:
    """Keep the program and partner ID of a session, and on its workstation where asked for.

    Raises RuleBroken PARTNER_ID_INVALID for a TeamViewer ID without nine or ten digits.
    """
    if partner_id and tool is Tool.TEAMVIEWER and not is_partner_id(partner_id):
        raise RuleBroken(Rule.PARTNER_ID_INVALID, field="partner_id")
    with desk.database.write() as connection:
        found = _update_on(connection, number, tool=tool.value, partner_id=partner_id)
        if not keep_on_workstation:
            return done(found, Topic.SESSIONS)
        place, _customer = place_on(connection, found.workstation_id)
        customers.put_workstation(connection, replace(place, tool=tool, partner_id=partner_id))
    return done(found, Topic.SESSIONS, Topic.CUSTOMERS)


def save_billing(
    desk: Desk, number: int, *, billable: bool, free_reason_id: int | None
) -> Done[SupportSession]:
    """Keep whether a session is billed, and the reason if it is free."""
    return _update(desk, number, billable=billable, free_reason_id=None if billable else free_reason_id)


def save_recipient(desk: Desk, number: int, address: str) -> Done[SupportSession]:
    """Keep where the report goes; the address has been checked by the caller."""
    return _update(desk, number, recipient=address)


def move_session(desk: Desk, number: int, workstation_id: int) -> Done[SupportSession]:
    """Give a session that has not ended to another workstation (the wrong one was picked).

    The gate is asked again for another customer. Raises RuleBroken AGREEMENT_MISSING, SESSION_ENDED.
    """
    now = desk.clock.now()
    with desk.database.write() as connection:
        found = open_on(connection, number)
        place, customer = place_on(connection, workstation_id)
        values: dict[str, object] = {
            "workstation_id": place.id,
            "tool": place.tool.value,
            "partner_id": place.partner_id,
        }
        if customer.id != found.customer_id:
            _pass_gate(connection, customer.id, found.begin, None, "")
            contacts = customers.contacts_of(connection, customer.id)
            values |= {
                "customer_id": customer.id,
                "recipient": customer.email_report,
                "requested_by": contacts[0].name if contacts else "",
                "exception_reason": None,
                "exception_by": None,
                "exception_at": None,
            }
        sessions.update_session(connection, number, **values)
        new = session_on(connection, number)
        sessions.log_change(
            connection, number, Change(now, found.supporter_name, "partner", found.partner, new.partner)
        )
        return done(new, Topic.SESSIONS)


def _update(desk: Desk, number: int, **values: object) -> Done[SupportSession]:
    with desk.database.write() as connection:
        return done(_update_on(connection, number, **values), Topic.SESSIONS)


def _update_on(connection: Connection, number: int, **values: object) -> SupportSession:
    found = session_on(connection, number)
    if found.state is SessionState.ENDED and any(
        mail.state in SENT for mail in outbox.of_session(connection, number)
    ):
        raise RuleBroken(Rule.REPORT_ALREADY_SENT, number=found.number)
    sessions.update_session(connection, number, **values)
    return session_on(connection, number)
