"""Sessions that have ended, as the report page and the outbox meet them."""

from __future__ import annotations

from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.desk import Desk
from laverma_desk.services.mails import queueing
from laverma_desk.services.mails.queueing import QueuedReport
from tests.support.desks import Bohrer
from tests.support.fake_clock import FakeClock

NOTES = "Synadoc aktualisiert\nNeustart des PC\nErläuterung der Neuerungen"


def end_session(desk: Desk, bohrer: Bohrer, clock: FakeClock, notes: str = NOTES) -> int:
    """Run the session of the pictures, 00:12:22 at PC Rezeption, and return its row."""
    session = timekeeping.start_session(desk, bohrer.reception).value
    call_sheet.save_notes(desk, session.id, notes, "Chef fragt nach dem Angebot")
    clock.advance(minutes=12, seconds=22)
    timekeeping.end_session(desk, session.id)
    return session.id


def queue(desk: Desk, bohrer: Bohrer, clock: FakeClock, *, delay: int = 0) -> QueuedReport:
    """Put the report of such a session into the outbox, due after `delay` seconds."""
    return queueing.queue_report(desk, end_session(desk, bohrer, clock), delay=delay).value
