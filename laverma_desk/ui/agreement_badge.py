"""The words and the tone of an agreement's badge."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.domain.agreement import AgreementState, AgreementStatus
from laverma_desk.i18n import _, ngettext
from laverma_desk.ui.widgets.badge import Tone


def agreement_badge(status: AgreementStatus) -> tuple[str, Tone]:
    """Return what the badge says of an agreement, and its tone."""
    until = text.date(status.until) if status.until else ""
    match status.state:
        case AgreementState.VALID:
            return (_("DPA valid until %(date)s") % {"date": until} if until else _("DPA valid")), "ok"
        case AgreementState.EXPIRING:
            return _expiring(status.days_left or 0), "warn"
        case AgreementState.EXPIRED:
            return _("DPA expired on %(date)s") % {"date": until}, "err"
        case AgreementState.ENDED:
            return _("DPA cancelled on %(date)s") % {"date": until}, "err"
        case AgreementState.MISSING:
            return _("no DPA"), "err"


def short_agreement_badge(status: AgreementStatus) -> tuple[str, Tone]:
    """Return the badge for a narrow column, where the sentence below it names the date."""
    match status.state:
        case AgreementState.EXPIRED:
            return _("DPA expired"), "err"
        case AgreementState.ENDED:
            return _("DPA cancelled"), "err"
        case _:
            return agreement_badge(status)


def _expiring(days: int) -> str:
    if days == 0:
        return _("DPA expires today")
    return ngettext("DPA expires in %(n)d day", "DPA expires in %(n)d days", days) % {"n": days}
