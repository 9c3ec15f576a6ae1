"""Sessions that were not possible, and how often one and the same machine was in trouble lately."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from laverma_desk.domain.folding import fold
from laverma_desk.storage.customers import family
from laverma_desk.storage.literals import ENDED, YES
from laverma_desk.storage.tables import session, workstation


def contradicting_attempts(connection: Connection) -> list[str]:
    """Return the numbers of sessions that say that they were not possible and count time or money anyway."""
    columns = session.c
    counts = (columns.seconds, columns.billed_seconds, columns.net_cents, columns.vat_cents)
    charged = or_(*(func.coalesce(one, 0) != 0 for one in counts), columns.billable == YES)
    billed = columns.invoice_number.is_not(None) | columns.free_reason_id.is_not(None)
    rows = connection.execute(
        select(columns.number)
        .where(columns.not_possible != "", or_(charged, billed, columns.state != ENDED))
        .order_by(columns.id)
    )
    return list(rows.scalars())


def machines_of(connection: Connection, customer_id: int, name: str) -> list[int]:
    """Return the rows of a practice's machine of that name, also those of records merged into it."""
    members = family(connection, customer_id)
    rows = connection.execute(
        select(workstation.c.id, workstation.c.name)
        .where(workstation.c.customer_id.in_(members))
        .order_by(workstation.c.id)
    )
    return [row.id for row in rows if fold(row.name) == fold(name)]


def sessions_at(
    connection: Connection, customer_id: int, machines: Collection[int], first: datetime, last: datetime
) -> int:
    """Return how many sessions began at some machines of a practice between two instants, both included."""
    columns = session.c
    statement = (
        select(func.count())
        .select_from(session)
        .where(
            columns.customer_id.in_(family(connection, customer_id)),
            columns.begin.between(first, last),
            columns.workstation_id.in_(machines),
        )
    )
    return int(connection.execute(statement).scalar_one())
