"""Correct a session that is over: with a reason, line by line in its log, and never a billed one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.late_session import needs_agreement_reason
from laverma_desk.domain.message import NOT_YET_SENT, MessageKind, MessageState
from laverma_desk.domain.money import Charge, charge
from laverma_desk.domain.support_session import Origin, SupportSession, counted_seconds
from laverma_desk.services.alone import all_there
from laverma_desk.services.calls.session_access import (
    place_on,
    refuse_billed,
    refuse_not_possible,
    refuse_open,
    refuse_restricted,
    session_on,
)
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.corrections.change_lines import log_lines, logged_fields, who_on
from laverma_desk.services.corrections.entry import SessionEntry, checked, entry_of, storable
from laverma_desk.services.corrections.late_reason import LateReason, keep_reason
from laverma_desk.services.corrections.moved_times import moved
from laverma_desk.services.corrections.recording import check_free_reason, check_people
from laverma_desk.services.customers.recipients import report_recipient
from laverma_desk.services.customers.tariffs import tariff_of
from laverma_desk.services.desk import Desk
from laverma_desk.services.editions import check_version
from laverma_desk.storage import agreements, corrected_sessions, customers, house, outbox, sessions
from laverma_desk.storage.database import Connection
from laverma_desk.storage.editions import session_version

_HOUSE_ONLY = frozenset({"internal_note"})
"""Fields that no report shows."""


@dataclass(frozen=True)
class Correctable:
    """An ended session as an editor shows it, with the version that it has then."""

    session: SupportSession
    version: int


def read_correctable(desk: Desk, session_id: int) -> Correctable:
    """Return a session that may be corrected.

    Raises RuleBroken SESSION_BILLED, SESSION_NOT_ENDED, SESSION_UNKNOWN.
    """
    all_there(desk, session_id)
    with desk.database.read() as connection:
        found = session_on(connection, session_id)
        check_changeable(found)
        return Correctable(found, session_version(connection, session_id))


def correct_session(
    desk: Desk,
    session_id: int,
    entry: SessionEntry,
    reason: str,
    late_reason: LateReason | None = None,
    *,
    version: int | None = None,
) -> Done[SupportSession]:
    """Make of an ended session what really was; every field that changes leaves a line in its log.

    Begin and end move by the rule of `moved_times`. The frozen names stay unless somebody or something
    else is chosen, the frozen tariff stays unless the local day of the start or the customer changes; the
    charge follows. A report that has not left yet is withdrawn, and its session asks for it again. Where
    the new day or customer has no agreement, the session counts as recorded by hand and owes a reason.
    `version` is the one that an editor showed.
    Raises RuleBroken CORRECTION_WITHOUT_REASON, SESSION_BILLED, SESSION_NOT_ENDED, SESSION_UNKNOWN,
    RECORD_CHANGED, and `record_session` raises.
    """
    now = desk.clock.now()
    why = _reason(reason)
    all_there(desk, session_id)
    with desk.database.write() as connection:
        found = _changeable(connection, session_id)
        check_version(version, session_version(connection, session_id))
        clean = checked(entry, now, entry_of(found))
        check_people(connection, clean)
        after, _cost = corrected(connection, found, clean)
        return _write(connection, found, after, (now, who_on(connection), why), late_reason)


def change_billing(
    desk: Desk, session_id: int, billable: bool, free_reason_id: int | None, reason: str
) -> Done[SupportSession]:
    """Bill a session that was free, or the other way round, before an invoice has it.

    Raises RuleBroken CORRECTION_WITHOUT_REASON, FREE_WITHOUT_REASON, VALUE_NOT_IN_LIST, SESSION_BILLED,
    SESSION_NOT_POSSIBLE, SESSION_NOT_ENDED, SESSION_UNKNOWN.
    """
    now = desk.clock.now()
    why = _reason(reason)
    if not billable and free_reason_id is None:
        raise RuleBroken(Rule.FREE_WITHOUT_REASON, field="free_reason")
    with desk.database.write() as connection:
        found = _changeable(connection, session_id)
        refuse_not_possible(found)
        check_free_reason(connection, free_reason_id)
        entry = replace(
            entry_of(found), billable=billable, free_reason_id=None if billable else free_reason_id
        )
        after, _cost = corrected(connection, found, entry)
        return _write(connection, found, after, (now, who_on(connection), why), None)


def corrected(
    connection: Connection, found: SupportSession, entry: SessionEntry
) -> tuple[SupportSession, Charge]:
    """Return an ended session as it will be, and what it will cost; nothing is written."""
    times = moved(found, entry.begin, entry.end)
    after = replace(
        _placed(connection, found, entry),
        segments=times.segments,
        gaps=times.gaps,
        requested_by=entry.requested_by,
        channel=entry.channel,
        tool=entry.tool,
        partner_id=entry.partner_id,
        notes=entry.notes,
        internal_note=entry.internal_note,
        billable=entry.billable,
        free_reason_id=entry.free_reason_id,
        free_reason=_free_reason(connection, entry.free_reason_id),
        not_possible=entry.not_possible,
    )
    moved_on = local_day(after.begin) != local_day(found.begin) or after.customer_id != found.customer_id
    tariff = found.tariff
    if tariff is None or moved_on:
        tariff = tariff_of(connection, after.customer_id, after.begin)
    possible_after_all = found.not_possible is not None and after.not_possible is None
    if moved_on or possible_after_all:
        # It stood before the gate on another day or for another customer, or nothing was accessed so far.
        late = replace(after, origin=Origin.MANUAL)
        if needs_agreement_reason(late, agreements.agreements_of(connection, late.customer_id)):
            after = late
    cost = charge(counted_seconds(after, entry.end), tariff)
    return replace(after, tariff=tariff, charge=cost), cost


def _placed(connection: Connection, found: SupportSession, entry: SessionEntry) -> SupportSession:
    """Return the session at its workstation and with its supporter; what stays keeps its frozen name."""
    after = found
    if entry.workstation_id != found.workstation_id:
        place, customer = place_on(connection, entry.workstation_id)
        after = replace(after, workstation_id=place.id, workstation_name=place.name)
        # A record that was merged into another is the same practice.
        if customer.id != customers.survivor(connection, found.customer_id):
            after = replace(
                after,
                customer_id=customer.id,
                customer_name=customer.name,
                recipient=report_recipient(connection, customer),
                exception=None,
            )
    if entry.supporter_id != found.supporter_id:
        name = next(one.name for one in house.supporters(connection) if one.id == entry.supporter_id)
        after = replace(after, supporter_id=entry.supporter_id, supporter_name=name)
    return after


def _free_reason(connection: Connection, reason_id: int | None) -> str:
    return next((one.name for one in house.free_reasons(connection) if one.id == reason_id), "")


def _changeable(connection: Connection, session_id: int) -> SupportSession:
    found = session_on(connection, session_id)
    check_changeable(found)
    refuse_restricted(connection, found.customer_id)
    return found


def check_changeable(found: SupportSession) -> None:
    """Raise RuleBroken SESSION_BILLED or SESSION_NOT_ENDED where a session cannot be corrected."""
    refuse_billed(found)
    refuse_open(found)


def _reason(typed: str) -> str:
    reason = " ".join(storable(typed).split())
    if not reason:
        raise RuleBroken(Rule.CORRECTION_WITHOUT_REASON, field="change_reason")
    return reason


def _write(
    connection: Connection,
    before: SupportSession,
    after: SupportSession,
    stamp: tuple[datetime, str, str],
    late_reason: LateReason | None,
) -> Done[SupportSession]:
    topics: set[Topic] = set()
    if log_lines(connection, before, after, stamp):
        corrected_sessions.write_corrected(connection, before, after)
        topics = {Topic.SESSIONS}
        old, new = logged_fields(before), logged_fields(after)
        if any(old[field] != new[field] for field in old.keys() - _HOUSE_ONLY) and _withdraw(
            connection, after.id
        ):
            sessions.update_session(connection, after.id, report_open=True)
            topics.add(Topic.OUTBOX)
    found = session_on(connection, after.id)
    if late_reason is not None:
        kept = keep_reason(connection, found, late_reason, stamp[:2])
        topics |= {Topic.SESSIONS} if kept != found else set()
        found = kept
    return done(found, *topics)


def _withdraw(connection: Connection, session_id: int) -> bool:
    """Take back reports that wait with the old words in them; return whether there were any."""
    waiting = [
        mail
        for mail in outbox.of_session(connection, session_id)
        if mail.kind is MessageKind.REPORT and mail.state in NOT_YET_SENT
    ]
    for mail in waiting:
        outbox.update_message(connection, mail.id, state=MessageState.DISCARDED.value)
    return bool(waiting)
