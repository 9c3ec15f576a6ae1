"""The reason that a session without an agreement still owes: given once, kept on it, and logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.late_session import needs_agreement_reason
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.services.calls.session_access import refuse_billed, refuse_open, session_on
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.corrections.change_lines import who_on
from laverma_desk.services.corrections.entry import storable
from laverma_desk.services.desk import Desk
from laverma_desk.storage import agreements, sessions
from laverma_desk.storage.database import Connection
from laverma_desk.storage.session_history import Change, log_change


@dataclass(frozen=True)
class LateReason:
    """Why a session took place without an agreement, and who decided."""

    reason: str
    decided_by: str


def owes_reason(connection: Connection, found: SupportSession) -> bool:
    """Return whether a session's report and invoice wait for a reason."""
    return needs_agreement_reason(found, agreements.agreements_of(connection, found.customer_id))


def is_reason_owed(desk: Desk, session_id: int) -> bool:
    """Return whether a session's report and invoice wait for a reason. Raises RuleBroken SESSION_UNKNOWN."""
    with desk.database.read() as connection:
        return owes_reason(connection, session_on(connection, session_id))


def give_reason(desk: Desk, session_id: int, reason: str, decided_by: str) -> Done[SupportSession]:
    """Say why a late session took place without an agreement; report and invoice are free then.

    Raises RuleBroken EXCEPTION_WITHOUT_REASON (field `reason`), EXCEPTION_WITHOUT_NAME (field
    `decided_by`), AGREEMENT_REASON_NEEDLESS, SESSION_BILLED, SESSION_NOT_ENDED, SESSION_UNKNOWN.
    """
    now = desk.clock.now()
    with desk.database.write() as connection:
        found = session_on(connection, session_id)
        refuse_billed(found)
        refuse_open(found)
        if not owes_reason(connection, found):
            raise RuleBroken(Rule.AGREEMENT_REASON_NEEDLESS, number=found.number)
        kept = keep_reason(connection, found, LateReason(reason, decided_by), (now, who_on(connection)))
        return done(kept, Topic.SESSIONS)


def keep_reason(
    connection: Connection, found: SupportSession, given: LateReason, stamp: tuple[datetime, str]
) -> SupportSession:
    """Write the reason onto a session that owes one, and log it; another session stays as it is.

    `stamp` is when (UTC) and who. Raises RuleBroken EXCEPTION_WITHOUT_REASON, EXCEPTION_WITHOUT_NAME.
    """
    if not owes_reason(connection, found):
        return found
    reason, decided_by = (" ".join(storable(one).split()) for one in (given.reason, given.decided_by))
    if not reason:
        raise RuleBroken(Rule.EXCEPTION_WITHOUT_REASON, field="reason")
    if not decided_by:
        raise RuleBroken(Rule.EXCEPTION_WITHOUT_NAME, field="decided_by")
    at, who = stamp
    sessions.update_session(
        connection, found.id, exception_reason=reason, exception_by=decided_by, exception_at=at
    )
    log_change(connection, found.id, Change(at, who, "exception", "", f"{decided_by}: {reason}", reason))
    return session_on(connection, found.id)
