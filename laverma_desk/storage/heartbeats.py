"""The one row that says when the program was last known to be alive."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from laverma_desk.domain.timekeeping import Beat
from laverma_desk.storage.mine import Heart
from laverma_desk.storage.prepared import Prepared
from laverma_desk.storage.tables import heartbeat

PULSE = (heartbeat.c.at, heartbeat.c.uptime_ms)
"""The columns of a beat, as `to_pulse` takes them."""

THIS_HEART = heartbeat.c.id == Heart()
"""Whether a row is this desk's heart."""

# Built once: to put a statement together takes longer than to ask it.
_PULSE = select(*PULSE).where(THIS_HEART)
_LOCKED_PULSE = _PULSE.with_for_update()
LOCKED_PULSE = Prepared(_LOCKED_PULSE, gives=PULSE)
"""The same as `last_pulse` with its lock, to be asked together with something else."""

_BEAT = Prepared(update(heartbeat).where(THIS_HEART), sets=("at", "uptime_ms"))


def last_beat(connection: Connection) -> datetime | None:
    """Return the last instant at which the program is known to have been alive."""
    return connection.execute(select(heartbeat.c.at).where(THIS_HEART)).scalar()


def last_pulse(connection: Connection, *, lock: bool = False) -> Beat | None:
    """Return both clocks at the last beat, None where the heart has not beaten in this run.

    `lock`: nobody beats before this transaction ends, also where it holds no other lock.
    """
    row = connection.execute(_LOCKED_PULSE if lock else _PULSE).one_or_none()
    return None if row is None else to_pulse(*row)


def to_pulse(at: datetime | None, uptime_ms: int | None) -> Beat | None:
    """Return the beat of the columns PULSE, also where another read brought them along."""
    return None if at is None or uptime_ms is None else Beat(at, uptime_ms / 1000)


def write_beat(connection: Connection, at: datetime, uptime: float | None) -> None:
    """Write that the program is alive, and its uptime (seconds) where the next beat may compare with it."""
    values = {"at": at, "uptime_ms": None if uptime is None else int(uptime * 1000)}
    if _BEAT.run(connection, values) == 0:
        connection.execute(insert(heartbeat).values(id=Heart(), **values))
