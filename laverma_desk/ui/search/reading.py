"""What the services know, in the words and figures that the page shows."""

from __future__ import annotations

from datetime import datetime

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.connecting import is_id
from laverma_desk.domain.customer import Tool, Workstation
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.support_session import SessionState, SupportSession
from laverma_desk.domain.tariff import Tariff
from laverma_desk.explain import explain
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.customers.callers import CustomerDuringCall
from laverma_desk.services.customers.search import Found, Hit
from laverma_desk.ui.agreement_badge import agreement_badge, short_agreement_badge
from laverma_desk.ui.search.hit_context import HitDetails, PastException
from laverma_desk.ui.search.recent_cards import Recent
from laverma_desk.ui.search.result import Result


def lock_reason(hit: Hit, moving: SupportSession | None) -> str:
    """Return why no session may start here, "" where one may.

    A session that is moved passed the gate of its own customer already; for another one there is no
    exception any more.
    """
    if hit.agreement.allows_session or (moving and moving.customer_id == hit.customer.id):
        return ""
    if moving and hit.agreement.allows_exception:
        return _("No remote support without a valid DPA. An exception is only possible at the start.")
    status = hit.agreement
    return explain(RuleBroken(Rule.AGREEMENT_MISSING, state=status.state, until=status.until))


def result_of(hit: Hit, moving: SupportSession | None) -> Result:
    """Return a hit as a row."""
    badge, tone = short_agreement_badge(hit.agreement)
    reason = lock_reason(hit, moving)
    return Result(
        name=hit.customer.name,
        name_marks=hit.name_marks,
        place=hit.workstation.name if hit.workstation else _("no workstation yet"),
        place_marks=hit.workstation_marks,
        phone=text.phone(hit.customer.phone),
        badge=badge,
        tone=tone,
        reason=reason,
        exception_offered=bool(reason) and moving is None and hit.agreement.allows_exception,
        visit_offered=bool(reason) and moving is None,
    )


def count_words(found: Found) -> str:
    """Return how many hits there are, quietly saying that a spelling was forgiven."""
    if not found.total:
        return _("No hits")
    values = {"count": text.number(found.total)}
    if found.forgiven:
        return ngettext("%(count)s hit, spelt alike", "%(count)s hits, spelt alike", found.total) % values
    return ngettext("%(count)s hit", "%(count)s hits", found.total) % values


def more_words(found: Found) -> str:
    """Return what stands below the list where it ends before the hits do."""
    if found.total <= len(found.hits):
        return ""
    values = {"shown": text.number(len(found.hits)), "total": text.number(found.total)}
    return _("The first %(shown)s of %(total)s. Type more to see fewer.") % values


def details_of(
    hit: Hit, during: CustomerDuringCall, moving: SupportSession | None, template: str = "", lately: int = 0
) -> HitDetails:
    """Return what the panel shows of a hit; `template` says when the house's template went there.

    `lately` are the sessions at its machine that are worth a word, 0 for none.
    """
    customer, card = during.card.customer, during.card
    badge, tone = agreement_badge(card.agreement)
    contact = card.first_contact
    blocked = lock_reason(hit, moving)
    unfinished = _unfinished_at(hit, during) if moving is None else None
    last = (_("Now"), _goes_on(unfinished)) if unfinished else (_("Last time"), _last_time(during))
    return HitDetails(
        name=customer.name,
        number=customer.number,
        badge=badge,
        tone=tone,
        phone=text.phone(customer.phone),
        contact=", ".join(part for part in (contact.name, contact.role) if part) if contact else "",
        email=customer.email_report,
        facts=(
            (_("Workstation"), hit.workstation.name if hit.workstation else _("none yet")),
            (_("Partner ID"), _partner_id(hit.workstation)),
            (_("DPA template"), template) if template else last,
            (_("Tariff"), price_words(during.tariff)),
        ),
        start_label=_("One more session") if unfinished else _start_label(hit, moving),
        blocked=blocked if hit.workstation else "",
        exceptions=_exceptions(during) if blocked else (),
        recurring=_lately(lately),
        attempt_offered=moving is None and hit.workstation is not None,
    )


def _lately(count: int) -> str:
    if not count:
        return ""
    words = ngettext("%(n)s session at this PC in 30 days", "%(n)s sessions at this PC in 30 days", count)
    return words % {"n": text.number(count)}


def template_words(state: MessageState, queued_at: datetime) -> str:
    """Return how far a template mail is, as short as the panel is narrow: gesendet 15.02.2022."""
    day = {"date": text.date(local_day(queued_at))}
    if state is MessageState.HANDED_OVER:
        return _("sent %(date)s") % day
    if state in (MessageState.WAITING, MessageState.SENDING):
        return _("in the outbox")
    return _("not sent yet")


def _start_label(hit: Hit, moving: SupportSession | None) -> str:
    if hit.workstation is None:
        return _("Create workstation")
    return _("Assign session") if moving else _("Start session")


def _partner_id(workstation: Workstation | None) -> str:
    if workstation is None or not workstation.partner_id:
        return _("none yet")
    if workstation.tool is Tool.TEAMVIEWER:
        return text.partner_id(workstation.partner_id)
    return f"{text.partner_id(workstation.partner_id)} ({text.tool(workstation.tool)})"


def enter_words(hit: Hit | None, moving: SupportSession | None) -> str:
    """Return what Enter does with a hit, "" where it leads nowhere."""
    if hit is not None and hit.workstation is None:
        return _("Create workstation")
    if hit is not None and lock_reason(hit, moving):
        return _("Exception with a reason") if hit.agreement.allows_exception and moving is None else ""
    return _("assign") if moving else _("start")


def connect_words(hit: Hit | None, moving: SupportSession | None) -> str:
    """Return what Ctrl+Enter does with a hit, "" where it does no more than Enter."""
    if moving is not None or (hit is not None and lock_reason(hit, moving)):
        return ""
    machine = hit.workstation if hit is not None else None
    if hit is not None and (machine is None or not is_id(machine.tool, machine.partner_id)):
        return ""
    return _("start and connect")


def _unfinished_at(hit: Hit, during: CustomerDuringCall) -> SupportSession | None:
    """Return the session that runs or pauses at a machine already: the call that was put aside, perhaps."""
    here = hit.workstation.id if hit.workstation else None
    return next((one for one in reversed(during.unfinished) if one.workstation_id == here), None)


def _goes_on(session: SupportSession) -> str:
    if session.state is SessionState.PAUSED:
        return _("paused, begun at %(time)s") % {"time": text.time(session.begin)}
    return _("running since %(time)s") % {"time": text.clock_time(session.begin)}


def _last_time(during: CustomerDuringCall) -> str:
    return text.date_time(during.last_sessions[0].begin) if during.last_sessions else _("no session yet")


def price_words(tariff: Tariff) -> str:
    """Return a price: 2,25 € je Minute."""
    return _("%(price)s per minute") % {"price": text.money(tariff.price_cents)}


def _exceptions(during: CustomerDuringCall) -> tuple[PastException, ...]:
    return tuple(
        PastException(text.date(local_day(found.decided_at)), found.decided_by, found.reason)
        for session in during.exceptions
        if (found := session.exception) is not None
    )


def recent_of(session: SupportSession, hit: Hit, moving: SupportSession | None, now: datetime) -> Recent:
    """Return a call as a card."""
    values = {"workstation": session.workstation_name, "time": text.day_and_time(session.begin, now)}
    detail = _("%(workstation)s, %(time)s") % values
    return Recent(session.customer_name, detail, lock_reason(hit, moving))
