"""What remote tools wrote down about the machines of somebody who asks what is stored about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from laverma_desk.domain.customer import Tool
from laverma_desk.storage.erasing_connections import connections_of, reaches_of
from laverma_desk.storage.portions import portions
from laverma_desk.storage.tables import log_reading, remote_connection, session


@dataclass(frozen=True)
class DisclosedConnection:
    """A line of a log as it stood, what it says, and the session that it belongs to ("" for none)."""

    begin: datetime
    end: datetime | None
    tool: Tool
    partner_id: str
    partner_name: str
    local_user: str
    purpose: str
    note: str
    session: str
    state: str
    reason: str
    file_name: str
    raw: str


def disclosed_connections(connection: Connection, family: Sequence[int]) -> list[DisclosedConnection]:
    """Return the connections of records' sessions and those to their machines, the oldest first."""
    columns = remote_connection.c
    found: list[DisclosedConnection] = []
    for some in portions(connections_of(connection, family, reaches_of(connection, family))):
        rows = connection.execute(
            select(
                columns.begin,
                columns.end,
                columns.tool,
                columns.partner_id,
                columns.partner_name,
                columns.local_user,
                columns.purpose,
                columns.note,
                session.c.number,
                columns.state,
                columns.reason,
                log_reading.c.file_name,
                columns.raw,
            )
            .join(log_reading, log_reading.c.id == columns.reading_id)
            .outerjoin(session, session.c.id == columns.session_id)
            .where(columns.id.in_(some))
            .order_by(columns.id)
        )
        for begin, end, tool, *words in rows:
            found.append(DisclosedConnection(begin, end, Tool(tool), *(one or "" for one in words)))
    return sorted(found, key=lambda one: one.begin)
