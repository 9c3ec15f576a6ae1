"""Hold connections against sessions: what is certain is matched, everything else stays open."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from laverma_desk.domain.customer import Tool
from laverma_desk.domain.reconciling import NEARBY, Fit, KnownConnection, SessionSpan, fit
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import remote_on
from laverma_desk.storage import connection_rows
from laverma_desk.storage.database import Connection
from laverma_desk.storage.reached_sessions import LONGEST_SPAN, Stretch, spans

LATELY = timedelta(days=100)
"""How old a connection may be that is held against sessions again without its file being read again."""


class Spans:
    """The sessions near some connections, found by the IDs that they go to."""

    def __init__(self, connection: Connection, connections: Sequence[KnownConnection], now: datetime) -> None:
        """Read the sessions up to half an hour before and after the connections."""
        reaches = {(one.tool, one.partner_id) for one in connections if one.partner_id}
        self.all = spans(connection, reaches, stretches(connections), now) if reaches else []
        self._by_reach: dict[tuple[Tool, str], list[SessionSpan]] = defaultdict(list)
        self._long = [one for one in self.all if one.end - one.begin > LONGEST_SPAN]
        for one in sorted(self.all, key=_begin):
            for reach in one.reached:
                self._by_reach[reach].append(one)

    def of(self, one: KnownConnection) -> list[SessionSpan]:
        """Return the sessions with the machine of a connection that are anywhere near it in time."""
        known = self._by_reach.get((one.tool, one.partner_id), [])
        first = bisect_left(known, one.begin - NEARBY - LONGEST_SPAN, key=_begin)
        last = bisect_right(known, one.last + NEARBY, key=_begin)
        near = known[first:last]
        return near + [long for long in self._long if long not in near and long.is_reached_by(one)]

    def fit(self, one: KnownConnection) -> Fit:
        """Return the sessions to which a connection can belong."""
        return fit(one, self.of(one))


def stretches(connections: Iterable[KnownConnection]) -> list[Stretch]:
    """Return the stretches of time around connections, in order, those that touch as one."""
    found: list[Stretch] = []
    for first, last in sorted((one.begin - NEARBY, one.last + NEARBY) for one in connections):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def match_open(connection: Connection, now: datetime) -> int:
    """Match the open connections and return how many found their session.

    Those of which somebody has said that they stay open are let be.
    """
    return connection_rows.match(connection, _certain(connection, now, None))


def match_apart(desk: Desk, since: datetime | None = None) -> int:
    """Do the same with those that began since an instant; the file is locked for the writing alone."""
    with desk.database.read() as connection:
        pairs = _certain(connection, desk.clock.now(), since)
    if not pairs:
        return 0
    with desk.database.write() as connection:
        return connection_rows.match(connection, pairs)


def _certain(connection: Connection, now: datetime, since: datetime | None) -> list[tuple[int, int]]:
    waiting = connection_rows.undecided(connection, since)
    near = Spans(connection, waiting, now)
    fits = ((one.id, near.fit(one).certain) for one in waiting)
    return [(number, session_id) for number, session_id in fits if session_id is not None]


def match_again(desk: Desk) -> Done[int]:
    """Match what is open lately: sessions may have ended, or been recorded, since the file was read.

    Return how many connections found their session. Cheap where nothing is open; writes nothing then.
    """
    found = match_apart(desk, desk.clock.now() - LATELY)
    return done(found, Topic.CONNECTIONS) if found else done(0)


def pause_on(connection: Connection) -> timedelta:
    """Return under which pause connections to one machine are one, as the house has set it."""
    return timedelta(minutes=remote_on(connection).reconnect_minutes)


def _begin(one: SessionSpan) -> datetime:
    return one.begin
