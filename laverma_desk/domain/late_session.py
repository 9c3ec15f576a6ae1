"""Sessions that never stood before the gate: recorded afterwards, or brought in from a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from laverma_desk.domain.agreement import Agreement
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.support_session import Origin, SupportSession


def needs_agreement_reason(session: SupportSession, agreements: Iterable[Agreement]) -> bool:
    """Return whether somebody must still say why a session took place without an agreement.

    The day of its start counts. One that was started at the desk has passed the gate, or has its
    exception; a late one is not blocked but waits with its report and invoice for a logged reason.
    Where support was not possible nothing was accessed, and none is needed.
    """
    if session.not_possible:
        return False
    day = local_day(session.begin)
    return owes_reason(session.origin, session.exception is not None, day, agreements)


def owes_reason(origin: Origin, excepted: bool, day: date, agreements: Iterable[Agreement]) -> bool:
    """Return the same for whoever has only a session's origin, its day, and whether it is an exception."""
    if origin is Origin.STOPWATCH or excepted:
        return False
    return not any(one.in_force(day) for one in agreements)
