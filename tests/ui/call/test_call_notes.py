"""Notes are never lost: saved by themselves, kept while the file is busy, the latest text always wins."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import event

from laverma_desk.services.calls import call_sheet, timekeeping


def test_typing_is_saved_by_itself_and_says_when(scene, qtbot):
    scene.start()
    scene.type("Update\nNeustart")
    assert scene.stored().notes == ""
    scene.clock.advance(seconds=2)
    scene.autosave(qtbot)
    assert scene.stored().notes == "Update\nNeustart"
    assert scene.notes.save_state.words() == "gespeichert 10:22:02"
    assert not scene.call.notes.timer.isActive()


def test_further_keys_do_not_put_the_save_off(scene, qtbot):
    scene.start()
    scene.type("a")
    remaining = scene.call.notes.timer.remainingTime()
    qtbot.wait(30)
    scene.type("b")
    assert scene.call.notes.timer.remainingTime() <= remaining


def test_leaving_the_notes_saves_them(scene, qtbot):
    scene.start()
    scene.type("Update")
    scene.press("Tab")
    scene.settle(qtbot)
    assert scene.stored().notes == "Update"


def test_ctrl_s_saves_now_and_says_so(scene, qtbot):
    scene.start(notes="Update")
    assert scene.notes.save_state.words() == ""
    scene.press("Ctrl+S")
    scene.settle(qtbot)
    assert scene.notes.save_state.words() == "gespeichert 10:22:00"


def test_a_locked_file_keeps_the_text_says_so_in_red_and_recovers_by_itself(scene, qtbot):
    scene.start()
    scene.type("Update")
    with scene.locked():
        scene.autosave(qtbot)
        assert scene.notes.save_state.has_failed()
        assert scene.notes.save_state.words() == "Konnte nicht speichern."
        assert scene.notes.texts()[0] == "Update"
        scene.type(" und Neustart")
        scene.autosave(qtbot)
        assert scene.notes.save_state.has_failed()
        assert scene.stored().notes == ""
    scene.autosave(qtbot)
    assert not scene.notes.save_state.has_failed()
    assert scene.stored().notes == "Update und Neustart"


def test_the_link_tries_again_at_once(scene, qtbot):
    scene.start()
    scene.type("Update")
    with scene.locked():
        scene.autosave(qtbot)
    QTest.mouseClick(scene.notes.save_state.retry_link(), Qt.MouseButton.LeftButton)
    scene.settle(qtbot)
    assert scene.stored().notes == "Update"
    assert not scene.notes.save_state.has_failed()


def test_a_full_disk_keeps_the_text_and_recovers(scene, qtbot):
    scene.start()
    with scene.desk.database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def allow(count):
        def on_checkout(connection, _record, _proxy):
            connection.execute(f"PRAGMA max_page_count = {count}")

        return on_checkout

    full, roomy = allow(pages), allow(1_000_000)
    event.listen(scene.desk.database.engine, "checkout", full)
    scene.notes.editor().insertPlainText("long " * 20_000)
    scene.autosave(qtbot)
    assert scene.notes.save_state.has_failed()
    event.remove(scene.desk.database.engine, "checkout", full)
    event.listen(scene.desk.database.engine, "checkout", roomy)
    assert scene.stored().notes == ""
    scene.autosave(qtbot)
    assert scene.stored().notes == "long " * 20_000
    assert not scene.notes.save_state.has_failed()


def test_a_bug_reaches_the_crash_hook_and_the_text_stays(scene, qtbot):
    scene.start()
    with scene.desk.database.write() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER broken BEFORE UPDATE OF notes ON session BEGIN SELECT RAISE(FAIL, 'no'); END"
        )
    scene.type("Update")
    with qtbot.captureExceptions() as crashed:
        scene.autosave(qtbot)
    assert len(crashed) == 1
    with scene.desk.database.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER broken")
    scene.type("!")
    scene.autosave(qtbot)
    assert scene.stored().notes == "Update!"


def test_a_change_of_session_saves_the_notes_of_the_one_before(scene):
    first = scene.start()
    scene.type("of the first")
    second = scene.start(scene.bohrer.server)
    assert scene.stored(first).notes == "of the first"
    assert scene.notes.texts()[0] == ""
    scene.type("of the second")
    scene.show(first)
    assert scene.notes.texts()[0] == "of the first"
    assert scene.stored(second).notes == "of the second"


def test_text_that_could_not_be_saved_is_there_again_after_a_change_of_session(scene, qtbot):
    first, second = scene.start(), timekeeping.start_session(scene.desk, scene.bohrer.server).value.id
    scene.type("not lost")
    with scene.locked():
        scene.show(second)
        assert not scene.call.flush()
        assert scene.notes.texts()[0] == ""
        scene.show(first)
        assert scene.notes.texts()[0] == "not lost"
        assert scene.notes.save_state.has_failed()
        scene.show(second)
    scene.autosave(qtbot)
    assert scene.stored(first).notes == "not lost"
    assert scene.stored(second).notes == ""


def test_news_of_the_session_never_write_over_what_is_typed(scene, qtbot):
    session_id = scene.start()
    scene.type("typed here")
    call_sheet.save_notes(scene.desk, session_id, "written elsewhere", "")
    scene.press("F8")
    assert scene.notes.texts()[0] == "typed here\nwritten elsewhere"
    assert scene.notes.editor().textCursor().position() == len("typed here")
    scene.autosave(qtbot)
    assert scene.stored().notes == "typed here\nwritten elsewhere"
    call_sheet.save_notes(scene.desk, session_id, "written elsewhere", "")
    scene.press("F8")
    assert scene.notes.texts()[0] == "written elsewhere"


def test_a_text_rewritten_elsewhere_gives_way_to_what_is_typed(scene, qtbot):
    session_id = scene.start(notes="known")
    scene.type(" and typed on")
    call_sheet.save_notes(scene.desk, session_id, "rewritten", "")
    scene.press("F8")
    assert scene.notes.texts()[0] == "known and typed on"
    scene.autosave(qtbot)
    assert scene.stored().notes == "known and typed on"


def test_after_a_crash_at_most_the_last_two_seconds_are_missing(scene, qtbot):
    session_id = scene.start()
    scene.type("saved")
    scene.autosave(qtbot)
    scene.type(" lost")
    # Another process reads the file as it would be found after a kill.
    with scene.desk.database.read() as connection:
        query = f"SELECT notes FROM session WHERE id = {int(session_id)}"  # noqa: S608
        assert connection.exec_driver_sql(query).scalar() == "saved"
    assert scene.call.notes.timer.interval() == 2000


def test_too_long_a_text_is_named_and_kept(scene, qtbot):
    scene.start()
    scene.notes.editor().insertPlainText("x" * 200_001)
    scene.autosave(qtbot)
    assert scene.notes.save_state.has_failed()
    assert "200000" in scene.notes.error() or "200.000" in scene.notes.error()
    assert len(scene.notes.texts()[0]) == 200_001
    scene.notes.editor().undo()
    scene.autosave(qtbot)
    assert not scene.notes.save_state.has_failed()
    assert scene.notes.error() == ""


def test_a_save_after_the_background_has_closed_goes_straight_to_the_file(scene):
    scene.start()
    scene.type("last words")
    scene.background.close()
    scene.call.notes.save_soon()
    assert scene.stored().notes == "last words"


def test_windows_line_ends_from_an_import_do_not_reload_the_editor(scene):
    session_id = scene.start()
    call_sheet.save_notes(scene.desk, session_id, "one\r\ntwo", "")
    scene.press("F8")
    cursor = scene.notes.editor().textCursor()
    cursor.setPosition(2)
    scene.notes.editor().setTextCursor(cursor)
    scene.press("F8")
    assert scene.notes.editor().textCursor().position() == 2
