"""Which machines partner IDs belong to, and the sessions that may be held against connections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, or_, select

from laverma_desk.domain.customer import Tool
from laverma_desk.domain.reconciling import SessionSpan
from laverma_desk.storage.literals import ENDED
from laverma_desk.storage.portions import portions
from laverma_desk.storage.tables import customer, former_partner_id, segment, session, workstation

LONGEST_SPAN = timedelta(days=2)
"""An ended session that began earlier is not held against a connection; an open one always is."""

Reach = tuple[Tool, str]
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True)
class Owner:
    """A machine that has a partner ID, or had it `until` an instant (UTC; None: it has it now)."""

    workstation_id: int
    workstation_name: str
    customer_id: int
    customer_name: str
    until: datetime | None


def owners(connection: Connection, partner_ids: Iterable[str]) -> dict[Reach, list[Owner]]:
    """Return the machines of partner IDs, those of today first; none that data protection has locked."""
    found: dict[Reach, list[Owner]] = defaultdict(list)
    columns = (workstation.c.id, workstation.c.name, workstation.c.customer_id)
    named = customer.c.name.label("customer_name")
    for some in portions(sorted(set(partner_ids) - {""})):
        now = (
            select(*columns, named, workstation.c.tool, workstation.c.partner_id)
            .join(customer, customer.c.id == workstation.c.customer_id)
            .where(workstation.c.partner_id.in_(some), customer.c.restricted_at.is_(None))
            .order_by(workstation.c.archived, workstation.c.id)
        )
        for row in connection.execute(now):
            owner = Owner(row.id, row.name, row.customer_id, row.customer_name, None)
            found[Tool(row.tool), row.partner_id].append(owner)
        once = former_partner_id.c
        before = (
            select(*columns, named, once.tool, once.partner_id, once.until)
            .join(customer, customer.c.id == workstation.c.customer_id)
            .join(former_partner_id, once.workstation_id == workstation.c.id)
            .where(once.partner_id.in_(some), customer.c.restricted_at.is_(None))
            .order_by(once.id)
        )
        for old in connection.execute(before):
            owner = Owner(old.id, old.name, old.customer_id, old.customer_name, old.until)
            found[Tool(old.tool), old.partner_id].append(owner)
    return found


def namesakes(connection: Connection, workstation_ids: Iterable[int]) -> dict[int, list[int]]:
    """Return for machines their namesakes in records that were merged into theirs: the same machines."""
    other, old = workstation.alias(), customer.alias()
    found: dict[int, list[int]] = defaultdict(list)
    for some in portions(sorted(set(workstation_ids))):
        rows = connection.execute(
            select(workstation.c.id, workstation.c.name, other.c.id.label("old"), other.c.name.label("once"))
            .join(old, old.c.merged_into == workstation.c.customer_id)
            .join(other, other.c.customer_id == old.c.id)
            .where(workstation.c.id.in_(some))
        )
        for row in rows:
            if row.name.casefold() == row.once.casefold():
                found[row.id].append(row.old)
    return found


def spans(
    connection: Connection, reaches: Iterable[Reach], stretches: Sequence[Stretch], now: datetime
) -> list[SessionSpan]:
    """Return the sessions with machines of some IDs that may touch stretches of time, open ones included.

    `stretches` are in order and do not overlap. What runs or pauses reaches to `now`.
    """
    wanted = set(reaches)
    reached = _reached(connection, wanted)
    columns = session.c
    statement = select(
        columns.id, columns.begin, columns.state, columns.tool, columns.partner_id, columns.workstation_id
    )
    began = [columns.begin.between(first - LONGEST_SPAN, last) for first, last in stretches]
    rows = {row.id: row for row in connection.execute(statement.where(columns.state != ENDED))}
    for some in portions(began):
        rows |= {
            row.id: row
            for row in connection.execute(statement.where(or_(*some)))
            if row.workstation_id in reached or (row.tool, row.partner_id) in wanted
        }
    ended = ends(connection, [row.id for row in rows.values() if row.state == "ended"])
    found = []
    for row in rows.values():
        own = {(Tool(row.tool), row.partner_id)} & wanted | reached.get(row.workstation_id, set())
        if own:
            end = ended.get(row.id) or max(now, row.begin)
            found.append(SessionSpan(row.id, row.begin, end, frozenset(own)))
    return found


def _reached(connection: Connection, wanted: set[Reach]) -> dict[int, set[Reach]]:
    """Return the machines of some IDs with those of the IDs that they have or had."""
    reached: dict[int, set[Reach]] = defaultdict(set)
    for reach, several in owners(connection, (partner_id for _tool, partner_id in wanted)).items():
        if reach in wanted:
            for one in several:
                reached[one.workstation_id].add(reach)
    for number, others in namesakes(connection, list(reached)).items():
        for other in others:
            reached[other] |= reached[number]
    return reached


def ends(connection: Connection, session_ids: Iterable[int]) -> dict[int, datetime]:
    """Return the last instant of sessions that have ended."""
    found: dict[int, datetime] = {}
    for some in portions(session_ids):
        rows = connection.execute(
            select(segment.c.session_id, func.max(segment.c.end))
            .where(segment.c.session_id.in_(some))
            .group_by(segment.c.session_id)
        )
        found |= {row[0]: row[1] for row in rows if row[1] is not None}
    return found


def sessions_between(connection: Connection, first: datetime, last: datetime) -> list[int]:
    """Return the sessions that began between two instants, both included, the oldest first."""
    columns = session.c
    rows = connection.execute(
        select(columns.id).where(columns.begin.between(first, last)).order_by(columns.begin, columns.id)
    )
    return list(rows.scalars())
