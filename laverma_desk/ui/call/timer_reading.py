"""What the timer card says: a session and an instant become words."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from laverma_desk import text
from laverma_desk.domain.clock import changes_offset
from laverma_desk.domain.company import FreeReason
from laverma_desk.domain.money import charge
from laverma_desk.domain.support_session import SessionState, SupportSession, seconds
from laverma_desk.domain.tariff import Tariff
from laverma_desk.i18n import _

LONG_PAUSE_MINUTES = 15


class Billing(NamedTuple):
    """What a session is charged by: tariff, whether VAT is named, and the reason if it is free."""

    tariff: Tariff
    small_business: bool
    reason: FreeReason | None = None


class TimerReading(NamedTuple):
    """The words of the timer card; `long_pause` is empty before 15 minutes of pause."""

    state: SessionState
    digits: str
    amount: str
    detail: str
    begin: str
    long_pause: str = ""
    remark: str = ""


def read_timer(session: SupportSession, billing: Billing, now: datetime) -> TimerReading:
    """Return what the timer card shows of a session at an instant (UTC)."""
    running = seconds(session, now)
    end = session.end or now
    crosses = changes_offset(session.begin, end)
    return TimerReading(
        state=session.state,
        digits=text.duration(running),
        amount=_amount(session, billing, running),
        detail=_detail(session, billing, running),
        begin=_("Start %(when)s") % {"when": text.date_time(session.begin)},
        long_pause=_long_pause(session, now),
        remark=_("The clocks changed meanwhile. The time that really passed counts.") if crosses else "",
    )


def state_words(state: SessionState) -> str:
    """Return where a session stands, as shown above its time and told to a screen reader."""
    return {
        SessionState.RUNNING: _("Session is running"),
        SessionState.PAUSED: _("Paused"),
        SessionState.ENDED: _("Session has ended"),
    }[state]


def reason_effect(reason: FreeReason) -> str:
    """Return what a reason means for the invoice."""
    if reason.on_invoice:
        return _("on the invoice with %(amount)s") % {"amount": text.money(0)}
    return _("stays internal")


def _amount(session: SupportSession, billing: Billing, running: int) -> str:
    cost = charge(running, billing.tariff)
    time = text.billed_time(cost)
    if not session.billable:
        if billing.reason is None:
            return _("%(time)s · free of charge") % {"time": time}
        return _("%(time)s · free of charge, %(reason)s") % {"time": time, "reason": billing.reason.name}
    net = text.money(cost.net_cents)
    if billing.small_business:
        return f"{time} · {net}"
    return _("%(time)s · %(net)s net") % {"time": time, "net": net}


def _detail(session: SupportSession, billing: Billing, running: int) -> str:
    if not session.billable and billing.reason is not None:
        return reason_effect(billing.reason)
    price = text.money(billing.tariff.price_cents)
    if billing.small_business or not session.billable:
        return _("%(price)s per minute") % {"price": price}
    gross = text.money(charge(running, billing.tariff).gross_cents)
    return _("%(gross)s with VAT · %(price)s per minute") % {"gross": gross, "price": price}


def _long_pause(session: SupportSession, now: datetime) -> str:
    if session.state is not SessionState.PAUSED or session.end is None:
        return ""
    minutes = int((now - session.end).total_seconds()) // 60
    if minutes < LONG_PAUSE_MINUTES:
        return ""
    return _("Paused for %(time)s.") % {"time": text.minutes(minutes)}
