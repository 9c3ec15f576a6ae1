"""What was invoiced to somebody, paid and reminded of, as far as its words are still there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from laverma_desk.domain.invoice import InvoiceKind
from laverma_desk.storage.tables import invoice, payment, reminder


@dataclass(frozen=True)
class DisclosedInvoice:
    """An issued document: its figures in cents, its frozen record, and the stored files."""

    number: str
    kind: InvoiceKind
    issued_on: date
    due_on: date | None
    net_cents: int
    vat_cents: int
    gross_cents: int
    reason: str
    record: str
    pdf_id: int
    xml_id: int | None


@dataclass(frozen=True)
class DisclosedPayment:
    """Money for an invoice, in cents."""

    number: str
    paid_on: date
    cents: int
    note: str
    who: str


@dataclass(frozen=True)
class DisclosedReminder:
    """A letter about open invoices, with its frozen record and the stored file."""

    number: str
    level: int
    issued_on: date
    due_on: date
    open_cents: int
    fee_cents: int
    interest_cents: int
    record: str
    pdf_id: int


def invoices_of(connection: Connection, family: Sequence[int]) -> list[DisclosedInvoice]:
    """Return the documents of records in the order in which they were issued."""
    columns = invoice.c
    rows = connection.execute(
        select(
            columns.number, columns.kind, columns.issued_on, columns.due_on, columns.net_cents,
            columns.vat_cents, columns.gross_cents, columns.reason, columns.record, columns.pdf_id,
            columns.xml_id,
        )
        .where(columns.customer_id.in_(family) & columns.erased_at.is_(None))
        .order_by(columns.id)
    )  # fmt: skip
    return [DisclosedInvoice(row[0], InvoiceKind(row[1]), *row[2:]) for row in rows]


def payments_of(connection: Connection, family: Sequence[int]) -> list[DisclosedPayment]:
    """Return the money for the documents of records, in the order in which it was written down."""
    rows = connection.execute(
        select(invoice.c.number, payment.c.paid_on, payment.c.cents, payment.c.note, payment.c.who)
        .join(invoice, invoice.c.id == payment.c.invoice_id)
        .where(invoice.c.customer_id.in_(family) & invoice.c.erased_at.is_(None))
        .order_by(payment.c.id)
    )
    return [DisclosedPayment(*row) for row in rows]


def reminders_of(connection: Connection, family: Sequence[int]) -> list[DisclosedReminder]:
    """Return the reminders of records in the order in which they were written."""
    columns = reminder.c
    rows = connection.execute(
        select(
            columns.number, columns.level, columns.issued_on, columns.due_on, columns.open_cents,
            columns.fee_cents, columns.interest_cents, columns.record, columns.pdf_id,
        )
        .where(columns.customer_id.in_(family) & (columns.record != ""))
        .order_by(columns.id)
    )  # fmt: skip
    return [DisclosedReminder(*row) for row in rows]
