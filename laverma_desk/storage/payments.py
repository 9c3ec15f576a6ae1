"""Money that came in for invoices: entries that only grow, taken back by others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, func, select

from laverma_desk.domain.invoice import InvoiceKind, Payment
from laverma_desk.storage.inserting import insert_row
from laverma_desk.storage.portions import portions
from laverma_desk.storage.tables import invoice, payment, reminder, reminder_invoice


class Surplus(NamedTuple):
    """Money on an invoice that does not ask for it, with the row of the invoice's customer."""

    customer_id: int
    number: str
    cents: int


@dataclass(frozen=True)
class PayableInvoice:
    """What a payment asks of an invoice; `cancelled`: a cancellation has taken it back."""

    id: int
    number: str
    kind: InvoiceKind
    customer_id: int
    issued_on: date
    gross_cents: int
    cancelled: bool


def payable(connection: Connection, invoice_id: int) -> PayableInvoice | None:
    """Return an issued document by its row."""
    storno = invoice.alias("storno")
    row = connection.execute(
        select(
            invoice.c.id,
            invoice.c.number,
            invoice.c.kind,
            invoice.c.customer_id,
            invoice.c.issued_on,
            invoice.c.gross_cents,
            storno.c.id.is_not(None).label("cancelled"),
        )
        .outerjoin(storno, storno.c.cancels_id == invoice.c.id)
        .where(invoice.c.id == invoice_id)
    ).one_or_none()
    if row is None:
        return None
    return PayableInvoice(
        row.id,
        row.number,
        InvoiceKind(row.kind),
        row.customer_id,
        row.issued_on,
        row.gross_cents,
        bool(row.cancelled),
    )


def insert_payment(
    connection: Connection,
    invoice_id: int,
    *,
    paid_on: date,
    cents: int,
    note: str,
    who: str,
    created_at: datetime,
    takes_back: int | None = None,
) -> Payment:
    """Write an entry and return it."""
    row = insert_row(
        connection,
        payment,
        invoice_id=invoice_id,
        paid_on=paid_on,
        cents=cents,
        note=note,
        who=who,
        takes_back_id=takes_back,
        created_at=created_at,
    )
    return Payment(row, invoice_id, paid_on, cents, note, who, created_at, takes_back)


def find(connection: Connection, payment_id: int) -> Payment | None:
    """Return an entry by its row."""
    row = connection.execute(select(payment).where(payment.c.id == payment_id)).one_or_none()
    return None if row is None else _payment(row)


def is_taken_back(connection: Connection, payment_id: int) -> bool:
    """Return whether another entry takes this one back."""
    where = payment.c.takes_back_id == payment_id
    return connection.execute(select(payment.c.id).where(where)).first() is not None


def payments_of(connection: Connection, invoice_id: int) -> tuple[Payment, ...]:
    """Return the entries of an invoice in the order in which they were written."""
    rows = connection.execute(
        select(payment).where(payment.c.invoice_id == invoice_id).order_by(payment.c.id)
    )
    return tuple(_payment(row) for row in rows)


def payments_by_invoice(connection: Connection, invoice_ids: Sequence[int]) -> dict[int, list[Payment]]:
    """Return the entries of several invoices; one without any is left out."""
    found: dict[int, list[Payment]] = defaultdict(list)
    for some in portions(invoice_ids):
        for row in connection.execute(
            select(payment).where(payment.c.invoice_id.in_(some)).order_by(payment.c.id)
        ):
            found[row.invoice_id].append(_payment(row))
    return dict(found)


def paid_cents(connection: Connection, invoice_id: int) -> int:
    """Return what was paid for an invoice, all entries counted."""
    total = func.coalesce(func.sum(payment.c.cents), 0)
    return int(connection.execute(select(total).where(payment.c.invoice_id == invoice_id)).scalar_one())


def overpaid(connection: Connection, customer_ids: Collection[int]) -> list[Surplus]:
    """Return each invoice of some customers for which more came in than is asked, the oldest first.

    Nothing is asked of a cancelled one. What the letters about an invoice ask on top of it (fee and interest,
    those of the dearest one) is owed as well.
    """
    storno = invoice.alias("storno")
    paid = (
        select(func.sum(payment.c.cents))
        .where(payment.c.invoice_id == invoice.c.id)
        .correlate(invoice)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(
            invoice.c.id,
            invoice.c.customer_id,
            invoice.c.number,
            invoice.c.gross_cents,
            storno.c.id.label("storno"),
            paid.label("paid"),
        )
        .outerjoin(storno, storno.c.cancels_id == invoice.c.id)
        .where(invoice.c.customer_id.in_(customer_ids), invoice.c.kind == InvoiceKind.INVOICE.value)
        .order_by(invoice.c.id)
    ).all()
    beyond = [
        Surplus(
            row.customer_id,
            row.number,
            row.paid - (row.gross_cents + charges(connection, row.id) if row.storno is None else 0),
        )
        for row in rows
        if row.paid and (row.storno is not None or row.paid > row.gross_cents)
    ]
    return [one for one in beyond if one.cents > 0]


def charges(connection: Connection, invoice_id: int) -> int:
    """Return what the dearest letter about an invoice asked on top: fee, lump sum and interest in cents."""
    asked = select(func.max(reminder.c.fee_cents + reminder.c.interest_cents)).join(
        reminder_invoice, reminder_invoice.c.reminder_id == reminder.c.id
    )
    return connection.execute(asked.where(reminder_invoice.c.invoice_id == invoice_id)).scalar_one() or 0


def _payment(row: Row[Any]) -> Payment:
    return Payment(
        row.id,
        row.invoice_id,
        row.paid_on,
        row.cents,
        row.note,
        row.who,
        row.created_at,
        row.takes_back_id,
    )
