"""Saved answers of the Web APIs: TeamViewer's report, AnyDesk's sessions, RustDesk's audit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from laverma_desk.domain.connection import LineProblem, LoggedConnection, LogKind, ReadLog
from laverma_desk.domain.customer import Tool
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.remote.logs import instants
from laverma_desk.remote.logs.collecting import Collected, LineUnreadable, checked, key_by_times
from laverma_desk.remote.logs.decoding import plain, shortened
from laverma_desk.remote.logs.records import Record, records_of

_ENOUGH = 50
_MARKS: Mapping[LogKind, frozenset[str]] = {
    LogKind.TEAMVIEWER_API: frozenset({"start_date"}),
    LogKind.ANYDESK_API: frozenset({"start-time"}),
    LogKind.RUSTDESK_AUDIT: frozenset({"created_at", "conn_type"}),
}
_PURPOSES = {0: "Remote Desktop", 1: "File Transfer", 2: "Port Transfer", 3: "View Camera", 4: "Terminal"}


def detect(content: bytes) -> LogKind | None:
    """Return whose answer it is, by the fields of its first records; None if it is none of them."""
    for record in records_of(content).records[:_ENOUGH]:
        for kind, marks in _MARKS.items():
            if record.fields is not None and marks <= record.fields.keys():
                return kind
    return None


def read(content: bytes, kind: LogKind) -> ReadLog:
    """Return the connections of an answer. Raises RuleBroken LOG_UNKNOWN if it holds no list of records."""
    found = records_of(content)
    if not found.records and not found.name:
        raise RuleBroken(Rule.LOG_UNKNOWN)
    collected = Collected()
    for record in found.records:
        try:
            collected.add(_connection(record, kind))
        except LineUnreadable as unreadable:
            collected.refuse(record.line, unreadable.problem)
    return collected.result(kind, len(found.records))


def _connection(record: Record, kind: LogKind) -> LoggedConnection:
    if record.fields is None:
        whole = record.line.whole
        raise LineUnreadable(LineProblem.NOT_A_CONNECTION if whole else LineProblem.INCOMPLETE)
    if not _MARKS[kind] & record.fields.keys():
        raise LineUnreadable(LineProblem.NOT_A_CONNECTION)
    readers: Mapping[LogKind, Callable[[Record, Mapping[str, Any]], LoggedConnection]] = {
        LogKind.TEAMVIEWER_API: _teamviewer,
        LogKind.ANYDESK_API: _anydesk,
        LogKind.RUSTDESK_AUDIT: _rustdesk,
    }
    found = readers[kind](record, record.fields)
    # Without a name of its own: the end may come with a later answer and does not tell it apart.
    return checked(found if found.key else replace(found, key=key_by_times(replace(found, end=None))))


def _teamviewer(record: Record, fields: Mapping[str, Any]) -> LoggedConnection:
    """Read a record of /reports/connections; any of its fields may be absent."""
    return LoggedConnection(
        tool=Tool.TEAMVIEWER,
        key=plain(fields.get("id")).strip("{}").lower(),
        partner_id=_joined(fields.get("deviceid")) or _joined(fields.get("session_code")),
        begin=_moment(fields.get("start_date")),
        end=_end(fields.get("end_date")),
        line_number=record.line.number,
        raw=shortened(record.line.text),
        partner_name=plain(fields.get("devicename")),
        local_user=plain(fields.get("username")),
        note=plain(fields.get("notes")),
    )


def _anydesk(record: Record, fields: Mapping[str, Any]) -> LoggedConnection:
    """Read a session of AnyDesk's REST API: Unix seconds; the partner is the side that was reached."""
    target, source = _part(fields.get("to")), _part(fields.get("from"))
    running = fields.get("active") is True
    return LoggedConnection(
        tool=Tool.ANYDESK,
        key=plain(fields.get("sid")).lower(),
        partner_id=_joined(target.get("cid")),
        begin=_moment(fields.get("start-time")),
        end=None if running else _end(fields.get("end-time")),
        line_number=record.line.number,
        raw=shortened(record.line.text),
        partner_name=plain(target.get("alias")),
        local_user=plain(source.get("alias")) or plain(source.get("cid")),
        note=plain(fields.get("comment")),
    )


def _rustdesk(record: Record, fields: Mapping[str, Any]) -> LoggedConnection:
    """Read a record of the server's audit: Unix seconds, or what its own script writes: local time.

    The script puts words in the place of numbers; a record without a type never got past the password.
    """
    peer = _part(fields.get("peer"))
    kind = fields.get("conn_type")
    purpose = _PURPOSES.get(kind, "") if isinstance(kind, int) and not isinstance(kind, bool) else ""
    return LoggedConnection(
        tool=Tool.RUSTDESK,
        # Its "id" may be a machine's: only what can be nothing else names a connection.
        key=plain(fields.get("guid")).lower(),
        partner_id=next(
            (
                found
                for value in (fields.get("remote"), fields.get("peer_id"), peer.get("id"), fields.get("peer"))
                if (found := _joined(value))
            ),
            "",
        ),
        begin=_moment(fields.get("created_at"), local=True),
        end=_end(fields.get("end_time"), local=True),
        line_number=record.line.number,
        raw=shortened(record.line.text),
        partner_name=plain(fields.get("peer_name")) or plain(peer.get("name")),
        local_user=plain(fields.get("from_name")) or plain(fields.get("from_peer")),
        purpose=purpose or plain(kind),
        note=plain(fields.get("note")),
    )


def _part(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _joined(value: Any) -> str:
    return "".join(plain(value).split())


def _moment(value: Any, *, local: bool = False) -> datetime:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return instants.by_seconds(value)
    if isinstance(value, str):
        return instants.from_cell(value, local=local)
    raise LineUnreadable(LineProblem.TIME_INVALID)


def _end(value: Any, *, local: bool = False) -> datetime | None:
    # A session that goes on has none, or zero.
    return None if value in (None, "", 0) else _moment(value, local=local)
