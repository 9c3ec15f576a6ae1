"""What tax law wants to be shown on an invoice: the rate of a line, and sentences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from laverma_desk.domain.company import Company
from laverma_desk.domain.invoice import InvoiceLine, VatCategory
from laverma_desk.i18n import gettext_in
from laverma_desk.services.billing_words import why_no_vat

RECEIPT_WORDS_FROM = date(2028, 1, 1)
"""First day of issue on which § 14 Abs. 4 Nr. 6a UStG wants its words on an invoice."""

_NO_RATE = Decimal(0)


def rate_in(category: VatCategory, rate: Decimal) -> Decimal:
    """Return the rate that a line shows: its own, or none where we ask for no tax."""
    return rate if category is VatCategory.STANDARD else _NO_RATE


def notices(
    company: Company, lines: tuple[InvoiceLine, ...], issued_on: date, language: str
) -> tuple[str, ...]:
    """Return the sentences that tax law wants on an invoice."""
    categories = {line.vat_category for line in lines}
    on_receipt = company.vat_on_receipt and not company.small_business and issued_on >= RECEIPT_WORDS_FROM
    said = why_no_vat(categories, language)
    if VatCategory.STANDARD in categories and on_receipt:
        said += (gettext_in(language, "VAT is charged on payments received."),)
    return said
