"""Which ended sessions a filter of the history lets through, and their sums by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
)

from laverma_desk.domain.history import DaySums, HistoryFilter, HistoryStatus, Sums
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.searching import words_of
from laverma_desk.storage import search_index
from laverma_desk.storage.asking import KEPT_FORMS, Asked, Where
from laverma_desk.storage.customers import family, locked
from laverma_desk.storage.literals import DISCARDED, ENDED, REPORT, YES
from laverma_desk.storage.spelling import SERVER
from laverma_desk.storage.tables import agreement, customer, message, session, supporter

FEW = 20_000
"""Up to so many sessions it is faster to look at the text of each than to ask the index for all of it."""

_CLOSE = 3
_DAY = timedelta(days=1)
_EARLY, _LATE = date(1900, 1, 1), date(9000, 1, 1)  # Beyond, a day more or less may be none.

WAITING = (MessageState.WAITING, MessageState.SENDING)
FAILED = (MessageState.FAILED, MessageState.UNCLEAR)


def _without_agreement() -> ColumnElement[bool]:
    """Return the condition that no agreement was in force on a session's day, of its record or its family.

    Where support was not possible nothing was accessed, and none is missed.
    """
    in_force = and_(
        agreement.c.valid_from <= session.c.day,
        or_(agreement.c.valid_until.is_(None), agreement.c.valid_until >= session.c.day),
        or_(agreement.c.ended_on.is_(None), agreement.c.ended_on > session.c.day),
    )
    own, member = customer.alias("own"), customer.alias("member")
    head = func.coalesce(own.c.merged_into, own.c.id)
    of_family = select(member.c.id).where(
        own.c.id == session.c.customer_id, or_(member.c.id == head, member.c.merged_into == head)
    )
    # Its own record first: that is enough for nearly all, and the family takes four times as long.
    none = and_(
        ~exists().where(agreement.c.customer_id == session.c.customer_id, in_force),
        ~exists().where(agreement.c.customer_id.in_(of_family.correlate(session)), in_force),
    )
    # Only then: the index, from which the rest is read, does not hold what was possible.
    return case((none, session.c.not_possible == ""), else_=false())


WITHOUT_AGREEMENT = _without_agreement()


def newest_report() -> ColumnElement[int | None]:
    """Return a session's newest mail that carries its report and was not discarded."""
    return (
        select(func.max(message.c.id))
        .where(_is_report(), message.c.session_id == session.c.id)
        .correlate(session)
        .scalar_subquery()
    )


def _is_report() -> ColumnElement[bool]:
    return and_(message.c.kind == REPORT, message.c.state != DISCARDED)


def _report_is(states: Sequence[MessageState]) -> ColumnElement[bool]:
    newer = message.alias("newer")
    newest = ~exists().where(
        newer.c.kind == REPORT,
        newer.c.state != DISCARDED,
        newer.c.session_id == message.c.session_id,
        newer.c.id > message.c.id,
    )
    found = select(message.c.session_id).where(
        message.c.kind == REPORT, message.c.state.in_([one.value for one in states]), newest
    )
    return session.c.id.in_(found)


# Not IS NULL, for which SQLite takes the index over invoices: it leads to most of the table's rows.
_invoice = func.coalesce(session.c.invoice_number, "")
# Built once: to put such a condition together takes longer than to ask it of a day.
_MEANINGS: dict[HistoryStatus, list[ColumnElement[bool]]] = {
    HistoryStatus.ALL: [],
    HistoryStatus.OPEN: [session.c.billable == YES, _invoice == ""],
    HistoryStatus.INVOICED: [_invoice != ""],
    # Of what is free few are attempts: the index says what is free, the rows alone what was possible.
    HistoryStatus.FREE: [session.c.billable != YES, session.c.not_possible == ""],
    HistoryStatus.NOT_POSSIBLE: [session.c.billable != YES, session.c.not_possible != ""],
    HistoryStatus.REPORT_WAITING: [_report_is(WAITING)],
    HistoryStatus.REPORT_FAILED: [_report_is(FAILED)],
    HistoryStatus.REPORT_NOT_SENT: [newest_report().is_(None)],
    HistoryStatus.WITHOUT_AGREEMENT: [WITHOUT_AGREEMENT],
}


