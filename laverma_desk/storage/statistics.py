"""Sums over ended sessions by hour, machine, person and reason, read from one index alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Select,
    bindparam,
    case,
    func,
    or_,
    select,
)

from laverma_desk.domain.folding import fold_all
from laverma_desk.domain.history import HistoryFilter
from laverma_desk.domain.onsite import visit_cents
from laverma_desk.domain.statistics import StatisticsFilter
from laverma_desk.storage.asking import KEPT_FORMS, Asked, Where
from laverma_desk.storage.customers import CUSTOMER_COLUMNS, family, to_customer
from laverma_desk.storage.history import known_by_index
from laverma_desk.storage.literals import YES
from laverma_desk.storage.spelling import Hour
from laverma_desk.storage.tables import customer, free_reason, session, supporter, workstation

_AT_ONCE = 1000

_POSSIBLE = session.c.not_possible == ""
_MINUTES = (session.c.billed_seconds + 59) // 60
_BILLED = session.c.billable == YES
_HOUR = Hour(session.c.begin)
"""Date and hour in UTC. The hour alone would not do: the day of 25 hours has one of them twice."""


def _billed(value: Any) -> ColumnElement[int]:
    return func.sum(case((_BILLED, value), else_=0))


def _free(value: Any) -> ColumnElement[int]:
    return func.sum(case((_BILLED, 0), else_=value))


_FIGURES: tuple[ColumnElement[Any], ...] = (
    func.count(),
    func.sum(session.c.seconds),
    _billed(_MINUTES),
    _free(_MINUTES),
    _billed(session.c.net_cents),
    _free(session.c.net_cents),
)


def counted(connection: Connection, wanted: StatisticsFilter) -> Where:
    """Return what a session must fulfil to count: what the history shows, without what was not possible.

    What data protection has locked is in neither.
    """
    shown = HistoryFilter(
        wanted.first, wanted.last, customer_id=wanted.customer_id, supporter_id=wanted.supporter_id
    )
    return known_by_index(connection, shown).of_ended.also(_POSSIBLE)


@lru_cache(KEPT_FORMS)
def _grouped(
    keys: tuple[ColumnElement[Any], ...], conditions: tuple[ColumnElement[bool], ...]
) -> Select[Any]:
    return select(*keys, *_FIGURES).where(*conditions).group_by(*keys)


_BY_HOUR = (session.c.day, _HOUR)
_BY_MACHINE = (session.c.customer_id, session.c.workstation_id)
_BY_TERMS = (_BILLED, session.c.free_reason_id, session.c.price_cents)
_BY_PERSON = (session.c.supporter_id, *_BY_TERMS)


def hours_statement(where: Where) -> Asked:
    """Return the query for the sums of each day's hours."""
    return Asked(_grouped(_BY_HOUR, where.conditions), where.values)


def machines_statement(where: Where) -> Asked:
    """Return the query for the sums of each record's machines."""
    return Asked(_grouped(_BY_MACHINE, where.conditions), where.values)


def terms_statement(where: Where, *, per_supporter: bool) -> Asked:
    """Return the query for the sums by price and reason, and by person where that is wanted."""
    return Asked(_grouped(_BY_PERSON if per_supporter else _BY_TERMS, where.conditions), where.values)


_DEARER = _BILLED & (session.c.net_cents > bindparam("visit"))
_BY_AMOUNT = (session.c.customer_id, session.c.net_cents)


def dearer_statement(where: Where, visit: int) -> Asked:
    """Return the query for the billed sessions that cost more than `visit` cents, by record and amount."""
    also = where.also(_DEARER, visit=visit)
    return Asked(_dearer(also.conditions), also.values)


@lru_cache(KEPT_FORMS)
def _dearer(conditions: tuple[ColumnElement[bool], ...]) -> Select[Any]:
    return select(*_BY_AMOUNT, func.count(), func.sum(_MINUTES)).where(*conditions).group_by(*_BY_AMOUNT)


Sums: TypeAlias = Sequence[int]
"""The values of `Figures`, in the order of its fields: cheaper to add up than these."""


def by_hour(connection: Connection, where: Where) -> Iterator[tuple[date, datetime, Sums]]:
    """Give the house's day, the instant at which an hour of it begins, and the sums of what began in it."""
    for day, hour, *sums in _rows(hours_statement(where).by(connection)):
        yield day, datetime.fromisoformat(hour).replace(tzinfo=UTC), sums


