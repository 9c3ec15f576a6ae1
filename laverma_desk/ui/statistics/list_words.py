"""The charts that compare: customers, reasons, workstations, visits and technicians."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from laverma_desk import text
from laverma_desk.domain.history import HistoryStatus
from laverma_desk.domain.statistics import Statistics, leading_reasons
from laverma_desk.i18n import _, ngettext
from laverma_desk.ui.history.wish import Wish
from laverma_desk.ui.history.words import count_words
from laverma_desk.ui.statistics.reading import CardReading, ListReading
from laverma_desk.ui.statistics.ways import CustomerWays
from laverma_desk.ui.widgets.bar_list import ListedBar

_FEW, _SOME = 5, 6


def customer_card(statistics: Statistics, wish: Wish) -> CardReading:
    """Return the customers that brought in most."""
    bars = [
        ListedBar(
            one.name,
            one.figures.net_cents,
            text.money(one.figures.net_cents),
            _("%(name)s: %(amount)s net, %(sessions)s")
            % {
                "name": one.name,
                "amount": text.money(one.figures.net_cents),
                "sessions": count_words(one.figures.sessions),
            },
        )
        for one in statistics.customers[:_FEW]
    ]
    ways = CustomerWays(wish, ((one.customer_id, one.name) for one in statistics.customers))
    return CardReading(
        title=_("Largest customers by revenue"), chart=_list(bars), ways=ways[:_FEW], row_ways=ways
    )


def reason_card(statistics: Statistics, wish: Wish) -> CardReading:
    """Return what was given away, and why."""
    title, total = _("Free minutes by reason"), statistics.total
    if not statistics.reasons:
        return CardReading(title, None, nothing=_("Nothing was free of charge in this period."))
    first, more, others = leading_reasons(statistics.reasons, _FEW)
    reasons = [(one.reason or _("not stated"), one.figures) for one in first]
    if more:
        reasons.append((ngettext("%(n)s other", "%(n)s others", more) % {"n": text.number(more)}, others))
    bars = [
        ListedBar(
            name,
            figures.free_minutes,
            text.minutes(figures.free_minutes),
            _("%(name)s: %(minutes)s free of charge, %(sessions)s, %(amount)s forgone")
            % {
                "name": name,
                "minutes": text.minutes(figures.free_minutes),
                "sessions": count_words(figures.sessions),
                "amount": text.money(figures.forgone_cents),
            },
        )
        for name, figures in reasons
    ]
    free = replace(wish, status=HistoryStatus.FREE)
    return CardReading(
        title,
        _list(bars),
        aside=text.minutes(total.free_minutes),
        foot=_("Forgone revenue %(amount)s") % {"amount": text.money(total.forgone_cents)},
        ways=(free,) * len(bars),
        row_ways=(free,) * len(statistics.reasons),
    )


def workstation_card(statistics: Statistics, wish: Wish) -> CardReading:
    """Return the workstations with recurring trouble."""
    bars = [
        ListedBar(
            f"{one.customer_name} – {one.name}",
            one.figures.sessions,
            count_words(one.figures.sessions),
            _("%(name)s: %(sessions)s, %(minutes)s")
            % {
                "name": f"{one.customer_name} – {one.name}",
                "sessions": count_words(one.figures.sessions),
                "minutes": text.minutes(one.figures.minutes),
            },
        )
        for one in statistics.workstations[:_SOME]
    ]
    ways = CustomerWays(wish, ((one.customer_id, one.customer_name) for one in statistics.workstations))
    return CardReading(
        title=_("Workstations with most sessions"), chart=_list(bars), ways=ways[:_SOME], row_ways=ways
    )


def on_site_card(statistics: Statistics, wish: Wish) -> CardReading:
    """Return where a visit would have been cheaper than what was billed."""
    title, found = _("A visit would have been cheaper"), statistics.on_site
    if not found:
        return CardReading(title, None, nothing=_("No session was dearer than a visit."))
    bars = [
        ListedBar(
            one.name,
            one.beyond_cents,
            text.money(one.beyond_cents),
            _("%(name)s: %(sessions)s, %(minutes)s, %(amount)s net dearer than a visit at %(visit)s each")
            % {
                "name": one.name,
                "sessions": count_words(one.sessions),
                "minutes": text.minutes(one.minutes),
                "amount": text.money(one.beyond_cents),
                "visit": text.money(one.visit_cents),
            },
        )
        for one in found[:_FEW]
    ]
    sessions, minutes = sum(one.sessions for one in found), sum(one.minutes for one in found)
    beyond = text.money(sum(one.beyond_cents for one in found))
    ways = CustomerWays(wish, ((one.customer_id, one.name) for one in found))
    return CardReading(
        title,
        _list(bars),
        aside=f"{count_words(sessions)}, {text.minutes(minutes)}",
        foot=_("%(amount)s net dearer than one visit each") % {"amount": beyond},
        ways=ways[:_FEW],
        row_ways=ways,
    )


def supporter_card(statistics: Statistics, wish: Wish) -> CardReading:
    """Return what each technician did."""
    bars = [
        ListedBar(
            one.name,
            one.figures.billed_minutes,
            text.minutes(one.figures.minutes),
            _("%(when)s: %(billed)s billed, %(free)s free of charge")
            % {
                "when": one.name,
                "billed": text.minutes(one.figures.billed_minutes),
                "free": text.minutes(one.figures.free_minutes),
            },
            outline=one.figures.free_minutes,
        )
        for one in statistics.supporters[:_FEW]
    ]
    ways = tuple(
        replace(wish, supporter_id=one.supporter_id, supporter=one.name) for one in statistics.supporters
    )
    return CardReading(title=_("Minutes by supporter"), chart=_list(bars), ways=ways[:_FEW], row_ways=ways)


def _list(bars: Sequence[ListedBar]) -> ListReading:
    return ListReading(bars, bars[0].words if bars else "")
