"""What of a running session is kept aside: its rows, what its page shows of customer and house, its state."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    true,
)

from laverma_desk.domain.support_session import Segment, SessionState
from laverma_desk.storage.customers import family
from laverma_desk.storage.prepared import Prepared, rows_at_once
from laverma_desk.storage.tables import (
    agreement,
    contact,
    customer,
    customer_tariff,
    document,
    former_partner_id,
    free_reason,
    gap,
    heartbeat,
    message,
    segment,
    session,
    session_change,
    setting,
    snippet,
    supporter,
    tariff,
    vat_rate,
    workstation,
)
from laverma_desk.storage.tables.search import session_text

_HOUSE = (setting, tariff, vat_rate, supporter, snippet, free_reason)
_OF_CUSTOMER = (contact, workstation, customer_tariff, agreement)
_OF_SESSION = (segment, gap, session_change)
TABLES: Sequence[Table] = (
    *_HOUSE, customer, *_OF_CUSTOMER, former_partner_id, session, *_OF_SESSION, heartbeat, message, document,
    session_text,
)  # fmt: skip
"""All that the services of a running call ask."""

FIELDS = (
    "requested_by", "channel", "tool", "partner_id", "recipient", "billable", "free_reason_id",
    "not_possible",
)  # fmt: skip
TEXTS = ("notes", "internal_note")
_FURTHER = ("state", "report_open", "supporter_id", "invoice_number")
_STATE = select(*(session.c[name] for name in (*FIELDS, *TEXTS, *_FURTHER)))


def _read(table: Table, condition: ColumnElement[bool]) -> Prepared:
    return Prepared(select(table).where(condition), gives=table.c)


# By the session's row alone, so that all of it is one question to the server.
_ROW: BindParameter[int] = bindparam("row")
_OWN, _MEMBER = customer.alias("own"), customer.alias("member")
_OWNER = select(session.c.customer_id).where(session.c.id == _ROW).scalar_subquery()
_HEAD = select(func.coalesce(_OWN.c.merged_into, _OWN.c.id)).where(_OWN.c.id == _OWNER).scalar_subquery()
_PEOPLE = select(_MEMBER.c.id).where(or_(_MEMBER.c.id == _HEAD, _MEMBER.c.merged_into == _HEAD))
_MACHINES = select(workstation.c.id).where(workstation.c.customer_id.in_(_PEOPLE))
_SESSION_READS = (
    _read(session, session.c.id == _ROW),
    *(_read(one, one.c.session_id == _ROW) for one in _OF_SESSION),
)
_EVERY_READ = (
    *(_read(one, true()) for one in _HOUSE),
    _read(customer, customer.c.id.in_(_PEOPLE)),
    *(_read(one, one.c.customer_id.in_(_PEOPLE)) for one in _OF_CUSTOMER),
    _read(former_partner_id, former_partner_id.c.workstation_id.in_(_MACHINES)),
    *_SESSION_READS,
)

Row = dict[str, Any]
Rows = tuple[tuple[Table, ColumnElement[bool], list[Row]], ...]
"""Rows of tables, each with the condition under which they are all there are."""


@dataclass(frozen=True)
class State:
    """A session as one store has it, in values that a line of JSON keeps: instants as ISO texts.

    `gaps` are (kind, begin, end, decision or ""), `changes` the lines of its log.
    """

    values: dict[str, Any]
    segments: tuple[tuple[str, str], ...]
    gaps: tuple[tuple[str, ...], ...]
    changes: tuple[tuple[str, ...], ...]

    def to_text(self) -> str:
        """Return it as one line."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @property
    def clock(self) -> tuple[tuple[tuple[str, str], ...], str]:
        """Return what the clock says: the segments, and whether it runs."""
        return self.segments, str(self.values["state"])

    def times(self) -> list[Segment]:
        """Return the segments as instants."""
        return [Segment(instant(begin), instant(end) if end else None) for begin, end in self.segments]


def state_of_text(line: str) -> State:
    """Return a state as it was before `to_text`."""
    kept = json.loads(line)
    return State(kept["values"], *(tuple(map(tuple, kept[name])) for name in ("segments", "gaps", "changes")))


def instant(iso: str) -> datetime:
    """Return the instant of a text."""
    return datetime.fromisoformat(iso)


