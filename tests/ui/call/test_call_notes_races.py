"""Saves that meet: whatever was queued first and whoever is quicker, the latest text is in the file."""

from __future__ import annotations

import threading
from dataclasses import replace

from laverma_desk.domain.errors import OutsideTrouble
from laverma_desk.services.calls import timekeeping
from laverma_desk.ui.call.notes_writer import NotesDraft, NotesWriter


def test_typing_goes_on_while_a_save_waits_for_the_file(scene, qtbot):
    scene.start()
    scene.type("one")
    begun, released = threading.Event(), threading.Event()

    def hold():
        begun.set()
        released.wait(5)

    scene.background.run(scene.window, hold, lambda _none: None, lambda _error: None)
    begun.wait(5)
    scene.call.notes.timer.timeout.emit()
    scene.type(" two")
    assert scene.notes.texts()[0] == "one two"
    released.set()
    scene.settle(qtbot)
    assert scene.stored().notes == "one"
    assert scene.call.notes.timer.isActive()
    scene.autosave(qtbot)
    assert scene.stored().notes == "one two"


def test_a_flush_wins_over_a_save_that_was_queued_before_it(scene, qtbot):
    scene.start()
    scene.type("old")
    begun, released = threading.Event(), threading.Event()

    def hold():
        begun.set()
        released.wait(5)

    scene.background.run(scene.window, hold, lambda _none: None, lambda _error: None)
    begun.wait(5)
    scene.call.notes.timer.timeout.emit()
    scene.type(" and new")
    assert scene.call.flush()
    assert scene.stored().notes == "old and new"
    released.set()
    scene.settle(qtbot)
    assert scene.stored().notes == "old and new"


def test_writes_from_two_threads_never_put_the_older_text_last(desk, bohrer):
    session = timekeeping.start_session(desk, bohrer.reception).value
    writer = NotesWriter(desk)
    stop = threading.Event()

    def write_on():
        while not stop.is_set():
            writer.write(session.id)

    threads = [threading.Thread(target=write_on) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(60):
        writer.offer(session.id, NotesDraft(f"text {number}", ""))
        if number % 7 == 0:
            writer.write(session.id)
    writer.write(session.id)
    stop.set()
    for thread in threads:
        thread.join()
    assert timekeeping.read_session(desk, session.id).notes == "text 59"
    assert writer.unsaved() == ()


def test_a_record_that_is_older_than_a_save_under_way_is_left_aside(scene, qtbot):
    session_id = scene.start()
    older = scene.stored(session_id)
    scene.type("newer")
    scene.call.notes.timer.timeout.emit()
    written = threading.Event()
    scene.background.run(scene.window, written.set, lambda _none: None, lambda _error: None)
    assert written.wait(5)
    # The text is in the file, and the window does not know it yet.
    scene.call.notes.refresh(older)
    assert scene.notes.texts()[0] == "newer"
    scene.settle(qtbot)
    assert scene.stored().notes == "newer"


class _HoldingClock:
    """A clock that stops whoever asks it, until it is let go."""

    def __init__(self, clock):
        self._clock = clock
        self.asked, self.released = threading.Event(), threading.Event()

    def now(self):
        self.asked.set()
        self.released.wait(5)
        return self._clock.now()

    def uptime(self):
        return self._clock.uptime()


def test_a_text_typed_while_the_one_before_is_written_stays_unsaved(desk, bohrer, clock):
    session = timekeeping.start_session(desk, bohrer.reception).value
    holding = _HoldingClock(clock)
    writer = NotesWriter(replace(desk, clock=holding))
    writer.offer(session.id, NotesDraft("one", ""))
    thread = threading.Thread(target=writer.write, args=(session.id,))
    thread.start()
    assert holding.asked.wait(5)
    typed_on = NotesDraft("one two", "")
    writer.offer(session.id, typed_on)
    holding.released.set()
    thread.join()
    assert timekeeping.read_session(desk, session.id).notes == "one"
    assert writer.draft_of(session.id) is typed_on
    writer.write(session.id)
    assert timekeeping.read_session(desk, session.id).notes == "one two"


def test_the_writer_returns_trouble_and_keeps_the_draft(scene):
    session_id = scene.start()
    writer = NotesWriter(scene.desk)
    draft = NotesDraft("kept", "")
    writer.offer(session_id, draft)
    with scene.locked():
        written = writer.write(session_id)
    assert isinstance(written.error, OutsideTrouble)
    assert writer.draft_of(session_id) is draft
    assert writer.write(session_id).error is None
    assert writer.write(session_id).draft is None
