"""Remote support that could not take place: ended as an attempt, of which nothing is charged."""

from __future__ import annotations

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.domain.timekeeping import Beat
from laverma_desk.services.alone import goes_on_alone
from laverma_desk.services.calls.attempt_log import log_attempt
from laverma_desk.services.calls.interruptions import observe, read_clocks
from laverma_desk.services.calls.session_access import freeze, open_on, session_on, stop
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.storage import sessions


@goes_on_alone
def end_as_not_possible(
    desk: Desk, session_id: int, reason: NotPossible, *, pressed: Beat | None = None
) -> Done[SupportSession]:
    """End a session as an attempt: zero seconds and zero cents, whatever least time its tariff has.

    Its segments stay as evidence. It is free without a free reason, stands on no invoice, and no report is
    asked for; `timekeeping.reopen_session` makes it the session that it was. `pressed` as for `end_session`.
    Raises RuleBroken NOTES_MISSING for another reason than those known where no note says which,
    SESSION_ENDED, SESSION_UNKNOWN.
    """
    clocks = pressed or read_clocks(desk)
    with desk.database.write() as connection:
        observe(connection, clocks)
        found = open_on(connection, session_id)
        if reason is NotPossible.OTHER and not found.notes.strip():
            raise RuleBroken(Rule.NOTES_MISSING, field="notes")
        stop(connection, found, clocks.wall)
        sessions.update_session(
            connection, session_id, not_possible=reason.value, billable=False, free_reason_id=None
        )
        freeze(connection, session_id, report_open=False)
        log_attempt(connection, found, reason, clocks.wall, found.supporter_name)
        return done(session_on(connection, session_id), Topic.SESSIONS)
