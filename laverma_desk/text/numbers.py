"""Numbers and money.

Written here, and held against Babel's CLDR by a test: what Babel knows of a language takes as long to load as
the page of a call takes to be made.
"""

from __future__ import annotations

from decimal import Decimal

from laverma_desk.text.tongue import spoken

NBSP = "\u00a0"
_FRACTION = Decimal("0.000001")
_GERMAN = str.maketrans(",.", ".,")
_MANY_KB = 10_000
_MINUS = "\u2212"


def number(value: Decimal | int, language: str | None = None) -> str:
    """Return a number with the language's separators and no needless digits: 2,25 or 1.234."""
    written = f"{Decimal(value).quantize(_FRACTION):,f}".rstrip("0").removesuffix(".")
    return _separated(written, language)


def amount(cents: int, language: str | None = None) -> str:
    """Return cents as an amount with two digits and no sign: 1.234,50."""
    return _separated(f"{Decimal(cents) / 100:,.2f}", language)


def _separated(written: str, language: str | None) -> str:
    """Return a figure with the separators of a language; it comes with those of English, 1,234.5."""
    return written.translate(_GERMAN) if spoken(language) == "de" else written


def money(cents: int, language: str | None = None) -> str:
    """Return cents as euros: 1.234,50 € with a no-break space."""
    return f"{amount(cents, language)}{NBSP}€"


def signed_number(value: Decimal | int, language: str | None = None) -> str:
    """Return a number with a real minus sign before a negative one: −18."""
    return number(value, language).replace("-", _MINUS)


def signed_money(cents: int, language: str | None = None) -> str:
    """Return cents as euros with a real minus sign before a negative sum: −40,50 €."""
    return money(cents, language).replace("-", _MINUS)


def percent(value: Decimal, language: str | None = None) -> str:
    """Return a rate in percent: 19 % with a no-break space."""
    return f"{number(value, language)}{NBSP}%"


def file_size(count: int, language: str | None = None) -> str:
    """Return bytes as KB, at least 1, from ten thousand on as MB."""
    if count >= _MANY_KB * 1024:
        return f"{number(round(count / 1024**2), language)}{NBSP}MB"
    return f"{number(max(1, round(count / 1024)), language)}{NBSP}KB"
