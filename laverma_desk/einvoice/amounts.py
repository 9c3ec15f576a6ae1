"""Cents and decimals as the figures of an XML file, and back, without a float or a rounding in between."""

from __future__ import annotations

from decimal import Decimal

_CENT = Decimal("0.01")


def euros(cents: int) -> Decimal:
    """Return cents as euros with two digits: 29.25."""
    return Decimal(cents).scaleb(-2).quantize(_CENT)


def cents(figure: Decimal) -> int:
    """Return euros as cents. Raises ValueError for fractions of a cent."""
    whole = figure.scaleb(2)
    if whole != whole.to_integral_value():
        raise ValueError(figure)
    return int(whole)


def plain(value: Decimal) -> str:
    """Return a decimal without exponent and without needless digits: 18, 1.5, -742."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def percent(rate: Decimal) -> str:
    """Return a rate with at least two digits: 19.00, 7.125."""
    return format(rate.quantize(_CENT), "f") if rate == rate.quantize(_CENT) else plain(rate)
