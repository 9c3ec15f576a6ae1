"""What the report page says of a session, and what a person typed over the house's template."""

from __future__ import annotations

from dataclasses import dataclass

from laverma_desk import text
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.i18n import _
from laverma_desk.services.mails.letters import ReportWords
from laverma_desk.services.mails.reporting import ReportMail
from laverma_desk.ui.report.summary_card import Summary


@dataclass
class Typed:
    """What was typed on a report that has not left yet; None where the template's words still stand."""

    recipient: str | None = None
    subject: str | None = None
    body: str | None = None

    def over(self, mail: ReportMail) -> ReportWords:
        """Return the words that count: the typed ones, else those of the template."""
        return ReportWords(
            recipient=mail.recipient if self.recipient is None else self.recipient,
            subject=mail.subject if self.subject is None else self.subject,
            body=mail.body if self.body is None else self.body,
        )


def summarise(session: SupportSession) -> Summary:
    """Return the words of the card for a session that has ended."""
    charge = session.charge
    seconds = charge.seconds if charge else 0
    return Summary(
        partner=session.partner,
        begin=text.date_time(session.begin),
        duration=text.duration(seconds),
        supporter=session.supporter_name,
        formula=_formula(session),
        amount=_amount(session),
    )


def _formula(session: SupportSession) -> str:
    charge = session.charge
    if charge is None:
        return ""
    time = text.billed_time(charge)
    if session.billable:
        return f"{time} × {text.money(charge.price_cents)} = "
    return f"{time} · "


def _amount(session: SupportSession) -> str:
    charge = session.charge
    if charge is None:
        return ""
    if session.billable:
        net = text.money(charge.net_cents)
        return _("%(amount)s net") % {"amount": net} if charge.vat_rate else net
    if session.free_reason:
        return _("free of charge, %(reason)s") % {"reason": session.free_reason}
    return _("free of charge")
