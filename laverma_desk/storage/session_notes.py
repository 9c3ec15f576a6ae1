"""What is known of a session while its notes are saved: no more is read than that asks for."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from laverma_desk.domain.support_session import SessionState
from laverma_desk.domain.timekeeping import Beat
from laverma_desk.storage import search_index
from laverma_desk.storage.heartbeats import LOCKED_PULSE, PULSE, THIS_HEART, to_pulse
from laverma_desk.storage.mine import MINE
from laverma_desk.storage.prepared import Prepared, rows_at_once
from laverma_desk.storage.tables import heartbeat, session

_NOTES = (
    select(
        session.c.number,
        session.c.state,
        session.c.notes,
        session.c.internal_note,
        session.c.invoice_number,
        MINE.label("mine"),
        *PULSE,
    )
    .outerjoin(heartbeat, THIS_HEART)
    .where(session.c.id == bindparam("row"))
    # Whoever bills or takes over the session comes before or after, also where nobody else's lock is held.
    .with_for_update(of=session)
)
_KEPT = Prepared(_NOTES, gives=_NOTES.selected_columns)
_WRITE = Prepared(
    update(session).where(session.c.id == bindparam("row")).values(version=session.c.version + 1),
    sets=("row", "notes", "internal_note"),
)


class KeptNotes(NamedTuple):
    """Both texts on the disk, what decides whether they may be written over, and the heart's last beat.

    `mine`: the session is this desk's to run, and nobody else's by now.
    """

    number: str
    state: str
    notes: str
    internal_note: str
    invoice_number: str | None
    mine: bool
    pulse: Beat | None


def kept_notes(connection: Connection, session_id: int, *, with_heart: bool = False) -> KeptNotes | None:
    """Return the notes of a session, None where there is none.

    `with_heart`: nobody beats or writes them before this transaction ends, also where it holds no other lock.
    """
    # The heart before the session, as every other step of a call.
    asked = (LOCKED_PULSE, _KEPT) if with_heart else (_KEPT,)
    rows = rows_at_once(connection, asked, {"row": session_id})[-1]
    if not rows:
        return None
    number, state, notes, internal_note, invoice_number, mine, at, uptime = rows[0]
    pulse = to_pulse(at, uptime)
    return KeptNotes(number, state, notes, internal_note, invoice_number, bool(mine), pulse)


def write_notes(
    connection: Connection, session_id: int, before: KeptNotes, notes: str, internal_note: str
) -> None:
    """Write over the notes that were read; what has not ended has no line in the search to follow them."""
    _WRITE.run(connection, {"row": session_id, "notes": notes, "internal_note": internal_note})
    if before.state == SessionState.ENDED:
        search_index.put(connection, [session_id])
