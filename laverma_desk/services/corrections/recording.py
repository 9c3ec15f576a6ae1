"""Record a session that nobody stopped: ended from the start, marked as such, and logged."""

from __future__ import annotations

from datetime import datetime

from laverma_desk.domain.customer import Customer, Workstation
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.support_session import Origin, Segment, SessionState, SupportSession
from laverma_desk.services.calls.session_access import freeze, next_session_number, place_on, session_on
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.corrections.change_lines import RECORDED, who_on
from laverma_desk.services.corrections.entry import SessionEntry, checked
from laverma_desk.services.corrections.late_reason import LateReason, keep_reason
from laverma_desk.services.customers.recipients import report_recipient
from laverma_desk.services.desk import Desk
from laverma_desk.storage import house, sessions
from laverma_desk.storage.database import Connection
from laverma_desk.storage.session_history import Change, log_change


def record_session(
    desk: Desk, entry: SessionEntry, late_reason: LateReason | None = None
) -> Done[SupportSession]:
    """Write a session that is over, with the next number of its year and the tariff of its day.

    It is not refused where no agreement counts on its day, but flagged: its report and invoice wait for
    a reason, which `late_reason` gives at once. No report is asked for; the history sends one. Raises
    RuleBroken for what `checked` finds, WORKSTATION_UNKNOWN, VALUE_NOT_IN_LIST for a supporter or a
    free reason that does not exist, EXCEPTION_WITHOUT_REASON, EXCEPTION_WITHOUT_NAME.
    """
    now = desk.clock.now()
    with desk.database.write() as connection:
        found = record_on(connection, entry, now, Origin.MANUAL)
        if late_reason is not None:
            found = keep_reason(connection, found, late_reason, (now, who_on(connection)))
        return done(found, Topic.SESSIONS)


def record_on(connection: Connection, entry: SessionEntry, now: datetime, origin: Origin) -> SupportSession:
    """Do the same in a transaction that does more, and say from where the session is known."""
    clean = checked(entry, now)
    place, customer = place_on(connection, clean.workstation_id)
    check_people(connection, clean)
    who = who_on(connection)
    number = _insert(connection, clean, (place, customer), now, origin)
    freeze(connection, number, report_open=False)
    log_change(connection, number, Change(now, who, RECORDED, "", origin.value))
    return session_on(connection, number)


def _insert(
    connection: Connection,
    entry: SessionEntry,
    where: tuple[Workstation, Customer],
    now: datetime,
    origin: Origin,
) -> int:
    place, customer = where
    number = sessions.insert_session(
        connection,
        number=next_session_number(connection, entry.begin),
        customer_id=customer.id,
        workstation_id=place.id,
        supporter_id=entry.supporter_id,
        state=SessionState.PAUSED.value,
        begin=entry.begin,
        requested_by=entry.requested_by,
        channel=entry.channel.value,
        tool=entry.tool.value,
        partner_id=entry.partner_id,
        notes=entry.notes,
        internal_note=entry.internal_note,
        billable=entry.billable,
        free_reason_id=entry.free_reason_id,
        not_possible=entry.not_possible or "",
        recipient=report_recipient(connection, customer),
        origin=origin.value,
        created_at=now,
    )
    sessions.replace_segments(connection, number, [Segment(entry.begin, entry.end)])
    return number


def check_people(connection: Connection, entry: SessionEntry) -> None:
    """Raise RuleBroken VALUE_NOT_IN_LIST for a supporter or a free reason that the house does not have."""
    supporters = house.supporters(connection)
    if entry.supporter_id not in {one.id for one in supporters}:
        raise RuleBroken(
            Rule.VALUE_NOT_IN_LIST,
            field="supporter",
            value=entry.supporter_id,
            known=", ".join(one.name for one in supporters),
        )
    check_free_reason(connection, entry.free_reason_id)


def check_free_reason(connection: Connection, reason_id: int | None) -> None:
    """Raise RuleBroken VALUE_NOT_IN_LIST for a free reason that the house does not have."""
    reasons = house.free_reasons(connection)
    if reason_id is not None and reason_id not in {one.id for one in reasons}:
        raise RuleBroken(
            Rule.VALUE_NOT_IN_LIST,
            field="free_reason",
            value=reason_id,
            known=", ".join(one.name for one in reasons),
        )
