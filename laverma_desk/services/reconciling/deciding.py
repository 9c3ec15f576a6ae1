"""What a person makes of connections: a session, a part of one, nothing. Each can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from laverma_desk.domain.connecting import is_id
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.reconciling import end_of
from laverma_desk.domain.support_session import Origin, SupportSession
from laverma_desk.services.calls.session_access import session_on
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.corrections.change_lines import who_on
from laverma_desk.services.corrections.entry import SessionEntry
from laverma_desk.services.corrections.recording import record_on
from laverma_desk.services.desk import Desk
from laverma_desk.services.reconciling.matching import match_open
from laverma_desk.services.reconciling.open_groups import Group, Places
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage import connection_rows, telephone_sessions
from laverma_desk.storage.database import Connection

_FRESH: dict[str, Any] = {
    "state": "open", "session_id": None, "decided_by": "", "decided_at": None, "reason": "",
    "confirmed": False,
}  # fmt: skip
"""A connection about which nobody has said anything."""


def make_session(
    desk: Desk,
    ids: Sequence[int],
    *,
    workstation_id: int | None = None,
    supporter_id: int | None = None,
    requested_by: str = "",
    notes: str = "",
    billable: bool = True,
    free_reason_id: int | None = None,
) -> Done[SupportSession]:
    """Record a session from the first begin to the last end of connections, and give them to it.

    It is over, its origin is the log, and nothing is sent or billed by that; without an agreement on its
    day it waits for a reason, as every late session. The machine is that of the partner ID, the supporter
    whoever sits here, unless others are named. Raises RuleBroken CONNECTION_UNKNOWN, CONNECTION_DECIDED,
    CONNECTION_WITHOUT_TIME, CONNECTION_WITHOUT_MACHINE, and what `record_session` raises.
    """
    now = desk.clock.now()
    with desk.database.write() as connection:
        group = _open(connection, ids)
        first, end = group[0], end_of(group)
        if end is None or end <= first.begin:
            raise RuleBroken(Rule.CONNECTION_WITHOUT_TIME)
        if workstation_id is None:
            place, _several = Places(connection, group).of(first)
            if place is None:
                raise RuleBroken(Rule.CONNECTION_WITHOUT_MACHINE)
            workstation_id = place.workstation_id
        supporter = house_on(connection).supporter
        if supporter is None:
            raise RuleBroken(Rule.SUPPORTER_MISSING)
        entry = SessionEntry(
            workstation_id=workstation_id,
            supporter_id=supporter_id or supporter.id,
            begin=first.begin,
            end=end,
            requested_by=requested_by,
            tool=first.tool,
            partner_id=first.partner_id if is_id(first.tool, first.partner_id) else "",
            notes=notes,
            billable=billable,
            free_reason_id=free_reason_id,
        )
        found = record_on(connection, entry, now, Origin.LOG)
        _decide(desk, connection, group, state="matched", session_id=found.id)
        return done(found, Topic.CONNECTIONS, Topic.SESSIONS)


def join_session(desk: Desk, ids: Sequence[int], session_id: int) -> Done[int]:
    """Give open connections to a session, which stays as it is; return how many they are.

    Raises RuleBroken CONNECTION_UNKNOWN, CONNECTION_DECIDED, SESSION_UNKNOWN.
    """
    with desk.database.write() as connection:
        group = _open(connection, ids)
        found = session_on(connection, session_id)
        telephone_sessions.take_telephone_back(connection, found.id)
        _decide(desk, connection, group, state="matched", session_id=found.id)
        return done(len(group), Topic.CONNECTIONS)


def ignore(desk: Desk, ids: Sequence[int], reason: str) -> Done[int]:
    """Pass open connections over, for a reason; return how many they are.

    Raises RuleBroken REASON_MISSING (field `reason`), CONNECTION_UNKNOWN, CONNECTION_DECIDED.
    """
    words = " ".join(reason.split())
    if not words:
        raise RuleBroken(Rule.REASON_MISSING, field="reason")
    with desk.database.write() as connection:
        group = _open(connection, ids)
        _decide(desk, connection, group, state="ignored", reason=words)
        return done(len(group), Topic.CONNECTIONS)


def take_back(desk: Desk, ids: Sequence[int]) -> Done[SupportSession | None]:
    """Let connections be open again, whatever was decided about them.

    A session that was made of them stays; it is returned so that this can be said, None where they had
    none. What belonged to a session stays open when the file is read again. Raises RuleBroken
    CONNECTION_UNKNOWN.
    """
    with desk.database.write() as connection:
        group = _found(connection, ids)
        session_id = next((one.session_id for one in group if one.session_id is not None), None)
        of_session = tuple(one for one in group if one.session_id is not None)
        others = [one.id for one in group if one.session_id is None]
        if of_session:
            _decide(desk, connection, of_session, **_FRESH)
        connection_rows.write(connection, others, **_FRESH)
        found = session_on(connection, session_id) if session_id is not None else None
    return done(found, Topic.CONNECTIONS)


def separate(desk: Desk, ids: Sequence[int]) -> Done[int]:
    """Part joined connections: the first stays where it is, the others are open, each by itself.

    Return how many were parted from it. Raises RuleBroken CONNECTION_UNKNOWN.
    """
    with desk.database.write() as connection:
        _first, *others = _found(connection, ids)
        connection_rows.write(connection, [one.id for one in others], apart=True)
        _decide(desk, connection, tuple(one for one in others if one.state != "open"), **_FRESH)
        return done(len(others), Topic.CONNECTIONS)


def join_again(desk: Desk, ids: Sequence[int]) -> Done[int]:
    """Take back that connections were parted; return how many came back to the others.

    Where the others belong to a session they do so again; what was decided about one meanwhile stays.
    Raises RuleBroken CONNECTION_UNKNOWN.
    """
    with desk.database.write() as connection:
        group = _found(connection, ids)
        parted = [one.id for one in group if one.apart and one.state == "open"]
        home = next((one for one in group if not one.apart and one.session_id is not None), None)
        connection_rows.write(connection, parted, **_FRESH | {"apart": False})
        if home is None:
            match_open(connection, desk.clock.now())
        else:
            stamp = {"decided_by": home.decided_by, "decided_at": home.decided_at}
            connection_rows.write(connection, parted, state="matched", session_id=home.session_id, **stamp)
    return done(len(parted), Topic.CONNECTIONS)


def confirm(desk: Desk, ids: Sequence[int]) -> Done[int]:
    """Note that a joining was looked at; return how many connections it has."""
    return _mark(desk, ids, confirmed=True)


def unconfirm(desk: Desk, ids: Sequence[int]) -> Done[int]:
    """Take back that a joining was looked at; return how many connections it has."""
    return _mark(desk, ids, confirmed=False)


def _mark(desk: Desk, ids: Sequence[int], *, confirmed: bool) -> Done[int]:
    with desk.database.write() as connection:
        group = _found(connection, ids)
        connection_rows.write(connection, [one.id for one in group], confirmed=confirmed)
    return done(len(group), Topic.CONNECTIONS)


def telephone_only(desk: Desk, session_id: int) -> Done[None]:
    """Say that nothing was connected during a session. Raises RuleBroken SESSION_UNKNOWN."""
    with desk.database.write() as connection:
        found = session_on(connection, session_id)
        telephone_sessions.say_telephone(connection, found.id, who_on(connection), desk.clock.now())
    return done(None, Topic.CONNECTIONS)


def not_telephone_only(desk: Desk, session_id: int) -> Done[None]:
    """Take back that nothing was connected. Raises RuleBroken SESSION_UNKNOWN."""
    with desk.database.write() as connection:
        telephone_sessions.take_telephone_back(connection, session_on(connection, session_id).id)
    return done(None, Topic.CONNECTIONS)


def _found(connection: Connection, ids: Sequence[int]) -> Group:
    wanted = set(ids)
    found = connection_rows.several(connection, wanted)
    if not found or len(found) != len(wanted):
        raise RuleBroken(Rule.CONNECTION_UNKNOWN)
    return tuple(found)


def _open(connection: Connection, ids: Sequence[int]) -> Group:
    group = _found(connection, ids)
    if any(one.state != "open" for one in group):
        raise RuleBroken(Rule.CONNECTION_DECIDED)
    return group


def _decide(desk: Desk, connection: Connection, group: Group, **values: Any) -> None:
    stamp = {"decided_by": who_on(connection), "decided_at": desk.clock.now()}
    connection_rows.write(connection, [one.id for one in group], **values | stamp)
