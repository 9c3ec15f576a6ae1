"""Imported sessions by the thousand: known by the key of their line, written by executemany."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from laverma_desk.domain.customer import Workstation
from laverma_desk.domain.message import PERHAPS_RECEIVED, MessageState
from laverma_desk.domain.tariff import CustomerTariff, Rounding, Tariff
from laverma_desk.storage import search_index
from laverma_desk.storage.bulk import update_rows
from laverma_desk.storage.customers import to_workstation
from laverma_desk.storage.editions import renew_sessions
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

_ON_THE_WAY = [state.value for state in (MessageState.WAITING, *PERHAPS_RECEIVED)]


@dataclass(frozen=True)
class KnownCustomer:
    """What an imported session takes over from its customer.

    `merged_into` is the record that goes on for it, `locked` whether data protection keeps it as it is.
    """

    id: int
    name: str
    email_report: str
    merged_into: int | None = None
    locked: bool = False


@dataclass(frozen=True)
class ImportedSession:
    """What the desk has of a session that was imported earlier.

    `settled`: its report waits, goes out or went out, an invoice bills it, or somebody has corrected it
    with a reason. `seconds` and `tariff` are None where somebody has taken its end back.
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
    columns = customer.c
    rows = connection.execute(
        select(
            columns.number,
            columns.id,
            columns.name,
            columns.email_report,
            columns.merged_into,
            columns.restricted_at.is_not(None),
        )
    )
    return {number: KnownCustomer(*rest) for number, *rest in rows}


def every_workstation(connection: Connection) -> list[Workstation]:
    """Return every machine, archived ones included."""
    rows = connection.execute(select(workstation).order_by(workstation.c.id))
    return [to_workstation(row) for row in rows]


def customer_tariffs(connection: Connection) -> dict[int, list[CustomerTariff]]:
    """Return what customers pay instead of the house's tariff, by customer.

    A record that was merged into another pays what that one does.
    """
    found: dict[int, list[CustomerTariff]] = defaultdict(list)
    for row in connection.execute(select(customer_tariff)):
        rounding = Rounding(row.rounding) if row.rounding else None
        found[row.customer_id].append(CustomerTariff(row.valid_from, row.price_cents, rounding))
    merged = select(customer.c.id, customer.c.merged_into).where(customer.c.merged_into.is_not(None))
    for number, survivor in connection.execute(merged).all():
        found[number] = found[survivor]
    return found


def imported(connection: Connection, keys: Sequence[str]) -> dict[str, ImportedSession]:
    """Return those of some hundred keys that are on the desk."""
    rows = connection.execute(select(session).where(session.c.import_key.in_(keys))).all()
    found = [row.id for row in rows]
    mails = select(message.c.session_id).where(
        message.c.session_id.in_(found) & message.c.state.in_(_ON_THE_WAY)
    )
    # Only what people change has a reason.
    by_hand = select(session_change.c.session_id).where(
        session_change.c.session_id.in_(found) & (session_change.c.reason != "")
    )
    kept = {*connection.execute(mails).scalars(), *connection.execute(by_hand).scalars()}
    return {
        row.import_key: ImportedSession(
            id=row.id,
            requested_by=row.requested_by,
            notes=row.notes,
            billable=row.billable,
            free_reason_id=row.free_reason_id,
            seconds=row.seconds,
            tariff=_tariff(row),
            settled=row.id in kept or row.invoice_number is not None or row.not_possible != "",
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


def update_sessions(connection: Connection, changed: Sequence[dict[str, Any]]) -> None:
    """Write columns of imported sessions, the same ones of each, by their `id`."""
    update_rows(connection, session, changed)
    rows = [one["id"] for one in changed]
    renew_sessions(connection, rows)
    search_index.put(connection, rows)


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
