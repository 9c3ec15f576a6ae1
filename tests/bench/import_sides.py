"""One import of a session file in a process of its own: the program's, or a bare one with the same result.

`python -m tests.bench.import_sides ours|bare DESK FILE` prints the seconds and the highest memory in MB.
"""
# ruff: noqa: T201 (it tells by printing)

from __future__ import annotations

import csv
import hashlib
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from laverma_desk.domain.searching import line_of
from laverma_desk.paths import DataDir
from tests.bench.large_desk import opened

_ZONE = ZoneInfo("Europe/Berlin")
_COLUMNS = (
    "id", "number", "customer_id", "workstation_id", "supporter_id", "state", "begin", "day", "requested_by",
    "tool", "partner_id", "notes", "billable", "free_reason_id", "recipient", "origin", "import_key",
    "created_at", "customer_name", "workstation_name", "supporter_name", "tariff_from", "price_cents",
    "rounding", "vat_rate", "minimum_seconds", "free_seconds", "seconds", "billed_seconds", "net_cents",
    "vat_cents",
)  # fmt: skip
_AT_ONCE = 2000


def main() -> None:
    """Import and tell what it took."""
    side, desk, file = sys.argv[1:]
    began = time.perf_counter()
    count = (_ours if side == "ours" else _bare)(DataDir(Path(desk)), Path(file))
    seconds = time.perf_counter() - began
    print(count, seconds, _peak())


def _peak() -> float:
    """Return the most memory that this process had at once, in MB."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _ours(data: DataDir, file: Path) -> int:
    from laverma_desk.services.importing.sessions import import_sessions  # noqa: PLC0415 (the other side: without)

    desk = opened(data)
    try:
        return import_sessions(desk, file).value.tally.added
    finally:
        desk.close()


def _bare(data: DataDir, file: Path) -> int:
    """Read with `csv`, write with `executemany`, let the schema's triggers index the text."""
    with (
        closing(sqlite3.connect(data.database)) as connection,
        file.open(encoding="utf-8", newline="") as reader,
    ):
        connection.execute("PRAGMA synchronous = FULL")
        reader.readline()
        rows = _rows(connection, reader)
        marks = ", ".join("?" * len(_COLUMNS))
        names = ", ".join(f'"{name}"' for name in _COLUMNS)
        count = 0
        some: list[tuple[Any, ...]] = []
        ends: list[str] = []
        with connection:
            for row, end in rows:
                some.append(row)
                ends.append(end)
                count += 1
                if len(some) == _AT_ONCE:
                    _write(connection, f"INSERT INTO session ({names}) VALUES ({marks})", some, ends)  # noqa: S608
            _write(connection, f"INSERT INTO session ({names}) VALUES ({marks})", some, ends)  # noqa: S608
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return count


def _write(connection: sqlite3.Connection, insert: str, some: list[tuple[Any, ...]], ends: list[str]) -> None:
    connection.executemany(insert, some)
    connection.executemany(
        "INSERT INTO segment VALUES (?, 0, ?, ?)",
        [(row[0], row[6], end) for row, end in zip(some, ends, strict=True)],
    )
    connection.executemany(
        "INSERT INTO session_text VALUES (?, ?)",
        [(row[0], line_of((row[1], row[18], row[19], row[8], row[11], ""))) for row in some],
    )
    some.clear()
    ends.clear()


def _rows(connection: sqlite3.Connection, reader: Any) -> Iterator[tuple[tuple[Any, ...], str]]:
    customers = {
        row[0]: row[1:] for row in connection.execute("SELECT number, id, name, email_report FROM customer")
    }
    machines = {
        row[:2]: row[2:]
        for row in connection.execute("SELECT customer_id, name, id, tool, partner_id FROM workstation")
    }
    supporters = dict(connection.execute("SELECT name, id FROM supporter"))
    reasons = dict(connection.execute("SELECT name, id FROM free_reason"))
    now = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}"
    given: dict[int, int] = {}
    for place, fields in enumerate(csv.reader(reader, delimiter=";"), 1):
        number, machine, begun, lasted, supporter, requested_by, notes, billed, reason = fields
        customer, name, recipient = customers[number]
        row, tool, partner = machines[customer, machine]
        wall = datetime.strptime(begun, "%d.%m.%Y %H:%M:%S").replace(tzinfo=_ZONE)
        begin = wall.astimezone(UTC)
        hours, minutes, rest = map(int, lasted.split(":"))
        seconds = hours * 3600 + minutes * 60 + rest
        given[wall.year] = given.get(wall.year, 0) + 1
        net = -(-seconds // 60) * 225
        start = f"{begin:%Y-%m-%d %H:%M:%S}.000000"
        yield (
            place, f"S-{wall.year}-{given[wall.year]:04}", customer, row, supporters[supporter], "ended",
            start, f"{wall:%Y-%m-%d}", requested_by, tool, partner, notes, billed == "ja",
            reasons.get(reason), recipient, "import",
            hashlib.sha256(f"{customer}|{row}|{start}".encode()).hexdigest(), now,
            name, machine, supporter, "2020-01-01", 225, "started_minute", 1900, 0, 0, seconds,
            -(-seconds // 60) * 60, net, net * 19 // 100,
        ), f"{begin + timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S}.000000"  # fmt: skip


if __name__ == "__main__":
    main()
