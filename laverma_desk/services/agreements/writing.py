"""Append an agreement, or end one: nothing that was signed is ever changed, and each step leaves a line."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from laverma_desk.domain.agreement import REMINDER_DAYS, Agreement
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services import checks
from laverma_desk.services.agreements.agreement_file import AgreementFile
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.customers.trace import editable_on
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage import agreements, stored_documents
from laverma_desk.storage.agreements import NewAgreement
from laverma_desk.storage.customer_history import customer_changes_of, log_customer_changes
from laverma_desk.storage.database import Connection
from laverma_desk.storage.session_history import Change

LONGEST_REMINDER = 730
BEGIN_FIELD, END_FIELD = "agreement", "agreement_ended"
"""The fields under which the log has an agreement that was appended, and one that was ended."""


@dataclass(frozen=True)
class AgreementDraft:
    """An agreement as it is typed. Days are those of the calendar, `valid_until` None is open-ended."""

    customer_id: int
    valid_from: date | None
    valid_until: date | None = None
    version: str = ""
    signed_by_customer: str = ""
    signed_on: date | None = None
    signed_by_house: str = ""
    signed_on_house: date | None = None
    secrecy_on: date | None = None
    reminder_days: int = REMINDER_DAYS
    file: AgreementFile | None = None


def append_agreement(desk: Desk, draft: AgreementDraft, *, known: Collection[int] | None = None) -> Done[int]:
    """Write an agreement beside the older ones and return its row; its PDF is stored with a SHA-256.

    `known` are the agreements that an editor showed; None is a command, which shows none.

    Raises RuleBroken at the field that is wrong: TEXT_MISSING (first day, names and days of both
    signatures), END_BEFORE_START, SIGNED_IN_FUTURE, NUMBER_INVALID, TEXT_TOO_LONG; CUSTOMER_UNKNOWN,
    CUSTOMER_RESTRICTED; RECORD_CHANGED where somebody else has entered one since.
    """
    now = desk.clock.now()
    new = _checked(draft, local_day(now))
    with desk.database.write() as connection:
        editable_on(connection, draft.customer_id)
        there = agreements.agreements_of(connection, draft.customer_id)
        if known is not None and any(one.id not in known for one in there):
            raise RuleBroken(Rule.RECORD_CHANGED)
        document_id = None
        if draft.file is not None:
            document_id = stored_documents.store(
                connection,
                kind="agreement",
                name=draft.file.name,
                mime_type="application/pdf",
                content=draft.file.content,
                at=now,
            )
        number = agreements.add_agreement(
            connection, NewAgreement(**(vars(new) | {"document_id": document_id})), now
        )
        _log(connection, draft.customer_id, Change(now, "", BEGIN_FIELD, "", span(new)))
    return done(number, Topic.CUSTOMERS)


def _checked(draft: AgreementDraft, today: date) -> NewAgreement:
    valid_from = _day(draft.valid_from, "valid_from")
    if draft.valid_until is not None and draft.valid_until < valid_from:
        raise RuleBroken(Rule.END_BEFORE_START, field="valid_until")
    customer = checks.required(draft.signed_by_customer, "signed_by_customer")
    signed_on = _past(_day(draft.signed_on, "signed_on"), today, "signed_on")
    house = checks.required(draft.signed_by_house, "signed_by_house")
    signed_on_house = _past(_day(draft.signed_on_house, "signed_on_house"), today, "signed_on_house")
    if draft.secrecy_on is not None:
        _past(draft.secrecy_on, today, "secrecy_on")
    if not 0 <= draft.reminder_days <= LONGEST_REMINDER:
        raise RuleBroken(Rule.NUMBER_INVALID, field="reminder_days", lowest=0, highest=LONGEST_REMINDER)
    return NewAgreement(
        customer_id=draft.customer_id,
        valid_from=valid_from,
        valid_until=draft.valid_until,
        signed_on=signed_on,
        version=checks.one_line(draft.version, "version"),
        signed_by_customer=customer,
        signed_by_house=house,
        signed_on_house=signed_on_house,
        secrecy_on=draft.secrecy_on,
        reminder_days=draft.reminder_days,
    )


def _day(day: date | None, field: str) -> date:
    if day is None:
        raise RuleBroken(Rule.TEXT_MISSING, field=field)
    return day


def _past(day: date, today: date, field: str) -> date:
    if day > today:
        raise RuleBroken(Rule.SIGNED_IN_FUTURE, field=field)
    return day


def end_agreement(desk: Desk, agreement_id: int, ended_on: date | None, reason: str) -> Done[None]:
    """Note that an agreement counts no more from a day on, and why; sessions that were stay as they are.

    Raises RuleBroken TEXT_MISSING at `ended_on` or `reason`, END_BEFORE_START before its first day,
    AGREEMENT_UNKNOWN, AGREEMENT_ENDED, CUSTOMER_RESTRICTED.
    """
    day = _day(ended_on, "ended_on")
    why = checks.required(reason, "reason")
    with desk.database.write() as connection:
        found = agreements.find_agreement(connection, agreement_id)
        if found is None:
            raise RuleBroken(Rule.AGREEMENT_UNKNOWN)
        editable_on(connection, found.customer_id)
        if found.ended_on is not None:
            raise RuleBroken(Rule.AGREEMENT_ENDED)
        if day < found.valid_from:
            raise RuleBroken(Rule.END_BEFORE_START, field="ended_on")
        agreements.end_agreement(connection, agreement_id, day)
        line = Change(desk.clock.now(), "", END_FIELD, span(found), day.isoformat(), why)
        _log(connection, found.customer_id, line)
    return done(None, Topic.CUSTOMERS)


def span(one: Agreement | NewAgreement) -> str:
    """Return the days of an agreement as the log names it: 2022-01-15/2026-12-31."""
    return f"{one.valid_from.isoformat()}/{one.valid_until.isoformat() if one.valid_until else ''}"


def end_reasons(connection: Connection, family: Iterable[int]) -> dict[tuple[str, str], str]:
    """Return why agreements were ended, by their span and the day of their end."""
    return {
        (line.old, line.new): line.reason
        for one in family
        for line in customer_changes_of(connection, one)
        if line.field == END_FIELD
    }


def _log(connection: Connection, customer_id: int, line: Change) -> None:
    """Append a line to the customer's history, in the name of who sits at this desk."""
    named = replace(line, who=house_on(connection).supporter_name)
    log_customer_changes(connection, customer_id, [named])
