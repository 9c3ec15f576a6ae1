"""The whole program from the shell to the desk: how it begins where something is wrong, how it ends."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox
from sqlalchemy import event

from laverma_desk import app, log, settings
from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.support_session import SessionState
from laverma_desk.domain.telephone import read_caller
from laverma_desk.explain import explain
from laverma_desk.paths import DataDir
from laverma_desk.program import Program, Start
from laverma_desk.services.calls import timekeeping
from laverma_desk.ui.single_instance import SingleInstance
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link
from tests.support.older_desks import make_first_desk


@pytest.fixture
def start_program(tmp_path, desk, dressed, monkeypatch, qtbot):
    """Start the program on the desk of the test, as `app.run` does once there is an application."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    hooks = sys.excepthook, threading.excepthook
    quits = dressed.quitOnLastWindowClosed()
    log.start(desk.data)
    instance = SingleInstance(desk.data)
    made = []

    def start():
        desk.close()
        assert instance.acquire()
        program = Program(
            dressed, Start(desk.data, demo=False, language="de"), settings.MachineSettings(), instance
        )
        made.append(program)
        return program

    yield start
    instance.release()
    for program in made:
        close_window(program)
        program._shell.deleteLater()
    sys.excepthook, threading.excepthook = hooks
    dressed.setQuitOnLastWindowClosed(quits)
    forget_quit(dressed)
    log.stop()


@pytest.fixture
def typing(start_program, desk, bohrer, qtbot):
    """A program that shows a running session, with words typed that are not on the disk yet."""
    session = timekeeping.start_session(desk, bohrer.reception).value
    program = start_program()
    program._shell.show()
    program._on_shell_painted()
    qtbot.waitUntil(lambda: program._running is not None or program._failure is not None)
    assert program._failure is None
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    QTest.keyClicks(QApplication.focusWidget(), "nicht verlieren")
    program.session_id = session.id
    return program


def close_window(program):
    """Close the window; where time runs, by the answer of the bar that says so."""
    program._shell.close()
    running = program._running
    bar = running.companions.farewell.bar if running is not None and running.companions else None
    if bar is not None and bar.isVisible():
        bar.close_button.click()
        QApplication.processEvents()


def forget_quit(application):
    """Let event loops run again: the last window that closed has told all of them to end at once."""
    QTimer.singleShot(0, application, application.quit)
    application.exec()


def refuse_writes(database, *, refused: bool) -> None:
    """Make every connection read-only, or let them write again."""
    database.close()
    event.listen(
        database.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA query_only = {int(refused)}")
    )


def boxes():
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()]


def stored_notes(file, session_id):
    connection = sqlite3.connect(file)
    try:
        return connection.execute("SELECT notes FROM session WHERE id = ?", [session_id]).fetchone()[0]
    finally:
        connection.close()


def press(box, role):
    (button,) = [one for one in box.buttons() if box.buttonRole(one) is role]
    button.click()


def test_closing_saves_what_is_half_typed(typing, desk):
    close_window(typing)
    assert not typing._shell.isVisible()
    assert boxes() == []
    assert stored_notes(desk.data.database, typing.session_id) == "nicht verlieren"


def test_closing_asks_before_notes_are_lost_that_the_disk_refuses(typing, desk, qtbot):
    refuse_writes(typing._running.surroundings.desk.database, refused=True)
    typing._shell.close()
    assert typing._shell.isVisible()
    (box,) = boxes()
    press(box, QMessageBox.ButtonRole.RejectRole)
    assert typing._shell.isVisible()
    assert typing._running.stage.call.notes.texts()[0] == "nicht verlieren"

    refuse_writes(typing._running.surroundings.desk.database, refused=False)
    close_window(typing)
    assert not typing._shell.isVisible()
    assert stored_notes(desk.data.database, typing.session_id) == "nicht verlieren"


def test_notes_that_nobody_wants_to_keep_let_the_window_close(typing, desk, qtbot):
    refuse_writes(typing._running.surroundings.desk.database, refused=True)
    typing._shell.close()
    (box,) = boxes()
    press(box, QMessageBox.ButtonRole.DestructiveRole)
    qtbot.waitUntil(lambda: not typing._shell.isVisible())
    assert stored_notes(desk.data.database, typing.session_id) == ""


