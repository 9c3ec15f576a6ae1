"""Bring a session file in: every row one ended session, everything or nothing, again without doubles."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.importing.customers import CHUNK, chunks
from laverma_desk.services.importing.delimited import Row, open_table
from laverma_desk.services.importing.problems import Problems, contradiction
from laverma_desk.services.importing.session_rows import (
    BILLED,
    COLUMNS,
    DURATION,
    NOTES,
    REASON,
    REQUESTED_BY,
    REQUIRED,
    SessionRow,
    read_names,
    read_row,
)
from laverma_desk.services.importing.session_writing import (
    SessionTally,
    SessionWriter,
    StagedSession,
)
from laverma_desk.services.importing.staging import Staging

_COMPARED = {
    "seconds": DURATION,
    "requested_by": REQUESTED_BY,
    "notes": NOTES,
    "billable": BILLED,
    "free_reason_id": REASON,
}
_QUOTED = 100


@dataclass(frozen=True)
class ImportedSessions:
    """What an import did; `ignored` are columns of the file that this desk does not know."""

    tally: SessionTally
    ignored: tuple[str, ...]


def import_sessions(desk: Desk, file: Path) -> Done[ImportedSessions]:
    """Write the sessions of a file, ended, charged by the tariff of their day, numbered in its order.

    A session is known by customer, machine, supporter and beginning. One that is there already gets
    the file's duration, notes and billing, unless its report waits or is out. An agreement is not
    asked for: these sessions have taken place. Raises FileRefused with all problems, RuleBroken
    FILE_… for the file as a whole, OutsideTrouble FILE_UNREADABLE.
    """
    table = open_table(file, COLUMNS, REQUIRED)
    now = desk.clock.now()
    with desk.database.read() as connection:
        names = read_names(connection, now)
    problems = Problems()
    with Staging() as staging:
        places: dict[bytes, int] = {}
        for row in table.rows(problems):
            checked = read_row(row, names, problems)
            if checked is None:
                continue
            key = _key(checked)
            if key in places:
                _compare(staging.read(places[key]), _typed(row), checked, problems)
            else:
                places[key] = staging.append({"session": _record(checked), "typed": _typed(row)})
        problems.refuse_if_any()

        def staged() -> Iterator[StagedSession]:
            for key, place in places.items():
                record = staging.read(place)["session"]
                yield StagedSession(key.hex(), **record | {"begin": datetime.fromisoformat(record["begin"])})

        with desk.database.write() as connection:
            writer = SessionWriter(connection, now)
            for some in chunks(staged(), CHUNK):
                writer.write(some)
        return done(ImportedSessions(writer.tally, table.ignored), Topic.SESSIONS)


def _key(row: SessionRow) -> bytes:
    """Return the fingerprint by which a session is known again: not what may be corrected later."""
    begin = row.begin.astimezone(UTC).isoformat()
    identity = f"{row.customer.id}|{row.workstation.id}|{row.supporter[0]}|{begin}"
    return hashlib.sha256(identity.encode()).digest()


def _record(row: SessionRow) -> dict[str, Any]:
    return {
        "line": row.line,
        "customer_id": row.customer.id,
        "customer_name": row.customer.name,
        "recipient": row.customer.email_report,
        "workstation_id": row.workstation.id,
        "workstation_name": row.workstation.name,
        "tool": row.workstation.tool.value,
        "partner_id": row.workstation.partner_id,
        "supporter_id": row.supporter[0],
        "supporter_name": row.supporter[1],
        "begin": row.begin.isoformat(),
        "seconds": row.seconds,
        "requested_by": row.requested_by,
        "notes": row.notes,
        "billable": row.billable,
        "free_reason_id": row.free_reason_id,
    }


def _typed(row: Row) -> dict[str, str]:
    """Return what a row says of the things that are compared, long enough to be recognised."""
    return {column: row.values.get(column, "").strip()[:_QUOTED] or "–" for column in _COMPARED.values()}


def _compare(
    first: Mapping[str, Any], typed: Mapping[str, str], second: SessionRow, problems: Problems
) -> None:
    """Take a row that says the same as an earlier one for the same; what differs is a problem."""
    session = first["session"]
    for name, column in _COMPARED.items():
        if session[name] != getattr(second, name):
            error = contradiction(column, typed[column], first["typed"][column], session["line"])
            problems.add(error, column, second.line)
            return
