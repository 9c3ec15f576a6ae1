"""The one row that says when the program was last known to be alive."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from laverma_desk.domain.timekeeping import Beat
from laverma_desk.storage.tables import heartbeat

# Built once: to put a statement together takes longer than to ask it.
_PULSE = select(heartbeat.c.at, heartbeat.c.uptime_ms)
_BEAT = update(heartbeat)


def last_beat(connection: Connection) -> datetime | None:
    """Return the last instant at which the program is known to have been alive."""
    return connection.execute(select(heartbeat.c.at)).scalar()


def last_pulse(connection: Connection) -> Beat | None:
    """Return both clocks at the last beat, None where the heart has not beaten in this run."""
    row = connection.execute(_PULSE).one_or_none()
    if row is None or row.uptime_ms is None:
        return None
    return Beat(row.at, row.uptime_ms / 1000)


def write_beat(connection: Connection, at: datetime, uptime: float | None) -> None:
    """Write that the program is alive, and its uptime (seconds) where the next beat may compare with it."""
    values = {"at": at, "uptime_ms": None if uptime is None else int(uptime * 1000)}
    if connection.execute(_BEAT, values).rowcount == 0:
        connection.execute(insert(heartbeat).values(id=1, **values))
