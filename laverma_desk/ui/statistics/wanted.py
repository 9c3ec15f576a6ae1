"""Which figures the page asks for: its period in words, and the filter behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from laverma_desk.domain.statistics import Statistics, StatisticsFilter
from laverma_desk.text.figures import period_name
from laverma_desk.ui.history import periods
from laverma_desk.ui.history.periods import OF_FIGURES, Period, Preset, period_of, preset_of
from laverma_desk.ui.history.wish import Wish

_BEFORE_ALL = date(2000, 1, 1)


def usual_wish(today: date) -> Wish:
    """Return what the page begins with: the last twelve months of everybody."""
    return Wish(period_of(Preset.LAST_12_MONTHS, today))


def moved_on(wish: Wish, before: date, today: date) -> Wish:
    """Return the wish for another day: a period with a name goes along, any other stays."""
    named = preset_of(wish.period, before, OF_FIGURES)
    return wish if named is None else replace(wish, period=period_of(named, today))


def filter_of(wish: Wish, today: date) -> StatisticsFilter:
    """Return the wish as figures are read; an open end reaches back before any session, or until today."""
    first, last = wish.period
    first = first or min(_BEFORE_ALL, last or today)
    return StatisticsFilter(
        first=first,
        last=_end(first, last or max(today, first), today),
        customer_id=wish.customer_id,
        supporter_id=wish.supporter_id,
    )


def from_first_session(found: Statistics, wish: Wish) -> Statistics:
    """Return figures whose period begins where there are any, if it was left open."""
    if wish.period[0] is not None or not found.months:
        return found
    return replace(found, filter=replace(found.filter, first=found.months[0].month))


def period_words(period: Period, today: date, *, short: bool = False) -> str:
    """Return a period as the filter shows it, whole months by their names: März 2021 – Februar 2022.

    `short` takes three letters of a month.
    """
    first, last = period
    if first is None or last is None:
        return periods.words_of(period)
    return period_name(first, _end(first, last, today), short=short)


def _end(first: date, last: date, today: date) -> date:
    """Return the end of a period; where it is of months, the one that goes on counts as a whole one."""
    if first.day != 1 or last != today:
        return last
    return (last.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
