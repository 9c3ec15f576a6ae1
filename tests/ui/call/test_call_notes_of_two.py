"""Notes on which somebody else writes too: given away and back, or with lines put below what is typed."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextCursor

from laverma_desk.services.calls import call_sheet, handing_over
from laverma_desk.services.changes import Topic


def test_what_is_typed_after_a_session_was_handed_over_and_back_is_saved(scene):
    session_id = scene.start()
    scene.type("eins")
    assert scene.call.flush()
    assert scene.call.notes.let_go(session_id) is None
    call_sheet.save_notes(scene.desk, session_id, "eins\nvon Anna", "")
    scene.show(session_id)  # Given back, and no other call was opened meanwhile.
    assert scene.notes.texts()[0] == "eins\nvon Anna"
    scene.press("Ctrl+End")
    scene.type(" zwei")
    assert not scene.call.notes.is_saved(session_id)
    assert scene.call.flush()
    assert scene.stored(session_id).notes == "eins\nvon Anna zwei"


@pytest.mark.parametrize("known", ["eins", "Drucker ", "eins\n- ", ""])
@pytest.mark.parametrize("saved_before", [True, False])
def test_lines_put_below_the_notes_survive_what_is_typed_on(scene, known, saved_before):
    session_id = scene.start(notes=known)
    scene.notes.editor().moveCursor(QTextCursor.MoveOperation.End)
    scene.type("weiter")
    handing_over.add_notes(scene.desk, session_id, "noch getippt", "noch intern")
    if saved_before:
        assert scene.call.flush()  # The timer is quicker than the news.
        assert "noch getippt" in scene.stored().notes
    else:
        scene.bus.announce(Topic.SESSIONS)
    assert "noch getippt" in scene.notes.texts()[0]
    scene.type("!")
    assert scene.call.flush()
    found = scene.stored()
    assert found.notes.startswith(f"{known}weiter!\n")
    assert (found.notes.count("noch getippt"), found.internal_note.count("noch intern")) == (1, 1)
    assert (found.notes, found.internal_note) == scene.notes.texts()


def test_a_save_that_follows_a_save_knows_what_that_one_wrote(scene, qtbot):
    scene.start(notes="eins")
    scene.notes.editor().moveCursor(QTextCursor.MoveOperation.End)
    scene.type("\nzwei")
    scene.call.notes.timer.timeout.emit()  # Under way, or written; the window has not heard of it.
    scene.notes.editor().set_text("eins")
    scene.type("X")
    assert scene.call.flush()
    assert "zwei" not in scene.stored().notes
    scene.settle(qtbot)
    assert scene.stored().notes == scene.notes.texts()[0]