def test_closing_names_the_pages_on_which_something_is_not_saved(typing, desk, qtbot):
    stage = typing._running.stage
    stage.open_page("customers")
    stage.memory.customers.show_new()
    QTest.keyClicks(QApplication.focusWidget(), "Praxis Neu")
    stage.open_settings("company")
    name = stage.later.settings.section("company").form.findChildren(QLineEdit)[0]
    name.setFocus()
    QTest.keyClicks(name, "X")
    typing._shell.close()
    (box,) = boxes()
    assert box.text().startswith("Noch nicht gespeichert: Kunden, Einstellungen.")
    press(box, QMessageBox.ButtonRole.RejectRole)
    qtbot.waitUntil(lambda: not boxes())
    assert typing._shell.isVisible()
    stage.later.settings.save()
    stage.memory.customers.new.clear()
    close_window(typing)
    assert not typing._shell.isVisible()
    assert not boxes()


def test_a_record_that_is_half_typed_is_named_only_while_its_form_is_open(typing, qtbot):
    stage = typing._running.stage
    stage.open_page("history")
    forms = stage.memory.history.forms
    forms.record(None)
    QTest.keyClicks(QApplication.focusWidget(), "Bohrer")
    forms.controller.panel.edited.emit()
    typing._shell.close()
    (box,) = boxes()
    assert box.text().startswith("Noch nicht gespeichert: Verlauf.")
    press(box, QMessageBox.ButtonRole.RejectRole)
    qtbot.waitUntil(lambda: not boxes())
    forms.controller.finished.emit(None)
    close_window(typing)
    assert not typing._shell.isVisible()


def test_a_restart_that_was_refused_is_not_made_up_for_later(typing, monkeypatch):
    refuse_writes(typing._running.surroundings.desk.database, refused=True)
    typing._on_restart_wanted()
    (box,) = boxes()
    press(box, QMessageBox.ButtonRole.RejectRole)
    assert not typing._restart
    refuse_writes(typing._running.surroundings.desk.database, refused=False)


def test_the_window_is_gone_while_running_work_comes_to_its_end(typing, qtbot):
    seen = []
    inner = typing._running._background
    release = threading.Event()
    inner.run(typing, release.wait, lambda _: None, lambda _: None)
    close = inner.close

    def look_and_close():
        seen.append(typing._shell.isVisible())
        release.set()
        return close()

    inner.close = look_and_close
    close_window(typing)
    assert seen == [False]


@pytest.mark.parametrize(
    "error", [OutsideTrouble(Trouble.DATABASE_BUSY, file="desk.sqlite3"), OutsideTrouble(Trouble.DISK_FULL)]
)
def test_trouble_that_no_page_foresaw_is_still_said_in_its_words(typing, qtbot, error):
    sys.excepthook(type(error), error, None)
    qtbot.waitUntil(lambda: typing._shell.notice.sentence() == explain(error))


def test_a_bug_is_said_with_the_place_of_its_traces(typing, qtbot, desk):
    sys.excepthook(ZeroDivisionError, ZeroDivisionError("bug"), None)
    qtbot.waitUntil(typing._shell.notice.isVisible)
    assert desk.data.log.is_file()
    assert desk.data.log.name in {one.text() for one in typing._shell.notice.findChildren(Label)}
    typing._shell.notice.findChild(Link).click()
    assert not typing._shell.notice.isVisible()


