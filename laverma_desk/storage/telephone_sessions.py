"""Sessions of which somebody has said that nothing was connected: they were held on the telephone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, Select, delete, exists, insert, select, true

from laverma_desk.domain.customer import Tool
from laverma_desk.storage.literals import ENDED
from laverma_desk.storage.tables import remote_connection, session, telephone_session


def say_telephone(connection: Connection, session_id: int, who: str, at: datetime) -> None:
    """Note that nothing was connected; said twice, it is said once."""
    take_telephone_back(connection, session_id)
    connection.execute(insert(telephone_session).values(session_id=session_id, decided_by=who, decided_at=at))


def take_telephone_back(connection: Connection, session_id: int) -> None:
    """Forget that nothing was connected."""
    connection.execute(delete(telephone_session).where(telephone_session.c.session_id == session_id))


def without_connection(
    connection: Connection, tool: Tool, first: datetime, last: datetime, supporters: Collection[int] = ()
) -> list[int]:
    """Return the ended sessions with a tool that began in a stretch of time and have no connection.

    Those of some supporters, of all where none is named. Left out are those that were held on the
    telephone, and attempts that were not possible.
    """
    columns = session.c
    statement: Select[int] = (
        select(columns.id)
        .where(
            columns.state == ENDED,
            columns.begin.between(first, last),
            columns.tool == tool.value,
            columns.not_possible == "",
            columns.supporter_id.in_(supporters) if supporters else true(),
            ~exists().where(telephone_session.c.session_id == columns.id),
            ~exists().where(remote_connection.c.session_id == columns.id),
        )
        .order_by(columns.begin, columns.id)
    )
    return list(connection.execute(statement).scalars())
