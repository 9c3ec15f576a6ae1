"""See a draft as it would be issued: the same record and the same drawing, watermarked, without a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.einvoice_needs import Need, needs
from laverma_desk.domain.invoice import Invoice
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing.drafts import DraftWish
from laverma_desk.services.invoicing.record import draft_record, wish_record


@dataclass(frozen=True)
class Prepared:
    """A document before it is issued. `xml` is None for a plain PDF and where something is still missing.

    `needs` is what must be added before it can be issued.
    """

    invoice: Invoice
    pdf: bytes
    xml: bytes | None
    needs: tuple[Need, ...]


def preview_draft(desk: Desk, draft_id: int) -> Prepared:
    """Return a draft as it would be issued now. Raises RuleBroken as `record.draft_record` does."""
    today = local_day(desk.clock.now())
    with desk.database.read() as connection:
        invoice = draft_record(connection, draft_id, today=today)
    return prepared(invoice)


def preview_open(desk: Desk, wish: DraftWish, until: date) -> Prepared:
    """Return what would become of open sessions. Raises RuleBroken as `record.wish_record` does."""
    today = local_day(desk.clock.now())
    with desk.database.read() as connection:
        invoice = wish_record(connection, wish, until, today)
    return prepared(invoice)


def prepared(invoice: Invoice) -> Prepared:
    """Draw a record that has no number yet."""
    from laverma_desk.documents.invoice_pdf import render_invoice  # noqa: PLC0415 (fpdf2 is slow to import)

    missing = needs(invoice)
    xml = None
    if invoice.format is not InvoiceFormat.PDF and not missing:
        from laverma_desk.einvoice.writing import write_xml  # noqa: PLC0415 (slow to import)

        xml = write_xml(invoice)
    embedded = xml if invoice.format is InvoiceFormat.ZUGFERD else None
    return Prepared(invoice, render_invoice(invoice, embedded, preview=True), xml, missing)
