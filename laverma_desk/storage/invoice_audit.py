"""What a check of all documents reads: rows in the order of the chain, their lines, ranges and locks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, exists, func, select

from laverma_desk.domain.invoice import InvoiceKind
from laverma_desk.storage.invoices import StoredInvoice, to_stored
from laverma_desk.storage.tables import document, invoice, invoice_line, number_range, session


def count(connection: Connection) -> int:
    """Return how many documents were issued."""
    return int(connection.execute(select(func.count()).select_from(invoice)).scalar_one())


def after(connection: Connection, row: int, many: int) -> list[StoredInvoice]:
    """Return the next documents of the chain behind a row, the oldest first."""
    found = connection.execute(select(invoice).where(invoice.c.id > row).order_by(invoice.c.id).limit(many))
    return [to_stored(one) for one in found]


def content(connection: Connection, document_id: int) -> bytes | None:
    """Return the bytes of a stored document, None where it is gone."""
    found = connection.execute(select(document.c.content).where(document.c.id == document_id)).scalar()
    return None if found is None else bytes(found)


def lines(connection: Connection, invoice_id: int) -> list[dict[str, Any]]:
    """Return the lines of a document in their order, without the session's row."""
    columns = [column for column in invoice_line.c if column.name != "session_id"]
    found = connection.execute(
        select(*columns).where(invoice_line.c.invoice_id == invoice_id).order_by(invoice_line.c.position)
    )
    return [dict(row._mapping) for row in found]  # noqa: SLF001 (SQLAlchemy's public name)


def numbers(connection: Connection) -> Iterator[tuple[str, InvoiceKind, int]]:
    """Yield number, kind and year of all documents."""
    found = connection.execute(select(invoice.c.number, invoice.c.kind, invoice.c.issued_on))
    for number, kind, day in found:
        yield number, InvoiceKind(kind), day.year


def ranges(connection: Connection, kind: str) -> list[tuple[int, int]]:
    """Return year and last count of each range of a kind."""
    found = connection.execute(
        select(number_range.c.year, number_range.c.last)
        .where(number_range.c.kind == kind)
        .order_by(number_range.c.year)
    )
    return [(row.year, row.last) for row in found]


def strays(connection: Connection) -> list[tuple[str, str]]:
    """Return sessions (number, invoice's number) whose invoice does not exist or was cancelled."""
    taking_back = invoice.alias("taking_back")
    alive = exists().where(
        (invoice.c.number == session.c.invoice_number)
        & (invoice.c.kind == InvoiceKind.INVOICE.value)
        & ~exists().where(taking_back.c.cancels_id == invoice.c.id)
    )
    found = connection.execute(
        select(session.c.number, session.c.invoice_number)
        .where(session.c.invoice_number.is_not(None) & ~alive)
        .order_by(session.c.id)
    )
    return [(row.number, row.invoice_number) for row in found]


def unlocked(connection: Connection) -> list[tuple[str, str]]:
    """Return sessions (number, invoice's number) that stand on a valid invoice which does not lock them."""
    taking_back = invoice.alias("taking_back")
    found = connection.execute(
        select(session.c.number, invoice.c.number)
        .select_from(
            invoice_line.join(invoice, invoice.c.id == invoice_line.c.invoice_id).join(
                session, session.c.id == invoice_line.c.session_id
            )
        )
        .where(
            (invoice.c.kind == InvoiceKind.INVOICE.value)
            & ~exists().where(taking_back.c.cancels_id == invoice.c.id)
            & session.c.invoice_number.is_distinct_from(invoice.c.number)
        )
        .order_by(invoice_line.c.invoice_id, invoice_line.c.position)
    )
    return [(row[0], row[1]) for row in found]
