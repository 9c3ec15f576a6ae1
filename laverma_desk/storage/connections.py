"""Keep what the remote tools wrote down: each file once by its name, each connection once by its key."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from laverma_desk.domain.connection import LineProblem, LoggedConnection, LogKind, UnreadableLine
from laverma_desk.storage.inserting import insert_row
from laverma_desk.storage.portions import portions
from laverma_desk.storage.tables import log_reading, remote_connection, unreadable_line

ERASED_KEY = "erased:"
"""Before the hash that is left of a key, so that a line which was erased is known when it is read again."""


@dataclass(frozen=True)
class StoredReading:
    """A file as it was read last. `first` and `last` are the begin of its first and end of its last line."""

    id: int
    kind: LogKind
    file_name: str
    read_at: datetime
    lines: int
    unreadable: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True)
class PutReading:
    """The row of a file that was read, and what stood in it before; nothing where it is a new one."""

    id: int
    kind: LogKind
    before: Mapping[str, Any]


def put_reading(
    connection: Connection, one: StoredReading, sha256: str, unreadable: Sequence[UnreadableLine]
) -> PutReading:
    """Write that a file was read (`id` is ignored) and return its row.

    A file of the same kind and name is the same file, read again: what could not be read of it before is
    forgotten with that.
    """
    columns = log_reading.c
    values = {name: value for name, value in vars(one).items() if name != "id"}
    values |= {"kind": one.kind.value, "sha256": sha256}
    same = (columns.kind == one.kind.value) & (columns.file_name == one.file_name)
    newest = select(log_reading).where(same).order_by(columns.read_at.desc(), columns.id.desc()).limit(1)
    before = dict(next(iter(connection.execute(newest).mappings()), {}))
    known = before.pop("id", None)
    if known is None:
        known = insert_row(connection, log_reading, **values)
    else:
        connection.execute(update(log_reading).where(columns.id == known).values(**values))
        connection.execute(delete(unreadable_line).where(unreadable_line.c.reading_id == known))
    rows = [
        {"reading_id": known, "line_number": line.line_number, "raw": line.raw, "problem": line.problem.value}
        for line in unreadable
    ]
    if rows:
        connection.execute(insert(unreadable_line), rows)
    return PutReading(int(known), one.kind, before)


def hold_lines(connection: Connection, reading: PutReading, ids: Collection[int]) -> None:
    """Say of all connections of a file that they stand in it, and of no others.

    Those that stood in a file of this name before, but do not now, stay with that one: it was begun anew,
    or is the file of another machine. A connection stays with an outgoing file where an incoming one
    names it too, and the other way round.
    """
    columns, files = remote_connection.c, log_reading.c
    kinds = [one.value for one in LogKind if one.incoming == reading.kind.incoming]
    alike = columns.reading_id.in_(select(files.id).where(files.kind.in_(kinds)))
    present = set(connection.execute(select(columns.id).where(columns.reading_id == reading.id)).scalars())
    for some in portions(sorted(set(ids) - present)):
        connection.execute(
            update(remote_connection).where(columns.id.in_(some), alike).values(reading_id=reading.id)
        )
    if not present <= set(ids):
        _begin_anew(connection, reading, ids)


def _begin_anew(connection: Connection, reading: PutReading, ids: Collection[int]) -> None:
    """Give a file a row of its own, and the one of before back what stood in it."""
    files, lines = log_reading.c, unreadable_line.c
    ours = files.id == reading.id
    now = dict(connection.execute(select(log_reading).where(ours)).mappings().one())
    anew = insert_row(connection, log_reading, **{name: value for name, value in now.items() if name != "id"})
    connection.execute(update(log_reading).where(ours).values(**reading.before))
    connection.execute(update(unreadable_line).where(lines.reading_id == reading.id).values(reading_id=anew))
    for some in portions(sorted(ids)):
        held = remote_connection.c.id.in_(some) & (remote_connection.c.reading_id == reading.id)
        connection.execute(update(remote_connection).where(held).values(reading_id=anew))
    same = (files.kind == now["kind"]) & (files.file_name == now["file_name"]) & (files.id != anew)
    used = select(remote_connection.c.reading_id)
    left = select(lines.reading_id)
    connection.execute(delete(log_reading).where(same, files.id.not_in(used), files.id.not_in(left)))


def file_sums(connection: Connection, reading_id: int) -> dict[str, int]:
    """Return how many connections of a file are open, matched and ignored; blanked ones are ignored."""
    columns = remote_connection.c
    statement = select(columns.state, func.count()).where(columns.reading_id == reading_id)
    return {str(row[0]): int(row[1]) for row in connection.execute(statement.group_by(columns.state))}


def last_reading(connection: Connection) -> StoredReading | None:
    """Return the file that was read last, None where none ever was."""
    columns = log_reading.c
    row = connection.execute(
        select(log_reading).order_by(columns.read_at.desc(), columns.id.desc()).limit(1)
    ).one_or_none()
    if row is None:
        return None
    return StoredReading(
        row.id, LogKind(row.kind), row.file_name, row.read_at, row.lines, row.unreadable, row.first, row.last
    )


def unreadable_lines(connection: Connection, reading_id: int) -> tuple[UnreadableLine, ...]:
    """Return what could not be read of a file, in its order."""
    columns = unreadable_line.c
    rows = connection.execute(
        select(unreadable_line).where(columns.reading_id == reading_id).order_by(columns.line_number)
    )
    return tuple(UnreadableLine(row.line_number, row.raw, LineProblem(row.problem)) for row in rows)


@dataclass(frozen=True)
class Written:
    """How many connections were new, how many were written anew since they went on, and all of their rows."""

    new: int
    updated: int
    ids: frozenset[int]


def put_connections(
    connection: Connection, reading_id: int, connections: Iterable[LoggedConnection]
) -> Written:
    """Write those that are not known by their key; what somebody has decided about stays as it is.

    One that the program found by itself is brought up to date where its line says something else by now.
    """
    new = updated = 0
    ids: set[int] = set()
    for some in portions(connections):
        known = _known(connection, some)
        fresh = [one for one in some if known.get((one.tool.value, one.key)) is None]
        if fresh:
            connection.execute(
                insert(remote_connection), [_values(one) | {"reading_id": reading_id} for one in fresh]
            )
        new += len(fresh)
        for one in some:
            row = known.get((one.tool.value, one.key))
            if row is not None and _went_on(row, one):
                connection.execute(
                    update(remote_connection).where(remote_connection.c.id == row.id).values(**_values(one))
                )
                updated += 1
        ids |= {row.id for row in (_known(connection, some) if fresh else known).values()}
    return Written(new, updated, frozenset(ids))


def _known(
    connection: Connection, some: Sequence[LoggedConnection]
) -> dict[tuple[str, str], Row[Any, Any, Any, Any, Any]]:
    columns = remote_connection.c
    found: dict[tuple[str, str], Row[Any, Any, Any, Any, Any]] = {}
    for tool in {one.tool.value for one in some}:
        asked = {
            stored: one.key
            for one in some
            if one.tool.value == tool
            for stored in (one.key, erased_key(one.key))
        }
        rows = connection.execute(
            select(columns.id, columns.key, columns.end, columns.raw, columns.decided_by).where(
                columns.tool == tool, columns.key.in_(asked)
            )
        )
        found |= {(tool, asked[row.key]): row for row in rows}
    return found


def _went_on(row: Row[Any, Any, Any, Any, Any], one: LoggedConnection) -> bool:
    if row.key.startswith(ERASED_KEY) or row.decided_by:
        return False
    return bool(row.end != one.end or row.raw != one.raw)


def erased_key(key: str) -> str:
    """Return what is left of a key: enough to know it again, not enough to read an ID in it."""
    return f"{ERASED_KEY}{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:40]}"


def _values(one: LoggedConnection) -> dict[str, object]:
    return vars(one) | {"tool": one.tool.value}
