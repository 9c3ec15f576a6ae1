"""What bookkeeping wants to know of issued documents and of money: sums by tax, days, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, case, func, select, union, update

from laverma_desk.domain.invoice import InvoiceKind, VatCategory
from laverma_desk.storage.tables import customer, customer_change, invoice, invoice_line, payment

_AT_ONCE = 500
_original = invoice.alias("original")


@dataclass(frozen=True)
class TaxedSum:
    """What a document bills at one rate, in net cents, and the last day of service among it."""

    category: VatCategory
    rate: Decimal
    net_cents: int
    last: date


@dataclass(frozen=True)
class BookedDocument:
    """An invoice or a cancellation. `cancels` is the number of the invoice that it takes back, or empty.

    `record` is what was frozen, for one whose tax the recipient owes; empty for all others and once erased.
    """

    number: str
    kind: InvoiceKind
    customer_id: int
    issued_on: date
    due_on: date | None
    first: date
    last: date
    gross_cents: int
    cancels: str
    record: str
    sums: tuple[TaxedSum, ...]


@dataclass(frozen=True)
class BookedPayment:
    """Money for an invoice in cents, negative where it went back or an entry is taken back."""

    number: str
    customer_id: int
    paid_on: date
    cents: int
    takes_back: bool


def documents(connection: Connection, first: date, last: date) -> Iterator[BookedDocument]:
    """Yield what was issued on some days, in the order in which it was issued; a few at a time in memory."""
    taxed_abroad = invoice_line.c.vat_category == VatCategory.REVERSE_CHARGE.value
    statement = (
        select(
            invoice.c.id,
            invoice.c.number,
            invoice.c.kind,
            invoice.c.customer_id,
            invoice.c.issued_on,
            invoice.c.due_on,
            invoice.c.first,
            invoice.c.last,
            invoice.c.gross_cents,
            func.coalesce(_original.c.number, "").label("cancels"),
            case((taxed_abroad, invoice.c.record), else_="").label("record"),
            invoice_line.c.vat_category,
            invoice_line.c.vat_rate,
            func.sum(invoice_line.c.net_cents).label("net_cents"),
            func.max(invoice_line.c.day).label("day"),
        )
        .join(invoice_line, invoice_line.c.invoice_id == invoice.c.id)
        .outerjoin(_original, _original.c.id == invoice.c.cancels_id)
        .where(invoice.c.issued_on.between(first, last))
        .group_by(invoice.c.id, _original.c.number, invoice_line.c.vat_category, invoice_line.c.vat_rate)
        .order_by(
            invoice.c.issued_on,
            invoice.c.id,
            invoice_line.c.vat_rate.desc(),
            invoice_line.c.vat_category,
        )
        .execution_options(yield_per=_AT_ONCE)
    )
    found: Iterator[Row[Any]] = iter(connection.execute(statement))
    for _id, rows in groupby(found, lambda row: row.id):
        yield _document(list(rows))


def _document(rows: Sequence[Row[Any]]) -> BookedDocument:
    head = rows[0]
    return BookedDocument(
        number=head.number,
        kind=InvoiceKind(head.kind),
        customer_id=head.customer_id,
        issued_on=head.issued_on,
        due_on=head.due_on,
        first=head.first,
        last=head.last,
        gross_cents=head.gross_cents,
        cancels=head.cancels,
        record=next((row.record for row in rows if row.record), ""),
        sums=tuple(
            TaxedSum(VatCategory(row.vat_category), row.vat_rate, row.net_cents, row.day) for row in rows
        ),
    )


def payments(connection: Connection, first: date, last: date) -> Iterator[BookedPayment]:
    """Yield the money of some days, oldest first; a few at a time in memory."""
    statement = (
        select(
            invoice.c.number,
            invoice.c.customer_id,
            payment.c.paid_on,
            payment.c.cents,
            payment.c.takes_back_id.is_not(None).label("takes_back"),
        )
        .join(invoice, invoice.c.id == payment.c.invoice_id)
        .where(payment.c.paid_on.between(first, last))
        .order_by(payment.c.paid_on, payment.c.id)
        .execution_options(yield_per=_AT_ONCE)
    )
    for row in connection.execute(statement):
        yield BookedPayment(row.number, row.customer_id, row.paid_on, row.cents, bool(row.takes_back))


def count(connection: Connection, first: date, last: date, *, paid: bool) -> int:
    """Return how many documents some days have, and how many entries of money where they are wanted."""

    def many(column: ColumnElement[date]) -> int:
        statement = select(func.count()).where(column.between(first, last))
        return int(connection.execute(statement).scalar_one())

    return many(invoice.c.issued_on) + (many(payment.c.paid_on) if paid else 0)


def concerned(connection: Connection, first: date, last: date, *, paid: bool) -> list[int]:
    """Return the records whose documents, or money for them, are of some days."""
    issued = select(invoice.c.customer_id).where(invoice.c.issued_on.between(first, last))
    if not paid:
        return list(connection.execute(issued.distinct().order_by(invoice.c.customer_id)).scalars())
    came = (
        select(invoice.c.customer_id)
        .join(payment, payment.c.invoice_id == invoice.c.id)
        .where(payment.c.paid_on.between(first, last))
    )
    return sorted(connection.execute(union(issued, came)).scalars())


@dataclass(frozen=True)
class BilledSum:
    """How many documents a record has on some days, and their gross sum in cents."""

    documents: int
    gross_cents: int


def billed(connection: Connection, first: date, last: date) -> dict[int, BilledSum]:
    """Return what was billed to each record on some days, cancellations taken off."""
    statement: Select[Any] = (
        select(invoice.c.customer_id, func.count(), func.sum(invoice.c.gross_cents))
        .where(invoice.c.issued_on.between(first, last))
        .group_by(invoice.c.customer_id)
    )
    return {row[0]: BilledSum(row[1], row[2]) for row in connection.execute(statement)}


def held_accounts(connection: Connection) -> dict[int, int]:
    """Return the account of each record that has one."""
    statement = select(customer.c.id, customer.c.debtor_account).where(customer.c.debtor_account.is_not(None))
    return {row.id: row.debtor_account for row in connection.execute(statement)}


def given_accounts(connection: Connection) -> set[int]:
    """Return every account that a record has or ever had, as far as its history still tells."""
    told = connection.execute(
        select(customer_change.c.old, customer_change.c.new).where(
            customer_change.c.field == customer.c.debtor_account.name
        )
    )
    former = {int(value) for row in told for value in row if value.isdecimal()}
    return former | set(held_accounts(connection).values())


def keep_account(connection: Connection, customer_id: int, account: int | None) -> None:
    """Write the account of a record, None for none. Raises IntegrityError for one that another has."""
    connection.execute(update(customer).where(customer.c.id == customer_id).values(debtor_account=account))