_HAS_ENDED = session.c.state == ENDED
_NOT_SHUT = session.c.customer_id.not_in(bindparam("shut", expanding=True))
_ON_DAY = session.c.day == bindparam("first")  # In this form rows come in the index's order.
_SINCE, _UNTIL = session.c.day >= bindparam("first"), session.c.day <= bindparam("last")
# As one where it is one: its sessions then come in the index's order.
_OF_RECORD = session.c.customer_id == bindparam("record")
_OF_FAMILY = session.c.customer_id.in_(bindparam("family", expanding=True))
_BEGUN_SINCE = session.c.begin >= bindparam("begun_since")
_BEGUN_BEFORE = session.c.begin < bindparam("begun_before")
# A sum, so that no index over supporters is taken: it would lead to most of the table's rows.
_BY_SUPPORTER = session.c.supporter_id + literal_column("0") == bindparam("supporter")


@dataclass(frozen=True)
class Known:
    """What indexes answer of a filter, beside that a session has ended: the period, whose, by whom."""

    wanted: HistoryFilter
    where: Where
    shut: tuple[int, ...]

    @property
    def of_ended(self) -> Where:
        """Return the conditions with the one that a session has ended."""
        return Where((_HAS_ENDED, *self.where.conditions), self.where.values)


def known_by_index(
    connection: Connection, wanted: HistoryFilter, shut: tuple[int, ...] | None = None
) -> Known:
    """Return what indexes answer of a filter; `shut`: the locked records, where they are read already."""
    shut = tuple(locked(connection)) if shut is None else shut
    where = Where((_NOT_SHUT,), {"shut": shut}) if shut else Where()
    if wanted.first is not None and wanted.first == wanted.last:
        where = where.also(_ON_DAY, first=wanted.first)
    else:
        where = where.also(_SINCE, first=wanted.first) if wanted.first is not None else where
        where = where.also(_UNTIL, last=wanted.last) if wanted.last is not None else where
    if wanted.customer_id is not None:
        rows = family(connection, wanted.customer_id)
        one = len(rows) == 1
        where = where.also(_OF_RECORD, record=rows[0]) if one else where.also(_OF_FAMILY, family=rows)
        where = _begun(wanted, where)
    if wanted.supporter_id is not None:
        where = where.also(_BY_SUPPORTER, supporter=wanted.supporter_id)
    return Known(wanted, where, shut)


def _begun(wanted: HistoryFilter, where: Where) -> Where:
    """Add the period once more, a day too long at both ends, as the index over a customer knows it."""
    if wanted.first is not None and wanted.first > _EARLY:
        since = datetime.combine(wanted.first - _DAY, time(), UTC)
        where = where.also(_BEGUN_SINCE, begun_since=since)
    if wanted.last is not None and wanted.last < _LATE:
        before = datetime.combine(wanted.last + 2 * _DAY, time(), UTC)
        where = where.also(_BEGUN_BEFORE, begun_before=before)
    return where


def conditions(connection: Connection, wanted: HistoryFilter) -> Where:
    """Return what a session must fulfil to be shown; all that lists, sums or exports goes by this alone."""
    return conditions_of(connection, known_by_index(connection, wanted))


def conditions_of(connection: Connection, known: Known) -> Where:
    """Return the conditions of a filter of which it is read already what indexes answer."""
    where = known.of_ended.also(*_MEANINGS[known.wanted.status])
    words = words_of(known.wanted.text)
    if words:
        span = span_of(connection, known)
        close = span.rows if span is not None else None
        where += search_index.found(words, among_few=span is not None and close is None, rows=close)
    return where


@dataclass(frozen=True)
class Span:
    """The few sessions that other conditions leave: `rows` from which to which, None where scattered."""

    rows: tuple[int, int] | None


