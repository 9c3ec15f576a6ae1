"""What the log says of a correction: one line for each field that is another one afterwards."""

from __future__ import annotations

from datetime import datetime

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage.database import Connection
from laverma_desk.storage.session_history import Change, log_change

RECORDED = "recorded"
"""The field of the line that says that a session was recorded afterwards."""


def who_on(connection: Connection) -> str:
    """Return the name of whoever sits at this desk. Raises RuleBroken SUPPORTER_MISSING."""
    supporter = house_on(connection).supporter
    if supporter is None:
        raise RuleBroken(Rule.SUPPORTER_MISSING)
    return supporter.name


def log_lines(
    connection: Connection, before: SupportSession, after: SupportSession, stamp: tuple[datetime, str, str]
) -> int:
    """Write a line for each field that differs and return how many; `stamp` is when (UTC), who, and why."""
    at, who, reason = stamp
    old, new = logged_fields(before), logged_fields(after)
    changed = [field for field in old if old[field] != new[field]]
    for field in changed:
        log_change(connection, after.id, Change(at, who, field, old[field], new[field], reason))
    return len(changed)


def logged_fields(session: SupportSession) -> dict[str, str]:
    """Return what the log keeps of an ended session, each field as text that reads back exactly.

    Instants are ISO 8601 in UTC, money is in cents. `times` holds every segment as begin/end, and
    `gaps` every gap with its kind and decision; both are empty where begin and end say everything.
    """
    exception, cost = session.exception, session.charge
    plain = len(session.segments) == 1
    segments = () if plain else session.segments
    return {
        "partner": session.partner,
        "supporter": session.supporter_name,
        "begin": session.begin.isoformat(),
        "end": session.end.isoformat() if session.end else "",
        "times": " ".join(_stretch(one.begin, one.end) for one in segments),
        "gaps": " ".join(
            f"{one.kind.value}:{_stretch(one.begin, one.end)}:{one.decision.value if one.decision else ''}"
            for one in session.gaps
        ),
        "requested_by": session.requested_by,
        "channel": session.channel.value,
        "tool": session.tool.value,
        "partner_id": session.partner_id,
        "notes": session.notes,
        "internal_note": session.internal_note,
        "billable": "yes" if session.billable else "no",
        "free_reason": "" if session.billable else session.free_reason,
        "not_possible": session.not_possible or "",
        "origin": session.origin.value,
        "exception": f"{exception.decided_by}: {exception.reason}" if exception else "",
        "price_cents": str(cost.price_cents) if cost else "",
        "rounding": cost.rounding.value if cost else "",
        "net_cents": str(cost.net_cents) if cost else "",
    }


def _stretch(begin: datetime, end: datetime | None) -> str:
    return f"{begin.isoformat()}/{end.isoformat() if end else ''}"
