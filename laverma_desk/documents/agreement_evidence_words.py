"""What the extract of the desk's records says, in its own language, before it is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from laverma_desk import text
from laverma_desk.documents.agreement_evidence_changes import change_lines
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.evidence import AgreementRecord, Delivery, Evidence, SessionRecord
from laverma_desk.i18n import gettext_in, ngettext_in

_LATE = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Fact:
    """A label with what stands behind it: one paragraph, or several below each other."""

    label: str
    lines: tuple[str, ...]


def title(evidence: Evidence) -> str:
    """Return the heading."""
    return gettext_in(evidence.language, "Record of remote support")


def reference(evidence: Evidence) -> str:
    """Return how a footer names the document."""
    words = {"number": evidence.customer_number}
    return gettext_in(evidence.language, "record for customer %(number)s") % words


def subtitle(evidence: Evidence) -> str:
    """Return customer and period."""
    return text.list_sentence([part for part in (evidence.customer_name, _period(evidence)) if part])


def facts(evidence: Evidence) -> list[Fact]:
    """Return what is said at the top."""
    tongue = evidence.language
    customer = [evidence.customer_name, evidence.customer_address]
    number = gettext_in(tongue, "customer number %(number)s") % {"number": evidence.customer_number}
    count = ngettext_in(tongue, "%(n)s session", "%(n)s sessions", evidence.sessions) % {
        "n": text.number(evidence.sessions, tongue)
    }
    total = gettext_in(tongue, "%(duration)s in all") % {"duration": text.duration(evidence.seconds)}
    made = text.exact_time(evidence.created_at, tongue)
    if evidence.made_by:
        made = gettext_in(tongue, "%(time)s by %(name)s") % {"time": made, "name": evidence.made_by}
    return [
        Fact(gettext_in(tongue, "Customer"), tuple(one for one in (*customer, number) if one)),
        Fact(gettext_in(tongue, "Period"), (_period(evidence),)),
        Fact(gettext_in(tongue, "Sessions"), (text.list_sentence([count, total]),)),
        Fact(gettext_in(tongue, "Created"), (made,)),
    ]


def purpose(evidence: Evidence) -> str:
    """Return what this paper is, and what it is not."""
    return gettext_in(
        evidence.language,
        "This is an extract of our records of remote support. It states what was on record when it was made."
        " It does not certify compliance with any directive or standard.",
    )


def agreements_heading(evidence: Evidence) -> str:
    """Return the heading of the first part."""
    return gettext_in(evidence.language, "Data processing agreements (Art. 28 GDPR)")


def no_agreement(evidence: Evidence) -> str:
    """Return the sentence where there is none."""
    return gettext_in(evidence.language, "No agreement is on record.")


def sessions_heading(evidence: Evidence) -> str:
    """Return the heading of the second part."""
    return gettext_in(evidence.language, "Sessions in this period")


def no_session(evidence: Evidence) -> str:
    """Return the sentence where there is none."""
    return gettext_in(evidence.language, "No session took place in this period.")


# --- agreements


def agreement_title(record: AgreementRecord, tongue: str) -> str:
    """Return the heading of an agreement: its version, else its first day."""
    one = record.agreement
    if one.version:
        return gettext_in(tongue, "Agreement, version %(version)s") % {"version": one.version}
    return gettext_in(tongue, "Agreement of %(date)s") % {"date": text.date(one.valid_from, tongue)}


def agreement_facts(record: AgreementRecord, tongue: str) -> list[Fact]:
    """Return what is on record of an agreement; that something is missing is said, too."""
    one = record.agreement
    missing = gettext_in(tongue, "not on record")
    first = text.date(one.valid_from, tongue)
    if one.valid_until is None:
        valid = gettext_in(tongue, "from %(date)s, no end date") % {"date": first}
    else:
        words = {"first": first, "last": text.date(one.valid_until, tongue)}
        valid = gettext_in(tongue, "%(first)s to %(last)s") % words
    found = [Fact(gettext_in(tongue, "Valid"), (valid,))]
    if one.ended_on is not None:
        ended = [gettext_in(tongue, "on %(date)s") % {"date": text.date(one.ended_on, tongue)}]
        found.append(Fact(gettext_in(tongue, "Ended early"), (*ended, *_lines(record.end_reason))))
    for label, name, day in (
        (gettext_in(tongue, "Signed by customer"), one.signed_by_customer, one.signed_on),
        (gettext_in(tongue, "Signed by us"), one.signed_by_house, one.signed_on_house),
    ):
        parts = [name, text.date(day, tongue) if day else ""]
        found.append(Fact(label, (text.list_sentence([part for part in parts if part]) or missing,)))
    secrecy = text.date(one.secrecy_on, tongue) if one.secrecy_on else missing
    found.append(Fact(gettext_in(tongue, "Secrecy, § 203 StGB"), (secrecy,)))
    found.append(Fact(gettext_in(tongue, "Signed file"), (record.file_name or missing,)))
    if record.sha256:
        found.append(Fact("SHA-256", (record.sha256,)))
    return found


# --- sessions


def session_title(record: SessionRecord, tongue: str) -> str:
    """Return the heading of a session: number, day, machine."""
    one = record.session
    return text.list_sentence(
        [one.number, text.long_date(local_day(one.begin), tongue), one.workstation_name]
    )


def session_facts(record: SessionRecord, tongue: str) -> list[Fact]:
    """Return what is on record of a session."""
    one = record.session
    how = text.channel(one.channel, tongue)
    tool = text.tool(one.tool, tongue)
    if one.partner_id:
        words = {"tool": tool, "id": text.partner_id(one.partner_id)}
        tool = gettext_in(tongue, "%(tool)s, partner ID %(id)s") % words
    nothing = gettext_in(tongue, "not on record")
    found = [
        Fact(gettext_in(tongue, "Begin and end"), _times(record, tongue)),
        Fact(gettext_in(tongue, "Supporter"), (one.supporter_name or nothing,)),
        Fact(
            gettext_in(tongue, "Requested by"),
            (text.list_sentence([one.requested_by or nothing, how]),),
        ),
        Fact(gettext_in(tongue, "Connection"), (tool,)),
        Fact(gettext_in(tongue, "Work done"), _lines(one.notes) or (nothing,)),
        Fact(gettext_in(tongue, "Agreement"), _cover(record, tongue)),
        Fact(gettext_in(tongue, "Report"), _deliveries(record, tongue)),
    ]
    if one.not_possible is not None:
        found.insert(1, Fact(gettext_in(tongue, "Result"), (text.not_possible(one.not_possible, tongue),)))
    changed = [line for change in record.changes for line in change_lines(change, tongue)]
    if changed:
        found.append(Fact(gettext_in(tongue, "Changed later"), tuple(changed)))
    return found


def _times(record: SessionRecord, tongue: str) -> tuple[str, ...]:
    one = record.session
    end = one.end or one.begin
    words = {"begin": text.exact_time(one.begin, tongue), "end": text.exact_time(end, tongue)}
    span = gettext_in(tongue, "%(begin)s to %(end)s") % words
    running = one.charge.seconds if one.charge else (end - one.begin) // _SECOND
    duration = gettext_in(tongue, "duration %(duration)s") % {"duration": text.duration(running)}
    if one.not_possible is None and (end - one.begin) // _SECOND > running:
        duration = gettext_in(tongue, "%(duration)s, without breaks") % {"duration": duration}
    return span, duration


def _cover(record: SessionRecord, tongue: str) -> tuple[str, ...]:
    one = record.session
    if one.exception is None:
        if record.covered:
            return (gettext_in(tongue, "valid on the day of the start"),)
        if one.not_possible is not None:
            return (gettext_in(tongue, "none valid on the day of the start, nothing was accessed"),)
        return (gettext_in(tongue, "none valid on the day of the start, no reason on record"),)
    found = one.exception
    words = {"name": found.decided_by, "time": text.exact_time(found.decided_at, tongue)}
    late = found.decided_at - (one.end or one.begin) > _LATE
    decided = (
        gettext_in(tongue, "Reason given afterwards by %(name)s, %(time)s:")
        if late
        else gettext_in(tongue, "Exception decided by %(name)s, %(time)s:")
    ) % words
    return (gettext_in(tongue, "none valid on the day of the start"), decided, *_lines(found.reason))


def _deliveries(record: SessionRecord, tongue: str) -> tuple[str, ...]:
    if not record.deliveries:
        return (gettext_in(tongue, "not sent"),)
    return tuple(line for one in record.deliveries for line in _delivery(one, tongue))


def _delivery(one: Delivery, tongue: str) -> tuple[str, ...]:
    sentence = (
        gettext_in(tongue, "handed to the mail server %(time)s")
        if one.accepted
        else gettext_in(tongue, "unclear whether the mail server took it, %(time)s")
    ) % {"time": text.exact_time(one.at, tongue)}
    recipient = gettext_in(tongue, "for %(recipient)s") % {"recipient": one.recipient}
    return (sentence, recipient, *((f"Message-ID {one.message_id}",) if one.message_id else ()))


def _period(evidence: Evidence) -> str:
    words = {
        "first": text.date(evidence.first, evidence.language),
        "last": text.date(evidence.last, evidence.language),
    }
    return gettext_in(evidence.language, "%(first)s to %(last)s") % words


def _lines(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.splitlines() if line.strip())
