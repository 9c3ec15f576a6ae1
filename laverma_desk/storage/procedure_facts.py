"""What the file itself tells of how it is worked with: how much it holds, its numbers, seals and chain."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from sqlalchemy import Connection, func, select, text

from laverma_desk.domain.document_number import NumberKind
from laverma_desk.domain.procedures import ChainEnd, Holdings, NumberRange, Seal, Sealed
from laverma_desk.storage.literals import ENDED
from laverma_desk.storage.numbers import CUSTOMERS, SESSIONS
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


def engine() -> str:
    """Return the database program and its version."""
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
    """Return of each sealed table whether all its triggers stand, as the file has them at this moment."""
    there = defaultdict(set)
    for table, name in connection.execute(
        text("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
    ):
        there[table].add(name)
    return tuple(
        Seal(
            one,
            tuple(name for end in _EXPECTED[one] if (name := f"{one.value}_{end}") not in there[one.value]),
        )
        for one in Sealed
    )
