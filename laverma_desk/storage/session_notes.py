"""What is known of a session while its notes are saved: no more is read than that asks for."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from laverma_desk.domain.support_session import SessionState
from laverma_desk.storage import search_index
from laverma_desk.storage.tables import session

_KEPT = select(session.c.number, session.c.state, session.c.notes, session.c.invoice_number).where(
    session.c.id == bindparam("row")
)
_WRITE = update(session).where(session.c.id == bindparam("row"))


class KeptNotes(NamedTuple):
    """The notes on the disk, and what decides whether they may be written over."""

    number: str
    state: str
    notes: str
    invoice_number: str | None


def kept_notes(connection: Connection, session_id: int) -> KeptNotes | None:
    """Return the notes of a session, None where there is none."""
    row = connection.execute(_KEPT, {"row": session_id}).one_or_none()
    return None if row is None else KeptNotes(*row)


def write_notes(
    connection: Connection, session_id: int, before: KeptNotes, notes: str, internal_note: str
) -> None:
    """Write over the notes that were read; what has not ended has no line in the search to follow them."""
    connection.execute(_WRITE, {"row": session_id, "notes": notes, "internal_note": internal_note})
    if before.state == SessionState.ENDED:
        search_index.put(connection, [session_id])
