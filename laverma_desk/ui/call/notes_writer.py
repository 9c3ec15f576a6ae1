"""Writes notes so that the latest text always wins, whichever thread writes it and whoever began first."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from laverma_desk.domain.errors import DeskError
from laverma_desk.services.calls import call_sheet
from laverma_desk.services.changes import Done
from laverma_desk.services.desk import Desk


@dataclass(frozen=True, eq=False)
class NotesDraft:
    """Both texts of a session as they stand in the window. Each draft is its own, even with equal texts."""

    notes: str
    internal_note: str

    @property
    def stored(self) -> tuple[str, str]:
        """Return the texts as the desk keeps them."""
        return self.notes.replace("\0", ""), self.internal_note.replace("\0", "")


class Written(NamedTuple):
    """What came of one attempt; `saved` has the instant, and tells of a gap that was noticed by the way.

    Without a draft there was nothing left to write.
    """

    session_id: int
    draft: NotesDraft | None = None
    saved: Done[datetime] | None = None
    error: DeskError | None = None


class NotesWriter:
    """Keeps the unsaved texts of every session and writes them; safe to use from several threads.

    A write takes the text when it begins to write, never when it was queued, and writes one after the
    other: a save that was queued earlier can therefore not put an older text over a newer one.
    What was last known of the stored texts goes along: what somebody else writes below them stays.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._drafts: dict[int, NotesDraft] = {}
        self._known: dict[int, tuple[str, str]] = {}
        self._drafts_lock = threading.Lock()
        self._write_lock = threading.Lock()

    def offer(self, session_id: int, draft: NotesDraft) -> None:
        """Keep a draft until it is written; it replaces an earlier one. Never waits for the disk."""
        with self._drafts_lock:
            self._drafts[session_id] = draft

    def know(self, session_id: int, stored: tuple[str, str]) -> None:
        """Take note of both texts as they were read; a save of this window must not be under way."""
        with self._drafts_lock:
            self._known[session_id] = stored

    def known(self, session_id: int) -> tuple[str, str] | None:
        """Return both texts as they were last read or written here."""
        with self._drafts_lock:
            return self._known.get(session_id)

    def unsaved(self) -> tuple[int, ...]:
        """Return the sessions whose latest text is not on the disk yet."""
        with self._drafts_lock:
            return tuple(self._drafts)

    def draft_of(self, session_id: int) -> NotesDraft | None:
        """Return the text of a session that is not on the disk yet."""
        with self._drafts_lock:
            return self._drafts.get(session_id)

    def forget(self, session_id: int) -> NotesDraft | None:
        """Return the text of a session that is not on the disk, and write it no more."""
        with self._drafts_lock:
            self._known.pop(session_id, None)
            return self._drafts.pop(session_id, None)

    def write(self, session_id: int) -> Written:
        """Write the latest text of a session, after any write that is under way.

        A failure is returned, not raised; the draft is then still kept.
        """
        with self._write_lock:
            draft = self.draft_of(session_id)
            if draft is None:
                return Written(session_id)
            try:
                base = self.known(session_id)
                result = call_sheet.save_notes(
                    self._desk, session_id, draft.notes, draft.internal_note, base=base
                )
            except DeskError as error:
                return Written(session_id, draft, error=error)
            with self._drafts_lock:
                # What was written, not what came below it: the window does not show that before it has read.
                self._known[session_id] = draft.stored
                if self._drafts.get(session_id) is draft:
                    del self._drafts[session_id]
            return Written(session_id, draft, result)
