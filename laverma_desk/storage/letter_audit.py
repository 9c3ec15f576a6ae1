"""What a check of all payment reminders reads. No value is trusted to be what its column says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Text, cast, select
from sqlalchemy.exc import DBAPIError

from laverma_desk.storage.tables import invoice, reminder, reminder_invoice

_UNREADABLE = (DBAPIError, TypeError, ValueError)


@dataclass(frozen=True)
class Named:
    """An invoice that a letter names, as its own row has it, and how much of it the letter called open."""

    number: str
    issued_on: date
    due_on: date | None
    gross_cents: int
    open_cents: int


def rows(connection: Connection) -> list[tuple[int, str]]:
    """Return row and number of every letter, the oldest first."""
    found = connection.execute(select(reminder.c.id, cast(reminder.c.number, Text)).order_by(reminder.c.id))
    return [(row, number) for row, number in found]


def letter(connection: Connection, row: int) -> dict[str, Any] | None:
    """Return the columns of a letter, None where one holds what is no value of its kind."""
    columns = [column for column in reminder.c if column.name != "created_at"]
    written = cast(reminder.c.created_at, Text).label("created_at")
    try:
        found = connection.execute(select(*columns, written).where(reminder.c.id == row)).one()
    except _UNREADABLE:
        return None
    return dict(found._mapping)  # noqa: SLF001 (SQLAlchemy's public name)


def named(connection: Connection, row: int) -> list[Named] | None:
    """Return the invoices of a letter in its order, None where one cannot be read."""
    try:
        found = connection.execute(
            select(
                invoice.c.number,
                invoice.c.issued_on,
                invoice.c.due_on,
                invoice.c.gross_cents,
                reminder_invoice.c.open_cents,
            )
            .join_from(reminder_invoice, invoice, invoice.c.id == reminder_invoice.c.invoice_id)
            .where(reminder_invoice.c.reminder_id == row)
            .order_by(invoice.c.due_on, invoice.c.issued_on, invoice.c.id)
        ).all()
    except _UNREADABLE:
        return None
    return [Named(*one) for one in found]


def speaks_of_kept_invoices(connection: Connection, row: int) -> bool:
    """Return whether a letter names an invoice whose words were not erased; then its own are kept as well."""
    found = connection.execute(
        select(invoice.c.id)
        .join_from(reminder_invoice, invoice, invoice.c.id == reminder_invoice.c.invoice_id)
        .where((reminder_invoice.c.reminder_id == row) & invoice.c.erased_at.is_(None))
        .limit(1)
    )
    return found.first() is not None