def by_machine(connection: Connection, where: Where) -> Iterator[tuple[int, int, Sums]]:
    """Give records, their workstations and the sums of each."""
    for row in _rows(machines_statement(where).by(connection)):
        yield row[0], row[1], row[2:]


def _rows(found: CursorResult[Any]) -> Iterator[Any]:
    """Give rows that nobody keeps: tens of thousands at once would have Python look for rubbish."""
    for some in found.partitions(_AT_ONCE):
        yield from some


@dataclass(frozen=True)
class Terms:
    """What sessions have in common: who, for free or not, why, and the price a minute in cents.

    `supporter_id` is None where nobody is told apart.
    """

    supporter_id: int | None
    billed: bool
    reason_id: int | None
    price_cents: int | None


def by_terms(connection: Connection, where: Where, *, per_supporter: bool) -> list[tuple[Terms, Sums]]:
    """Return each kind of terms with the sums of its sessions."""
    rows: Sequence[Any] = terms_statement(where, per_supporter=per_supporter).by(connection).all()
    nobody = () if per_supporter else (None,)
    return [(Terms(*nobody, *row[:-6]), row[-6:]) for row in rows]


def dearer(connection: Connection, where: Where, visit: int) -> Sequence[tuple[int, int, int, int]]:
    """Return records, the net cents of one session, how many cost that, and their minutes together."""
    rows: Sequence[Any] = dearer_statement(where, visit).by(connection).all()
    return rows


_own, _head = customer.alias("own"), customer.alias("head")
_GOES_ON = _head.c.id == func.coalesce(_own.c.merged_into, _own.c.id)
_PRACTICES = select(_own.c.id, _head.c.id, _head.c.number, _head.c.name).join(_head, _GOES_ON)
# Of namesakes the first stands for all: one in use, the practice's own, the oldest.
_MACHINES = (
    select(workstation.c.id, _head.c.id, _head.c.name, workstation.c.name)
    .join(_own, _own.c.id == workstation.c.customer_id)
    .join(_head, _GOES_ON)
    .order_by(workstation.c.archived, _own.c.id != _head.c.id, workstation.c.id)
)
_REASONS = select(free_reason.c.id, free_reason.c.name)
_SUPPORTERS = select(supporter.c.id, supporter.c.name)
_PRICED = select(*CUSTOMER_COLUMNS).where(
    or_(
        customer.c.on_site_cents.is_not(None),
        customer.c.on_site_travel_cents.is_not(None),
        customer.c.on_site_hourly_cents.is_not(None),
    )
)


def members(connection: Connection, wanted: StatisticsFilter) -> list[int] | None:
    """Return the records whose names a filter needs, None for all of them."""
    return None if wanted.customer_id is None else family(connection, wanted.customer_id)


Practice: TypeAlias = tuple[int, str, str]
"""The row, number and name of the record that goes on."""

Machine: TypeAlias = tuple[int, int, str, str]
"""The row of a workstation, the row and name of its practice, and its own name."""


def practices(connection: Connection, of: Sequence[int] | None) -> dict[int, Practice]:
    """Return the practice of each of some records by the record's row, of all where `of` is None."""
    asked = _PRACTICES if of is None else _PRACTICES.where(_own.c.id.in_(of))
    return {row[0]: row[1:] for row in _rows(connection.execute(asked))}


def machines(connection: Connection, of: Sequence[int] | None) -> dict[int, Machine]:
    """Return for each workstation of some records, or of all, the one for which it counts.

    Machines of one practice whose names are spelled alike are one, as where recurring trouble is counted:
    when records are merged one stays in use, the other is archived.
    """
    asked = _MACHINES if of is None else _MACHINES.where(_own.c.id.in_(of))
    known: list[Machine] = [row[:] for row in _rows(connection.execute(asked))]
    names = fold_all(one[3] for one in known)
    stands: dict[tuple[int, str], Machine] = {}
    return {one[0]: stands.setdefault((one[1], name), one) for one, name in zip(known, names, strict=True)}


def reason_names(connection: Connection) -> dict[int, str]:
    """Return every reason's name by its row, archived ones included."""
    return {row.id: row.name for row in connection.execute(_REASONS)}


def supporter_names(connection: Connection) -> dict[int, str]:
    """Return every technician's name by the row, those who have left included."""
    return {row.id: row.name for row in connection.execute(_SUPPORTERS)}


def visits(connection: Connection) -> dict[int, int]:
    """Return what a visit costs now in cents, by the record; those without a price of one are not in it."""
    known = (to_customer(row) for row in connection.execute(_PRICED))
    return {one.id: price for one in known if (price := visit_cents(one)) is not None}
