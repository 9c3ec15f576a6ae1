"""The line of a session's log that says that it was not possible, and how it was billed until then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.storage import house
from laverma_desk.storage.database import Connection
from laverma_desk.storage.session_history import Change, changes_of, log_change

ATTEMPT = "attempt"
"""The field of that line: `old` is "yes", "no" or "no:Kulanz" as it was billed, `new` the reason."""

_FREE = "no:"


def log_attempt(
    connection: Connection, before: SupportSession, reason: NotPossible, now: datetime, who: str
) -> None:
    """Write down that a session, as it was before, was not possible."""
    billed = "yes" if before.billable else f"{_FREE}{before.free_reason}" if before.free_reason else "no"
    log_change(connection, before.id, Change(now, who, ATTEMPT, billed, reason.value))


def billing_before(connection: Connection, found: SupportSession) -> Mapping[str, Any]:
    """Return the columns of an attempt that becomes a session again; none for any other session.

    What was split off from an attempt was billed as that was. A reason that the house has given another name
    since is asked for again.
    """
    if found.not_possible is None:
        return {}
    told = [number for number in (found.continued_from, found.id) if number is not None]
    lines = [one for number in told for one in changes_of(connection, number) if one.field == ATTEMPT]
    billed = lines[-1].old if lines else "yes"
    named = billed.removeprefix(_FREE) if billed.startswith(_FREE) else None
    known = {one.name: one.id for one in house.free_reasons(connection)}
    return {"not_possible": "", "billable": billed == "yes", "free_reason_id": known.get(named or "")}
