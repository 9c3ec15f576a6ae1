"""What a person chooses from: the sessions a connection may belong to, the connections of a session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.reconciling import end_of
from laverma_desk.services.calls.session_access import session_on
from laverma_desk.services.desk import Desk
from laverma_desk.services.reconciling.matching import pause_on
from laverma_desk.services.reconciling.open_groups import Places, groups_of, open_lines
from laverma_desk.services.reconciling.records import LooseSession, OpenConnection
from laverma_desk.services.reconciling.session_lines import session_lines
from laverma_desk.storage import connection_rows, sessions
from laverma_desk.storage.customers import family
from laverma_desk.storage.reached_sessions import sessions_between

AROUND = timedelta(hours=12)
"""How far from a connection a session may be to be offered."""

SHOWN = 20


def candidates(desk: Desk, ids: Sequence[int]) -> tuple[LooseSession, ...]:
    """Return the sessions that connections may be given to, at most 20.

    Those of the same customer come first, then the nearest in time; running ones are among them. Raises
    RuleBroken CONNECTION_UNKNOWN.
    """
    now = desk.clock.now()
    with desk.database.read() as connection:
        group = connection_rows.several(connection, set(ids))
        if not group:
            raise RuleBroken(Rule.CONNECTION_UNKNOWN)
        first, last = group[0].begin, end_of(group) or group[-1].begin
        place, _several = Places(connection, group).of(group[0])
        numbers = sessions_between(connection, first - AROUND, last + AROUND)
        numbers += [one.id for one in sessions.open_sessions(connection)]
        found = session_lines(connection, numbers, now).values()
        own = set(family(connection, place.customer_id)) if place else set()

        def rank(one: LooseSession) -> tuple[bool, timedelta, bool, timedelta]:
            end = one.end or now
            off = max(timedelta(), one.begin - last, first - end)
            elsewhere = place is None or one.workstation_id != place.workstation_id
            return one.customer_id not in own, off, elsewhere, abs(one.begin - first)

        return tuple(sorted(found, key=rank)[:SHOWN])


def connections_near(desk: Desk, session_id: int) -> tuple[OpenConnection, ...]:
    """Return the open connections that may belong to a session, the nearest in time first, at most 20.

    Raises RuleBroken SESSION_UNKNOWN.
    """
    now = desk.clock.now()
    with desk.database.read() as connection:
        found = session_on(connection, session_id)
        first, last = found.begin, found.end or now
        waiting = connection_rows.open_connections(connection, first - AROUND, last + AROUND)
        near = sorted(
            groups_of(waiting, pause_on(connection)),
            key=lambda group: max(timedelta(), group[0].begin - last, first - group[-1].last),
        )[:SHOWN]
        place = {group[0].id: at for at, group in enumerate(near)}
        lines = open_lines(connection, [one for group in near for one in group], now)
        return tuple(sorted(lines, key=lambda one: place.get(one.ids[0], SHOWN)))
