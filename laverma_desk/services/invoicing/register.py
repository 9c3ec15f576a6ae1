"""Read what was issued: lists with what was paid, counts, and a document with its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import Invoice
from laverma_desk.domain.invoice_record import load
from laverma_desk.domain.invoice_register import InvoiceCounts as InvoiceCounts  # noqa: PLC0414 (known here too)
from laverma_desk.domain.invoice_register import InvoiceRow as InvoiceRow  # noqa: PLC0414
from laverma_desk.domain.invoice_register import InvoiceState as InvoiceState  # noqa: PLC0414
from laverma_desk.domain.invoice_register import InvoiceTab as InvoiceTab  # noqa: PLC0414
from laverma_desk.services.desk import Desk
from laverma_desk.storage import invoice_lists, stored_documents
from laverma_desk.storage import invoices as stored
from laverma_desk.storage.database import Connection


@dataclass(frozen=True)
class IssuedInvoice:
    """An issued document: how it stands, what it says, and the bytes as they were stored."""

    row: InvoiceRow
    invoice: Invoice
    pdf: bytes
    xml: bytes | None


def invoices(desk: Desk, tab: InvoiceTab, text: str = "") -> tuple[InvoiceRow, ...]:
    """Return a list of issued documents, the newest first.

    `text` narrows it to numbers and customers (name or number) that contain it.
    """
    today = local_day(desk.clock.now())
    with desk.database.read() as connection:
        return invoice_lists.rows(connection, tab, today, text)


def counts(desk: Desk, until: date) -> InvoiceCounts:
    """Return how much stands in each list; `until` is the last day that is to be billed."""
    with desk.database.read() as connection:
        return invoice_lists.counts(connection, until)


def read_invoice(desk: Desk, invoice_id: int) -> IssuedInvoice:
    """Return an issued document with its bytes. Raises RuleBroken INVOICE_UNKNOWN, INVOICE_ERASED.

    Raises OutsideTrouble DOCUMENT_ALTERED where its bytes are not those that were stored.
    """
    with desk.database.read() as connection:
        return issued_on(connection, invoice_id, local_day(desk.clock.now()))


def find_invoice(desk: Desk, number: str) -> InvoiceRow:
    """Return the document of a number, whichever way its letters are written. Raises INVOICE_UNKNOWN."""
    with desk.database.read() as connection:
        found = stored.id_of(connection, number.strip())
        row = None if found is None else invoice_lists.row(connection, found, local_day(desk.clock.now()))
    if row is None:
        raise RuleBroken(Rule.INVOICE_UNKNOWN, number=number.strip())
    return row


def issued_on(connection: Connection, invoice_id: int, today: date) -> IssuedInvoice:
    """Return an issued document as one transaction sees it. Raises as `read_invoice` does."""
    row = invoice_lists.row(connection, invoice_id, today)
    found = stored.find(connection, invoice_id)
    if row is None or found is None:
        raise RuleBroken(Rule.INVOICE_UNKNOWN, number=invoice_id)
    if found.erased_at is not None:
        raise RuleBroken(Rule.INVOICE_ERASED, number=found.number)
    return IssuedInvoice(
        row=row,
        invoice=load(Invoice, found.record),
        pdf=stored_documents.read(connection, found.pdf_id).content,
        xml=None if found.xml_id is None else stored_documents.read(connection, found.xml_id).content,
    )
