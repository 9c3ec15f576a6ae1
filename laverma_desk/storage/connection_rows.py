"""Read connections with what became of them, and write what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, bindparam, case, func, literal_column, select, update

from laverma_desk.domain.connection import LogKind
from laverma_desk.domain.customer import Tool
from laverma_desk.domain.reconciling import KnownConnection
from laverma_desk.storage.connections import ERASED_KEY
from laverma_desk.storage.portions import portions
from laverma_desk.storage.tables import log_reading, remote_connection, session

_OPEN: ColumnElement[str] = literal_column("'open'", Text)
"""Written out as in the partial index."""

_C = remote_connection.c


@dataclass(frozen=True)
class StoredConnection(KnownConnection):
    """A connection with its words, where it was read, and what became of it.

    `state` is open, matched or ignored. `decided_by`: a person left it so; "" where the program did.
    """

    kind: LogKind = LogKind.TEAMVIEWER_OUTGOING
    partner_name: str = ""
    local_user: str = ""
    purpose: str = ""
    note: str = ""
    state: str = "open"
    session_id: int | None = None
    confirmed: bool = False
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""
    line_number: int = 0


_COLUMNS = (
    *(_C.id, _C.tool, _C.partner_id, _C.begin, _C.end, _C.apart, log_reading.c.kind, _C.partner_name),
    *(_C.local_user, _C.purpose, _C.note, _C.state, _C.session_id, _C.confirmed, _C.decided_by),
    *(_C.decided_at, _C.reason, _C.line_number),
)


def _fetch(connection: Connection, *conditions: ColumnElement[bool]) -> list[StoredConnection]:
    statement = (
        select(*_COLUMNS)
        .join(log_reading, log_reading.c.id == _C.reading_id)
        .where(*conditions)
        .order_by(_C.begin, _C.id)
    )
    return [
        StoredConnection(**dict(row._mapping) | {"tool": Tool(row.tool), "kind": LogKind(row.kind)})  # noqa: SLF001
        for row in connection.execute(statement)
    ]


def _between(first: datetime | None, last: datetime | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if first is not None:
        conditions.append(_C.begin >= first)
    if last is not None:
        conditions.append(_C.begin <= last)
    return conditions


def open_connections(
    connection: Connection, first: datetime | None = None, last: datetime | None = None
) -> list[StoredConnection]:
    """Return the open ones that began between two instants, both included, the oldest first."""
    return _fetch(connection, _C.state == _OPEN, *_between(first, last))


def undecided(connection: Connection, since: datetime | None = None) -> list[StoredConnection]:
    """Return the open ones about which nobody has said that they stay open."""
    return _fetch(connection, _C.state == _OPEN, _C.decided_by == "", *_between(since, None))


def ignored(
    connection: Connection, first: datetime | None = None, last: datetime | None = None
) -> list[StoredConnection]:
    """Return those that were passed over; what data protection has blanked is not among them."""
    told = _C.key.not_like(f"{ERASED_KEY}%")
    return _fetch(connection, _C.state == "ignored", told, *_between(first, last))


def matched(
    connection: Connection, first: datetime | None = None, last: datetime | None = None
) -> list[StoredConnection]:
    """Return those that belong to a session."""
    return _fetch(connection, _C.state == "matched", *_between(first, last))


def unmatched(connection: Connection, first: datetime, last: datetime) -> list[StoredConnection]:
    """Return those without a session that have a moment between two instants."""
    return _fetch(
        connection, _C.state != "matched", _C.begin <= last, func.coalesce(_C.end, _C.begin) >= first
    )


def matched_counts(connection: Connection, first: datetime | None, last: datetime | None) -> tuple[int, int]:
    """Return how many sessions have connections that began between two instants, and how many those are."""
    row = connection.execute(
        select(func.count(_C.session_id.distinct()), func.count()).where(
            _C.state == "matched", *_between(first, last)
        )
    ).one()
    return int(row[0]), int(row[1])


def supporters_of(connection: Connection, kind: LogKind, first: datetime, last: datetime) -> list[int]:
    """Return whose sessions have connections from files of a kind that began between two instants."""
    statement = (
        select(session.c.supporter_id)
        .join(remote_connection, _C.session_id == session.c.id)
        .join(log_reading, log_reading.c.id == _C.reading_id)
        .where(log_reading.c.kind == kind.value, *_between(first, last))
        .distinct()
    )
    return list(connection.execute(statement).scalars())


def perhaps_joined(
    connection: Connection, first: datetime | None, last: datetime | None
) -> list[StoredConnection]:
    """Return the connections of the sessions that have several, not all of them looked at."""
    several = (
        select(_C.session_id)
        .where(_C.state == "matched", *_between(first, last))
        .group_by(_C.session_id)
        .having(func.count() > 1)
        .having(func.count(case((_C.confirmed.is_(False), 1))) > 0)
    )
    return _fetch(connection, _C.state == "matched", _C.session_id.in_(several))


def several(connection: Connection, ids: Iterable[int]) -> list[StoredConnection]:
    """Return connections by their rows, in the order of their beginning."""
    found: list[StoredConnection] = []
    for some in portions(ids):
        found += _fetch(connection, _C.id.in_(some))
    return sorted(found, key=lambda one: (one.begin, one.id))


def of_sessions(connection: Connection, session_ids: Iterable[int]) -> list[StoredConnection]:
    """Return the connections that belong to some sessions, in the order of their beginning."""
    found: list[StoredConnection] = []
    for some in portions(session_ids):
        found += _fetch(connection, _C.session_id.in_(some))
    return sorted(found, key=lambda one: (one.begin, one.id))


def write(connection: Connection, ids: Sequence[int], **values: Any) -> None:
    """Write some columns of connections."""
    for some in portions(ids):
        connection.execute(update(remote_connection).where(_C.id.in_(some)).values(**values))


def match(connection: Connection, pairs: Sequence[tuple[int, int]]) -> int:
    """Give connections to sessions, as pairs of their rows: the program's doing, nobody's decision.

    One that is not open any more, or was decided about meanwhile, is let be. Return how many were given.
    """
    if not pairs:
        return 0
    statement = (
        update(remote_connection)
        .where(_C.id == bindparam("row"), _C.state == _OPEN, _C.decided_by == "")
        .values(state="matched", session_id=bindparam("found"))
    )
    rows = [{"row": row, "found": session_id} for row, session_id in pairs]
    return int(connection.execute(statement, rows).rowcount)


def free_automatic(connection: Connection, tool: Tool, partner_id: str) -> int:
    """Open the connections to an ID again that the program gave to a session; return how many they are."""
    found = connection.execute(
        update(remote_connection)
        .where(
            _C.tool == tool.value,
            _C.partner_id == partner_id,
            _C.state == "matched",
            _C.decided_by == "",
        )
        .values(state="open", session_id=None)
    )
    return int(found.rowcount)
