"""Where a service is taxed: at home with the rate of its day, by the customer itself, or not in Germany."""

from __future__ import annotations

from laverma_desk.domain.company import Company
from laverma_desk.domain.customer import Customer
from laverma_desk.domain.invoice import Buyer, VatCategory

EU_STATES = frozenset(
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
        "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    }
)  # fmt: skip
"""Where a customer with a VAT ID owes the tax itself (§ 3a Abs. 2 UStG, Art. 196 Directive 2006/112/EC)."""


def category_of(company: Company, buyer: Customer | Buyer) -> VatCategory:
    """Return how all lines for a customer are taxed.

    A customer elsewhere in the EU that has named no VAT ID counts as nobody's business and is taxed at home
    (§ 3a Abs. 1 UStG, Art. 18 Abs. 2 Regulation (EU) 282/2011). With one, it owes the tax whether or not the
    house has a VAT ID: that the house's must be named too is for `einvoice_needs` to say.
    """
    if company.small_business:
        return VatCategory.EXEMPT
    if outside_the_tax(company, buyer):
        return VatCategory.OUTSIDE
    if buyer.country in EU_STATES - {company.country} and buyer.vat_id.strip():
        return VatCategory.REVERSE_CHARGE
    return VatCategory.STANDARD


def outside_the_tax(company: Company, buyer: Customer | Buyer) -> bool:
    """Return whether the tax of a service is no matter of the EU: VAT on it would be owed for naming it.

    § 3a Abs. 2 UStG, for private people § 3a Abs. 4 Satz 2 Nr. 3 and 4; § 14c Abs. 1 UStG. A small business
    names no VAT anyway.
    """
    abroad = buyer.country != company.country and buyer.country not in EU_STATES
    return abroad and not company.small_business
