"""The general rate of VAT with its first days; a service has the rate of its day (§ 12 Abs. 1 UStG)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class VatRate:
    """A rate in percent, from a day on."""

    valid_from: date
    rate: Decimal


LEGAL_RATES = (
    VatRate(date(2007, 1, 1), Decimal(19)),
    VatRate(date(2020, 7, 1), Decimal(16)),
    VatRate(date(2021, 1, 1), Decimal(19)),
)
"""What every desk is born with: § 12 Abs. 1 and, for half a year, § 28 Abs. 1 UStG."""


def rate_on(day: date, rates: Iterable[VatRate] = LEGAL_RATES) -> Decimal:
    """Return the rate of a day in percent.

    Before the first one that is known the earliest counts, and the legal ones where none is.
    """
    known = sorted(rates, key=lambda one: one.valid_from) or list(LEGAL_RATES)
    begun = [one for one in known if one.valid_from <= day]
    return (begun[-1] if begun else known[0]).rate
