"""Saves the notes by themselves, off the GUI thread, and keeps every text until it is on the disk."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import DeskError, OutsideTrouble
from laverma_desk.domain.patient_hint import find_patient_data
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.explain import explain
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.calls.call_sheet import added_below
from laverma_desk.ui.call.notes_card import NotesCard
from laverma_desk.ui.call.notes_writer import NotesDraft, NotesWriter, Written
from laverma_desk.ui.surroundings import Surroundings

SAVE_AFTER_MS = 2000
_SLOW_AFTER_MS = 300


class NotesController(QObject):
    """Fills the notes card and saves what is typed: 2 s after the first unsaved key at the latest.

    The timer is not put off by further keys, so that a crash never takes more than two seconds of typing.
    """

    def __init__(self, surroundings: Surroundings, card: NotesCard, parent: QObject) -> None:
        super().__init__(parent)
        self._surroundings, self._card = surroundings, card
        self._writer = NotesWriter(surroundings.desk)
        self._session_id: int | None = None
        self._asked = False  # somebody pressed the key, and wants to hear that it is saved
        self._touched = False
        self._in_flight: set[int] = set()
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SAVE_AFTER_MS)
        self.timer.timeout.connect(self.save_soon)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_AFTER_MS)
        self._slow.timeout.connect(self._on_slow_timeout)
        card.edited.connect(self._on_card_edited)
        card.left.connect(self.save_soon)
        card.save_state.retry_pressed.connect(self.save_soon)

    def show(self, session: SupportSession) -> None:
        """Show another session, read from the desk after a `flush`; an unsaved text goes before it."""
        self._session_id = session.id
        self._touched = False
        self._card.show_error("")
        self._card.save_state.show_nothing()
        draft = self._writer.draft_of(session.id)
        if session.id not in self._in_flight:
            self._writer.know(session.id, (session.notes, session.internal_note))
        if draft is None:
            self._card.show_texts(session.notes, session.internal_note)
        else:
            self._card.show_texts(draft.notes, draft.internal_note)
            self._card.save_state.show_failed("")
            self._begin_waiting()
        self._look_for_patients()

    def refresh(self, session: SupportSession) -> None:
        """Take over what somebody else wrote on the session shown, never over what is typed here.

        Call it with a record that was read in the same turn of the event loop: while a save is under
        way, a record may be older than the text in the window, and is left aside. What somebody else has
        written below the text known here comes below what is typed.
        """
        stored = (session.notes, session.internal_note)
        known = self._writer.known(session.id)
        if session.id != self._session_id or session.id in self._in_flight or stored == known:
            return
        typed = self._touched or self._writer.draft_of(session.id) is not None
        self._writer.know(session.id, stored)
        if typed and known is not None:
            self._card.add_texts(*map(added_below, known, stored))
            return
        self._card.follow_texts(*stored)
        self._look_for_patients()

    def shows(self, session_id: int) -> bool:
        """Tell whether what is typed is kept for this session; one that was let go has to be shown anew."""
        return session_id == self._session_id

    def texts(self) -> tuple[str, str]:
        """Return both texts as they stand in the window."""
        return self._card.texts()

    def is_saved(self, session_id: int) -> bool:
        """Tell whether everything typed for a session is on the disk."""
        typing = self._touched and session_id == self._session_id
        return not typing and self._writer.draft_of(session_id) is None

    def save_now(self) -> None:
        """Save what is there (Ctrl+S), even if nothing was changed."""
        self._touched = self._asked = True
        self.save_soon()

    def save_soon(self) -> None:
        """Hand every unsaved text to the background, which waits for a busy file in our place."""
        self.timer.stop()
        self._look_for_patients()
        self._collect()
        for session_id in self._writer.unsaved():
            if session_id not in self._in_flight:
                self._hand_over(session_id)

    def _hand_over(self, session_id: int) -> None:
        work = partial(self._writer.write, session_id)
        future = self._surroundings.background.run(self, work, self._on_written, self._on_write_crashed)
        if future.cancelled():  # The background has closed: the program ends, and this is the last chance.
            self._take(work())
            return
        self._in_flight.add(session_id)
        self._slow.start()

    def flush(self) -> bool:
        """Save every unsaved text here and now, behind a save that is under way; tell whether all is saved.

        What could not be saved is kept and tried again every two seconds.
        """
        self.timer.stop()
        self._collect()
        for session_id in self._writer.unsaved():
            written = self._writer.write(session_id)
            self._take(written)
            if isinstance(written.error, OutsideTrouble):
                break
        return not self._writer.unsaved()

    def add_line(self, session_id: int, line: str) -> bool:
        """Write a line below the notes of any open session, shown or not; tell whether it is on the disk.

        What could not be saved is kept and tried again, as everything typed here.
        """
        if session_id == self._session_id:
            self._card.editor().append_line(line)  # which counts as typed
        else:
            draft = self._writer.draft_of(session_id)
            if draft is None:
                stored = timekeeping.read_session(self._surroundings.desk, session_id)
                draft = NotesDraft(stored.notes, stored.internal_note)
                self._writer.know(session_id, (stored.notes, stored.internal_note))
            above = f"{draft.notes.rstrip()}\n" if draft.notes.strip() else ""
            self._writer.offer(session_id, NotesDraft(f"{above}{line}", draft.internal_note))
        self.flush()
        return self.is_saved(session_id)

    def let_go(self, session_id: int) -> NotesDraft | None:
        """Give up a session that is somebody else's now; return what was typed and is not on the disk."""
        self._collect()
        if session_id == self._session_id:
            self._session_id = None
            self._card.save_state.show_nothing()
        return self._writer.forget(session_id)

    def _collect(self) -> None:
        if self._touched and self._session_id is not None:
            self._touched = False
            self._writer.offer(self._session_id, NotesDraft(*self._card.texts()))

    def _look_for_patients(self) -> None:
        """Point out what looks like data of a patient; it is looked for here and written down nowhere."""
        today = local_day(self._surroundings.desk.clock.now())
        self._card.show_patient_hints(find_patient_data(self._card.texts()[0], today))

    def _begin_waiting(self) -> None:
        if not self.timer.isActive():
            self.timer.start()

    def _on_card_edited(self) -> None:
        self._touched = True
        self._begin_waiting()

    def _on_slow_timeout(self) -> None:
        if self._in_flight and not self._card.save_state.has_failed():
            self._card.save_state.show_saving()

    def _on_written(self, written: Written) -> None:
        self._in_flight.discard(written.session_id)
        if not self._in_flight:
            self._slow.stop()
        self._take(written)

    def _on_write_crashed(self, error: Exception) -> None:
        self._in_flight.clear()
        self._slow.stop()
        raise error

    def _take(self, written: Written) -> None:
        """Show what came of a save; where it failed, try again by itself."""
        shown = written.session_id == self._session_id
        if written.error is not None:
            self._fail(written.error, shown=shown)
        elif shown and written.draft is not None and written.saved is not None:
            self._card.save_state.show_saved(written.saved.value, aloud=self._asked)
            self._asked = False
        if self._writer.draft_of(written.session_id) not in (None, written.draft):
            self._begin_waiting()  # typed on while the text before it was being written
        if written.saved is not None:
            self._surroundings.bus.publish(written.saved)

    def _fail(self, error: DeskError, *, shown: bool) -> None:
        if shown:
            self._card.save_state.show_failed(explain(error))
        if isinstance(error, OutsideTrouble):
            self._begin_waiting()
        elif shown:
            self._card.show_error(explain(error))
