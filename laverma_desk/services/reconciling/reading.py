"""Read what a remote tool wrote down: as often as one likes, each connection is there once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from laverma_desk.domain.connection import LogKind, ReadLog
from laverma_desk.remote.logs import read_file, read_log
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.jobs import Cancelled, Progress, go_on_unless, never, silent
from laverma_desk.services.reconciling.matching import match_apart
from laverma_desk.services.reconciling.records import Reading
from laverma_desk.storage import connection_rows
from laverma_desk.storage.connections import (
    StoredReading,
    Written,
    hold_lines,
    put_connections,
    put_reading,
)
from laverma_desk.storage.database import Connection

_AT_ONCE = 500


def read_log_file(
    desk: Desk,
    file: Path,
    kind: LogKind | None = None,
    mapping: Mapping[str, str] | None = None,
    *,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Done[Reading]:
    """Read a file, also while its tool has it open, as `read_log_bytes` does. Only its name is kept.

    Raises OutsideTrouble FILE_UNREADABLE, and what `read_log_bytes` raises.
    """
    content = read_file(file)
    return read_log_bytes(desk, file.name, content, kind, mapping, progress=progress, cancelled=cancelled)


def read_log_bytes(
    desk: Desk,
    name: str,
    content: bytes,
    kind: LogKind | None = None,
    mapping: Mapping[str, str] | None = None,
    *,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Done[Reading]:
    """Keep the connections of a log, match them with sessions, and return what came of it.

    Known ones are known again by their key, whatever file they come in, and keep what somebody decided
    about them. Lines that nobody can read are kept as they stand and stop nothing. Nothing is created
    or billed. Raises RuleBroken LOG_UNKNOWN, LOG_CARRIES_NOTHING, LOG_COLUMN_OPEN, LOG_EMPTY,
    MAPPING_INVALID, JobCancelled with nothing written.
    """
    now = desk.clock.now()
    log = read_log(content, kind, mapping)
    go_on_unless(cancelled)
    with desk.database.write() as connection:
        reading = _reading(name, log, now)
        put = put_reading(connection, reading, hashlib.sha256(content).hexdigest(), log.unreadable)
        written = _keep(connection, put.id, log, progress, cancelled)
        hold_lines(connection, put, written.ids)
    matched = match_apart(desk)
    with desk.database.read() as connection:
        still_open = sum(1 for one in connection_rows.several(connection, written.ids) if one.state == "open")
    result = Reading(
        kind=log.kind,
        file_name=name,
        read_at=now,
        lines=log.lines,
        unreadable=len(log.unreadable),
        connections=len(log.connections),
        new=written.new,
        updated=written.updated,
        matched=matched,
        open=still_open,
        ids=written.ids,
    )
    return done(result, Topic.CONNECTIONS)


def _reading(name: str, log: ReadLog, now: datetime) -> StoredReading:
    return StoredReading(
        id=0,
        kind=log.kind,
        file_name=name,
        read_at=now,
        lines=log.lines,
        unreadable=len(log.unreadable),
        first=min((one.begin for one in log.connections), default=None),
        last=max((one.end or one.begin for one in log.connections), default=None),
    )


def _keep(
    connection: Connection, reading_id: int, log: ReadLog, progress: Progress, cancelled: Cancelled
) -> Written:
    new = updated = 0
    ids: frozenset[int] = frozenset()
    total = len(log.connections)
    for done_so_far in range(0, total, _AT_ONCE):
        go_on_unless(cancelled)
        written = put_connections(
            connection, reading_id, log.connections[done_so_far : done_so_far + _AT_ONCE]
        )
        new, updated, ids = new + written.new, updated + written.updated, ids | written.ids
        progress(min(done_so_far + _AT_ONCE, total), total)
    return Written(new, updated, ids)
