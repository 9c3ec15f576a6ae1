"""Writes an invoice as EN 16931 in CII, the form of ZUGFeRD and XRechnung.

drafthorse builds the tree, because it is a model of exactly this syntax: it knows every element's name,
namespace and place in the sequence that the XSD demands, so a field can be forgotten but not misplaced.
factur-x writes CII too, from an untyped dictionary, but knows no BT-24 of XRechnung; eu-einvoice fetches
its rules from the network. drafthorse's `serialize` is left aside: it would parse the file twice more, and
`checking` holds it against newer rules. ElementTree's text has no clock and no set in it, so the same
record is always the same bytes.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET  # nosec B405 # (writes alone, reads nothing)

from drafthorse.models.accounting import ApplicableTradeTax
from drafthorse.models.document import Document
from drafthorse.models.note import IncludedNote
from drafthorse.models.payment import PaymentMeans, PaymentTerms
from drafthorse.models.trade import TradeSettlement

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.einvoice_needs import buyer_reference
from laverma_desk.domain.invoice import Invoice, VatCategory, VatGroup
from laverma_desk.einvoice import codes
from laverma_desk.einvoice.amounts import euros, percent
from laverma_desk.einvoice.cleaning import cleaned
from laverma_desk.einvoice.lines import line_element
from laverma_desk.einvoice.parties import fill_buyer, fill_seller
from laverma_desk.i18n import gettext_in

_DECLARATION = "<?xml version='1.0' encoding='utf-8'?>"


def write_xml(invoice: Invoice) -> bytes:
    """Return the invoice as CII in UTF-8: for XRECHNUNG as XRechnung 3.0, else as ZUGFeRD's EN 16931 profile.

    An invoice without a number is a preview and gets `codes.NO_NUMBER`. What XML forbids is left out.
    """
    record = cleaned(invoice)
    document = Document()
    xrechnung = record.format is InvoiceFormat.XRECHNUNG
    if xrechnung:
        document.context.business_parameter.id = codes.BUSINESS_PROCESS
    guideline = InvoiceFormat.XRECHNUNG if xrechnung else InvoiceFormat.ZUGFERD
    document.context.guideline_parameter.id = codes.GUIDELINES[guideline]
    document.header.id = record.number or codes.NO_NUMBER
    document.header.type_code = codes.TYPE_CODES[record.kind]
    document.header.issue_date_time = record.issued_on
    for code, sentence in _notes(record):
        document.header.notes.add(IncludedNote(content=sentence, subject_code=code))
    trade = document.trade
    if buyer_reference(record):
        trade.agreement.buyer_reference = buyer_reference(record)
    fill_seller(trade.agreement.seller, record)
    fill_buyer(trade.agreement.buyer, record)
    trade.delivery.event.occurrence = max((line.last for line in record.lines), default=record.last)
    _fill_settlement(trade.settlement, record)
    root = document.to_etree()
    # A trade begins with its lines.
    body = root.find("rsm:SupplyChainTradeTransaction", codes.NAMESPACES)
    body[:0] = [line_element(line, record.language) for line in record.lines]
    ET.indent(root)
    # As text first: straight into bytes each of some 100,000 pieces would be encoded on its own.
    return f"{_DECLARATION}\n{ET.tostring(root, 'unicode')}\n".encode()


def _notes(invoice: Invoice) -> list[tuple[str, str]]:
    sentences = [(codes.GENERAL_NOTE, one) for one in invoice.texts.rounding]
    sentences += [(codes.TAX_NOTE, one) for one in invoice.texts.notices]
    if invoice.reason:
        words = gettext_in(invoice.language, "Reason for the cancellation: %(reason)s")
        sentences.append((codes.REASON_NOTE, words % {"reason": invoice.reason}))
    sentences.append((codes.REGISTER_NOTE, invoice.company.register))
    return [(code, sentence) for code, sentence in sentences if sentence]


def _fill_settlement(settlement: TradeSettlement, invoice: Invoice) -> None:
    settlement.payment_reference = invoice.number or codes.NO_NUMBER
    settlement.currency_code = codes.CURRENCY
    _add_account(settlement, invoice)
    for group in invoice.groups:
        settlement.trade_tax.add(_tax(group, invoice.language))
    settlement.period.start = invoice.first
    settlement.period.end = invoice.last
    settlement.terms.add(_terms(invoice))
    sums = settlement.monetary_summation
    sums.line_total = euros(invoice.net_cents)
    sums.tax_basis_total = euros(invoice.net_cents)
    sums.tax_total = (euros(invoice.vat_cents), codes.CURRENCY)
    sums.grand_total = euros(invoice.gross_cents)
    sums.due_amount = euros(invoice.gross_cents)
    if invoice.cancels is not None:
        settlement.invoice_referenced_document.issuer_assigned_id = invoice.cancels.number
        settlement.invoice_referenced_document.issue_date_time = invoice.cancels.issued_on


def _terms(invoice: Invoice) -> PaymentTerms:
    """Return what is said of paying; BR-DE-18-a wants it even where there is nothing to pay."""
    terms = PaymentTerms()
    if invoice.due_on:
        terms.due = invoice.due_on
    terms.description = invoice.texts.terms
    if not invoice.due_on and not invoice.texts.terms:
        terms.description = gettext_in(invoice.language, "There is nothing to be paid.")
    return terms


def _add_account(settlement: TradeSettlement, invoice: Invoice) -> None:
    company = invoice.company
    iban = company.plain_iban
    if not iban:
        return
    means = PaymentMeans(type_code=codes.SEPA_TRANSFER)
    means.payee_account.iban = iban
    means.payee_account.account_name = company.account_holder or company.name
    if company.bic:
        means.payee_institution.bic = company.bic
    settlement.payment_means.add(means)


def _tax(group: VatGroup, language: str) -> ApplicableTradeTax:
    tax = ApplicableTradeTax(
        calculated_amount=euros(group.vat_cents),
        type_code=codes.VAT,
        basis_amount=euros(group.net_cents),
        category_code=group.category.value,
        rate_applicable_percent=percent(group.rate),
    )
    if group.category is not VatCategory.STANDARD:
        tax.exemption_reason = codes.EXEMPTION_REASONS[group.category, language]
        if group.category in codes.EXEMPTION_CODES:
            tax.exemption_reason_code = codes.EXEMPTION_CODES[group.category]
    return tax
