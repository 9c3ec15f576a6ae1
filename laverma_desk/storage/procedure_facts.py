"""What the store itself tells of how it is worked with: how much it holds, its numbers, seals and chain."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from sqlalchemy import Connection, func, select, text

from laverma_desk.domain.document_number import NumberKind
from laverma_desk.domain.procedures import ChainEnd, Holdings, NumberRange, Seal, Sealed
from laverma_desk.storage.literals import ENDED
from laverma_desk.storage.numbers import CUSTOMERS, SESSIONS
from laverma_desk.storage.spelling import SERVER
from laverma_desk.storage.tables import customer, invoice, number_range, payment, reminder, session

_APPENDED = ("no_update", "no_delete", "no_replace")
_LOCKED = ("locked_insert", "locked_update", "locked_delete")
_EXPECTED = {
    **dict.fromkeys(Sealed, _APPENDED),
    Sealed.SESSIONS: (
        *("locked", "billed_ended", "billed_new", "billed_possible", "identity"),
        *("no_delete", "no_replace"),
    ),
    Sealed.SEGMENTS: _LOCKED,
    Sealed.GAPS: (*_LOCKED, "no_replace", "identity"),
}
"""The triggers that keep each table as it is, behind the table's name."""

_IN_FILE = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
_ON_SERVER = (
    # One that is switched off keeps nothing, nor one whose function was replaced by a tame one.
    "SELECT tgrelid::regclass::text, tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
    "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') "
    "AND proname = 'refuse_' || tgname AND position('RAISE EXCEPTION' IN prosrc) > 0"
)


def engine(connection: Connection) -> str:
    """Return the database program and its version."""
    if connection.dialect.name == SERVER:
        return f"PostgreSQL {connection.execute(text('SHOW server_version')).scalar_one()}"
    return f"SQLite {sqlite3.sqlite_version}"


def holdings(connection: Connection) -> Holdings:
    """Return how much there is of what the books rest on."""

    def count(table: object) -> int:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())  # type: ignore[arg-type]

    ended = select(func.count(), func.min(session.c.day), func.max(session.c.day)).where(
        session.c.state == ENDED
    )
    sessions, first, last = connection.execute(ended).one()
    return Holdings(
        customers=count(customer),
        sessions=sessions,
        first=first,
        last=last,
        documents=count(invoice),
        payments=count(payment),
        reminders=count(reminder),
    )


def ranges(connection: Connection) -> tuple[NumberRange, ...]:
    """Return all ranges of numbers by kind and year."""
    one = number_range.c
    kinds = [CUSTOMERS, SESSIONS, *(kind.value for kind in NumberKind)]
    found = connection.execute(
        select(one.kind, one.year, one.last).where(one.kind.in_(kinds)).order_by(one.kind, one.year)
    )
    return tuple(NumberRange(*row) for row in found)


def chain_end(connection: Connection) -> ChainEnd | None:
    """Return the newest issued document, None before the first."""
    one = invoice.c
    found = connection.execute(
        select(one.number, one.issued_on, one.chain_sha256).order_by(one.id.desc()).limit(1)
    ).one_or_none()
    return None if found is None else ChainEnd(*found)


def seals(connection: Connection) -> tuple[Seal, ...]:
    """Return of each sealed table whether all its triggers stand, as the store has them at this moment."""
    on_server = connection.dialect.name == SERVER
    there = defaultdict(set)
    for table, name in connection.execute(text(_ON_SERVER if on_server else _IN_FILE)):
        there[table].add(name)
    expected = _expected_on_server if on_server else _EXPECTED.__getitem__
    return tuple(
        Seal(
            one,
            tuple(name for end in expected(one) if (name := f"{one.value}_{end}") not in there[one.value]),
        )
        for one in Sealed
    )


def _expected_on_server(one: Sealed) -> tuple[str, ...]:
    """Return a table's triggers where no row is replaced unasked, but a table may be emptied at a stroke."""
    ends = tuple(end for end in _EXPECTED[one] if end != "no_replace")
    return (*ends, "no_truncate") if "no_delete" in ends else ends