def test_a_desk_that_lacks_a_table_is_said_and_ends_the_program(start_program, desk, qtbot):
    with closing(sqlite3.connect(desk.data.database)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DROP TABLE session")
    connection.close()
    program = start_program()
    QTimer.singleShot(0, program, program._on_shell_painted)
    qtbot.waitUntil(lambda: bool(boxes()))
    (box,) = boxes()
    assert box.text()
    QTimer.singleShot(0, box, box.reject)
    with pytest.raises(Exception, match="session"):
        program.run()


@pytest.mark.parametrize("spoil", ["no folder", "no room"])
def test_a_folder_that_takes_no_lock_is_not_called_open(tmp_path, qapp, monkeypatch, spoil):
    folder = tmp_path / "desk"
    instance = SingleInstance(DataDir(folder))
    if spoil == "no room":
        monkeypatch.setattr("shutil.disk_usage", lambda _: type("usage", (), {"free": 0}))
        monkeypatch.setattr("os.access", lambda *_: True)
    with pytest.raises(OutsideTrouble) as caught:
        instance.acquire()
    wanted = {"no folder": Trouble.FOLDER_UNWRITABLE, "no room": Trouble.DISK_FULL}
    assert caught.value.code is wanted[spoil]


def test_a_folder_that_cannot_be_made_is_said_in_a_window(tmp_path, dressed, monkeypatch, qtbot):
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(app, "create_application", lambda _: dressed)
    said = []

    def look():
        (box,) = boxes()
        said.append(box.text())
        box.reject()

    QTimer.singleShot(50, dressed, look)
    with pytest.raises(OutsideTrouble) as caught:
        app.run(tmp_path / "file" / "desk", language="de")
    log.stop()
    assert caught.value.code is Trouble.FOLDER_UNWRITABLE
    assert str(tmp_path / "file") in said[0]


def test_an_older_desk_is_brought_up_to_date_under_a_sentence_that_says_so(start_program, desk, qtbot):
    program = start_program()
    for ending in ("", "-wal", "-shm"):
        desk.data.database.with_name(desk.data.database.name + ending).unlink(missing_ok=True)
    make_first_desk(desk.data.database)
    program._shell.show()
    program._on_shell_painted()
    qtbot.waitUntil(program._shell.notice.isVisible)
    assert program._shell.notice.sentence().startswith("Die Daten werden auf den neuen Stand gebracht")
    assert program._running is None
    qtbot.waitUntil(lambda: program._running is not None)
    assert program._shell.notice.isHidden()
    copies = [one.name for one in desk.data.backups.iterdir() if "before" in one.name]
    assert [name.rpartition("-")[2] for name in copies] == ["0001.sqlite3"]


def test_sample_data_are_made_under_a_sentence_that_says_so(start_program, qtbot):
    program = start_program()
    program._start = program._start._replace(demo=True)
    program._shell.show()
    program._on_shell_painted()
    qtbot.waitUntil(program._shell.notice.isVisible)
    assert program._shell.notice.sentence() == "Die Beispieldaten werden angelegt."
    assert program._running is None
    qtbot.waitUntil(lambda: program._running is not None, timeout=30_000)
    assert program._shell.notice.isHidden()


def test_a_telephone_is_heard_from_another_process_while_a_session_runs(typing, desk, qtbot):
    focus = QApplication.focusWidget()
    second = subprocess.Popen(
        [sys.executable, "-m", "laverma_desk", "--data-dir", str(desk.data.root), "call", "030 23125014"]
    )
    telephone = typing._running.telephone
    qtbot.waitUntil(lambda: telephone.bar is not None and telephone.bar.isVisible())
    assert second.wait(timeout=60) == 0
    assert telephone.bar.sentence() == "Anruf: ZAP Dr. Bohrer, 030 23125 014"
    assert QApplication.focusWidget() is focus
    QTest.keyClicks(focus, " und weiter")
    QTest.keyClick(focus, Qt.Key.Key_F9)
    assert typing._running.stage.front is typing._running.stage.search
    assert stored_notes(desk.data.database, typing.session_id) == "nicht verlieren und weiter"
    kept = timekeeping.read_session(typing._running.surroundings.desk, typing.session_id)
    assert kept.state is SessionState.RUNNING


def test_whoever_calls_while_the_desk_is_opened_is_shown_afterwards(start_program, bohrer, qtbot):
    program = start_program()
    program._shell.show()
    program._on_called(read_caller("030 23125014"))
    program._on_shell_painted()
    qtbot.waitUntil(lambda: program._running is not None)
    search = program._running.stage.search
    qtbot.waitUntil(lambda: search.typed == "030 23125 014")