def span_of(connection: Connection, known: Known) -> Span | None:
    """Return where the sessions lie among which a text is looked for, None where they are not few."""
    wanted = known.wanted
    if wanted.first is None and wanted.last is None and wanted.customer_id is None:
        return None
    if wanted.customer_id is not None and connection.dialect.name == SERVER:
        return Span(None)  # It weighs by itself whether the word or the customer is rarer.
    # A customer's index does not hold what has ended: the one that runs does not matter here.
    where = known.of_ended if wanted.customer_id is None else known.where
    found: Sequence[Any] = Asked(_span(where.conditions), where.values).by(connection).one()
    count, lowest, highest = found
    if count > FEW:
        return None
    # Sessions come one after the other, a late entry now and then: those of a month lie side by side.
    return Span((lowest, highest) if count and highest - lowest < _CLOSE * count else None)


@lru_cache(KEPT_FORMS)
def _span(conditions: tuple[ColumnElement[bool], ...]) -> Select[Any]:
    some = select(session.c.id).where(*conditions).limit(FEW + 1).subquery()
    asked: list[ColumnElement[Any]] = [func.count(), func.min(some.c.id), func.max(some.c.id)]
    return select(*asked)


def _sums() -> tuple[ColumnElement[Any], ...]:
    billed = session.c.billable == YES
    return (
        func.count().label("sessions"),
        func.sum(session.c.seconds).label("seconds"),
        func.sum(case((billed, (session.c.billed_seconds + 59) // 60), else_=0)).label("billed_minutes"),
        func.sum(case((billed, session.c.net_cents), else_=0)).label("net_cents"),
    )


_SUMS = select(session.c.day, *_sums()).group_by(session.c.day).order_by(session.c.day.desc())
_SUMS_OF = _SUMS.where(session.c.id.in_(bindparam("sessions", expanding=True)))


def sums_statement(where: Where) -> Asked:
    """Return the one query for the sums of each day, the newest day first."""
    return Asked(_sums_where(where.conditions), where.values)


@lru_cache(KEPT_FORMS)
def _sums_where(conditions: tuple[ColumnElement[bool], ...]) -> Select[Any]:
    return _SUMS.where(*conditions)


def day_sums(connection: Connection, wanted: HistoryFilter) -> list[DaySums]:
    """Return the days on which a filter finds sessions, the newest first, with their sums."""
    return sums_where(connection, conditions(connection, wanted))


def sums_where(connection: Connection, where: Where) -> list[DaySums]:
    """Return the days of the sessions that fulfil conditions, the newest first, with their sums."""
    return _to_sums(sums_statement(where).by(connection))


def sums_of(connection: Connection, sessions: Sequence[int]) -> list[DaySums]:
    """Return the days of some sessions, the newest first, with their sums."""
    return _to_sums(connection.execute(_SUMS_OF, {"sessions": sessions}))


def _to_sums(rows: Iterable[Any]) -> list[DaySums]:
    return [DaySums(day, Sums(*sums)) for day, *sums in rows]


def count(connection: Connection, wanted: HistoryFilter) -> int:
    """Return how many sessions a filter shows."""
    where = conditions(connection, wanted)
    statement = select(func.count()).select_from(session).where(*where.conditions)
    return int(connection.execute(statement, where.values).scalar_one())


_SUPPORTERS_SEEN = (
    select(supporter.c.id, supporter.c.name)
    .where(exists().where(session.c.supporter_id == supporter.c.id))
    .order_by(supporter.c.name)
)


def supporters_seen(connection: Connection) -> list[tuple[int, str]]:
    """Return (row, name) of everybody who has sessions, by name."""
    return [(row.id, row.name) for row in connection.execute(_SUPPORTERS_SEEN)]


def customers(connection: Connection) -> list[tuple[int, str, str]]:
    """Return (row, number, name) of every record by name, those merged into another or locked left out."""
    rows = connection.execute(
        select(customer.c.id, customer.c.number, customer.c.name)
        .where(customer.c.merged_into.is_(None) & customer.c.restricted_at.is_(None))
        .order_by(customer.c.name, customer.c.id)
    )
    return [(row.id, row.number, row.name) for row in rows]
