"""What reports, invoices and statements say of a price: what was billed otherwise, why no VAT is named."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from laverma_desk import text
from laverma_desk.domain.invoice import VatCategory
from laverma_desk.i18n import gettext_in


def allowances(pairs: Iterable[tuple[int, int]], language: str) -> tuple[str, ...]:
    """Return in words which least and free seconds sessions were billed with, nothing for none."""
    said = []
    for least, free in pairs:
        if free:
            words = gettext_in(language, "Free of charge at the start of each session: %(time)s.")
            said.append(words % {"time": text.duration_words(free, language)})
        if least:
            words = gettext_in(language, "Shortest time billed for a session: %(time)s.")
            said.append(words % {"time": text.duration_words(least, language)})
    return tuple(dict.fromkeys(said))


def why_no_vat(categories: Collection[VatCategory], language: str) -> tuple[str, ...]:
    """Return the sentences that say of some categories why no VAT is named."""
    said = []
    if VatCategory.EXEMPT in categories:
        said.append(gettext_in(language, "Exempt from VAT under § 19 UStG (small business)."))
    if VatCategory.REVERSE_CHARGE in categories:
        said.append(gettext_in(language, "Reverse charge: the recipient of the service owes the VAT."))
    if VatCategory.OUTSIDE in categories:
        said.append(gettext_in(language, "This service is not taxable in Germany (§ 3a UStG)."))
    return tuple(said)
