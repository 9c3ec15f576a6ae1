"""The two charts over time, in words and bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from laverma_desk import text
from laverma_desk.domain.charting import axis
from laverma_desk.domain.statistics import NO_FIGURES, Figures, MonthFigures, Statistics
from laverma_desk.i18n import _
from laverma_desk.text.figures import whole_euros
from laverma_desk.ui.history.wish import Wish
from laverma_desk.ui.statistics.reading import CardReading
from laverma_desk.ui.widgets.bar_chart import Bar, BarChartReading

_MOST_MONTHS = 36
"""Beyond that a bar stands for a year: narrower ones could not be told apart."""
_YEAR = 12
_CENTS = 100


@dataclass(frozen=True)
class _Stretch:
    """A month or a year: its days, its names, and its figures."""

    first: date
    last: date
    label: str
    name: str
    short_name: str
    figures: Figures


def month_cards(statistics: Statistics, wish: Wish) -> tuple[CardReading, CardReading]:
    """Return minutes and revenue over time; the `wish` is what leads on from a bar."""
    by_year = len(statistics.months) > _MOST_MONTHS
    stretches = _years(statistics.months) if by_year else _months(statistics.months)
    wanted = statistics.filter

    def ways(those: Sequence[_Stretch]) -> tuple[Wish, ...]:
        return tuple(
            replace(wish, period=(max(one.first, wanted.first), min(one.last, wanted.last))) for one in those
        )

    last = stretches[-1]
    minutes = CardReading(
        title=_("Minutes by year") if by_year else _("Minutes by month"),
        chart=_minutes(stretches),
        ways=ways(stretches),
        row_ways=ways(_months(statistics.months)),
    )
    revenue = CardReading(
        title=_("Revenue by year, net") if by_year else _("Revenue by month, net"),
        chart=_revenue(stretches),
        aside=f"{last.short_name} {text.money(last.figures.net_cents)}",
        ways=minutes.ways,
        row_ways=minutes.row_ways,
    )
    return minutes, revenue


def _months(months: Sequence[MonthFigures]) -> list[_Stretch]:
    return [
        _Stretch(
            one.month,
            (one.month + timedelta(days=31)).replace(day=1) - timedelta(days=1),
            _label(one.month, len(months)),
            text.month(one.month),
            text.month_name(one.month),
            one.figures,
        )
        for one in months
    ]


def _label(month: date, count: int) -> str:
    """Return what stands below a month: where there are many, each second or third, January by its year."""
    if count <= _YEAR:
        return text.short_month(month)
    if month.month == 1:
        return str(month.year)
    return "" if (month.month - 1) % (2 if count <= 2 * _YEAR else 3) else text.short_month(month)


def _years(months: Sequence[MonthFigures]) -> list[_Stretch]:
    years = list(range(months[0].month.year, months[-1].month.year + 1))
    every = -(-len(years) // _YEAR)
    return [
        _Stretch(
            date(year, 1, 1),
            date(year, 12, 31),
            "" if (years[-1] - year) % every else str(year),
            str(year),
            str(year),
            sum((one.figures for one in months if one.month.year == year), NO_FIGURES),
        )
        for year in years
    ]


def _minutes(stretches: Sequence[_Stretch]) -> BarChartReading:
    bars = [
        Bar(
            one.label,
            one.figures.billed_minutes,
            one.figures.free_minutes,
            _("%(when)s: %(billed)s billed, %(free)s free of charge")
            % {
                "when": one.name,
                "billed": text.minutes(one.figures.billed_minutes),
                "free": text.minutes(one.figures.free_minutes),
            },
            bold=one is stretches[-1],
        )
        for one in stretches
    ]
    scale = axis(max(one.figures.minutes for one in stretches))
    most = max(stretches, key=lambda one: one.figures.minutes)
    essence = _essence(stretches, most, text.minutes(most.figures.minutes))
    return BarChartReading(bars, scale, [text.number(line) for line in scale.lines], essence)


def _revenue(stretches: Sequence[_Stretch]) -> BarChartReading:
    bars = [
        Bar(
            one.label,
            one.figures.net_cents,
            0,
            _("%(when)s: %(amount)s net") % {"when": one.name, "amount": text.money(one.figures.net_cents)},
            bold=one is stretches[-1],
        )
        for one in stretches
    ]
    scale = axis(max(one.figures.net_cents for one in stretches), _CENTS)
    most = max(stretches, key=lambda one: one.figures.net_cents)
    essence = _essence(stretches, most, text.money(most.figures.net_cents))
    return BarChartReading(bars, scale, [whole_euros(line) for line in scale.lines], essence)


def _essence(stretches: Sequence[_Stretch], most: _Stretch, amount: str) -> str:
    if len(stretches) == 1:
        return f"{most.name}: {amount}"
    words = {
        "first": stretches[0].name,
        "last": stretches[-1].name,
        "when": most.name,
        "amount": amount,
    }
    return _("From %(first)s to %(last)s, the most in %(when)s: %(amount)s.") % words
