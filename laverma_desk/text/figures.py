"""What charts and tables of figures say. Loaded where figures are, for nothing else needs it."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from babel.dates import get_day_names
from babel.numbers import format_decimal

from laverma_desk.domain.figure_table import Cell, FigureKind
from laverma_desk.text.numbers import NBSP, amount, money, number
from laverma_desk.text.times import date, duration, month, short_month
from laverma_desk.text.tongue import locale_of

_TENTH = Decimal("0.1")
_DASH = "–"


def share(part: Fraction, language: str | None = None) -> str:
    """Return a part of one in percent with one digit, halves up: 84,7 %."""
    tenths = Decimal(part.numerator * 100) / Decimal(part.denominator)
    rounded = tenths.quantize(_TENTH, ROUND_HALF_UP)
    return f"{format_decimal(rounded, format='#,##0.0', locale=locale_of(language))}{NBSP}%"


def whole_euros(cents: int, language: str | None = None) -> str:
    """Return what stands beside a grid line: 2.400 €; with cents only where there are some."""
    written = format_decimal(cents // 100, format="#,##0", locale=locale_of(language))
    return f"{amount(cents, language) if cents % 100 else written}{NBSP}€"


def weekday(number: int, language: str | None = None) -> str:
    """Return the name of a weekday, of which Monday is 0: Montag."""
    return str(get_day_names("wide", "stand-alone", locale_of(language))[number])


def hour(begin: int) -> str:
    """Return one hour of the day by its two ends: 09:00–10:00."""
    return f"{begin:02d}:00–{begin + 1:02d}:00"


def shown(kind: FigureKind, value: Cell, language: str | None = None) -> str:
    """Return a cell of a table in words; "–" where a figure has no value."""
    match value:
        case None:
            said = _DASH
        case str():
            said = value
        case Fraction():
            said = share(value, language)
        case int():
            said = _number(kind, value, language)
        case _:
            said = month(value, language) if kind is FigureKind.MONTH else date(value, language)
    return said


def _number(kind: FigureKind, value: int, language: str | None) -> str:
    if kind is FigureKind.MONEY:
        return money(value, language)
    return duration(value) if kind is FigureKind.DURATION else number(value, language)


def period_name(first: dt.date, last: dt.date, language: str | None = None, *, short: bool = False) -> str:
    """Return what a period is called: 2021, Februar 2022, März 2021 – Februar 2022, else by its days.

    `short` takes three letters of each month.
    """
    if not is_whole_months(first, last):
        begin, end = date(first, language), date(last, language)
    elif (first.year, first.month, last.month) == (last.year, 1, 12):
        begin = end = str(first.year)
    elif short:
        begin, end = (f"{short_month(day, language)} {day.year}" for day in (first, last))
    else:
        begin, end = month(first, language), month(last, language)
    return begin if begin == end else f"{begin} {_DASH} {end}"


def is_whole_months(first: dt.date, last: dt.date) -> bool:
    """Return whether a period begins with a month and ends with one."""
    return first.day == 1 and (last == dt.date.max or (last + dt.timedelta(days=1)).day == 1)
