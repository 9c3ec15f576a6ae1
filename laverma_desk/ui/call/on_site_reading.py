"""What the panel says about remote or on site: where the minute stands, and which is cheaper."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from laverma_desk import text
from laverma_desk.domain.money import charge
from laverma_desk.domain.onsite import break_even_minutes
from laverma_desk.domain.support_session import GapKind, GapOutcomes, SupportSession, gap_outcomes, seconds
from laverma_desk.domain.tariff import Tariff
from laverma_desk.i18n import _
from laverma_desk.ui.widgets.meter import MeterReading

_HOUR = 60


class OnSiteReading(NamedTuple):
    """Headline with its colour token, the meter, and the two amounts as rows.

    `dearer` is the sentence to be said once remote support has become the dearer way, empty before.
    """

    headline: str
    tone: str
    meter: MeterReading
    rows: tuple[tuple[str, str], ...]
    dearer: str = ""


def read_on_site(
    session: SupportSession, tariff: Tariff, on_site_cents: int | None, now: datetime
) -> OnSiteReading | None:
    """Return the comparison at an instant, None where the customer has no on-site price."""
    even = break_even_minutes(on_site_cents, tariff.price_cents)
    if on_site_cents is None or even is None:
        return None
    gap = session.open_gap
    outcomes = gap_outcomes(session, gap, now) if gap else None
    unsure = gap is not None and gap.kind is not GapKind.CLOCK_BACK and outcomes is not None
    running = seconds(session, now)
    net = charge(running, tariff).net_cents if session.billable else 0
    remote = text.money(net)
    key, dearer = _("Remote support so far"), ""
    if outcomes is not None and unsure and session.billable:
        headline, tone = _either_minutes(outcomes, tariff), "amber"
        less = charge(outcomes.deduct, tariff).net_cents
        remote = _("%(less)s or %(more)s") % {"less": text.money(less), "more": remote}
        key = _("Remote support")
    elif not session.billable:
        headline, tone = _("This session is free of charge."), "muted"
    elif net > on_site_cents:
        headline, tone = _("On site would be cheaper now"), "amber"
        dearer = _("On site would be cheaper now: %(on_site)s instead of %(remote)s.") % {
            "on_site": text.money(on_site_cents),
            "remote": remote,
        }
    else:
        headline, tone = _("Remote cheaper up to %(time)s") % {"time": text.minutes(even)}, "green"
    return OnSiteReading(
        headline=headline,
        tone=tone,
        meter=_meter(running // 60, even, outcomes if unsure else None),
        rows=((key, remote), (_("On site"), text.money(on_site_cents))),
        dearer=dearer,
    )


def _either_minutes(outcomes: GapOutcomes, tariff: Tariff) -> str:
    few, many = charge(outcomes.deduct, tariff), charge(outcomes.keep, tariff)
    return _("%(few)s or %(many)s, with the gap open") % {
        "few": text.number(few.billed_minutes),
        "many": text.minutes(many.billed_minutes),
    }


def _meter(now: int, even: int, outcomes: GapOutcomes | None) -> MeterReading:
    gap, gap_text = None, ""
    if outcomes is not None:
        begin = outcomes.split[0]
        lost = outcomes.keep - outcomes.deduct
        gap = (begin / 60, (begin + lost) / 60)
        gap_text = _("Gap %(length)s") % {"length": text.minutes((lost + 30) // 60)}
    return MeterReading(
        minutes=now,
        now_text=text.minutes(now),
        break_even=even,
        break_even_text=text.minutes(even),
        gap=gap,
        gap_text=gap_text,
        zero_text=text.number(0),
        full_text=text.minutes(_HOUR),
    )
