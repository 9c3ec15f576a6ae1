"""How a customer's lines are taxed: with the rate of their day, not at all, or by the customer itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from laverma_desk.domain.company import Company
from laverma_desk.domain.customer import Customer
from laverma_desk.domain.invoice import InvoiceLine, VatCategory
from laverma_desk.i18n import gettext_in

EU_STATES = frozenset(
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
        "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    }
)  # fmt: skip
"""Where a customer with a VAT ID owes the tax itself (§ 3a Abs. 2 UStG, Art. 196 Directive 2006/112/EC)."""

RECEIPT_WORDS_FROM = date(2028, 1, 1)
"""First day of issue on which § 14 Abs. 4 Nr. 6a UStG wants its words on an invoice."""

_NO_RATE = Decimal(0)


def category_of(company: Company, customer: Customer) -> VatCategory:
    """Return how all lines for a customer are taxed."""
    if company.small_business:
        return VatCategory.EXEMPT
    abroad = customer.country in EU_STATES - {company.country}
    if abroad and customer.vat_id and company.vat_id:
        return VatCategory.REVERSE_CHARGE
    return VatCategory.STANDARD


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
