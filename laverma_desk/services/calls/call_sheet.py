"""What is written on a session during the call: notes, who asked, the connection, billing, the address."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from laverma_desk.domain.connecting import is_id
from laverma_desk.domain.customer import Channel, Tool
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.lines import has_lines
from laverma_desk.domain.message import PERHAPS_RECEIVED
from laverma_desk.domain.support_session import SessionState, SupportSession
from laverma_desk.services.alone import goes_on_alone
from laverma_desk.services.calls.interruptions import observe_since, read_clocks
from laverma_desk.services.calls.session_access import (
    place_on,
    refuse_billed,
    refuse_not_possible,
    session_on,
)
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.customers.trace import differences, log_differences
from laverma_desk.services.desk import Desk
from laverma_desk.storage import customer_records, outbox, sessions
from laverma_desk.storage.database import Connection
from laverma_desk.storage.session_notes import kept_notes, write_notes

NOTES_LIMIT = 200_000


@goes_on_alone
def save_notes(
    desk: Desk, session_id: int, notes: str, internal_note: str, *, base: tuple[str, str] | None = None
) -> Done[datetime]:
    """Keep the notes and return when they were saved. Raises RuleBroken TEXT_TOO_LONG, SESSION_BILLED.

    SESSION_OF_ANOTHER where it was handed over or taken over meanwhile: its notes are somebody else's then.
    `base` is what whoever types last knew of both texts: what somebody else has written below it since stays,
    below what is typed, and is told. Without it the texts are written over.
    While a session runs nobody else shows its notes. Once it has ended its report does, and is told.
    """
    for field, typed in (("notes", notes), ("internal_note", internal_note)):
        if len(typed) > NOTES_LIMIT:
            raise RuleBroken(Rule.TEXT_TOO_LONG, field=field, limit=NOTES_LIMIT)
    clocks = read_clocks(desk)
    with desk.database.write(own_rows=True) as connection:
        found = kept_notes(connection, session_id, with_heart=desk.database.shared)
        if found is None:
            raise RuleBroken(Rule.SESSION_UNKNOWN, number=session_id)
        refuse_billed(found)
        if not found.mine and found.state != SessionState.ENDED:
            taken = session_on(connection, session_id)
            raise RuleBroken(Rule.SESSION_OF_ANOTHER, number=taken.number, name=taken.supporter_name)
        touched = observe_since(connection, found.pulse, clocks)
        own = both = (_storable(notes), _storable(internal_note))
        if base is not None:
            both = (
                _with_added(own[0], _storable(base[0]), found.notes),
                _with_added(own[1], _storable(base[1]), found.internal_note),
            )
        if both != own or (found.state == SessionState.ENDED and found.notes != both[0]):
            touched = True
        write_notes(connection, session_id, found, *both)
    return done(clocks.wall, Topic.SESSIONS) if touched else done(clocks.wall)


def added_below(known: str, stored: str) -> str:
    """Return what stands on lines of its own below what was known of a text; empty where it was written anew.

    Blanks and empty lines at the end of what was known do not count: who writes below it takes them off.
    """
    above = known.rstrip()
    new = stored.removeprefix(above)
    return new.strip("\n") if stored.startswith(above) and (not above or new.startswith("\n")) else ""


def _with_added(typed: str, base: str, stored: str) -> str:
    lines = "" if stored == base else added_below(base, stored)
    return typed if not lines or has_lines(typed, lines) else f"{typed.rstrip()}\n\n{lines}".lstrip("\n")


def _storable(typed: str) -> str:
    """Take off what no file can hold: NUL, and halves of characters that a clipboard may bring."""
    return typed.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


@goes_on_alone
def save_order(desk: Desk, session_id: int, requested_by: str, channel: Channel) -> Done[SupportSession]:
    """Keep who asked for the session, and how."""
    return _update(desk, session_id, requested_by=requested_by.strip(), channel=channel.value)


def save_connection(
    desk: Desk, session_id: int, tool: Tool, partner_id: str, *, keep_on_workstation: bool = False
) -> Done[SupportSession]:
    """Keep the program and partner ID of a session, and on its workstation where asked for.

    Raises RuleBroken PARTNER_ID_INVALID for what is no ID of that program.
    """
    if partner_id and not is_id(tool, partner_id):
        raise RuleBroken(Rule.PARTNER_ID_INVALID, field="partner_id", tool=tool)
    if keep_on_workstation:
        return _keep_connection(desk, session_id, tool, partner_id)
    return _save_connection(desk, session_id, tool, partner_id)


@goes_on_alone
def _save_connection(desk: Desk, session_id: int, tool: Tool, partner_id: str) -> Done[SupportSession]:
    return _update(desk, session_id, tool=tool.value, partner_id=partner_id)


def _keep_connection(desk: Desk, session_id: int, tool: Tool, partner_id: str) -> Done[SupportSession]:
    with desk.database.write() as connection:
        found = _update_on(connection, session_id, tool=tool.value, partner_id=partner_id)
        place, _customer = place_on(connection, found.workstation_id)
        changed = replace(place, tool=tool, partner_id=partner_id)
        customer_records.update_workstation(connection, changed, desk.clock.now())
        lines = differences(place, changed, ("tool", "partner_id"), kind="workstation")
        log_differences(connection, desk, place.customer_id, lines)
        return done(found, Topic.SESSIONS, Topic.CUSTOMERS)


@goes_on_alone
def save_billing(
    desk: Desk, session_id: int, *, billable: bool, free_reason_id: int | None
) -> Done[SupportSession]:
    """Keep whether a session is billed, and the reason if it is free.

    Raises RuleBroken SESSION_NOT_POSSIBLE for an attempt.
    """
    return _update(desk, session_id, billable=billable, free_reason_id=None if billable else free_reason_id)


@goes_on_alone
def save_recipient(desk: Desk, session_id: int, address: str) -> Done[SupportSession]:
    """Keep where the report goes; the address has been checked by the caller."""
    return _update(desk, session_id, recipient=address)


def _update(desk: Desk, session_id: int, **values: object) -> Done[SupportSession]:
    with desk.database.write() as connection:
        return done(_update_on(connection, session_id, **values), Topic.SESSIONS)


def _update_on(connection: Connection, session_id: int, **values: object) -> SupportSession:
    found = session_on(connection, session_id)
    if values.keys() != {"recipient"}:
        refuse_billed(found)
    if "billable" in values:
        refuse_not_possible(found)
    if found.state is SessionState.ENDED and any(
        mail.state in PERHAPS_RECEIVED for mail in outbox.of_session(connection, session_id)
    ):
        raise RuleBroken(Rule.REPORT_ALREADY_SENT, number=found.number)
    sessions.update_session(connection, session_id, **values)
    return session_on(connection, session_id)
