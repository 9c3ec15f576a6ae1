"""What the form says of an entry: how long, how much, what else ran, what is owed."""

from __future__ import annotations

from datetime import date, datetime

from laverma_desk import text
from laverma_desk.domain.agreement import AgreementState, AgreementStatus
from laverma_desk.domain.clock import changes_offset, local_day
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.i18n import _
from laverma_desk.services.corrections import Advice


def overlap_sentence(other: SupportSession, day: date) -> str:
    """Return with what an entry of a local day overlaps; another day is named."""
    values = {"customer": other.customer_name, "begin": _when(other.begin, day)}
    if other.end is None:
        return _("Overlaps with %(customer)s, running since %(begin)s.") % {
            **values,
            "begin": text.clock_time(other.begin)
            if local_day(other.begin) == day
            else text.date_time(other.begin),
        }
    end = text.clock_time(other.end)
    if local_day(other.end) != local_day(other.begin):
        end = text.date_time(other.end)
    return _("Overlaps with %(customer)s, %(begin)s to %(end)s.") % {**values, "end": end}


def _when(instant: datetime, day: date) -> str:
    if local_day(instant) == day:
        return text.time(instant)
    return f"{text.date(local_day(instant))} {text.time(instant)}"


def amount_words(advice: Advice, *, billable: bool, reason: str, small_business: bool) -> str:
    """Return what the entry comes to: 13 Min · 29,25 € netto, or 13 Min · kostenlos, Kulanz."""
    time = text.billed_time(advice.charge)
    if not billable:
        if not reason:
            return _("%(time)s · free of charge") % {"time": time}
        return _("%(time)s · free of charge, %(reason)s") % {"time": time, "reason": reason}
    net = text.money(advice.charge.net_cents)
    return f"{time} · {net}" if small_business else _("%(time)s · %(net)s net") % {"time": time, "net": net}


def remarks(begin: datetime, end: datetime, advice: Advice) -> list[str]:
    """Return what stands out about the times: overlaps, more than 24 hours, a change of the clocks."""
    said = [overlap_sentence(one, local_day(begin)) for one in advice.overlaps]
    if advice.too_long:
        said.append(_("That is more than 24 hours."))
    if changes_offset(begin, end):
        said.append(_("The clocks changed meanwhile. The time that really passed counts."))
    return said


def agreement_sentence(status: AgreementStatus, begin: datetime) -> str:
    """Return why a session without an agreement on its day is flagged."""
    values = {"day": text.date(local_day(begin))}
    if status.state is AgreementState.MISSING:
        return _("There was no DPA on %(day)s. Report and invoice need a reason.") % values
    return _("No DPA was valid on %(day)s. Report and invoice need a reason.") % values
