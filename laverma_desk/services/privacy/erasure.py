"""Forget a customer (Art. 17 GDPR): what no law keeps goes now, the rest is locked and goes in its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import Customer
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.retention import Kept
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.privacy.plan import KEPT_FIELDS, MARKS, Plan, make_plan
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage import (
    customers,
    drafts,
    erasing,
    erasing_connections,
    held_invoices,
    holdings,
    merging,
)
from laverma_desk.storage.customer_history import log_customer_changes
from laverma_desk.storage.database import Connection
from laverma_desk.storage.session_history import Change

_TOPICS = (Topic.CUSTOMERS, Topic.SESSIONS, Topic.OUTBOX, Topic.INVOICES, Topic.CONNECTIONS)


@dataclass(frozen=True)
class ErasurePreview:
    """What erasing a customer would take out now, by number, and what the law keeps locked until when.

    `record`: name and address go too. `until` is the last day of what is kept, None where nothing is.
    """

    customer: Customer
    contacts: int
    workstations: int
    partner_ids: int
    sessions: int
    invoices: int
    mails: int
    agreements: int
    log_lines: int
    connections: int
    record: bool
    kept: tuple[Kept, ...]

    @property
    def until(self) -> date | None:
        """Return the last day on which the law keeps anything."""
        return max((one.until for one in self.kept), default=None)

    @property
    def anything_goes(self) -> bool:
        """Return whether anything would be taken out."""
        counted = (
            self.contacts, self.workstations, self.partner_ids, self.sessions, self.invoices, self.mails,
            self.agreements, self.log_lines, self.connections,
        )  # fmt: skip
        return self.record or any(counted)


def preview_erasure(desk: Desk, customer_id: int) -> ErasurePreview:
    """Return what erasing would do today; nothing is written.

    Raises RuleBroken CUSTOMER_UNKNOWN, CUSTOMER_RUNNING, MAIL_ON_ITS_WAY.
    """
    today = local_day(desk.clock.now())
    with desk.database.read() as connection:
        found, _family, plan = _asked_for(connection, customer_id, today)
        return _preview(found, plan)


def erase(desk: Desk, customer_id: int, typed_number: str, reason: str) -> Done[ErasurePreview]:
    """Take out what no law keeps and lock the rest; return what was done.

    `typed_number` is the customer's number, typed by hand so that nobody is erased by mistake. Raises
    what `preview_erasure` raises, CUSTOMER_RESTRICTED, CUSTOMER_NUMBER_DIFFERS, REASON_MISSING.
    """
    now = desk.clock.now()
    with desk.database.write() as connection:
        found, family, plan = _asked_for(connection, customer_id, local_day(now))
        if found.restricted_at is not None:
            raise RuleBroken(Rule.CUSTOMER_RESTRICTED)
        if typed_number.strip() != found.number:
            raise RuleBroken(Rule.CUSTOMER_NUMBER_DIFFERS, field="number")
        if not reason.strip():
            raise RuleBroken(Rule.REASON_MISSING, field="reason")
        erasing.restrict(connection, family, now)
        drafts.remove_of(connection, family)
        _carry_out(connection, family, plan, now)
        _log(connection, found.id, "restricted_at", now, reason.strip())
        if plan.nothing_kept:
            _log(connection, found.id, "erased_at", now, reason.strip())
        result = _preview(found, plan)
    return done(result, *_TOPICS)


def restricted(desk: Desk) -> list[ErasurePreview]:
    """Return the locked customers by name, each with what the law no longer keeps today."""
    today = local_day(desk.clock.now())
    with desk.database.read() as connection:
        return [
            _preview(one, _plan(connection, one, customers.family(connection, one.id), today))
            for one in holdings.restricted_customers(connection)
        ]


def erase_due(desk: Desk) -> Done[int]:
    """Take out of locked customers what the law keeps no longer; return of how many anything went."""
    now = desk.clock.now()
    touched = 0
    with desk.database.write() as connection:
        for one in holdings.restricted_customers(connection):
            family = customers.family(connection, one.id)
            plan = _plan(connection, one, family, local_day(now))
            if not _preview(one, plan).anything_goes:
                continue
            _carry_out(connection, family, plan, now)
            _log(connection, one.id, "erased_at" if plan.nothing_kept else "erased", now, "")
            touched += 1
    return done(touched, *_TOPICS) if touched else done(0)


def _asked_for(connection: Connection, customer_id: int, today: date) -> tuple[Customer, list[int], Plan]:
    found = customers.find(connection, customers.survivor(connection, customer_id))
    if found is None:
        raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number=customer_id)
    family = customers.family(connection, found.id)
    if merging.open_session(connection, family) is not None:
        raise RuleBroken(Rule.CUSTOMER_RUNNING)
    plan = _plan(connection, found, family, today)
    if plan.waiting:
        raise RuleBroken(Rule.MAIL_ON_ITS_WAY)
    return found, family, plan


def _plan(connection: Connection, found: Customer, family: list[int], today: date) -> Plan:
    asked = local_day(found.restricted_at) if found.restricted_at else today
    return make_plan(connection, family, today, asked)


def _preview(found: Customer, plan: Plan) -> ErasurePreview:
    return ErasurePreview(
        customer=found,
        contacts=plan.counts.contacts,
        workstations=plan.counts.workstations,
        partner_ids=plan.counts.partner_ids,
        sessions=len(plan.sessions) + plan.billed,
        invoices=len(plan.invoices),
        mails=len(plan.mails),
        agreements=len(plan.agreements),
        log_lines=plan.counts.log_lines,
        connections=plan.connections,
        record=plan.nothing_kept and found.erased_at is None,
        kept=plan.kept,
    )


def _carry_out(connection: Connection, family: list[int], plan: Plan, now: datetime) -> None:
    erasing.overwrite_what_goes(connection)
    reaches = erasing_connections.reaches_of(connection, family)
    held_invoices.erase_invoices(connection, plan.invoices, now)
    erasing.erase_sessions(connection, plan.sessions)
    erasing_connections.erase_connections(connection, family, reaches)
    erasing.discard_failed_mails(connection, plan.unsent)
    erasing.erase_mails(connection, plan.mails)
    if plan.agreements:
        erasing.erase_agreements(connection, plan.agreements)
    erasing.erase_people(connection, family)
    erasing.erase_reachability(connection, family)
    erasing.blank_history(connection, family, MARKS if plan.nothing_kept else KEPT_FIELDS)
    if plan.nothing_kept:
        erasing.erase_record(connection, family, now)


def _log(connection: Connection, customer_id: int, field: str, now: datetime, reason: str) -> None:
    who = house_on(connection).supporter_name
    line = Change(now, who, field, "", local_day(now).isoformat(), reason)
    log_customer_changes(connection, customer_id, [line])
