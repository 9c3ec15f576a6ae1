"""The invoice on paper: one letter of DIN 5008 form B, made from the one frozen record."""

from __future__ import annotations

from datetime import UTC, datetime, time

from laverma_desk.documents import invoice_words as words
from laverma_desk.documents.conformance import Metadata, finished, new_document
from laverma_desk.documents.din_address import address_lines
from laverma_desk.documents.din_letter import (
    BELOW_TITLE,
    LEFT,
    NEXT_TOP,
    TEXT,
    TITLE,
    WIDTH,
    DinLetter,
    dressed,
    first_page,
    text_bottom,
)
from laverma_desk.documents.din_payment import Below, below_height, set_below
from laverma_desk.documents.din_table import set_table
from laverma_desk.documents.flow import Flow
from laverma_desk.documents.invoice_columns import line_table
from laverma_desk.documents.paper import Mark, paint, start_fonts
from laverma_desk.documents.typesetting import one_line
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.invoice import Invoice, numbered
from laverma_desk.i18n import gettext_in

_ABOVE_TABLE = 22.0
_NOON = time(12)


def render_invoice(invoice: Invoice, xml: bytes | None = None, *, preview: bool = False) -> bytes:
    """Return the invoice as PDF/A-3B; the same record gives the same bytes.

    `xml` is embedded as factur-x.xml where the format is ZUGFeRD; an XRechnung travels on its own and
    is never embedded. A preview is the same page without a number, marked as a draft; what has no number
    is one. Nothing is embedded in it, since software would book it. Raises OSError when a shipped font
    is missing.
    """
    preview = preview or not invoice.number
    if preview:
        invoice = numbered(invoice, "")
    about = Metadata(
        title=words.title(invoice),
        subject=f"{invoice.buyer.name}, {words.period(invoice.first, invoice.last, invoice.language)}",
        author=invoice.company.name or invoice.supporter_name,
        language=invoice.language,
        created_at=datetime.combine(invoice.issued_on, _NOON, UTC),
    )
    embedded = xml if invoice.format is InvoiceFormat.ZUGFERD and not preview else None
    pdf = new_document(about, embedded)
    start_fonts(pdf)
    for page in lay_out(invoice, preview=preview):
        paint(pdf, page)
    return finished(pdf, about)


def lay_out(invoice: Invoice, *, preview: bool = False) -> list[list[Mark]]:
    """Return the marks of every page in reading order."""
    letter = _letter(invoice, preview=preview)
    head, top = first_page(letter)
    flow = Flow(top, NEXT_TOP, text_bottom(letter))
    flow.add(head)
    flow.text(one_line(words.title(invoice)), TITLE, LEFT, WIDTH)
    flow.skip(BELOW_TITLE)
    reference = words.reference(invoice)
    for line in reference:
        flow.text(one_line(line), TEXT, LEFT, WIDTH)
    flow.skip(TEXT.line / 2 if reference else 0)
    for paragraph in words.opening(invoice):
        flow.text(one_line(paragraph), TEXT, LEFT, WIDTH)
    flow.skip(_ABOVE_TABLE)
    table = line_table(invoice.lines, invoice.language)
    below = _below(invoice)
    tail = below_height(below)
    set_table(flow, table.columns, table.rows, tail, table.carry)
    flow.keep(tail)
    set_below(flow, below)
    return dressed(letter, flow.pages)


def _letter(invoice: Invoice, *, preview: bool) -> DinLetter:
    company, tongue = invoice.company, invoice.language
    return DinLetter(
        company=company,
        language=tongue,
        address=address_lines(invoice.buyer, tongue, company.country),
        facts=words.facts(invoice),
        running_title=words.running_title(invoice),
        watermark=gettext_in(tongue, "DRAFT") if preview else "",
        abroad=invoice.buyer.country != company.country,
    )


def _below(invoice: Invoice) -> Below:
    return Below(
        language=invoice.language,
        sums=words.sums(invoice.language, invoice.groups, invoice.net_cents, invoice.minutes),
        total=words.total(invoice),
        remarks=words.remarks(invoice.texts.rounding, invoice.texts.notices),
        payment=words.payment(invoice),
        closing=words.closing(invoice),
    )
