"""Values as the description standard reads them: UTF-8, decimal comma, no line break in a text.

Nothing is put before a text that a spreadsheet would take for a formula: each column says that it is a text,
and what is handed to an audit is what stands in the desk.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from laverma_desk.services.tax_audit.described import ACCURACY, Kind, Value

QUOTE = '"'
LINE_BREAK = " / "


def plain(words: str) -> str:
    """Return a text on one line: its lines are parted by a slash, other control characters are blanks."""
    if words.isprintable():
        return words
    lines = (
        "".join(" " if unicodedata.category(one) == "Cc" else one for one in line).strip()
        for line in words.splitlines()
    )
    return LINE_BREAK.join(filter(None, lines))


def day(value: date) -> str:
    """Return 01.03.2022."""
    return f"{value.day:02}.{value.month:02}.{value.year:04}"


def money(cents: int) -> str:
    """Return 1234,50, a sign before what is negative, nothing between thousands."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole},{rest:02}"


@lru_cache(maxsize=1000)
def decimal(value: Decimal, digits: int) -> str:
    """Return 19,00: as many digits behind the comma as the column says. Raises ValueError for more."""
    written = f"{value:.{digits}f}"
    if Decimal(written) != value:
        raise ValueError(value)
    return written.replace(".", ",")


class TextCells:
    """Writes the texts of a column and remembers how much room the widest of them takes."""

    def __init__(self) -> None:
        self.widest = 1

    def __call__(self, value: Value) -> str:
        """Return a text in quotation marks, those within it doubled; nothing for a missing one."""
        if value is None or value == "":
            return ""
        words = plain(str(value))
        # Bytes, which are never fewer than letters: nobody can take the length for too short.
        room = len(words) if words.isascii() else len(words.encode())
        self.widest = max(self.widest, room)
        return f"{QUOTE}{words.replace(QUOTE, QUOTE * 2)}{QUOTE}"


def cells_of(kind: Kind) -> Callable[[Value], str]:
    """Return what writes the values of a column."""
    if kind is Kind.TEXT:
        return TextCells()
    return {
        Kind.DAY: _day,
        Kind.WHOLE: _whole,
        Kind.MONEY: _money,
        Kind.RATE: _rate,
        Kind.QUANTITY: _quantity,
    }[kind]


def _day(value: Value) -> str:
    return day(value) if isinstance(value, date) else ""


def _whole(value: Value) -> str:
    return "" if value is None else str(value)


def _money(value: Value) -> str:
    return money(value) if isinstance(value, int) else ""


def _rate(value: Value) -> str:
    return decimal(value, ACCURACY[Kind.RATE]) if isinstance(value, Decimal) else ""


def _quantity(value: Value) -> str:
    return decimal(value, ACCURACY[Kind.QUANTITY]) if isinstance(value, Decimal) else ""
