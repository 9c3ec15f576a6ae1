"""What the card says of a customer's agreements, without the services' records behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from laverma_desk import text
from laverma_desk.domain.agreement import Agreement, AgreementState
from laverma_desk.domain.message import MessageState
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.agreements.reading import AgreementEntry, AgreementSheet
from laverma_desk.ui.customers.fact_rows import Fact


@dataclass(frozen=True)
class OldAgreement:
    """An agreement that does not count now: its row, its days, what else is known, and its file or ""."""

    number: int
    days: str
    remark: str
    file: str


@dataclass(frozen=True)
class CardWords:
    """All words of the card. `urgent`: something is to be done, so that nothing is folded away.

    `facts` stand above the line of the document, whose file is "" where none is stored; `details`
    are folded.
    """

    renew: str
    facts: tuple[Fact, ...]
    file: str
    number: int
    reminder: tuple[Fact, ...]
    details: tuple[Fact, ...]
    older: tuple[OldAgreement, ...]
    can_end: bool
    urgent: bool
    template: str


def words_of(sheet: AgreementSheet, now: datetime) -> CardWords:
    """Return what the card shows."""
    shown = sheet.status.agreement
    entry = next((one for one in sheet.entries if shown is not None and one.agreement.id == shown.id), None)
    older = [one for one in sheet.entries if one is not entry]
    return CardWords(
        renew=_("Renew") if sheet.entries else _("Put on record"),
        facts=_facts(sheet, entry),
        file=entry.file.name if entry and entry.file else "",
        number=entry.agreement.id if entry else 0,
        reminder=_reminder(entry),
        details=_details(entry.agreement) if entry else (),
        older=tuple(_old(one) for one in older),
        can_end=entry is not None and entry.agreement.ended_on is None and sheet.status.allows_session,
        urgent=sheet.status.state is not AgreementState.VALID,
        template=template_words(sheet, now),
    )


def _facts(sheet: AgreementSheet, entry: AgreementEntry | None) -> tuple[Fact, ...]:
    if entry is None:
        return (Fact(_("Valid"), _("no DPA"), absent=True),)
    found = [Fact(_("Valid"), days_of(entry.agreement))]
    if entry.agreement.ended_on is not None:
        found.append(Fact(_("Ended"), _ended(entry)))
    if (
        sheet.status.until is not None
        and entry.agreement.last_day is not None
        and (sheet.status.until > entry.agreement.last_day)
    ):
        renewed = _("until %(date)s, already signed") % {"date": text.date(sheet.status.until)}
        found.append(Fact(_("Renewed"), renewed))
    return tuple(found)


def _reminder(entry: AgreementEntry | None) -> tuple[Fact, ...]:
    if entry is None or entry.agreement.ended_on is not None or entry.agreement.valid_until is None:
        return ()
    days = entry.agreement.reminder_days
    words = ngettext("%(count)s day before the end", "%(count)s days before the end", days)
    return (Fact(_("Reminder"), words % {"count": text.number(days)}),)


def _details(one: Agreement) -> tuple[Fact, ...]:
    missing = _("not entered")
    secrecy = text.date(one.secrecy_on) if one.secrecy_on else ""
    found = [
        Fact(_("Version"), one.version or missing, absent=not one.version),
        _signature(
            _("Signed, customer"), one.signed_by_customer, text.date(one.signed_on) if one.signed_on else ""
        ),
        _signature(
            _("Signed, house"),
            one.signed_by_house,
            text.date(one.signed_on_house) if one.signed_on_house else "",
        ),
        Fact(
            _("§ 203 StGB"), _("bound on %(date)s") % {"date": secrecy} if secrecy else missing, not secrecy
        ),
    ]
    return tuple(found)


def _signature(label: str, name: str, day: str) -> Fact:
    parts = [part for part in (name, day) if part]
    return Fact(label, text.list_sentence(parts) if parts else _("not entered"), absent=not parts)


def _old(entry: AgreementEntry) -> OldAgreement:
    one = entry.agreement
    version = _("Version %(version)s") % {"version": one.version} if one.version else ""
    remark = text.list_sentence([part for part in (version, _ended(entry)) if part])
    return OldAgreement(one.id, days_of(one), remark, entry.file.name if entry.file else "")


def _ended(entry: AgreementEntry) -> str:
    if entry.agreement.ended_on is None:
        return ""
    words = {"date": text.date(entry.agreement.ended_on), "reason": entry.end_reason}
    return (_("on %(date)s, %(reason)s") if entry.end_reason else _("on %(date)s")) % words


def days_of(one: Agreement) -> str:
    """Return from when to when an agreement counts."""
    words = {"begin": text.date(one.valid_from)}
    if one.valid_until is None:
        return _("from %(begin)s, open-ended") % words
    return _("%(begin)s to %(end)s") % (words | {"end": text.date(one.valid_until)})


def template_words(sheet: AgreementSheet, now: datetime) -> str:
    """Return what became of the latest template mail, "" where none was sent."""
    mail = sheet.template_mail
    return "" if mail is None else mail_words(mail.state, mail.queued_at, now)


def mail_words(state: MessageState, queued_at: datetime, now: datetime) -> str:
    """Return how far a template mail is: gesendet gestern 16:40 Uhr."""
    when = {"time": text.day_and_time(queued_at, now)}
    if state is MessageState.HANDED_OVER:
        return _("sent %(time)s") % when
    if state in (MessageState.WAITING, MessageState.SENDING):
        return _("in the outbox since %(time)s") % when
    return _("not sent, see outbox (%(time)s)") % when


def older_words(older: Sequence[OldAgreement]) -> str:
    """Return the link that unfolds the older agreements."""
    count = len(older)
    return ngettext("%(n)s further agreement", "%(n)s further agreements", count) % {"n": text.number(count)}
