"""What is known of a session while its notes are saved: no more is read than that asks for."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, true, update

from laverma_desk.domain.support_session import SessionState
from laverma_desk.domain.timekeeping import Beat
from laverma_desk.storage import search_index
from laverma_desk.storage.heartbeats import PULSE, to_pulse
from laverma_desk.storage.prepared import Prepared
from laverma_desk.storage.tables import heartbeat, session

_NOTES = (
    select(session.c.number, session.c.state, session.c.notes, session.c.invoice_number, *PULSE)
    .outerjoin(heartbeat, true())
    .where(session.c.id == bindparam("row"))
)
_KEPT = Prepared(_NOTES, gives=_NOTES.selected_columns)
_WRITE = Prepared(
    update(session).where(session.c.id == bindparam("row")), sets=("row", "notes", "internal_note")
)


class KeptNotes(NamedTuple):
    """The notes on the disk, what decides whether they may be written over, and the heart's last beat."""

    number: str
    state: str
    notes: str
    invoice_number: str | None
    pulse: Beat | None


def kept_notes(connection: Connection, session_id: int) -> KeptNotes | None:
    """Return the notes of a session, None where there is none."""
    rows = _KEPT.rows(connection, {"row": session_id})
    if not rows:
        return None
    number, state, notes, invoice_number, at, uptime = rows[0]
    return KeptNotes(number, state, notes, invoice_number, to_pulse(at, uptime))


def write_notes(
    connection: Connection, session_id: int, before: KeptNotes, notes: str, internal_note: str
) -> None:
    """Write over the notes that were read; what has not ended has no line in the search to follow them."""
    _WRITE.run(connection, {"row": session_id, "notes": notes, "internal_note": internal_note})
    if before.state == SessionState.ENDED:
        search_index.put(connection, [session_id])
