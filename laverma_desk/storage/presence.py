"""Who is at work beside this desk: whose login listens at the server, and whose heart beat when."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, column, func, select, table, update

from laverma_desk.storage.mine import me
from laverma_desk.storage.spelling import SERVER
from laverma_desk.storage.tables import heartbeat, session_change, supporter

LISTENS = "Laverma Desk, listening"
"""What a desk that is open calls its listening connection at the server."""

_ACTIVITY = table("pg_stat_activity", column("usename"), column("application_name"), column("datname"))
_LOGINS = select(_ACTIVITY.c.usename).where(
    _ACTIVITY.c.application_name == LISTENS, _ACTIVITY.c.datname == func.current_database()
)


class Colleague(NamedTuple):
    """A technician: whether the desk is open that the login belongs to, and when it was last heard of."""

    id: int
    name: str
    present: bool
    last_beat: datetime | None
    role: str | None


def colleagues(connection: Connection) -> list[Colleague]:
    """Return the other technicians at work here, by name.

    On a file all who are not archived; on a server those with a login, without whoever asks.
    """
    asked = (
        select(supporter.c.id, supporter.c.name, supporter.c.role, heartbeat.c.at)
        .outerjoin(heartbeat, heartbeat.c.id == supporter.c.id)
        .where(supporter.c.archived.is_(False))
        .order_by(func.lower(supporter.c.name), supporter.c.id)
    )
    logins: set[str] = set()
    if connection.dialect.name == SERVER:
        asked = asked.where(supporter.c.role.is_not(None))
        logins = set(connection.execute(_LOGINS).scalars())
    own = me(connection)
    return [
        Colleague(row.id, row.name, row.role in logins, row.at, row.role)
        for row in connection.execute(asked)
        if row.id != own
    ]


def rest_heart(connection: Connection, supporter_id: int, now: datetime) -> None:
    """Let a technician's heart count from now on: what was before is nothing to compare with.

    A heart that does not beat, because no time ran at that desk, would take all the time since for a gap
    of the session that is given to it.
    """
    values = {"at": now, "uptime_ms": None}
    changed = connection.execute(update(heartbeat).where(heartbeat.c.id == supporter_id).values(**values))
    if changed.rowcount == 0:
        connection.execute(heartbeat.insert().values(id=supporter_id, **values))


def last_giver(connection: Connection, session_id: int) -> str:
    """Return who gave a session to another technician last; empty where nobody did."""
    asked = (
        select(session_change.c.who)
        .where(session_change.c.session_id == session_id, session_change.c.field == "supporter")
        .order_by(session_change.c.id.desc())
        .limit(1)
    )
    return str(connection.execute(asked).scalar() or "")
