"""Notes typed on the report page while the file refuses are kept, tried again, and known when one leaves."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import event

from laverma_desk.services.calls import timekeeping
from tests.support.report_desks import end_session
from tests.support.report_page import CTRL, press


@pytest.fixture
def hasty(desk):
    """The file gives up waiting after 20 ms instead of 5 s."""

    def wait_shortly(connection, _record, _proxy):
        connection.execute("PRAGMA busy_timeout = 20")

    event.listen(desk.database.engine, "checkout", wait_shortly)


@contextmanager
def locked(desk):
    """Hold the file as another program would."""
    other = sqlite3.connect(desk.data.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.rollback()
        other.close()


def notes_of(desk, number):
    return timekeeping.read_session(desk, number).notes


def test_a_refused_note_is_kept_said_and_saved_by_itself(page, desk, bohrer, clock, hasty, qtbot):
    number = end_session(desk, bohrer, clock, notes="")
    needs = page.bring(number).needs
    writing = page._mending._notes
    with locked(desk):
        QTest.keyClicks(needs.notes, "Router")
        assert page.flush() is False
        assert needs.notes_field.error().startswith("Konnte nicht speichern.")
        assert writing.timer.isActive()
        assert writing.timer.interval() == 2000
        writing.timer.timeout.emit()
        assert notes_of(desk, number) == ""
    writing.timer.timeout.emit()
    assert notes_of(desk, number) == "Router"
    assert needs.notes_field.error() == ""
    assert not writing.timer.isActive()
    assert page.flush() is True
    qtbot.waitUntil(lambda: not page._preparation.read.running)


def test_nothing_is_sent_before_the_notes_are_on_the_disk(page, desk, bohrer, clock, hasty, qtbot):
    number = end_session(desk, bohrer, clock, notes="")
    needs = page.bring(number).needs
    with locked(desk):
        QTest.keyClicks(needs.notes, "Router")
        press(page, Qt.Key.Key_Return, CTRL)
        assert page._busy is None
    with qtbot.waitSignal(page.report_queued):
        press(page, Qt.Key.Key_Return, CTRL)
    assert notes_of(desk, number) == "Router"


def test_notes_of_another_session_are_saved_in_their_turn(page, desk, bohrer, clock, hasty, qtbot):
    number = end_session(desk, bohrer, clock, notes="")
    other = end_session(desk, bohrer, clock)
    needs = page.bring(number).needs
    with locked(desk):
        QTest.keyClicks(needs.notes, "Router")
        page.leave()
    with locked(desk):
        page.bring(other)
    assert not needs.shows_notes()
    assert notes_of(desk, number) == ""
    with locked(desk):
        page.bring(number)
        assert needs.notes.text() == "Router"
    assert page.flush() is True
    assert notes_of(desk, number) == "Router"
    assert notes_of(desk, other) != "Router"
    qtbot.waitUntil(lambda: not page._preparation.read.running)
