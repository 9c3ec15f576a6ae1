"""The four figures that say most about a period, in the same words on the page and on paper."""

from __future__ import annotations

from dataclasses import dataclass

from laverma_desk.domain.statistics import Statistics
from laverma_desk.i18n import ngettext_in
from laverma_desk.text.figures import is_whole_months, share
from laverma_desk.text.numbers import money, number
from laverma_desk.text.times import duration, minutes, month
from laverma_desk.text.tongue import _, spoken


@dataclass(frozen=True)
class KeyFigure:
    """What it is, how much it is, and a remark that explains it, "" for none."""

    label: str
    value: str
    remark: str


def key_figures(statistics: Statistics, language: str | None = None) -> tuple[KeyFigure, ...]:
    """Return minutes, revenue, billed share and average session; "–" for what nothing can be said of."""
    total, tongue = statistics.total, spoken(language)
    part, average = total.billed_share, total.average_seconds
    return (
        KeyFigure(
            _("Minutes in total", tongue), number(total.minutes, tongue), _sessions(statistics, tongue)
        ),
        KeyFigure(_("Net revenue", tongue), money(total.net_cents, tongue), _prices(statistics, tongue)),
        KeyFigure(
            _("Billed share", tongue),
            "–" if part is None else share(part, tongue),
            _("%(minutes)s free", tongue) % {"minutes": minutes(total.free_minutes, tongue)},
        ),
        KeyFigure(
            _("Average session", tongue),
            "–" if average is None else duration(average),
            _last_month(statistics, tongue),
        ),
    )


def _sessions(statistics: Statistics, tongue: str) -> str:
    """Return how many sessions there were, and in how many months where the period is made of some."""
    count, wanted = statistics.total.sessions, statistics.filter
    said = ngettext_in(tongue, "%(count)s session", "%(count)s sessions", count)
    sessions = said % {"count": number(count, tongue)}
    if not is_whole_months(wanted.first, wanted.last) or not statistics.months:
        return sessions
    months = len(statistics.months)
    said = ngettext_in(tongue, "%(sessions)s in %(count)s month", "%(sessions)s in %(count)s months", months)
    return said % {"sessions": sessions, "count": number(months, tongue)}


def _prices(statistics: Statistics, tongue: str) -> str:
    """Return how the revenue comes about: the product where it is one, else which prices it has."""
    total, prices = statistics.total, statistics.prices
    if not prices:
        return ""
    lowest, highest = money(min(prices), tongue), money(max(prices), tongue)
    if len(prices) > 1:
        said = _("%(minutes)s at %(lowest)s to %(highest)s", tongue)
    elif total.billed_minutes * prices[0] == total.net_cents:
        said = "%(minutes)s × %(lowest)s"
    else:
        said = _("%(minutes)s at %(lowest)s", tongue)
    billed = minutes(total.billed_minutes, tongue)
    return said % {"minutes": billed, "lowest": lowest, "highest": highest}


def _last_month(statistics: Statistics, tongue: str) -> str:
    """Return the average of the last month that has any, for comparison; "" where it is the only one."""
    if len(statistics.months) < 2:
        return ""
    found = next((one for one in reversed(statistics.months) if one.figures.sessions), None)
    average = found.figures.average_seconds if found else None
    if found is None or average is None:
        return ""
    return f"{month(found.month, tongue)}: {duration(average)}"
