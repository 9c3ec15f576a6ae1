"""Issued documents: written once with their lines and the chain of their hashes, then only read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.invoice import Invoice, InvoiceKind
from laverma_desk.domain.invoice_record import dump
from laverma_desk.storage.inserting import insert_row
from laverma_desk.storage.tables import invoice, invoice_line, reminder, session


@dataclass(frozen=True)
class StoredInvoice:
    """A row of the table: what was frozen, and the hashes that hold it. `erased_at`: its words are gone."""

    id: int
    number: str
    kind: InvoiceKind
    customer_id: int
    customer_name: str
    supporter_name: str
    issued_on: date
    issued_at: datetime
    first: date
    last: date
    due_on: date | None
    format: InvoiceFormat
    net_cents: int
    vat_cents: int
    gross_cents: int
    record: str
    pdf_id: int
    xml_id: int | None
    cancels_id: int | None
    reason: str
    attach_reports: bool
    record_sha256: str
    pdf_sha256: str
    xml_sha256: str
    chain_sha256: str
    erased_at: datetime | None


@dataclass(frozen=True)
class NewInvoice:
    """What is stored with a document besides what it says itself. `sessions` are rows by their number."""

    customer_id: int
    issued_at: datetime
    pdf_id: int
    xml_id: int | None
    pdf: bytes
    xml: bytes | None
    sessions: Mapping[str, int]
    attach_reports: bool = False
    cancels_id: int | None = None


def sha256(content: bytes) -> str:
    """Return the hash of bytes in hexadecimal letters."""
    return hashlib.sha256(content).hexdigest()


def chained(before: str, number: str, record: str, pdf: str, xml: str) -> str:
    """Return the hash that binds a document to the one before it.

    SHA-256 over five lines, parted by a line feed: the chain's hash of the document before (empty for the
    first), the number, and the hashes of record, PDF and XML (empty without one).
    """
    return sha256(f"{before}\n{number}\n{record}\n{pdf}\n{xml}".encode())


def insert_invoice(connection: Connection, one: Invoice, new: NewInvoice) -> int:
    """Write a document with its lines at the end of the chain and return its row.

    Raises IntegrityError for a number that exists, or a second cancellation of the same invoice.
    """
    record = dump(one)
    hashes = (sha256(record.encode()), sha256(new.pdf), "" if new.xml is None else sha256(new.xml))
    before = connection.execute(
        select(invoice.c.chain_sha256).order_by(invoice.c.id.desc()).limit(1)
    ).scalar()
    row = insert_row(
        connection,
        invoice,
        number=one.number,
        kind=one.kind.value,
        customer_id=new.customer_id,
        customer_name=one.buyer.name,
        supporter_name=one.supporter_name,
        issued_on=one.issued_on,
        issued_at=new.issued_at,
        first=one.first,
        last=one.last,
        due_on=one.due_on,
        format=one.format.value,
        net_cents=one.net_cents,
        vat_cents=one.vat_cents,
        gross_cents=one.gross_cents,
        record=record,
        pdf_id=new.pdf_id,
        xml_id=new.xml_id,
        cancels_id=new.cancels_id,
        reason=one.reason,
        attach_reports=new.attach_reports,
        record_sha256=hashes[0],
        pdf_sha256=hashes[1],
        xml_sha256=hashes[2],
        chain_sha256=chained(before or "", one.number, *hashes),
    )
    connection.execute(insert(invoice_line), line_rows(row, one, new.sessions))
    return row


def line_rows(row: int, one: Invoice, sessions: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the lines of a document as the table holds them; `sessions` are rows by their number."""
    return [
        {
            "invoice_id": row,
            "position": line.position,
            "kind": line.kind.value,
            "session_id": sessions.get(line.session_number),
            "day": line.first,
            "text": line.text,
            "quantity": str(line.quantity),
            "unit": line.unit.value,
            "price_cents": line.price_cents,
            "base": line.base,
            "net_cents": line.net_cents,
            "vat_category": line.vat_category.value,
            "vat_rate": line.vat_rate,
        }
        for line in one.lines
    ]


def to_stored(row: Row[Any]) -> StoredInvoice:
    """Return the document of a row of the table."""
    values = dict(row._mapping)  # noqa: SLF001 (SQLAlchemy's public name)
    values["kind"] = InvoiceKind(values["kind"])
    values["format"] = InvoiceFormat(values["format"])
    return StoredInvoice(**values)


def find(connection: Connection, invoice_id: int) -> StoredInvoice | None:
    """Return a document by its row."""
    row = connection.execute(select(invoice).where(invoice.c.id == invoice_id)).one_or_none()
    return None if row is None else to_stored(row)


def id_of(connection: Connection, number: str) -> int | None:
    """Return the row of a number; one that is written in other letters is found where no exact one is."""
    exact = connection.execute(select(invoice.c.id).where(invoice.c.number == number)).scalar()
    if exact is None:
        exact = connection.execute(
            select(invoice.c.id).where(func.upper(invoice.c.number) == number.upper()).limit(1)
        ).scalar()
    return None if exact is None else int(exact)


def cancelled_by(connection: Connection, invoice_id: int) -> str | None:
    """Return the number of the cancellation of an invoice."""
    found = connection.execute(select(invoice.c.number).where(invoice.c.cancels_id == invoice_id)).scalar()
    return None if found is None else str(found)


def sessions_by_number(connection: Connection, invoice_id: int) -> dict[str, int]:
    """Return the rows of the sessions that stand on a document, by their numbers."""
    rows = connection.execute(
        select(session.c.number, session.c.id)
        .select_from(invoice_line.join(session, session.c.id == invoice_line.c.session_id))
        .where(invoice_line.c.invoice_id == invoice_id)
        .order_by(invoice_line.c.position)
    )
    return {row.number: row.id for row in rows}


def number_exists(connection: Connection, number: str) -> bool:
    """Return whether any document has a number, an invoice or a reminder."""
    return any(
        connection.execute(select(table.c.id).where(table.c.number == number)).first() is not None
        for table in (invoice, reminder)
    )
