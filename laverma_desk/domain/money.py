"""Exact amounts: whole cents, `Decimal` in between, rounded half up, VAT once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from laverma_desk.domain.tariff import Rounding, Tariff


def half_up(value: Fraction) -> int:
    """Round to the nearest whole number, halves away from zero (kaufmännisch)."""
    whole = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return whole if value >= 0 else -whole


def vat_on(net_cents: int, vat_rate: Decimal) -> int:
    """Return the VAT in cents on a net sum in cents; the rate is in percent, for example 19.

    Halves go away from zero, so a cancellation takes back exactly what was asked.
    """
    return int((Decimal(net_cents) * vat_rate / 100).to_integral_value(rounding=ROUND_HALF_UP))


@dataclass(frozen=True)
class Charge:
    """What one session costs, and from which figures that follows.

    `billed_seconds` are whole minutes times 60, except for the exact-second rule.
    """

    seconds: int
    billed_seconds: int
    rounding: Rounding
    price_cents: int
    net_cents: int
    vat_rate: Decimal
    vat_cents: int

    @property
    def gross_cents(self) -> int:
        """Return the sum with VAT in cents."""
        return self.net_cents + self.vat_cents

    @property
    def billed_minutes(self) -> int:
        """Return the billed time in minutes, started ones counted (what a screen shows)."""
        return -(-self.billed_seconds // 60)


def billed_seconds(seconds: int, tariff: Tariff) -> int:
    """Return the seconds that are charged for a session's duration.

    The first `free_seconds` of a session cost nothing. What is left counts at least
    `minimum_seconds` and is then rounded by the tariff's rule.
    """
    chargeable = max(0, seconds - tariff.free_seconds)
    if chargeable == 0:
        return 0
    chargeable = max(chargeable, tariff.minimum_seconds)
    match tariff.rounding:
        case Rounding.STARTED_MINUTE:
            return -(-chargeable // 60) * 60
        case Rounding.NEAREST_MINUTE:
            return (chargeable + 30) // 60 * 60
        case Rounding.FULL_MINUTE:
            return chargeable // 60 * 60
        case Rounding.EXACT_SECOND:
            return chargeable


def charge(seconds: int, tariff: Tariff) -> Charge:
    """Return what a session of so many whole seconds costs under a tariff.

    Each session is rounded on its own, never the sum of a month. Raises ValueError below zero.
    """
    if seconds < 0:
        raise ValueError(seconds)
    billed = billed_seconds(seconds, tariff)
    net = half_up(Fraction(billed * tariff.price_cents, 60))
    return Charge(
        seconds=seconds,
        billed_seconds=billed,
        rounding=tariff.rounding,
        price_cents=tariff.price_cents,
        net_cents=net,
        vat_rate=tariff.vat_rate,
        vat_cents=vat_on(net, tariff.vat_rate),
    )
