"""What remote tools wrote down about somebody is taken out; that a line was read is remembered."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, bindparam, literal, or_, select, update

from laverma_desk.domain.retention import ERASED
from laverma_desk.storage.connections import ERASED_KEY, erased_key
from laverma_desk.storage.portions import portions
from laverma_desk.storage.spelling import Holds
from laverma_desk.storage.tables import (
    former_partner_id,
    remote_connection,
    session,
    unreadable_line,
    workstation,
)

_C = remote_connection.c
Reach = tuple[str, str]
"""A tool and a partner ID."""


def reaches_of(connection: Connection, family: Sequence[int]) -> set[Reach]:
    """Return the partner IDs by which machines of records are or were reached, and nobody else's is now."""
    machines = select(workstation.c.id).where(workstation.c.customer_id.in_(family))
    once = former_partner_id.c
    own = session.c.customer_id.in_(family)
    statements = (
        select(workstation.c.tool, workstation.c.partner_id).where(workstation.c.customer_id.in_(family)),
        select(once.tool, once.partner_id).where(once.workstation_id.in_(machines)),
        select(session.c.tool, session.c.partner_id).where(own).distinct(),
    )
    found = {(row[0], row[1]) for one in statements for row in connection.execute(one) if row[1]}
    others = connection.execute(
        select(workstation.c.tool, workstation.c.partner_id).where(
            workstation.c.customer_id.not_in(family), workstation.c.partner_id != ""
        )
    )
    return found - {(row[0], row[1]) for row in others}


def connections_of(connection: Connection, family: Sequence[int], reaches: Collection[Reach]) -> list[int]:
    """Return the connections of records' sessions, and those to their machines that have no session."""
    own = select(session.c.id).where(session.c.customer_id.in_(family))
    return _rows(connection, _C.session_id.in_(own), reaches)


def count_going(connection: Connection, family: Sequence[int], session_ids: Collection[int]) -> int:
    """Return how many connections would lose their words with some sessions of records."""
    going = set(session_ids)
    found = connections_of(connection, family, reaches_of(connection, family))
    rows = 0
    for some in portions(found):
        for row in connection.execute(select(_C.session_id).where(_C.id.in_(some))):
            rows += row[0] is None or row[0] in going
    return rows


def erase_connections(connection: Connection, family: Sequence[int], reaches: Collection[Reach]) -> None:
    """Take the words out of the connections of erased sessions, and of those that have no session.

    What was open is passed over from then on. A line that could not be read goes if it names an ID.
    """
    erased = select(session.c.id).where(
        session.c.customer_id.in_(family) & (session.c.customer_name == ERASED)
    )
    numbers = _rows(connection, _C.session_id.in_(erased), reaches)
    for some in portions(numbers):
        known = connection.execute(select(_C.id, _C.key).where(_C.id.in_(some))).all()
        keys = [{"row": row.id, "left": erased_key(row.key)} for row in known]
        connection.execute(
            update(remote_connection).where(_C.id == bindparam("row")).values(key=bindparam("left")), keys
        )
        blank = dict.fromkeys(("partner_id", "partner_name", "local_user", "note", "raw", "reason"), "")
        connection.execute(update(remote_connection).where(_C.id.in_(some)).values(**blank))
        connection.execute(
            update(remote_connection).where(_C.id.in_(some), _C.state == "open").values(state="ignored")
        )
    for _tool, partner_id in reaches:
        connection.execute(
            update(unreadable_line)
            .where(Holds(unreadable_line.c.raw, literal(partner_id)))
            .values(raw=ERASED)
        )


def _rows(connection: Connection, of_sessions: ColumnElement[bool], reaches: Collection[Reach]) -> list[int]:
    told = _C.key.not_like(f"{ERASED_KEY}%")
    found = set(connection.execute(select(_C.id).where(told, of_sessions)).scalars())
    for some in portions(sorted(reaches)):
        alone = or_(*((_C.tool == tool) & (_C.partner_id == partner_id) for tool, partner_id in some))
        statement = select(_C.id).where(told, _C.state != "matched", alone)
        found |= set(connection.execute(statement).scalars())
    return sorted(found)
