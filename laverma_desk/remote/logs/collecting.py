"""What a reader has found so far: each connection once, and the lines that nobody could read."""

from __future__ import annotations

from laverma_desk.domain.connection import LineProblem, LoggedConnection, LogKind, ReadLog, UnreadableLine
from laverma_desk.remote.logs.decoding import Line, shortened


class LineUnreadable(Exception):
    """A line says nothing, and why."""

    def __init__(self, problem: LineProblem) -> None:
        """Keep the reason."""
        super().__init__(problem.value)
        self.problem = problem


class Collected:
    """The connections and the unreadable lines of one file, in the order in which they stand."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._connections: dict[str, LoggedConnection] = {}
        self._unreadable: list[UnreadableLine] = []

    def add(self, connection: LoggedConnection) -> None:
        """Take a connection; of two with one key the one that says its end, otherwise the first."""
        before = self._connections.get(connection.key)
        if before is None or (before.end is None and connection.end is not None):
            self._connections[connection.key] = connection

    def refuse(self, line: Line, problem: LineProblem) -> None:
        """Keep a line that nobody could read."""
        self._unreadable.append(UnreadableLine(line.number, shortened(line.text), problem))

    def result(self, kind: LogKind, lines: int) -> ReadLog:
        """Return what the file holds; `lines` counts those that are not blank."""
        unreadable = tuple(sorted(self._unreadable, key=lambda one: one.line_number))
        return ReadLog(kind, tuple(self._connections.values()), unreadable, lines)


def checked(connection: LoggedConnection) -> LoggedConnection:
    """Return a connection that may have happened. Raises LineUnreadable END_BEFORE_BEGIN, ID_MISSING."""
    if not any(one.isalnum() for one in connection.partner_id):
        raise LineUnreadable(LineProblem.ID_MISSING)
    if connection.end is not None and connection.end < connection.begin:
        raise LineUnreadable(LineProblem.END_BEFORE_BEGIN)
    return connection


def key_by_times(connection: LoggedConnection) -> str:
    """Return what tells a connection apart whose tool gave it no name of its own: ID|begin|end."""
    end = connection.end.isoformat() if connection.end is not None else ""
    return f"{connection.partner_id}|{connection.begin.isoformat()}|{end}"
