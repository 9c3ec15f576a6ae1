"""Where the reconciliation stands: what has no session, what has no connection, and what found each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from laverma_desk.domain.clock import from_local
from laverma_desk.domain.connection import LogKind
from laverma_desk.domain.customer import Tool
from laverma_desk.domain.reconciling import end_of, is_met, longest_pause
from laverma_desk.services.desk import Desk
from laverma_desk.services.reconciling.matching import pause_on
from laverma_desk.services.reconciling.open_groups import (
    Group,
    Places,
    groups_of,
    open_lines,
    seconds_of,
)
from laverma_desk.services.reconciling.records import (
    Days,
    FileSums,
    IgnoredConnection,
    LooseSession,
    MatchedGroup,
    MatchedSummary,
    Overview,
    ReadingLine,
)
from laverma_desk.services.reconciling.session_lines import session_lines
from laverma_desk.storage import connection_rows, connections
from laverma_desk.storage.connection_rows import StoredConnection, supporters_of
from laverma_desk.storage.connections import StoredReading
from laverma_desk.storage.database import Connection
from laverma_desk.storage.reached_sessions import spans
from laverma_desk.storage.telephone_sessions import without_connection

_COVERED = {
    LogKind.TEAMVIEWER_OUTGOING: Tool.TEAMVIEWER,
    LogKind.TEAMVIEWER_CONSOLE: Tool.TEAMVIEWER,
    LogKind.TEAMVIEWER_API: Tool.TEAMVIEWER,
    LogKind.ANYDESK_PROGRAM: Tool.ANYDESK,
    LogKind.ANYDESK_CONSOLE: Tool.ANYDESK,
    LogKind.ANYDESK_API: Tool.ANYDESK,
    LogKind.RUSTDESK_AUDIT: Tool.RUSTDESK,
}
"""Files in which every session with a tool should stand, between their first and last line."""

_OF_ONE_MACHINE = frozenset({LogKind.TEAMVIEWER_OUTGOING, LogKind.ANYDESK_PROGRAM})
"""Files of whoever works at one machine: the sessions of a colleague with another one stand in another."""

Span = tuple[datetime | None, datetime | None]


def overview(desk: Desk, days: Days | None = None) -> Overview:
    """Return all that is open, and the rest of the time that the file covers which was read last.

    With `days` everything is of connections and sessions that began on these days.
    """
    now = desk.clock.now()
    with desk.database.read() as connection:
        reading = connections.last_reading(connection)
        first, last = _instants(days, reading)
        waiting = connection_rows.open_connections(connection, *(_bounds(days) if days else (None, None)))
        sessions, count = connection_rows.matched_counts(connection, first, last)
        joined = connection_rows.perhaps_joined(connection, first, last)
        return Overview(
            reading=_reading_line(reading),
            first=first if days or (reading and reading.first) else None,
            last=last if days or (reading and reading.last) else None,
            open=open_lines(connection, waiting, now),
            without_connection=_loose(connection, reading, (first, last), now),
            matched=MatchedSummary(sessions, count, _unconfirmed(connection, joined, now)),
            ignored=_ignored(connection, connection_rows.ignored(connection, first, last)),
            unreadable=connections.unreadable_lines(connection, reading.id) if reading else (),
            sums=FileSums(**connections.file_sums(connection, reading.id)) if reading else FileSums(),
        )


def matched_rows(desk: Desk, days: Days | None = None) -> tuple[MatchedGroup, ...]:
    """Return every connection that belongs to a session, joined over short pauses, the newest first."""
    now = desk.clock.now()
    with desk.database.read() as connection:
        first, last = _instants(days, connections.last_reading(connection))
        return _matched(connection, connection_rows.matched(connection, first, last), now)


def open_count(desk: Desk) -> int:
    """Return how many connections have no session; joined ones count once."""
    with desk.database.read() as connection:
        waiting = connection_rows.open_connections(connection)
        return len(groups_of(waiting, pause_on(connection))) if waiting else 0


def _bounds(days: Days) -> Span:
    first = from_local(datetime.combine(days.first, datetime.min.time())) if days.first else None
    after = days.last + timedelta(days=1) if days.last else None
    last = from_local(datetime.combine(after, datetime.min.time())) if after else None
    return first, last - timedelta(microseconds=1) if last else None


def _instants(days: Days | None, reading: StoredReading | None) -> Span:
    if days is not None:
        return _bounds(days)
    if reading is None:
        return None, None
    return reading.first or reading.read_at, reading.last or reading.read_at


def _reading_line(one: StoredReading | None) -> ReadingLine | None:
    if one is None:
        return None
    return ReadingLine(one.kind, one.file_name, one.read_at, one.lines, one.unreadable)


def _loose(
    connection: Connection, reading: StoredReading | None, span: Span, now: datetime
) -> tuple[LooseSession, ...]:
    """Return the sessions about whose time the file that was read last says nothing at all.

    Of a file of one machine: the sessions of those supporters of whom something stands in it.
    """
    if reading is None or reading.first is None or reading.last is None or reading.kind not in _COVERED:
        return ()
    first, last = max(reading.first, span[0] or reading.first), min(reading.last, span[1] or reading.last)
    own = supporters_of(connection, reading.kind, first, last) if reading.kind in _OF_ONE_MACHINE else ()
    numbers = without_connection(connection, _COVERED[reading.kind], first, last, own)
    if not numbers:
        return ()
    found = session_lines(connection, numbers, now)
    met = _met(connection, list(found.values()), now)
    return tuple(one for number, one in reversed(found.items()) if number not in met)


def _met(connection: Connection, found: Sequence[LooseSession], now: datetime) -> set[int]:
    """Return the sessions in whose time their machine was connected, whatever became of the connection."""
    first = min(one.begin for one in found)
    last = max(one.end or one.begin for one in found)
    beside = connection_rows.unmatched(connection, first, last)
    reaches = {(one.tool, one.partner_id) for one in beside if one.partner_id}
    by_reach: dict[tuple[Tool, str], list[StoredConnection]] = defaultdict(list)
    for one in beside:
        by_reach[one.tool, one.partner_id].append(one)
    return {
        span.session_id
        for span in (spans(connection, reaches, [(first, last)], now) if reaches else ())
        if is_met(span, (one for reach in span.reached for one in by_reach[reach]))
    }


def _unconfirmed(
    connection: Connection, joined: Sequence[StoredConnection], now: datetime
) -> tuple[MatchedGroup, ...]:
    groups = _matched(connection, joined, now)
    return tuple(one for one in groups if one.joined > 1 and not one.confirmed)


def _matched(
    connection: Connection, found: Sequence[StoredConnection], now: datetime
) -> tuple[MatchedGroup, ...]:
    by_session: dict[int, list[StoredConnection]] = defaultdict(list)
    for one in found:
        if one.session_id is not None:
            by_session[one.session_id].append(one)
    shown, pause = session_lines(connection, by_session, now), pause_on(connection)
    groups = [
        _matched_group(group, shown[number])
        for number, several in by_session.items()
        for group in groups_of(several, pause)
    ]
    return tuple(sorted(groups, key=lambda one: (one.begin, one.ids), reverse=True))


def _matched_group(group: Group, session: LooseSession) -> MatchedGroup:
    return MatchedGroup(
        ids=tuple(one.id for one in group),
        tool=group[0].tool,
        partner_id=group[0].partner_id,
        begin=group[0].begin,
        end=end_of(group),
        seconds=seconds_of(group),
        restart=longest_pause(group),
        session=session,
        by_hand=any(one.decided_by for one in group),
        confirmed=all(one.confirmed for one in group),
    )


def _ignored(connection: Connection, found: Sequence[StoredConnection]) -> tuple[IgnoredConnection, ...]:
    """Return what was passed over, the newest first; what was joined when it was stays so."""
    places, pause = Places(connection, found), pause_on(connection)
    at_once: dict[datetime | None, list[StoredConnection]] = defaultdict(list)
    for one in found:
        at_once[one.decided_at].append(one)
    groups = [group for several in at_once.values() for group in groups_of(several, pause)]
    lines = [_ignored_line(group, places) for group in groups]
    return tuple(sorted(lines, key=lambda one: (one.begin, one.ids), reverse=True))


def _ignored_line(group: Group, places: Places) -> IgnoredConnection:
    first = group[0]
    return IgnoredConnection(
        ids=tuple(one.id for one in group),
        tool=first.tool,
        partner_id=first.partner_id,
        begin=first.begin,
        end=end_of(group),
        seconds=seconds_of(group),
        place=places.of(first)[0],
        reason=first.reason,
        decided_by=first.decided_by,
        decided_at=first.decided_at,
    )
