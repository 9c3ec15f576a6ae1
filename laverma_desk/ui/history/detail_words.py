"""What the detail says of the chosen session: its facts, its bill, its report, and what to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.message import UNDER_WAY, Message, MessageState
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.i18n import _, ngettext
from laverma_desk.text.session_log import Change


@dataclass(frozen=True)
class Detail:
    """All that is read of a chosen session; `mails` are its report mails, the newest first.

    `without_agreement`: none was in force on its day; `owes_reason`: nobody has said why yet.
    """

    session: SupportSession
    mails: tuple[Message, ...]
    changes: tuple[Change, ...]
    overlaps: tuple[SupportSession, ...]
    without_agreement: bool
    owes_reason: bool

    @property
    def newest(self) -> Message | None:
        """Return the newest report mail."""
        return self.mails[0] if self.mails else None

    @property
    def sent(self) -> Message | None:
        """Return the newest report mail that was handed over."""
        return next((one for one in self.mails if one.state is MessageState.HANDED_OVER), None)

    @property
    def changed_since_sent(self) -> bool:
        """Return whether the session was changed after its report was handed over."""
        sent = self.sent
        return sent is not None and any(one.at > sent.created_at for one in self.changes)


@dataclass(frozen=True)
class ReportLine:
    """The state of a report as the detail says it."""

    icon: str
    words: str
    tone: str


def facts_of(session: SupportSession) -> tuple[tuple[str, str], ...]:
    """Return the rows at the left."""
    link = text.tool(session.tool)
    if session.partner_id:
        link = f"{link}, {text.partner_id(session.partner_id)}"
    asked = session.requested_by
    seconds = session.charge.seconds if session.charge else 0
    return (
        (_("Begin"), text.date_time(session.begin)),
        (_("End"), text.date_time(session.end) if session.end else ""),
        (_("Duration"), text.duration(seconds)),
        (_("Requested by"), asked or _("not written down")),
        (_("Connection"), link),
    )


def amount_of(session: SupportSession) -> str:
    """Return billed time and net amount, or why it is free: 32 Min · 72,00 €."""
    if session.charge is None:
        return ""
    if session.not_possible is not None:
        return text.not_possible(session.not_possible)
    if not session.billable:
        if session.free_reason:
            return _("free of charge, %(reason)s") % {"reason": session.free_reason}
        return _("free of charge")
    return f"{text.billed_time(session.charge)} · {text.money(session.charge.net_cents)}"


def invoice_of(session: SupportSession) -> str:
    """Return the invoice's number, or that there is none yet or never will be."""
    return session.invoice_number or (_("open") if session.billable else _("none"))


def report_of(detail: Detail) -> ReportLine:
    """Return what became of the report."""
    newest = detail.newest
    if newest is None:
        return ReportLine("minus", _("not sent"), "muted")
    if newest.state is MessageState.HANDED_OVER:
        at = newest.last_attempt.at if newest.last_attempt else newest.created_at
        return ReportLine("check", _("sent %(time)s") % {"time": _when(at, detail.session)}, "green")
    if newest.state is MessageState.FAILED:
        return ReportLine("warning", _("failed"), "red")
    if newest.state is MessageState.UNCLEAR:
        return ReportLine("help", _("unclear"), "amber")
    return ReportLine("clock", _("waiting in the outbox"), "amber")


def _when(instant: datetime, session: SupportSession) -> str:
    """Return the hour; with the day where it is not the session's own."""
    day = local_day(instant)
    if session.end is not None and day == local_day(session.end):
        return text.clock_time(instant)
    return f"{text.date(day)} {text.time(instant)}"


def changeable_of(session: SupportSession) -> str:
    """Return whether a session can still be changed."""
    return _("no, invoiced") if session.billed else _("yes")


def why_locked(session: SupportSession) -> str | None:
    """Return why a session's billing cannot be changed; None where it can."""
    if session.not_possible is not None:
        return _("Nothing was possible, so nothing is billed. Correct the session if it took place (F2).")
    if session.invoice_number is None:
        return None
    return _("Invoice %(number)s bills this session. Cancel the invoice to change it.") % {
        "number": session.invoice_number
    }


def why_not_again(detail: Detail) -> str | None:
    """Return why the report cannot be queued now; None where it can."""
    states = {one.state for one in detail.mails} & set(UNDER_WAY)
    if MessageState.UNCLEAR in states:
        return _("Nobody knows whether the last report arrived. Decide in the outbox.")
    return _("The report is waiting in the outbox.") if states else None


def send_label(detail: Detail) -> str:
    """Return what sending is called: a first report is not sent again."""
    return _("Send again") if detail.sent or detail.newest else _("Send report")


def agreement_sentence(detail: Detail) -> str:
    """Return that no agreement was valid, and why the session took place all the same."""
    if not detail.without_agreement:
        return ""
    day = {"day": text.date(local_day(detail.session.begin))}
    exception = detail.session.exception
    if exception is not None:
        why = {"reason": exception.reason.rstrip("."), "name": exception.decided_by}
        return _("No DPA was valid on %(day)s. %(reason)s. Decided by %(name)s.") % (day | why)
    if detail.owes_reason:
        return _("No DPA was valid on %(day)s. Report and invoice need a reason.") % day
    return _("No DPA was valid on %(day)s.") % day


def overlap_sentence(detail: Detail) -> str:
    """Return what else the supporter did then: … mit Praxis Dr. Weiß, 10:18 bis 10:24 Uhr."""
    others = detail.overlaps
    if not others:
        return ""
    words = {"customer": others[0].customer_name, "begin": _begin_of(others[0], detail.session)}
    if others[0].end is None:
        sentence = _("Overlaps with %(customer)s, since %(begin)s.") % words
    else:
        words["end"] = text.clock_time(others[0].end)
        sentence = _("Overlaps with %(customer)s, %(begin)s to %(end)s.") % words
    more = len(others) - 1
    if more:
        rest = ngettext("and %(n)s more session", "and %(n)s more sessions", more)
        sentence = f"{sentence.rstrip('.')}, {rest % {'n': text.number(more)}}."
    return sentence


def _begin_of(other: SupportSession, session: SupportSession) -> str:
    day = local_day(other.begin)
    begin = text.time(other.begin)
    return begin if day == local_day(session.begin) else f"{text.date(day)} {begin}"
