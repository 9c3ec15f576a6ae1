"""The result of reading a log for programs: keys that stay, instants in UTC, money in cents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from laverma_desk.services.reconciling.file_report import FileReport
from laverma_desk.services.reconciling.records import (
    IgnoredConnection,
    LooseSession,
    MatchedGroup,
    OpenConnection,
)


def as_json(report: FileReport) -> dict[str, Any]:
    """Return the report as values that JSON can say; lengths are seconds, the newest comes first."""
    reading = report.reading
    return {
        "file": reading.file_name,
        "kind": reading.kind.value,
        "lines": reading.lines,
        "connections": reading.connections,
        "new": reading.new,
        "updated": reading.updated,
        "matched": [_matched(one) for one in report.matched],
        "without_session": [_open(one) for one in report.open],
        "without_connection": [_session(one) for one in report.without_connection],
        "ignored": [_ignored(one) for one in report.ignored],
        "unreadable": [
            {"line": one.line_number, "problem": one.problem.value, "raw": one.raw}
            for one in report.unreadable
        ],
    }


def _connection(one: MatchedGroup | OpenConnection | IgnoredConnection) -> dict[str, Any]:
    return {
        "tool": one.tool.value,
        "partner_id": one.partner_id,
        "begin": _instant(one.begin),
        "end": _instant(one.end),
        "seconds": one.seconds if one.end else None,
        "connections": len(one.ids),
    }


def _matched(one: MatchedGroup) -> dict[str, Any]:
    return _connection(one) | {
        "session": one.session.number,
        "customer": one.session.customer_name,
        "workstation": one.session.workstation_name,
        "by_hand": one.by_hand,
    }


def _open(one: OpenConnection) -> dict[str, Any]:
    return _connection(one) | {
        "purpose": one.purpose,
        "customer": one.place.customer_name if one.place else None,
        "workstation": one.place.workstation_name if one.place else None,
        "minutes": one.proposal.minutes if one.proposal else None,
        "net_cents": one.proposal.net_cents if one.proposal else None,
        "near_session": one.near.number if one.near else None,
        "ambiguous": one.ambiguous,
        "no_session_because": one.reason_not.value if one.reason_not else None,
    }


def _ignored(one: IgnoredConnection) -> dict[str, Any]:
    return _connection(one) | {"reason": one.reason, "decided_by": one.decided_by}


def _session(one: LooseSession) -> dict[str, Any]:
    return {
        "session": one.number,
        "begin": _instant(one.begin),
        "end": _instant(one.end),
        "seconds": one.seconds,
        "customer": one.customer_name,
        "workstation": one.workstation_name,
        "supporter": one.supporter_name,
        "minutes": one.minutes,
        "net_cents": one.net_cents,
        "billable": one.billable,
    }


def _instant(one: datetime | None) -> str | None:
    return one.isoformat() if one else None
