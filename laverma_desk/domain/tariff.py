"""Prices with a first day: the house's tariff, and a customer's own deviation from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from laverma_desk.domain.vat import LEGAL_RATES, VatRate, rate_on


class Rounding(StrEnum):
    """How a session's seconds become billed time."""

    STARTED_MINUTE = "started_minute"
    NEAREST_MINUTE = "nearest_minute"
    FULL_MINUTE = "full_minute"
    EXACT_SECOND = "exact_second"

    @property
    def counts_seconds(self) -> bool:
        """Return whether seconds are billed and shown; by every other rule it is whole minutes."""
        return self is Rounding.EXACT_SECOND


@dataclass(frozen=True)
class Tariff:
    """The price of remote support from a day on.

    `price_cents` is net per minute, times in seconds. `vat_rate` in percent is no part of what a house
    enters: `tariff_on` puts the rate of its day there.
    """

    valid_from: date
    price_cents: int = 225
    rounding: Rounding = Rounding.STARTED_MINUTE
    vat_rate: Decimal = Decimal(19)
    minimum_seconds: int = 0
    free_seconds: int = 0


@dataclass(frozen=True)
class CustomerTariff:
    """What one customer pays instead, from a day on; None keeps the house's value."""

    valid_from: date
    price_cents: int | None = None
    rounding: Rounding | None = None


FIRST_DAY = date(2000, 1, 1)


def tariff_on(
    day: date,
    house: Iterable[Tariff],
    own: Iterable[CustomerTariff] = (),
    vat: Iterable[VatRate] = LEGAL_RATES,
) -> Tariff:
    """Return the tariff of a day: the latest one of the house, with the customer's latest deviation.

    Its rate of VAT is the one of the day, whichever tariff counts.
    Before the first dated tariff the earliest one counts, so that no session is without a price.
    """
    known = sorted(house, key=lambda tariff: tariff.valid_from) or [Tariff(FIRST_DAY)]
    found = [tariff for tariff in known if tariff.valid_from <= day]
    chosen = replace(found[-1] if found else known[0], vat_rate=rate_on(day, vat))
    deviations = sorted((one for one in own if one.valid_from <= day), key=lambda one: one.valid_from)
    if not deviations:
        return chosen
    last = deviations[-1]
    return replace(
        chosen,
        price_cents=chosen.price_cents if last.price_cents is None else last.price_cents,
        rounding=last.rounding or chosen.rounding,
    )
