"""Invoices that wait for their money, and the letters that were written about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select

from laverma_desk.domain.invoice import InvoiceKind, LineKind
from laverma_desk.domain.message import UNDER_WAY
from laverma_desk.domain.reminder import ReminderRow
from laverma_desk.storage.inserting import insert_row
from laverma_desk.storage.portions import portions
from laverma_desk.storage.tables import invoice, invoice_line, message, payment, reminder, reminder_invoice


@dataclass(frozen=True)
class DueInvoice:
    """An invoice whose due day has passed and which is not paid; money is cents with VAT."""

    id: int
    number: str
    customer_id: int
    issued_on: date
    due_on: date
    first: date
    last: date
    gross_cents: int
    vat_cents: int
    paid_cents: int
    pdf_id: int


@dataclass(frozen=True)
class StoredReminder:
    """A letter with the text of its frozen record and the invoices that it names."""

    row: ReminderRow
    record: str
    invoice_ids: tuple[int, ...]


def due_before(
    connection: Connection, day: date, customer_ids: Sequence[int] | None = None
) -> list[DueInvoice]:
    """Return the issued invoices that were due before a day, are not cancelled and not paid, by due day."""
    storno = invoice.alias("storno")
    paid = (
        select(payment.c.invoice_id, func.sum(payment.c.cents).label("cents"))
        .group_by(payment.c.invoice_id)
        .subquery()
    )
    received = func.coalesce(paid.c.cents, 0)
    where: list[ColumnElement[bool]] = [
        invoice.c.kind == InvoiceKind.INVOICE.value,
        invoice.c.due_on < day,
        invoice.c.erased_at.is_(None),
        storno.c.id.is_(None),
        received < invoice.c.gross_cents,
    ]
    if customer_ids is not None:
        where.append(invoice.c.customer_id.in_(customer_ids))
    rows = connection.execute(
        select(
            invoice.c.id,
            invoice.c.number,
            invoice.c.customer_id,
            invoice.c.issued_on,
            invoice.c.due_on,
            invoice.c.first,
            invoice.c.last,
            invoice.c.gross_cents,
            invoice.c.vat_cents,
            received.label("paid_cents"),
            invoice.c.pdf_id,
        )
        .outerjoin(storno, storno.c.cancels_id == invoice.c.id)
        .outerjoin(paid, paid.c.invoice_id == invoice.c.id)
        .where(*where)
        .order_by(invoice.c.due_on, invoice.c.issued_on, invoice.c.id)
    )
    return [DueInvoice(*row) for row in rows]


def kinds_of_lines(connection: Connection, invoice_ids: Sequence[int]) -> dict[int, dict[LineKind, str]]:
    """Return for each invoice which kinds of lines it has, with the text of the first of each kind."""
    found: dict[int, dict[LineKind, str]] = defaultdict(dict)
    for some in portions(invoice_ids):
        firsts = (
            select(invoice_line.c.invoice_id, func.min(invoice_line.c.position).label("position"))
            .where(invoice_line.c.invoice_id.in_(some))
            .group_by(invoice_line.c.invoice_id, invoice_line.c.kind)
            .subquery()
        )
        rows = connection.execute(
            select(invoice_line.c.invoice_id, invoice_line.c.kind, invoice_line.c.text)
            .join(
                firsts,
                (firsts.c.invoice_id == invoice_line.c.invoice_id)
                & (firsts.c.position == invoice_line.c.position),
            )
            .order_by(invoice_line.c.invoice_id, invoice_line.c.position)
        )
        for row in rows:
            found[row.invoice_id][LineKind(row.kind)] = row.text
    return dict(found)


def of_invoices(connection: Connection, invoice_ids: Sequence[int]) -> dict[int, list[ReminderRow]]:
    """Return for each invoice the letters that name it, the oldest first; one without any is left out."""
    found: dict[int, list[ReminderRow]] = defaultdict(list)
    for some in portions(invoice_ids):
        rows = connection.execute(
            select(reminder_invoice.c.invoice_id, reminder)
            .join(reminder, reminder.c.id == reminder_invoice.c.reminder_id)
            .where(reminder_invoice.c.invoice_id.in_(some))
            .order_by(reminder.c.id)
        )
        for row in rows:
            found[row.invoice_id].append(_reminder(row))
    return dict(found)


def find(connection: Connection, reminder_id: int) -> StoredReminder | None:
    """Return a letter by its row."""
    row = connection.execute(select(reminder).where(reminder.c.id == reminder_id)).one_or_none()
    if row is None:
        return None
    named = connection.execute(
        select(reminder_invoice.c.invoice_id)
        .join(invoice, invoice.c.id == reminder_invoice.c.invoice_id)
        .where(reminder_invoice.c.reminder_id == reminder_id)
        .order_by(invoice.c.due_on, invoice.c.issued_on, invoice.c.id)
    )
    return StoredReminder(_reminder(row), row.record, tuple(named.scalars()))


def pdf_ids(connection: Connection, invoice_ids: Sequence[int]) -> list[int]:
    """Return the documents that invoices are on paper, in the order in which their rows are given."""
    rows = connection.execute(select(invoice.c.id, invoice.c.pdf_id).where(invoice.c.id.in_(invoice_ids)))
    papers = {row.id: row.pdf_id for row in rows}
    return [papers[one] for one in invoice_ids]


def insert_reminder(
    connection: Connection,
    open_by_invoice: Sequence[tuple[int, int]],
    *,
    created_at: datetime,
    **values: Any,
) -> int:
    """Write a letter and which invoices it names with how many open cents; return its row."""
    number = insert_row(connection, reminder, created_at=created_at, **values)
    connection.execute(
        insert(reminder_invoice),
        [
            {"reminder_id": number, "invoice_id": invoice_id, "open_cents": cents}
            for invoice_id, cents in open_by_invoice
        ],
    )
    return number


def _reminder(row: Row[Any]) -> ReminderRow:
    return ReminderRow(
        row.id,
        row.number,
        row.customer_id,
        row.level,
        row.issued_on,
        row.counted_until,
        row.due_on,
        row.open_cents,
        row.fee_cents,
        row.interest_cents,
        row.pdf_id,
    )


def mail_under_way(connection: Connection, reminder_id: int) -> bool:
    """Return whether a mail with a letter waits, leaves or may have left."""
    found = select(message.c.id).where(
        (message.c.reminder_id == reminder_id) & message.c.state.in_([state.value for state in UNDER_WAY])
    )
    return connection.execute(found.limit(1)).first() is not None
