"""Which days a named period means, seen from today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from laverma_desk import text
from laverma_desk.i18n import _

Period = tuple[date | None, date | None]
"""First and last day; None leaves an end open."""


class Preset(StrEnum):
    """A period with a name."""

    TODAY = "today"
    THIS_WEEK = "this_week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    LAST_QUARTER = "last_quarter"
    THIS_QUARTER = "this_quarter"
    LAST_12_MONTHS = "last_12_months"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"
    THIS_FISCAL_YEAR = "this_fiscal_year"
    LAST_FISCAL_YEAR = "last_fiscal_year"
    ALL = "all"


OF_SESSIONS = (
    Preset.TODAY, Preset.THIS_WEEK, Preset.THIS_MONTH, Preset.LAST_MONTH, Preset.THIS_YEAR, Preset.ALL,
)  # fmt: skip
"""The periods that one looks for a session in."""

OF_FIGURES = (
    Preset.LAST_12_MONTHS, Preset.THIS_MONTH, Preset.LAST_MONTH,
    Preset.THIS_YEAR, Preset.LAST_YEAR, Preset.ALL,
)  # fmt: skip
"""The periods that figures are compared over."""


def of_bookkeeping(fiscal_month: int) -> tuple[Preset, ...]:
    """Return the periods that books are kept by, in a house whose fiscal year begins in some month."""
    years = (Preset.LAST_YEAR, Preset.THIS_YEAR)
    if fiscal_month != 1:
        years = (Preset.LAST_FISCAL_YEAR, Preset.THIS_FISCAL_YEAR)
    return (Preset.LAST_MONTH, Preset.THIS_MONTH, Preset.LAST_QUARTER, Preset.THIS_QUARTER, *years)


def of_audit(fiscal_month: int) -> tuple[Preset, ...]:
    """Return the periods that an audit is about."""
    return of_bookkeeping(fiscal_month)[-2:]


def name_of(preset: Preset) -> str:
    """Return how a period is called."""
    return {
        Preset.TODAY: _("Today"),
        Preset.THIS_WEEK: _("This week"),
        Preset.THIS_MONTH: _("This month"),
        Preset.LAST_MONTH: _("Last month"),
        Preset.LAST_QUARTER: _("Last quarter"),
        Preset.THIS_QUARTER: _("This quarter"),
        Preset.LAST_12_MONTHS: _("Last 12 months"),
        Preset.THIS_YEAR: _("This year"),
        Preset.LAST_YEAR: _("Last year"),
        Preset.THIS_FISCAL_YEAR: _("This fiscal year"),
        Preset.LAST_FISCAL_YEAR: _("Last fiscal year"),
        Preset.ALL: _("All time"),
    }[preset]


def period_of(preset: Preset, today: date, fiscal_month: int = 1) -> Period:
    """Return the days of a named period; a week begins on Monday, this month is one of the last twelve.

    A quarter, and a fiscal year, which begins in `fiscal_month`, go to their last day, even if it is to come.
    """
    first_of_month = today.replace(day=1)
    first_of_year = today.replace(month=1, day=1)
    end_of_last_month = first_of_month - timedelta(days=1)
    quarter = first_of_month.replace(month=(today.month - 1) // 3 * 3 + 1)
    fiscal = first_of_month.replace(month=fiscal_month)
    if fiscal > today:
        fiscal = fiscal.replace(year=fiscal.year - 1)
    periods: dict[Preset, Period] = {
        Preset.TODAY: (today, today),
        Preset.THIS_WEEK: (today - timedelta(days=today.weekday()), today),
        Preset.THIS_MONTH: (first_of_month, today),
        Preset.LAST_MONTH: (end_of_last_month.replace(day=1), end_of_last_month),
        Preset.LAST_QUARTER: (_months_on(quarter, -3), quarter - timedelta(days=1)),
        Preset.THIS_QUARTER: (quarter, _months_on(quarter, 3) - timedelta(days=1)),
        Preset.LAST_12_MONTHS: (_months_on(first_of_month, -11), today),
        Preset.THIS_YEAR: (first_of_year, today),
        Preset.LAST_YEAR: (first_of_year.replace(year=today.year - 1), first_of_year - timedelta(days=1)),
        Preset.THIS_FISCAL_YEAR: (fiscal, _months_on(fiscal, 12) - timedelta(days=1)),
        Preset.LAST_FISCAL_YEAR: (_months_on(fiscal, -12), fiscal - timedelta(days=1)),
        Preset.ALL: (None, None),
    }
    return periods[preset]


def _months_on(first: date, by: int) -> date:
    place = 12 * first.year + first.month - 1 + by
    return first.replace(place // 12, place % 12 + 1)


def usual_period(today: date) -> Period:
    """Return the period that the page begins with: from the first of last month until today."""
    return period_of(Preset.LAST_MONTH, today)[0], today


def preset_of(
    period: Period, today: date, among: Sequence[Preset] = OF_SESSIONS, fiscal_month: int = 1
) -> Preset | None:
    """Return the name that a period has today, None for any other."""
    return next((one for one in among if period_of(one, today, fiscal_month) == period), None)


def words_of(period: Period) -> str:
    """Return a period as the filter shows it: 01.02.2022 – 01.03.2022."""
    first, last = period
    if first is None and last is None:
        return name_of(Preset.ALL)
    if first is None:
        return _("until %(day)s") % {"day": text.date(last)} if last else ""
    if last is None:
        return _("since %(day)s") % {"day": text.date(first)}
    if first == last:
        return text.date(first)
    return f"{text.date(first)} – {text.date(last)}"
