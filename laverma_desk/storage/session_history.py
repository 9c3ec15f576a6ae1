"""The log of what was changed on a session, by whom and why; lines are appended and stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from laverma_desk.storage.tables import session_change


@dataclass(frozen=True)
class Change:
    """One line of a session's history: who changed which field when, from what to what, and why."""

    at: datetime
    who: str
    field: str
    old: str
    new: str
    reason: str = ""


def log_change(connection: Connection, session_id: int, change: Change) -> None:
    """Append a line to a session's history."""
    connection.execute(
        insert(session_change).values(
            session_id=session_id,
            at=change.at,
            who=change.who,
            field=change.field,
            old=change.old,
            new=change.new,
            reason=change.reason,
        )
    )


def changes_of(connection: Connection, session_id: int) -> list[Change]:
    """Return a session's history, the oldest line first."""
    rows = connection.execute(
        select(session_change).where(session_change.c.session_id == session_id).order_by(session_change.c.id)
    )
    return [Change(row.at, row.who, row.field, row.old, row.new, row.reason) for row in rows]
