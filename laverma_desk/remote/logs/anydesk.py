"""AnyDesk's two files: who came to this machine, and what its program says of itself.

connection_trace.txt knows incoming connections alone, their begin to the minute and no end. Outgoing
ones stand in the program log, in words that differ between versions and that nobody documents: what is
read from there is marked, so that somebody looks at it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from laverma_desk.domain.connection import LineProblem, LoggedConnection, LogKind, ReadLog
from laverma_desk.domain.customer import Tool
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.i18n import _
from laverma_desk.remote.logs import instants
from laverma_desk.remote.logs.collecting import Collected, LineUnreadable, checked, key_by_times
from laverma_desk.remote.logs.decoding import LONGEST_LINE, Line, plain

_TRACE_TIME = re.compile(r"^(\d{4})-(\d\d)-(\d\d), (\d\d):(\d\d)$", re.ASCII)
_GAP = re.compile(r"\s{2,}|\t")
_WAYS_IN = frozenset({"User", "Passwd", "Token", "REJECTED"})
_REJECTED = "REJECTED"

_PROGRAM = re.compile(
    r"^\s*[a-z]+ (\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)\.\d{1,6}\s+(\S+)\s+(\d+)\s+\d+\s(.*)$", re.ASCII
)
_SESSION = re.compile(r"(?:^|\s)app\.session - (?:(\d{1,9}): )?(.*)$", re.ASCII)
_CONNECTING = re.compile(r'^Connecting to "([^"]*)"')
_ESTABLISHED, _STOPPED = "Connection established.", "Session stopped."


def looks_like_trace(line: str) -> bool:
    """Return whether a line may stand in connection_trace.txt."""
    parts = _GAP.split(line.strip(), maxsplit=2)
    return len(parts) > 2 and parts[0].isalpha() and _TRACE_TIME.match(parts[1]) is not None


def looks_like_program(line: str) -> bool:
    """Return whether a line may stand in ad.trace."""
    return len(line) <= LONGEST_LINE and _PROGRAM.match(line) is not None


def read_trace(lines: list[Line]) -> ReadLog:
    """Return what connection_trace.txt holds: who came, without an end."""
    collected = Collected()
    for line in lines:
        try:
            collected.add(_came(line))
        except LineUnreadable as unreadable:
            collected.refuse(line, unreadable.problem if line.whole else LineProblem.INCOMPLETE)
    return collected.result(LogKind.ANYDESK_INCOMING, len(lines))


def _came(line: Line) -> LoggedConnection:
    parts = _GAP.split(line.text.strip()) if len(line.text) <= LONGEST_LINE else []
    if len(parts) < 3 or not parts[0].isalpha():
        raise LineUnreadable(LineProblem.NOT_A_CONNECTION)
    begin = _minute(parts[1])
    number = parts[-1] if len(parts) > 3 else ""
    if not (number.isascii() and number.isdigit()):
        raise LineUnreadable(LineProblem.ID_MISSING)
    names = [one for one in parts[2:-1] if one and one not in _WAYS_IN and one != number]
    found = LoggedConnection(
        tool=Tool.ANYDESK,
        key="",
        partner_id=number,
        begin=begin,
        end=None,
        line_number=line.number,
        raw=line.text,
        partner_name=plain(", ".join(names)),
        purpose=f"{parts[0]} {_REJECTED}" if _REJECTED in parts[2:-1] else parts[0],
    )
    return checked(replace(found, key=f"{parts[0].lower()}|{key_by_times(found)}"))


def _minute(written: str) -> datetime:
    found = _TRACE_TIME.match(written)
    if found is None:
        raise LineUnreadable(LineProblem.TIME_INVALID)
    return instants.instant(*(int(one) for one in found.groups()))


@dataclass(frozen=True)
class _Attempt:
    """A connection that this machine began, as far as the log has told of it."""

    line: Line
    partner_id: str
    tried: datetime
    established: datetime | None = None
    end: datetime | None = None


def read_program(lines: list[Line]) -> ReadLog:
    """Return the outgoing connections of ad.trace, each marked in its note.

    Where the log says which attempts became connections, the others are left out. Raises RuleBroken
    LOG_CARRIES_NOTHING (`reason`) if it tells of none, as those of 7.x and later may.
    """
    collected = Collected()
    attempts: dict[tuple[str, str], _Attempt] = {}
    done: list[_Attempt] = []
    for line in lines:
        # Nearly all lines of this log are about something else.
        if "app.session" in line.text and len(line.text) <= LONGEST_LINE:
            try:
                _follow(line, attempts, done)
            except LineUnreadable as unreadable:
                collected.refuse(line, unreadable.problem)
    done += attempts.values()
    told = any(one.established for one in done)
    for attempt in sorted(done, key=lambda one: one.line.number):
        if attempt.established or not told:
            try:
                collected.add(_connection(attempt))
            except LineUnreadable as unreadable:
                collected.refuse(attempt.line, unreadable.problem)
    result = collected.result(LogKind.ANYDESK_PROGRAM, len(lines))
    if not result.connections and not result.unreadable:
        raise RuleBroken(Rule.LOG_CARRIES_NOTHING, reason="anydesk-log")
    return result


def _follow(line: Line, attempts: dict[tuple[str, str], _Attempt], done: list[_Attempt]) -> None:
    """Add to the attempts what a line says; a line that says nothing of them is left."""
    said = _SESSION.search(line.text)
    if said is None:
        return
    connecting = _CONNECTING.match(said[2])
    if connecting is None and not said[2].startswith((_ESTABLISHED, _STOPPED)):
        return
    found = _PROGRAM.match(line.text)
    if found is None:
        raise LineUnreadable(LineProblem.TIME_INVALID)
    moment = instants.instant(*(int(found[place]) for place in range(1, 7)))
    # Each window of the program counts its sessions for itself.
    session = (found[8], said[1] or "")
    if connecting is not None:
        if session in attempts:
            done.append(attempts.pop(session))
        attempts[session] = _Attempt(line, "".join(plain(connecting[1]).split()), moment)
    elif session not in attempts:
        return
    elif said[2].startswith(_ESTABLISHED):
        attempts[session] = replace(attempts[session], established=moment)
    else:
        done.append(replace(attempts.pop(session), end=moment))


def _connection(attempt: _Attempt) -> LoggedConnection:
    found = LoggedConnection(
        tool=Tool.ANYDESK,
        key="",
        partner_id=attempt.partner_id,
        begin=attempt.established or attempt.tried,
        end=attempt.end,
        line_number=attempt.line.number,
        raw=attempt.line.text,
        note=_("Read from the program log of AnyDesk. Check the times."),
    )
    # The end may be written later: it is no part of what tells the connection apart.
    return checked(replace(found, key=f"{found.partner_id}|{attempt.tried.isoformat()}"))
