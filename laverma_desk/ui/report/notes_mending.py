"""Keeps notes that are typed on the report page until they are on the disk, as the call page does."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from laverma_desk import text
from laverma_desk.domain.errors import OutsideTrouble
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.changes import Topic
from laverma_desk.ui.call.notes_writer import NotesDraft, NotesWriter, Written
from laverma_desk.ui.report.needs import SAVE_AFTER, Needs
from laverma_desk.ui.surroundings import Surroundings


class NotesMending(QObject):
    """Saves the notes of the page. Emits `mended` when those of the session shown have reached the disk.

    What could not be saved is kept, whichever session it belongs to, and tried again every two seconds.
    """

    mended = Signal()

    def __init__(self, surroundings: Surroundings, needs: Needs, parent: QObject) -> None:
        """Take over the notes of a page."""
        super().__init__(parent)
        self._surroundings, self._needs = surroundings, needs
        self._writer = NotesWriter(surroundings.desk)
        self._session: SupportSession | None = None
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SAVE_AFTER)
        self.timer.timeout.connect(self._on_timer_timeout)
        needs.notes_edited.connect(self._on_needs_notes_edited)

    def follow(self, session: SupportSession) -> None:
        """Look at a session; notes of it that are not on the disk yet are shown."""
        self._session = session
        draft = self._writer.draft_of(session.id)
        if draft is not None and not self._needs.shows_notes():
            self._needs.show_notes(draft.notes)

    def unsaved(self, session_id: int) -> str | None:
        """Return the notes of a session that are not on the disk yet, None where all are."""
        draft = self._writer.draft_of(session_id)
        return None if draft is None else draft.notes

    def flush(self) -> bool:
        """Save what is typed or was refused before, here and now; tell whether all is on the disk."""
        self._needs.flush()
        return self._write()

    def _on_needs_notes_edited(self, notes: str) -> None:
        if self._session is not None:
            self._writer.offer(self._session.id, NotesDraft(notes, self._session.internal_note))
            self._write()

    def _on_timer_timeout(self) -> None:
        self._write()

    def _write(self) -> bool:
        self.timer.stop()
        for session_id in self._writer.unsaved():
            written = self._writer.write(session_id)
            self._take(written)
            if isinstance(written.error, OutsideTrouble):
                self.timer.start()
                return False
        return not self._writer.unsaved()

    def _take(self, written: Written) -> None:
        field = self._needs.notes_field
        shown = self._session is not None and self._session.id == written.session_id
        if written.error is not None:
            if shown and isinstance(written.error, OutsideTrouble):
                field.set_error(_("Could not save. %(reason)s") % {"reason": explain(written.error)})
            elif shown:
                field.set_error(explain(written.error))
            return
        if written.saved is None:
            return
        saved_at = self._surroundings.bus.publish(written.saved)
        if shown:
            field.clear_error()
            field.set_hint(_("Saved %(time)s") % {"time": text.time(saved_at)})
        self._surroundings.bus.announce(Topic.SESSIONS)
        if shown:
            self.mended.emit()