def state_of(connection: Connection, session_id: int, *, lock: bool = False) -> State | None:
    """Return a session as a store has it now, None where it is not there; `lock`: it stays so."""
    wanted = _STATE.where(session.c.id == session_id)
    row = connection.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    if row is None:
        return None
    times = connection.execute(
        select(segment.c.begin, segment.c.end)
        .where(segment.c.session_id == session_id)
        .order_by(segment.c.position)
    )
    gaps = connection.execute(
        select(gap.c.kind, gap.c.begin, gap.c.end, gap.c.decision)
        .where(gap.c.session_id == session_id)
        .order_by(gap.c.id)
    )
    lines = connection.execute(
        select(*(session_change.c[name] for name in ("at", "who", "field", "old", "new", "reason")))
        .where(session_change.c.session_id == session_id)
        .order_by(session_change.c.id)
    )
    return State(
        dict(row._mapping),  # noqa: SLF001 (SQLAlchemy's public name)
        tuple((_text(one.begin), _text(one.end)) for one in times),
        tuple(tuple(map(_text, one)) for one in gaps),
        tuple(tuple(map(_text, one)) for one in lines),
    )


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else "" if value is None else str(value)


def session_rows(connection: Connection, session_id: int) -> Rows:
    """Return the rows of a session alone."""
    asked = rows_at_once(connection, _SESSION_READS, {"row": session_id})
    return tuple(_rows(_conditions(session_id), asked))


def goes_on(rows: Rows) -> bool:
    """Return whether the session among rows runs or pauses."""
    return any(
        row["state"] != SessionState.ENDED
        for table, _where, found in rows
        if table is session
        for row in found
    )


def _conditions(session_id: int) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    yield session, session.c.id == session_id
    for one in _OF_SESSION:
        yield one, one.c.session_id == session_id


def all_rows(connection: Connection, session_id: int) -> Rows:
    """Return the rows of a session, and those of its customer and of the house that its page shows."""
    asked = rows_at_once(connection, _EVERY_READ, {"row": session_id})
    people = [row[0] for row in asked[len(_HOUSE)]]
    if not people:
        return ()
    wanted: list[tuple[Table, ColumnElement[bool]]] = [(one, true()) for one in _HOUSE]
    wanted.append((customer, customer.c.id.in_(people)))
    wanted += [(one, one.c.customer_id.in_(people)) for one in _OF_CUSTOMER]
    machines = select(workstation.c.id).where(workstation.c.customer_id.in_(people))
    wanted.append((former_partner_id, former_partner_id.c.workstation_id.in_(machines)))
    return tuple(_rows((*wanted, *_conditions(session_id)), asked))


def _rows(
    wanted: Iterable[tuple[Table, ColumnElement[bool]]], asked: Iterable[list[tuple[Any, ...]]]
) -> Iterator[tuple[Table, ColumnElement[bool], list[Row]]]:
    for (table, condition), found in zip(wanted, asked, strict=True):
        names = table.c.keys()
        yield table, condition, [dict(zip(names, row, strict=True)) for row in found]


def put_rows(connection: Connection, rows: Rows) -> None:
    """Write rows in the place of those that were kept of the same."""
    for table, condition, _found in reversed(rows):
        connection.execute(delete(table).where(condition))
    for table, _condition, found in rows:
        if found:
            connection.execute(insert(table).prefix_with("OR REPLACE"), found)


def drop_session(connection: Connection, session_id: int) -> None:
    """Forget a session, and the customers that no session kept belongs to."""
    connection.execute(delete(session_text).where(session_text.c.session_id == session_id))
    for table, condition in reversed(list(_conditions(session_id))):
        connection.execute(delete(table).where(condition))
    owners = set(connection.execute(select(session.c.customer_id)).scalars())
    wanted = {one for owner in owners for one in family(connection, owner)}
    for table in _OF_CUSTOMER:
        connection.execute(delete(table).where(table.c.customer_id.not_in(wanted)))
    connection.execute(
        delete(former_partner_id).where(former_partner_id.c.workstation_id.not_in(select(workstation.c.id)))
    )
    connection.execute(delete(customer).where(and_(customer.c.id.not_in(wanted))))
