"""Which days a named period means, seen from today."""

from __future__ import annotations

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
    THIS_YEAR = "this_year"
    ALL = "all"


def name_of(preset: Preset) -> str:
    """Return how a period is called."""
    return {
        Preset.TODAY: _("Today"),
        Preset.THIS_WEEK: _("This week"),
        Preset.THIS_MONTH: _("This month"),
        Preset.LAST_MONTH: _("Last month"),
        Preset.THIS_YEAR: _("This year"),
        Preset.ALL: _("All time"),
    }[preset]


def period_of(preset: Preset, today: date) -> Period:
    """Return the days of a named period; a week begins on Monday."""
    first_of_month = today.replace(day=1)
    end_of_last_month = first_of_month - timedelta(days=1)
    periods: dict[Preset, Period] = {
        Preset.TODAY: (today, today),
        Preset.THIS_WEEK: (today - timedelta(days=today.weekday()), today),
        Preset.THIS_MONTH: (first_of_month, today),
        Preset.LAST_MONTH: (end_of_last_month.replace(day=1), end_of_last_month),
        Preset.THIS_YEAR: (today.replace(month=1, day=1), today),
        Preset.ALL: (None, None),
    }
    return periods[preset]


def usual_period(today: date) -> Period:
    """Return the period that the page begins with: from the first of last month until today."""
    return period_of(Preset.LAST_MONTH, today)[0], today


def preset_of(period: Period, today: date) -> Preset | None:
    """Return the name that a period has today, None for any other."""
    return next((one for one in Preset if period_of(one, today) == period), None)


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
