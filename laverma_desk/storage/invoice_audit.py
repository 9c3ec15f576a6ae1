"""What a check of all documents reads: rows in the order of the chain, their lines, ranges and locks.

A check is there for a file that somebody else has written in, so no value is trusted to be what its column
says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, LargeBinary, Text, cast, exists, func, select
from sqlalchemy.exc import DBAPIError

from laverma_desk.domain.invoice import InvoiceKind
from laverma_desk.storage.invoices import StoredInvoice, to_stored
from laverma_desk.storage.spelling import IsBytes, Raw
from laverma_desk.storage.tables import (
    customer,
    customer_change,
    document,
    invoice,
    invoice_line,
    number_range,
    session,
)

_UNREADABLE = (DBAPIError, TypeError, ValueError)
"""What comes of a value that is none of its column's type."""

_BYTES = cast(document.c.content, LargeBinary)


@dataclass(frozen=True)
class Link:
    """A document's place in the chain: its row, its number, and the hash that the next one builds on."""

    row: int
    number: str
    chain_sha256: str


@dataclass(frozen=True)
class Paper:
    """What a stored document says of itself; `stored_at` as it is written in its column."""

    kind: str
    name: str
    mime_type: str
    sha256: str
    stored_at: str


def count(connection: Connection) -> int:
    """Return how many documents were issued."""
    return int(connection.execute(select(func.count()).select_from(invoice)).scalar_one())


def after(connection: Connection, row: int, many: int) -> list[Link]:
    """Return the next documents of the chain behind a row, the oldest first."""
    found = connection.execute(
        select(invoice.c.id, _raw(invoice.c.number), _raw(invoice.c.chain_sha256))
        .where(invoice.c.id > row)
        .order_by(invoice.c.id)
        .limit(many)
    )
    return [Link(row, _words(number), _words(chain)) for row, number, chain in found]


def document_of(connection: Connection, row: int) -> StoredInvoice | None:
    """Return a document, None where a column holds what is no value of its kind."""
    try:
        found = connection.execute(select(invoice).where(invoice.c.id == row)).one()
        one = to_stored(found)
    except _UNREADABLE:
        return None
    texts = (one.number, one.record, one.record_sha256, one.pdf_sha256, one.xml_sha256, one.chain_sha256)
    return one if all(isinstance(text, str) for text in texts) else None


def content(connection: Connection, document_id: int) -> bytes | None:
    """Return the bytes of a stored document, None where it is gone.

    What is no BLOB (any more) is nothing that the program could open: it comes as no bytes at all.
    """
    found = connection.execute(
        select(IsBytes(document.c.content), _BYTES).where(document.c.id == document_id)
    ).one_or_none()
    if found is None:
        return None
    is_bytes, raw = found
    return bytes(raw) if is_bytes else b""


def paper(connection: Connection, document_id: object) -> Paper | None:
    """Return what a stored document says of itself, None where it is gone."""
    columns = (
        document.c.kind,
        document.c.name,
        document.c.mime_type,
        document.c.sha256,
        document.c.created_at,
    )
    found = connection.execute(select(*map(_raw, columns)).where(document.c.id == document_id)).one_or_none()
    return None if found is None else Paper(*map(_words, found))


def lines(connection: Connection, invoice_id: int) -> list[dict[str, Any]]:
    """Return the lines of a document in their order, with the session's number in place of its row.

    One that cannot be read has its position alone.
    """
    mine = invoice_line.c.invoice_id == invoice_id
    try:
        return _lines(connection, mine)
    except _UNREADABLE:
        found = []
    for place in connection.execute(select(invoice_line.c.position).where(mine)).scalars().all():
        try:
            found += _lines(connection, mine & (invoice_line.c.position == place))
        except _UNREADABLE:
            found.append({"position": place})
    return found


def _lines(connection: Connection, wanted: ColumnElement[bool]) -> list[dict[str, Any]]:
    columns = [column for column in invoice_line.c if column.name != "session_id"]
    found = connection.execute(
        select(*columns, func.coalesce(session.c.number, "").label("session_number"))
        .outerjoin_from(invoice_line, session, session.c.id == invoice_line.c.session_id)
        .where(wanted)
        .order_by(invoice_line.c.position)
    )
    return [dict(row._mapping) for row in found]  # noqa: SLF001 (SQLAlchemy's public name)


def stored_when_issued(connection: Connection, row: int) -> bool:
    """Return whether a document's papers were stored in the very instant that its row names."""
    mine = (document.c.id == invoice.c.pdf_id) | (document.c.id == invoice.c.xml_id)
    at_another_time = cast(invoice.c.issued_at, Text) != cast(document.c.created_at, Text)
    found = select(document.c.id).join_from(invoice, document, mine)
    return connection.execute(found.where((invoice.c.id == row) & at_another_time).limit(1)).first() is None


def known_numbers(connection: Connection, customer_id: int) -> set[str]:
    """Return the number of a customer and those that it had before, none where there is no such customer."""
    now = connection.execute(select(_raw(customer.c.number)).where(customer.c.id == customer_id)).scalars()
    before = connection.execute(
        select(_raw(customer_change.c.old)).where(
            customer_change.c.customer_id == customer_id, customer_change.c.field == "number"
        )
    ).scalars()
    return {_words(one) for one in (*now, *before)}


def numbers(connection: Connection) -> Iterator[tuple[str, str, int]]:
    """Yield number, kind and year of all documents."""
    year = cast(func.substr(cast(invoice.c.issued_on, Text), 1, 4), Integer)
    for number, kind, issued in connection.execute(
        select(_raw(invoice.c.number), _raw(invoice.c.kind), year)
    ):
        yield _words(number), _words(kind), issued


def ranges(connection: Connection, kind: str) -> list[tuple[int, int]]:
    """Return year and last count of each range of a kind."""
    found = connection.execute(
        select(number_range.c.year, cast(number_range.c.last, Integer).label("last"))
        .where(number_range.c.kind == kind)
        .order_by(number_range.c.year)
    )
    return [(row.year, row.last) for row in found]


def strays(connection: Connection) -> list[tuple[str, str]]:
    """Return sessions (number, invoice's number) whose invoice does not exist or was cancelled.

    And those that were not possible: no invoice ever has one.
    """
    taking_back = invoice.alias("taking_back")
    alive = exists().where(
        (invoice.c.number == session.c.invoice_number)
        & (invoice.c.kind == InvoiceKind.INVOICE.value)
        & ~exists().where(taking_back.c.cancels_id == invoice.c.id)
    )
    found = connection.execute(
        select(_raw(session.c.number), _raw(session.c.invoice_number))
        .where(session.c.invoice_number.is_not(None) & (~alive | (session.c.not_possible != "")))
        .order_by(session.c.id)
    )
    return [(_words(one), _words(number)) for one, number in found]


def unlocked(connection: Connection) -> list[tuple[str, str]]:
    """Return sessions (number, invoice's number) that stand on a valid invoice which does not lock them."""
    taking_back = invoice.alias("taking_back")
    found = connection.execute(
        select(_raw(session.c.number), _raw(invoice.c.number))
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
    return [(_words(one), _words(number)) for one, number in found]


def _raw(column: ColumnElement[Any]) -> ColumnElement[bytes]:
    """Return a column as bytes: a text that is no UTF-8 would not be handed out."""
    return Raw(column)


def _words(raw: bytes) -> str:
    return raw.decode(errors="replace")
