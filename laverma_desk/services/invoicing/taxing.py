"""What tax law wants to be shown on an invoice: the rate of a line, and sentences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from laverma_desk.domain.company import Company
from laverma_desk.domain.invoice import InvoiceLine, VatCategory
from laverma_desk.i18n import gettext_in

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
    said = []
    if VatCategory.EXEMPT in categories:
        said.append(gettext_in(language, "Exempt from VAT under § 19 UStG (small business)."))
    if VatCategory.REVERSE_CHARGE in categories:
        said.append(gettext_in(language, "Reverse charge: the recipient of the service owes the VAT."))
    if (
        VatCategory.STANDARD in categories
        and company.vat_on_receipt
        and not company.small_business
        and issued_on >= RECEIPT_WORDS_FROM
    ):
        said.append(gettext_in(language, "VAT is charged on payments received."))
    return tuple(said)
