"""Sessions of one supporter that ran at the same time, found by their index among any number of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, exists, func, select

from laverma_desk.domain.support_session import SupportSession, overlap
from laverma_desk.storage.sessions import find, open_sessions
from laverma_desk.storage.tables import segment, session

LONGEST_SPAN = timedelta(days=31)
"""An ended session that began earlier, pauses included, is not looked for; an open one always is."""

_SHOWN = 20


def overlapping(
    connection: Connection,
    supporter_id: int,
    begin: datetime,
    end: datetime,
    *,
    now: datetime,
    except_id: int | None = None,
) -> list[SupportSession]:
    """Return the sessions with running time between two instants (UTC), the oldest first.

    Of ended ones at most 20. The supporter's index gives those that began in the month before; their
    segments decide. What runs still has no end: it reaches to `now`.
    """
    runs_meanwhile = exists(
        select(segment.c.session_id).where(
            segment.c.session_id == session.c.id,
            segment.c.begin < end,
            func.coalesce(segment.c.end, now) > begin,
        )
    )
    lately = select(session.c.id).where(
        session.c.supporter_id == supporter_id,
        session.c.begin >= begin - LONGEST_SPAN,
        session.c.begin < end,
        session.c.id != (except_id or 0),
        runs_meanwhile,
    )
    numbers = set(connection.execute(lately.order_by(session.c.begin, session.c.id).limit(_SHOWN)).scalars())
    found = {one.id: one for one in (find(connection, number) for number in numbers) if one is not None}
    for one in open_sessions(connection):
        if one.supporter_id == supporter_id and overlap(one.segments, begin, end, now) > timedelta():
            found[one.id] = one
    return sorted((one for one in found.values() if one.id != except_id), key=lambda one: one.begin)
