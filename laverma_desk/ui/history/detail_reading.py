"""Reads all that the detail shows of one session."""

from __future__ import annotations

from laverma_desk.domain.history import HistoryRow
from laverma_desk.services import corrections
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.desk import Desk
from laverma_desk.services.mails import resend
from laverma_desk.ui.history.detail_words import Detail


def read_detail(desk: Desk, row: HistoryRow) -> Detail:
    """Return the session of a row with its mails, its log and what ran at the same time.

    Takes a few milliseconds. Raises DeskError.
    """
    session = timekeeping.read_session(desk, row.id)
    overlaps = []
    if session.end is not None:
        overlaps = corrections.overlaps(
            desk, session.supporter_id, session.begin, session.end, except_id=session.id
        )
    return Detail(
        session=session,
        mails=resend.reports_of(desk, row.id),
        changes=tuple(timekeeping.session_history(desk, row.id)),
        overlaps=tuple(overlaps),
        without_agreement=row.without_agreement,
        owes_reason=row.without_agreement and corrections.is_reason_owed(desk, row.id),
    )
