"""Imported sessions by the thousand: known by the key of their line, written by executemany."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import Workstation
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.tariff import CustomerTariff, Rounding, Tariff
from laverma_desk.storage.bulk import update_rows
from laverma_desk.storage.customers import to_workstation
from laverma_desk.storage.sessions import Change
from laverma_desk.storage.tables import (
    customer,
    customer_tariff,
    message,
    segment,
    session,
    session_change,
    workstation,
)

_ON_THE_WAY = [
    state.value
    for state in (MessageState.WAITING, MessageState.SENDING, MessageState.HANDED_OVER, MessageState.UNCLEAR)
]


@dataclass(frozen=True)
class KnownCustomer:
    """What an imported session takes over from its customer."""

    id: int
    name: str
    email_report: str


@dataclass(frozen=True)
class ImportedSession:
    """What the desk has of a session that was imported earlier.

    `settled`: its report waits, goes out or went out, or an invoice bills it. `seconds` and `tariff` are
    None where somebody has taken its end back.
    """

    id: int
    requested_by: str
    notes: str
    billable: bool
    free_reason_id: int | None
    seconds: int | None
    tariff: Tariff | None
    settled: bool


def customers_by_number(connection: Connection) -> dict[str, KnownCustomer]:
    """Return every customer by number, archived ones included."""
    rows = connection.execute(
        select(customer.c.number, customer.c.id, customer.c.name, customer.c.email_report)
    )
    return {row.number: KnownCustomer(row.id, row.name, row.email_report) for row in rows}


def every_workstation(connection: Connection) -> list[Workstation]:
    """Return every machine, archived ones included."""
    rows = connection.execute(select(workstation).order_by(workstation.c.id))
    return [to_workstation(row) for row in rows]


def customer_tariffs(connection: Connection) -> dict[int, list[CustomerTariff]]:
    """Return what customers pay instead of the house's tariff, by customer."""
    found: dict[int, list[CustomerTariff]] = defaultdict(list)
    for row in connection.execute(select(customer_tariff)):
        rounding = Rounding(row.rounding) if row.rounding else None
        found[row.customer_id].append(CustomerTariff(row.valid_from, row.price_cents, rounding))
    return found


def imported(connection: Connection, keys: Sequence[str]) -> dict[str, ImportedSession]:
    """Return those of some hundred keys that are on the desk."""
    rows = connection.execute(select(session).where(session.c.import_key.in_(keys))).all()
    mails = select(message.c.session_id).where(
        message.c.session_id.in_([row.id for row in rows]) & message.c.state.in_(_ON_THE_WAY)
    )
    reported = set(connection.execute(mails).scalars())
    return {
        row.import_key: ImportedSession(
            id=row.id,
            requested_by=row.requested_by,
            notes=row.notes,
            billable=row.billable,
            free_reason_id=row.free_reason_id,
            seconds=row.seconds,
            tariff=_tariff(row),
            settled=row.id in reported or row.invoice_number is not None,
        )
        for row in rows
    }


def _tariff(row: Row[Any]) -> Tariff | None:
    if row.seconds is None:
        return None
    return Tariff(
        valid_from=row.tariff_from,
        price_cents=row.price_cents,
        rounding=Rounding(row.rounding),
        vat_rate=row.vat_rate,
        minimum_seconds=row.minimum_seconds,
        free_seconds=row.free_seconds,
    )


def insert_sessions(connection: Connection, new: Sequence[tuple[dict[str, Any], datetime, datetime]]) -> None:
    """Write ended sessions as (columns, begin, end), each of one segment."""
    if not new:
        return
    statement = insert(session).returning(session.c.import_key, session.c.id)
    days = [values | {"day": local_day(begin)} for values, begin, _end in new]
    rows = {row.import_key: row.id for row in connection.execute(statement, days)}
    segments = [
        {"session_id": rows[values["import_key"]], "position": 0, "begin": begin, "end": end}
        for values, begin, end in new
    ]
    connection.execute(insert(segment), segments)


def update_sessions(connection: Connection, changed: Sequence[dict[str, Any]]) -> None:
    """Write columns of imported sessions, the same ones of each, by their `id`."""
    update_rows(connection, session, changed)


def move_ends(connection: Connection, ends: Sequence[tuple[int, datetime]]) -> None:
    """Write where the only segment of each of some sessions ends, as (session, end)."""
    if ends:
        statement = (
            update(segment)
            .where((segment.c.session_id == bindparam("row_id")) & (segment.c.position == 0))
            .values(end=bindparam("moved"))
        )
        connection.execute(statement, [{"row_id": number, "moved": end} for number, end in ends])


def log_changes(connection: Connection, changes: Sequence[tuple[int, Change]]) -> None:
    """Append lines to sessions' histories."""
    if changes:
        connection.execute(
            insert(session_change),
            [
                {
                    "session_id": number,
                    "at": one.at,
                    "who": one.who,
                    "field": one.field,
                    "old": one.old,
                    "new": one.new,
                    "reason": one.reason,
                }
                for number, one in changes
            ],
        )
