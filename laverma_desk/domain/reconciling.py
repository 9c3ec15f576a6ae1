"""Which connections are one piece of work, and which session each of them belongs to: never guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from laverma_desk.domain.customer import Tool

TOLERANCE = timedelta(minutes=2)
"""How far a stopwatch may be behind the hand: a connection begins before its start, or outlasts its end."""

NEARBY = timedelta(minutes=30)
"""Up to how far from a session of the same machine a connection may be an addition to it."""


@dataclass(frozen=True)
class KnownConnection:
    """A connection as the desk holds it. Instants are UTC; `end` None where the tool writes none.

    `apart`: it is not joined with the one before it, whatever the pause.
    """

    id: int
    tool: Tool
    partner_id: str
    begin: datetime
    end: datetime | None
    apart: bool = False

    @property
    def last(self) -> datetime:
        """Return the last instant that is known of it."""
        return self.begin if self.end is None else self.end


@dataclass(frozen=True)
class SessionSpan:
    """A session as it is compared: from its first to its last instant, pauses included.

    `reached`: the IDs by which its machine is or was reached. `end` is the present for what runs.
    """

    session_id: int
    begin: datetime
    end: datetime
    reached: frozenset[tuple[Tool, str]]

    def is_reached_by(self, connection: KnownConnection) -> bool:
        """Return whether a connection goes to its machine."""
        return bool(connection.partner_id) and (connection.tool, connection.partner_id) in self.reached


@dataclass(frozen=True)
class Fit:
    """The sessions to which a connection can belong: one is certain, several are for a person to choose."""

    session_ids: tuple[int, ...]

    @property
    def certain(self) -> int | None:
        """Return the session, where there is just one."""
        return self.session_ids[0] if len(self.session_ids) == 1 else None

    @property
    def ambiguous(self) -> bool:
        """Return whether there are several."""
        return len(self.session_ids) > 1


def join(connections: Iterable[KnownConnection], pause: timedelta) -> list[tuple[KnownConnection, ...]]:
    """Return connections in groups: those of one ID with less than a pause between them are one.

    The machine restarted, or the line broke. Two machines at once stay two. Groups come in the order of
    their beginning; one without an ID is a group of its own.
    """
    by_id: dict[tuple[Tool, str], list[KnownConnection]] = defaultdict(list)
    groups: list[tuple[KnownConnection, ...]] = []
    for one in connections:
        if one.partner_id:
            by_id[one.tool, one.partner_id].append(one)
        else:
            groups.append((one,))
    for several in by_id.values():
        groups += _chains(sorted(several, key=lambda one: (one.begin, one.id)), pause)
    return sorted(groups, key=lambda group: (group[0].begin, group[0].id))


def _chains(several: Sequence[KnownConnection], pause: timedelta) -> list[tuple[KnownConnection, ...]]:
    chains: list[list[KnownConnection]] = []
    reaches = several[0].begin
    for one in several:
        if chains and not one.apart and one.begin - reaches < pause:
            chains[-1].append(one)
            reaches = max(reaches, one.last)
        else:
            chains.append([one])
            reaches = one.last
    return [tuple(chain) for chain in chains]


def end_of(group: Sequence[KnownConnection]) -> datetime | None:
    """Return the last end of a group, None where none is known."""
    return max((one.end for one in group if one.end is not None), default=None)


def longest_pause(group: Sequence[KnownConnection]) -> tuple[datetime, datetime] | None:
    """Return the longest stretch within a group in which nothing was connected, None where there is none."""
    reaches = group[0].last
    pauses: list[tuple[datetime, datetime]] = []
    for _before, one in pairwise(group):
        if one.begin > reaches:
            pauses.append((reaches, one.begin))
        reaches = max(reaches, one.last)
    return max(pauses, key=lambda pause: pause[1] - pause[0], default=None)


def fit(connection: KnownConnection, sessions: Iterable[SessionSpan]) -> Fit:
    """Return the sessions to which a connection belongs by its ID and its time.

    At least half of it must lie within the session; where that is so for none, within the session and
    two minutes around it. What lies outside for longer may be work of its own, and is left to a person.
    """
    reached = [one for one in sessions if one.is_reached_by(connection)]
    for tolerance in (timedelta(), TOLERANCE):
        found = tuple(one.session_id for one in reached if _holds(one, connection, tolerance))
        if found:
            return Fit(found)
    return Fit(())


def _holds(session: SessionSpan, connection: KnownConnection, tolerance: timedelta) -> bool:
    begin, end = session.begin - tolerance, session.end + tolerance
    if connection.last <= connection.begin:
        return begin <= connection.begin <= end
    shared = min(end, connection.last) - max(begin, connection.begin)
    return shared > timedelta() and 2 * shared >= connection.last - connection.begin


def distance(session: SessionSpan, begin: datetime, end: datetime) -> timedelta:
    """Return how far a stretch of time is from a session; nothing where they overlap or touch."""
    return max(timedelta(), session.begin - end, begin - session.end)


def nearest(group: Sequence[KnownConnection], sessions: Iterable[SessionSpan]) -> SessionSpan | None:
    """Return the session of the group's machine that is nearest in time, at most half an hour off."""
    first, last = group[0].begin, end_of(group) or group[-1].begin
    near = [
        (distance(one, first, last), one.begin, one.session_id, one)
        for one in sessions
        if one.is_reached_by(group[0]) and distance(one, first, last) <= NEARBY
    ]
    return min(near)[-1] if near else None


def is_met(session: SessionSpan, connections: Iterable[KnownConnection]) -> bool:
    """Return whether any connection to a session's machine has a moment in common with it."""
    return any(
        session.is_reached_by(one) and one.begin <= session.end and one.last >= session.begin
        for one in connections
    )
