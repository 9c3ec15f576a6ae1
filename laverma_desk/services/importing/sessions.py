"""Bring a session file in: every row one ended session, everything or nothing, again without doubles."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.importing.customers import CHUNK
from laverma_desk.services.importing.delimited import Row, open_table
from laverma_desk.services.importing.session_moving import SessionMove, refuse_many_during_session
from laverma_desk.services.importing.session_rows import (
    BILLED,
    COLUMNS,
    DURATION,
    NOT_POSSIBLE,
    NOTES,
    REASON,
    REQUESTED_BY,
    REQUIRED,
    SessionRow,
    read_names,
    read_row,
)
from laverma_desk.services.importing.session_writing import SessionTally
from laverma_desk.services.importing.staging import Staging
from laverma_desk.services.jobs import Cancelled, Progress, go_on_unless, never, silent
from laverma_desk.services.problems import Problems, contradiction
from laverma_desk.storage.fingerprints import Fingerprints

_COMPARED = {
    "seconds": DURATION,
    "requested_by": REQUESTED_BY,
    "notes": NOTES,
    "billable": BILLED,
    "free_reason_id": REASON,
    "not_possible": NOT_POSSIBLE,
}
_QUOTED = 100


@dataclass(frozen=True)
class ImportedSessions:
    """What an import did; `ignored` are columns of the file that this desk does not know.

    `unsearchable`: how many sessions are in, but not yet in the full text, as somebody stopped it there.
    """

    tally: SessionTally
    ignored: tuple[str, ...]
    unsearchable: int = 0


def import_sessions(
    desk: Desk, file: Path, progress: Progress = silent, cancelled: Cancelled = never
) -> Done[ImportedSessions]:
    """Write the sessions of a file, ended, charged by the tariff of their day, numbered in its order.

    A session is known by customer, machine, supporter and beginning. One that is there already gets
    the file's duration, notes and billing, unless its report waits or is out. An agreement is not
    asked for: these sessions have taken place. A file of any length takes the same memory: its rows
    wait on the disk until all of them are known to be good and ready to be written. The desk is locked only
    while they are moved into it, some seconds for a hundred thousand; the full text follows in small steps,
    and is what a stop leaves undone from then on. `progress` counts each line twice, once when it is
    checked and once when it is written. Raises FileRefused with all problems, RuleBroken FILE_… for the
    file as a whole, IMPORT_DURING_SESSION for a large one while a session runs or pauses, OutsideTrouble
    FILE_UNREADABLE, JobCancelled with nothing written.
    """
    table = open_table(file, COLUMNS, REQUIRED)
    refuse_many_during_session(desk, table.lines)
    now = desk.clock.now()
    with desk.database.read() as connection:
        names = read_names(connection, now)
    problems = Problems()
    with Staging() as staging, Fingerprints() as fingerprints:
        count = 0
        for row in table.rows(problems):
            if row.line % CHUNK == 0:
                go_on_unless(cancelled)
                progress(row.line, 2 * table.lines)
            checked = read_row(row, names, problems)
            if checked is not None:
                place = staging.append({"session": _record(checked), "typed": _typed(row)})
                fingerprints.add(_key(checked), place)
                count += 1
        for first, second in fingerprints.doubles():
            _compare(staging.read(first), staging.read(second), problems)
        problems.refuse_if_any()
        move = SessionMove(desk, now, table.lines, progress, cancelled)
        tally, unsearchable = move.run(staging, fingerprints, count)
        progress(2 * table.lines, 2 * table.lines)
        return done(ImportedSessions(tally, table.ignored, unsearchable), Topic.SESSIONS)


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
        "not_possible": row.not_possible,
    }


def _typed(row: Row) -> dict[str, str]:
    """Return what a row says of the things that are compared, long enough to be recognised."""
    return {column: row.values.get(column, "").strip()[:_QUOTED] or "–" for column in _COMPARED.values()}


def _compare(first: Mapping[str, Any], second: Mapping[str, Any], problems: Problems) -> None:
    """Take a row that says the same as an earlier one for the same; what differs is a problem."""
    before, after = first["session"], second["session"]
    for name, column in _COMPARED.items():
        if before[name] != after[name]:
            typed = second["typed"][column], first["typed"][column]
            problems.add(contradiction(column, *typed, before["line"]), column, after["line"])
            return
