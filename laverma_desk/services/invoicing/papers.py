"""Turn a numbered record into the bytes that are stored, and hold record, XML and PDF against each other."""

from __future__ import annotations

from dataclasses import dataclass

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.einvoice_needs import needs
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import Invoice
from laverma_desk.domain.invoice_sums import check_sums
from laverma_desk.explain.figures import difference
from laverma_desk.i18n import _
from laverma_desk.pdfium_turn import in_turn
from laverma_desk.services.judging import HERE, Judge


@dataclass(frozen=True)
class Papers:
    """The bytes of a document. `xml` is None for a plain PDF."""

    pdf: bytes
    xml: bytes | None


def make_papers(invoice: Invoice, judge: Judge = HERE) -> Papers:
    """Return PDF and XML of a numbered record, checked; it takes some tenths of a second.

    Raises RuleBroken INVOICE_NEEDS (with `needs`) where something must be added first, INVOICE_REFUSED
    (with `findings`, in words) where the official rules refuse the XML, or record, XML and PDF do not say
    the same. SumsDisagree is a bug.
    """
    from laverma_desk.documents.invoice_pdf import render_invoice  # noqa: PLC0415 (fpdf2 is slow to import)

    check_sums(invoice)
    missing = needs(invoice)
    if missing:
        raise RuleBroken(Rule.INVOICE_NEEDS, needs=missing)
    xml = None
    if invoice.format is not InvoiceFormat.PDF:
        judge.warm_up()  # Beside the writing, whose libraries take as long the first time.
        from laverma_desk.einvoice.writing import write_xml  # noqa: PLC0415 (slow to import)

        xml = write_xml(invoice)
        _refuse([*rules_broken(xml, invoice, judge), *differences(xml, invoice)])
    pdf = render_invoice(invoice, xml if invoice.format is InvoiceFormat.ZUGFERD else None)
    _refuse(misprints(pdf, invoice, xml))
    return Papers(pdf, xml)


def rules_broken(xml: bytes, invoice: Invoice, judge: Judge = HERE) -> list[str]:
    """Return in words what the official rules (XSD and Schematron) have against an XML."""
    return [f"{one.rule}: {one.text}" for one in judge.findings(xml, invoice.format)]


def differences(xml: bytes, invoice: Invoice) -> list[str]:
    """Return what an XML, read back, says otherwise than the record, to the cent."""
    from laverma_desk.einvoice.agreeing import agree  # noqa: PLC0415 (slow to import)
    from laverma_desk.einvoice.reading import read_xml  # noqa: PLC0415

    found = agree(invoice, read_xml(xml))
    return [difference(one.place, one.found, one.expected) for one in found]


@in_turn
def misprints(pdf: bytes, invoice: Invoice, xml: bytes | None = None) -> list[str]:
    """Return which figures a PDF, read back, prints otherwise than the record says them.

    A hybrid one must also carry the very XML that is stored beside it: two invoices that differ would both be
    owed (§ 14c UStG).
    """
    from laverma_desk.documents.invoice_attachment import embedded_xml  # noqa: PLC0415 (slow to import)
    from laverma_desk.documents.invoice_reading import (  # noqa: PLC0415
        UnreadableInvoice,
        figures_of,
        printed_figures,
    )

    try:
        printed, meant = printed_figures(pdf), figures_of(invoice)
        inside = embedded_xml(pdf)
    except UnreadableInvoice:
        return [_("The PDF cannot be read back.")]
    if inside != (xml if invoice.format is InvoiceFormat.ZUGFERD else None):
        return [_("The XML inside the PDF is not the one beside it.")]
    said = {
        _("number"): (printed.number, meant.number),
        _("net amount"): (printed.net_cents, meant.net_cents),
        _("VAT"): (printed.vat_cents, meant.vat_cents),
        _("total"): (printed.gross_cents, meant.gross_cents),
    }
    return [
        _("The PDF prints another %(figure)s than the record: %(printed)s instead of %(record)s.")
        % {"figure": figure, "printed": found, "record": wanted}
        for figure, (found, wanted) in said.items()
        if found != wanted
    ]


def _refuse(findings: list[str]) -> None:
    if findings:
        raise RuleBroken(Rule.INVOICE_REFUSED, findings=tuple(findings))
