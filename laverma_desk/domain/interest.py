"""Default interest between businesses: from when, at which rate, and how much of it, to the cent."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from laverma_desk.domain.money import half_up

POINTS_ABOVE_BASE = Decimal(9)
"""What is owed above the base rate where no consumer takes part (§ 288 Abs. 2 BGB)."""

LUMP_SUM_CENTS = 4000
"""What a creditor may ask once for the default itself (§ 288 Abs. 5 BGB)."""

_DAYS_TO_DEFAULT = 30
_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class BaseRate:
    """The base rate of § 247 BGB for one half-year; `valid_from` is its 1 January or 1 July."""

    valid_from: date
    rate: Decimal


@dataclass(frozen=True)
class InterestSpan:
    """Days, both included, on which the same sum bore the same rate, in percent a year."""

    first: date
    last: date
    principal_cents: int
    rate: Decimal

    @property
    def days(self) -> int:
        """Return how many days these are."""
        return (self.last - self.first).days + 1


class BaseRateMissing(LookupError):
    """The table lacks the base rate of a half-year that is needed; `half_year` is its first day."""

    def __init__(self, half_year: date) -> None:
        super().__init__(half_year)
        self.half_year = half_year


def half_year_of(day: date) -> date:
    """Return the first day of a day's half-year: the base rate changes on 1 January and 1 July."""
    return date(day.year, 1 if day.month <= 6 else 7, 1)


def half_years(first: date, last: date) -> tuple[date, ...]:
    """Return the half-years that a period touches, the oldest first; none where it ends before it begins."""
    found = []
    begin = half_year_of(first)
    while begin <= last and first <= last:
        found.append(begin)
        begin = half_year_of(begin + timedelta(days=190))
    return tuple(found)


def default_begins(due_on: date, deadlines: Iterable[date] = ()) -> date:
    """Return the first day on which interest is owed for an invoice, its due day being in the past.

    Without a reminder the debtor is in default 30 days after due day and receipt (§ 286 Abs. 3 BGB). A
    reminder brings default earlier (§ 286 Abs. 1): nobody knows when it was received, so the deadline that
    it set is waited for. Where either ends on a Saturday or Sunday, the Monday counts (§ 193 BGB).
    """
    ends = [due_on + timedelta(days=_DAYS_TO_DEFAULT), *(one for one in deadlines if one > due_on)]
    return min(_working_day(one) for one in ends) + _DAY


def interest_spans(
    cents: int, paid: Iterable[tuple[date, int]], rates: Iterable[BaseRate], first: date, last: date
) -> tuple[InterestSpan, ...]:
    """Return what bore interest from `first` to `last`, both included.

    A payment lowers the sum from its own day on, which favours the debtor. There is no interest on interest
    (§ 289 BGB). Raises BaseRateMissing for the first half-year that the table lacks.
    """
    entries = list(paid)
    table = {one.valid_from: one.rate for one in rates}
    starts = {first, *half_years(first, last), *(day for day, _cents in entries)}
    begins = sorted(day for day in starts if first <= day <= last)
    ends = [*(day - _DAY for day in begins[1:]), last]
    spans = []
    for begin, end in zip(begins, ends, strict=True) if begins else ():
        owed = cents - sum(amount for day, amount in entries if day <= begin)
        if owed > 0:
            spans.append(InterestSpan(begin, end, owed, _rate(table, begin) + POINTS_ABOVE_BASE))
    return tuple(spans)


def interest_cents(spans: Iterable[InterestSpan]) -> int:
    """Return the interest of all spans, rounded half up once.

    The rate is one "for the year" (§ 288 BGB): each day bears its year's 365th part, or 366th in a leap year,
    so that a whole calendar year bears exactly the rate. No span crosses a turn of the year.
    """
    total = Fraction(0)
    for one in spans:
        year = 366 if isleap(one.first.year) else 365
        total += Fraction(one.principal_cents) * Fraction(one.rate) / 100 * one.days / year
    return half_up(total)


def _working_day(day: date) -> date:
    while day.weekday() >= _SATURDAY:
        day += _DAY
    return day


def _rate(table: Mapping[date, Decimal], day: date) -> Decimal:
    begin = half_year_of(day)
    if begin not in table:
        raise BaseRateMissing(begin)
    return table[begin]
