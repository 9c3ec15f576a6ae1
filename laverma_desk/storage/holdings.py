"""What the desk holds of a customer, as far as a decision about erasing it needs to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from laverma_desk.domain.customer import Customer
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.retention import ERASED
from laverma_desk.storage.customers import CUSTOMER_COLUMNS, to_customer
from laverma_desk.storage.tables import (
    agreement,
    contact,
    customer,
    customer_change,
    document,
    former_partner_id,
    message,
    session,
    workstation,
)


@dataclass(frozen=True)
class HeldSession:
    """A session: the house's day, whether it shall be billed, the invoice that bills it if one does.

    `erased`: it tells of nobody any more.
    """

    id: int
    day: date
    billable: bool
    invoice_number: str | None
    erased: bool


@dataclass(frozen=True)
class HeldMail:
    """A mail with when it was made (UTC); `erased` as of a session.

    `invoicing`: it carries an invoice or a reminder.
    """

    id: int
    session_id: int | None
    created_at: datetime
    state: MessageState
    erased: bool
    invoicing: bool


@dataclass(frozen=True)
class HeldAgreement:
    """An agreement with its last day, None while it is open-ended; `erased` as of a session."""

    id: int
    valid_until: date | None
    ended_on: date | None
    erased: bool


@dataclass(frozen=True)
class HeldCounts:
    """How many people, machines that have a name, partner IDs past and present, and lines of the log."""

    contacts: int
    workstations: int
    partner_ids: int
    log_lines: int


def sessions_of(connection: Connection, family: Sequence[int]) -> list[HeldSession]:
    """Return the sessions of records in the order of their days."""
    columns = session.c
    told = (
        columns.notes, columns.internal_note, columns.requested_by, columns.partner_id, columns.recipient,
    )  # fmt: skip
    erased = and_(columns.customer_name == ERASED, *(one == "" for one in told))
    rows = connection.execute(
        select(columns.id, columns.day, columns.billable, columns.invoice_number, erased)
        .where(columns.customer_id.in_(family))
        .order_by(columns.begin, columns.id)
    )
    return [HeldSession(row[0], row[1], bool(row[2]), row[3], bool(row[4])) for row in rows]


def mails_of(connection: Connection, family: Sequence[int]) -> list[HeldMail]:
    """Return the mails to records and about their sessions, the oldest first."""
    columns = message.c
    own = select(session.c.id).where(session.c.customer_id.in_(family))
    rows = connection.execute(
        select(
            columns.id,
            columns.session_id,
            columns.created_at,
            columns.state,
            columns.recipient == ERASED,
            columns.invoice_id.is_not(None) | columns.reminder_id.is_not(None),
        )
        .where(or_(columns.session_id.in_(own), columns.customer_id.in_(family)))
        .order_by(columns.id)
    )
    return [
        HeldMail(row[0], row[1], row[2], MessageState(row[3]), bool(row[4]), bool(row[5])) for row in rows
    ]


def agreements_of(connection: Connection, family: Sequence[int]) -> list[HeldAgreement]:
    """Return the agreements of records."""
    columns = agreement.c
    empty = select(document.c.id).where(func.length(document.c.content) == 0)
    erased = (columns.signed_by_customer == ERASED) & (
        columns.document_id.is_(None) | columns.document_id.in_(empty)
    )
    rows = connection.execute(
        select(columns.id, columns.valid_until, columns.ended_on, erased)
        .where(columns.customer_id.in_(family))
        .order_by(columns.id)
    )
    return [HeldAgreement(row[0], row[1], row[2], bool(row[3])) for row in rows]


def counts_of(connection: Connection, family: Sequence[int], kept_fields: Sequence[str]) -> HeldCounts:
    """Return how much of people, machines and log would go, lines about some fields left out."""
    machines = workstation.c.customer_id.in_(family)
    named = machines & ~workstation.c.name.startswith(f"{ERASED} ", autoescape=True)
    current = machines & (workstation.c.partner_id != "")
    own = select(workstation.c.id).where(machines)
    lines = (
        customer_change.c.customer_id.in_(family)
        & customer_change.c.field.not_in(kept_fields)
        & ((customer_change.c.old != "") | (customer_change.c.new != ""))
    )

    def count(condition: ColumnElement[bool]) -> int:
        return int(connection.execute(select(func.count()).where(condition)).scalar_one())

    return HeldCounts(
        contacts=count(contact.c.customer_id.in_(family)),
        workstations=count(named),
        partner_ids=count(current) + count(former_partner_id.c.workstation_id.in_(own)),
        log_lines=count(lines),
    )


def restricted_customers(connection: Connection) -> list[Customer]:
    """Return the records that are locked and not yet erased, those that went into another left out."""
    rows = connection.execute(
        select(*CUSTOMER_COLUMNS)
        .where(
            customer.c.restricted_at.is_not(None)
            & customer.c.erased_at.is_(None)
            & customer.c.merged_into.is_(None)
        )
        .order_by(customer.c.name, customer.c.id)
    )
    return [to_customer(row) for row in rows]
