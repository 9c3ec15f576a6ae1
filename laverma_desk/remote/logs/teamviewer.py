"""TeamViewer's own two lists of connections: those that left this machine, and those that came to it.

Both give UTC without saying so. Rows are appended when a connection ends, so that they may overlap and
are not in the order of their begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from laverma_desk.domain.connection import LineProblem, LoggedConnection, LogKind, ReadLog
from laverma_desk.domain.customer import Tool
from laverma_desk.remote.logs import instants
from laverma_desk.remote.logs.collecting import Collected, LineUnreadable, checked, key_by_times
from laverma_desk.remote.logs.decoding import LONGEST_LINE, Line, plain, shortened

_TIME = r"(\S{1,4}-\S{1,4}-\S{1,8} \S{1,4}:\S{1,4}:\S{1,4})"
_OUTGOING = re.compile(rf"^\s*(\S+(?: \S+){{0,3}})\s+{_TIME}\s+{_TIME}\s(.*)$")
_WITHOUT_ID = re.compile(rf"^\s*{_TIME}\s+{_TIME}(?:\s|$)")
_EXACT_TIME = re.compile(r"^(\d\d)-(\d\d)-(\d{4}) (\d\d):(\d\d):(\d\d)$", re.ASCII)
_NAMED = re.compile(r"\{[^{}]*\}\s*$")
_KNOWN_PURPOSES = frozenset({"RemoteControl", "FileTransfer", "Meeting", "VPN", "Presentation"})
_INCOMING_FIELDS, _MOST_FIELDS = 7, 8


def read_outgoing(lines: list[Line]) -> ReadLog:
    """Return what Connections.txt holds."""
    named = any(_NAMED.search(line.text) for line in lines)
    return _read(lines, LogKind.TEAMVIEWER_OUTGOING, lambda line: _outgoing(line, named=named))


def read_incoming(lines: list[Line]) -> ReadLog:
    """Return what Connections_incoming.txt holds; the partner is who came."""
    return _read(lines, LogKind.TEAMVIEWER_INCOMING, _incoming)


def looks_outgoing(line: str) -> bool:
    """Return whether a line may stand in Connections.txt."""
    found = _OUTGOING.match(line) if "\t" not in line and len(line) <= LONGEST_LINE else None
    return found is not None and bool(_EXACT_TIME.match(found[2]) and _EXACT_TIME.match(found[3]))


def looks_incoming(line: str) -> bool:
    """Return whether a line may stand in Connections_incoming.txt."""
    fields = line.split("\t", _INCOMING_FIELDS)
    return len(fields) >= _INCOMING_FIELDS and bool(
        _EXACT_TIME.match(fields[2].strip()) and _EXACT_TIME.match(fields[3].strip())
    )


def _read(lines: list[Line], kind: LogKind, one: Callable[[Line], LoggedConnection]) -> ReadLog:
    collected = Collected()
    for line in lines:
        try:
            collected.add(one(line))
        except LineUnreadable as unreadable:
            # What still lacks its end is being written at this moment.
            complete = line.whole or _NAMED.search(line.text) is not None
            collected.refuse(line, unreadable.problem if complete else LineProblem.INCOMPLETE)
    return collected.result(kind, len(lines))


def _outgoing(line: Line, *, named: bool) -> LoggedConnection:
    found = _OUTGOING.match(line.text) if len(line.text) <= LONGEST_LINE else None
    if found is None:
        raise LineUnreadable(_why(line.text[:LONGEST_LINE]))
    name = _NAMED.search(found[4])
    user, _blank, purpose = found[4][: name.start() if name else None].strip().rpartition(" ")
    if name is None and not line.whole and (named or purpose not in _KNOWN_PURPOSES):
        raise LineUnreadable(LineProblem.INCOMPLETE)
    fields = (found[1], "", found[2], found[3], user, purpose, name[0] if name else "")
    return _connection(line, fields)


def _why(text: str) -> LineProblem:
    if _WITHOUT_ID.match(text):
        return LineProblem.ID_MISSING
    return LineProblem.TIME_INVALID if _NAMED.search(text) else LineProblem.NOT_A_CONNECTION


def _incoming(line: Line) -> LoggedConnection:
    fields = [field.strip() for field in line.text.split("\t")]
    if not _INCOMING_FIELDS <= len(fields) <= _MOST_FIELDS or (
        not line.whole and not fields[6].endswith("}")
    ):
        raise LineUnreadable(LineProblem.NOT_A_CONNECTION if line.whole else LineProblem.INCOMPLETE)
    return _connection(line, fields[:_INCOMING_FIELDS])


def _connection(line: Line, fields: Sequence[str]) -> LoggedConnection:
    """Return what seven fields say: ID, its name, begin, end, user of this machine, type, GUID."""
    number, display, begin, end, user, purpose, name = fields
    found = LoggedConnection(
        tool=Tool.TEAMVIEWER,
        key=plain(name).strip("{} ").lower(),
        partner_id="".join(plain(number).split()),
        begin=_time(begin),
        end=_time(end),
        line_number=line.number,
        raw=shortened(line.text),
        partner_name=plain(display),
        local_user=plain(user),
        purpose=plain(purpose),
    )
    return checked(found if found.key else replace(found, key=key_by_times(found)))


def _time(written: str) -> datetime:
    found = _EXACT_TIME.match(written)
    if found is None:
        raise LineUnreadable(LineProblem.TIME_INVALID)
    day, month, year, *clock = (int(one) for one in found.groups())
    return instants.instant(year, month, day, *clock)
