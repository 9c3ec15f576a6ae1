"""Sessions that wait for their invoice, found among all that were ever held by those that none bills."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Text, and_, exists, func, or_, select, type_coerce

from laverma_desk.domain.busy_time import BusyTime
from laverma_desk.domain.retention import ERASED
from laverma_desk.storage.literals import ENDED, YES
from laverma_desk.storage.portions import portions
from laverma_desk.storage.tables import (
    customer,
    draft_session,
    free_reason,
    gap,
    invoice_draft,
    segment,
    session,
)

# Not made instants of: there are as many as sessions, and all that is asked is which is earlier.
_STRETCH = (type_coerce(segment.c.begin, Text), type_coerce(segment.c.end, Text))
_FIRST_LETTERS = 300
_BLANKS = " \t\r\n"


class OpenRow(NamedTuple):
    """A session as billing needs it: instants in UTC, seconds, cents.

    `head` is the record that goes on for its customer, `opening` how its notes begin.
    """

    id: int
    head: int
    number: str
    begin: datetime
    day: date
    workstation_name: str
    supporter_name: str
    supporter_id: int
    opening: str
    seconds: int
    billed_seconds: int
    net_cents: int
    billable: bool
    free_reason_id: int | None
    free_reason: str
    origin: str
    excepted: bool
    gap_open: bool


_owner = customer.alias("owner")
_head = func.coalesce(_owner.c.merged_into, _owner.c.id)


def _select() -> Select[Any]:
    """Select what may stand on an invoice: ended, on none, not erased, billable or free for all to see.

    What was not possible is no service, and stands on none.
    """
    erased = and_(_owner.c.restricted_at.is_not(None), session.c.customer_name == ERASED)
    unexplained = session.c.free_reason_id.is_(None)
    free = and_(or_(unexplained, free_reason.c.on_invoice == YES), session.c.not_possible == "")
    shown = or_(session.c.billable == YES, free)
    return (
        select(
            session.c.id,
            _head.label("head"),
            session.c.number,
            session.c.begin,
            session.c.day,
            session.c.workstation_name,
            session.c.supporter_name,
            session.c.supporter_id,
            func.substr(func.ltrim(session.c.notes, _BLANKS), 1, _FIRST_LETTERS),
            session.c.seconds,
            session.c.billed_seconds,
            session.c.net_cents,
            session.c.billable,
            session.c.free_reason_id,
            func.coalesce(free_reason.c.name, ""),
            session.c.origin,
            session.c.exception_reason.is_not(None),
            exists().where(gap.c.session_id == session.c.id, gap.c.decision.is_(None)),
        )
        .join_from(session, _owner, _owner.c.id == session.c.customer_id)
        .outerjoin(free_reason, free_reason.c.id == session.c.free_reason_id)
        .where(session.c.state == ENDED, session.c.invoice_number.is_(None), ~erased, shown)
        .order_by(session.c.begin, session.c.id)
    )


def _belongs() -> ColumnElement[bool]:
    """Return the condition that a draft still may have a session.

    Not one that a correction has moved to another practice, or behind the draft's last day: it is open
    again, whatever the draft says.
    """
    drafted = customer.alias("drafted")
    head = (
        select(func.coalesce(drafted.c.merged_into, drafted.c.id))
        .where(drafted.c.id == invoice_draft.c.customer_id)
        .correlate(invoice_draft)
        .scalar_subquery()
    )
    return and_(session.c.day <= invoice_draft.c.until, head == _head)


_held = exists().where(
    draft_session.c.session_id == session.c.id,
    invoice_draft.c.id == draft_session.c.draft_id,
    _belongs(),
)
# Built once: to put the statements together takes longer than to ask them of a month.
_OPEN = _select().where(~_held.correlate(session, _owner))
_DRAFTED = (
    _select()
    .join(draft_session, draft_session.c.session_id == session.c.id)
    .join(invoice_draft, invoice_draft.c.id == draft_session.c.draft_id)
    .add_columns(draft_session.c.draft_id)
    .where(_belongs())
)


def open_statement(until: date, family: Collection[int] | None = None) -> Select[Any]:
    """Return the one query for what can be billed up to a day, of all customers or of some records."""
    wanted = _OPEN.where(session.c.day <= until)
    return wanted if family is None else wanted.where(session.c.customer_id.in_(family))


def open_rows(connection: Connection, until: date, family: Collection[int] | None = None) -> list[OpenRow]:
    """Return what can be billed up to a day, the oldest first: on no invoice and in no draft."""
    return [OpenRow(*row) for row in connection.execute(open_statement(until, family))]


def drafted_rows(connection: Connection, draft_id: int | None = None) -> list[tuple[int, OpenRow]]:
    """Return the sessions in drafts, or in one of them, the oldest first, each with its draft."""
    wanted = _DRAFTED if draft_id is None else _DRAFTED.where(draft_session.c.draft_id == draft_id)
    return [(row[-1], OpenRow(*row[:-1])) for row in connection.execute(wanted)]


def in_period(connection: Connection, family: Collection[int], first: date, last: date) -> list[int]:
    """Return the sessions of some records that ended, billed or not, begun between two days."""
    mine = session.c.customer_id.in_(family) & session.c.day.between(first, last)
    statement = (
        select(session.c.id).where(mine, session.c.state == ENDED).order_by(session.c.begin, session.c.id)
    )
    return list(connection.execute(statement).scalars())


def allowances(connection: Connection, rows: Collection[int]) -> list[tuple[int, int]]:
    """Return the frozen pairs of least and free seconds of sessions that cost something, each once."""
    found: dict[tuple[int, int], None] = {}
    for some in portions(rows):
        pairs = (
            select(session.c.minimum_seconds, session.c.free_seconds)
            .where(session.c.id.in_(some) & session.c.billable)
            .order_by(session.c.begin, session.c.id)
        )
        found |= dict.fromkeys((least or 0, free or 0) for least, free in connection.execute(pairs))
    return list(found)


def busy_times(connection: Connection, days: Collection[date]) -> list[BusyTime]:
    """Return the running times of all sessions that began on some days, by supporter and time."""
    found: list[BusyTime] = []
    for some in portions(days):
        statement = (
            select(session.c.supporter_id, session.c.id, session.c.number, *_STRETCH)
            .join_from(session, segment, segment.c.session_id == session.c.id)
            .where(session.c.state == ENDED, session.c.day.in_(some))
        )
        found += (BusyTime(*row) for row in connection.execute(statement))
    return sorted(found, key=lambda one: (one.supporter_id, one.begin, one.session_id))
