"""The numbers of a desk that a copy replaces: read without this program's schema, taken over, remembered."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection as File
from typing import Any

from sqlalchemy import Connection

from laverma_desk.storage.backup_reading import opened
from laverma_desk.storage.house import read_section

_SECTION = "replaced_numbers"
_DOCUMENTS = {
    "invoice": "SELECT number, issued_at, kind, issued_on FROM invoice ORDER BY kind <> 'invoice', id",
    "reminder": "SELECT number, created_at, 'reminder', issued_on FROM reminder ORDER BY id",
}


@dataclass(frozen=True)
class GivenNumber:
    """The number of an issued document. `moment` tells it from another one that has the same number."""

    number: str
    moment: str
    kind: str
    year: int


@dataclass(frozen=True)
class ReplacedNumber:
    """A number whose document is in a state of the desk that an older copy replaced at `at` (UTC)."""

    number: str
    kind: str
    year: int
    at: datetime


def given_ranges(file: Path) -> tuple[tuple[str, int, int], ...]:
    """Return kind, year and last count of each range of a desk file. Raises OutsideTrouble."""
    with opened(file) as connection:
        return tuple(
            connection.execute("SELECT kind, year, last FROM number_range WHERE typeof(last) = 'integer'")
        )


def given_numbers(file: Path) -> tuple[GivenNumber, ...]:
    """Return the documents of a desk file: invoices, cancellations, reminders. Raises OutsideTrouble."""
    with opened(file) as connection:
        return _given(connection)


def remembered(file: Path) -> dict[str, Any]:
    """Return what a desk file itself remembers of documents that a copy replaced. Raises OutsideTrouble."""
    with opened(file) as connection:
        return _remembered(connection)


def go_on_behind(file: Path, ranges: Iterable[tuple[str, int, int]]) -> None:
    """Let every range of a copy go on where the further one of both stands. Raises OutsideTrouble."""
    with opened(file, writes=True) as connection, connection:
        connection.executemany(
            "INSERT INTO number_range (kind, year, last) VALUES (?, ?, ?) "
            "ON CONFLICT (kind, year) DO UPDATE SET last = max(last, excluded.last)",
            ranges,
        )


def remember(file: Path, given: Iterable[GivenNumber], former: dict[str, Any], at: datetime) -> None:
    """Write into a copy which documents it does not hold: those of today's file, and what that remembers.

    A number that the copy has is not remembered (any more). Raises OutsideTrouble.
    """
    with opened(file, writes=True) as connection, connection:
        held = _given(connection)
        there, same = {one.number for one in held}, set(held)
        moment = at.astimezone(UTC).isoformat()
        gone = {one.number: [one.kind, one.year, moment] for one in given if one not in same}
        known = former | _remembered(connection) | gone
        wanted = {number: said for number, said in known.items() if number not in there}
        connection.execute("DELETE FROM setting WHERE key = ?", [_SECTION])
        if wanted:
            connection.execute(
                "INSERT INTO setting (key, value) VALUES (?, ?)", [_SECTION, json.dumps(wanted)]
            )


def replaced_numbers(connection: Connection) -> tuple[ReplacedNumber, ...]:
    """Return the numbers whose documents went with a state of the desk that was replaced."""
    return tuple(
        ReplacedNumber(number, kind, year, datetime.fromisoformat(at))
        for number, (kind, year, at) in read_section(connection, _SECTION).items()
    )


def _given(connection: File) -> tuple[GivenNumber, ...]:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return tuple(
        GivenNumber(str(number), str(moment), str(kind), int(str(day)[:4]))
        for table, statement in _DOCUMENTS.items()
        if table in tables  # Copies of older versions know no invoices.
        for number, moment, kind, day in connection.execute(statement)
    )


def _remembered(connection: File) -> dict[str, Any]:
    found = connection.execute("SELECT value FROM setting WHERE key = ?", [_SECTION]).fetchone()
    return {} if found is None else dict(json.loads(found[0]))
