"""Amounts as fields hold them, and as they are read back."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from laverma_desk import text
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services import checks

_MOST_DIGITS, _HIGHEST = 3, 100_000


def signed_cents(typed: str, field: str) -> int:
    """Return an amount in cents that may be negative. Raises RuleBroken AMOUNT_INVALID."""
    line = typed.strip().replace("\u2212", "-").replace("–", "-")
    if line.startswith("-"):
        return -checks.cents(line[1:], field)
    return checks.cents(line, field)


def quantity(typed: str, field: str) -> Decimal:
    """Return a quantity such as 2, 1,5 or -60, with at most three digits after the comma.

    Raises RuleBroken QUANTITY_INVALID for anything else, and for zero.
    """
    line = typed.strip().replace("\u2212", "-").replace("–", "-").replace(",", ".")
    try:
        value = Decimal(line)
    except InvalidOperation as error:
        raise _wrong(field) from error
    if not value.is_finite() or value == 0 or abs(value) > _HIGHEST:
        raise _wrong(field)
    if value != round(value, _MOST_DIGITS):
        raise _wrong(field)
    whole = int(value)
    return Decimal(whole) if whole == value else value.normalize()


def _wrong(field: str) -> RuleBroken:
    return RuleBroken(Rule.QUANTITY_INVALID, field=field)


def typed_amount(cents: int) -> str:
    """Return an amount as a field shows it: 148,50."""
    return text.amount(cents, "de")


def typed_quantity(value: Decimal) -> str:
    """Return a quantity as a field shows it: 1,5."""
    return text.number(value, "de").replace(".", "")
