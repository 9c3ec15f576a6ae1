"""What a typed price comes to: the amounts on the cards, the price with VAT, the printed sentence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from laverma_desk import text
from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.money import vat_on
from laverma_desk.domain.tariff import FIRST_DAY, Rounding, Tariff
from laverma_desk.i18n import _
from laverma_desk.services import checks
from laverma_desk.services.mails.reporting import DOCUMENT_LANGUAGE

_LONGEST_SECONDS = 24 * 3600


@dataclass(frozen=True)
class TariffReading:
    """What is shown beside the fields of a tariff; no tariff where the price cannot be read."""

    gross: str
    tariffs: dict[Rounding, Tariff | None]
    rule: str


def checked_tariff_field(name: str, typed: Any) -> Any:
    """Return a field of a tariff as it is kept. Raises RuleBroken at the field."""
    match name:
        case "price":
            return checks.cents(typed, name)
        case "minimum_seconds" | "free_seconds":
            return checks.whole_number(typed.strip() or "0", name, 0, _LONGEST_SECONDS)
        case "valid_from":
            return typed if not isinstance(typed, str) else checks.day(typed, name)
        case _:
            return typed


def shown_tariff_field(name: str, value: Any) -> object:
    """Return how a kept value stands in its field."""
    match name:
        case "price":
            return text.amount(value)
        case "minimum_seconds" | "free_seconds":
            return str(value)
        case _:
            return value


def read_tariff(values: dict[str, Any], vat_rate: Decimal | None) -> TariffReading:
    """Return what typed fields come to; a field that is missing counts as nothing.

    `vat_rate` is that of the day, None for a small business, which shows no VAT.
    """
    rounding: Rounding = values["rounding"]
    price = _or_none("price", values["price"])
    minimum = _or_none("minimum_seconds", values.get("minimum_seconds", "0")) or 0
    free = _or_none("free_seconds", values.get("free_seconds", "0")) or 0
    tariffs = {
        one: None if price is None else Tariff(FIRST_DAY, price, one, vat_rate or Decimal(0), minimum, free)
        for one in Rounding
    }
    gross = ""
    if vat_rate is None:
        gross = _("Without VAT, as a small business.")
    elif price is not None:
        gross = _("%(price)s per minute with %(rate)s VAT") % {
            "price": text.money(price + vat_on(price, vat_rate)),
            "rate": text.percent(vat_rate),
        }
    return TariffReading(gross, tariffs, text.rounding_rule(rounding, DOCUMENT_LANGUAGE))


def _or_none(name: str, typed: Any) -> Any:
    try:
        return checked_tariff_field(name, typed)
    except DeskError:
        return None
