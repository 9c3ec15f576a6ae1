"""Checking and copying a desk, and reports as files, with damage that is really there."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pypdf import PdfReader

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.paths import DataDir
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.desk import open_desk, open_desk_to_read
from laverma_desk.services.mails import queueing
from laverma_desk.services.mails.report_file import find_session, write_report
from laverma_desk.services.upkeep import Holdings, back_up, check_desk
from laverma_desk.storage.file_state import FileState, inspect
from tests.support.connection_logs import at, line, read
from tests.support.desks import memory_secrets, set_mail_account
from tests.support.older_desks import make_first_desk
from tests.support.raw_words import say


@pytest.fixture
def reported(desk, bohrer, clock):
    """A session whose report waits in the outbox."""
    session = timekeeping.start_session(desk, bohrer.reception).value
    call_sheet.save_notes(desk, session.id, "Drucker eingerichtet", "")
    clock.advance(minutes=12, seconds=22)
    ended = timekeeping.end_session(desk, session.id).value
    set_mail_account(desk, 25)
    queueing.queue_report(desk, ended.id)
    return ended


def _damage(desk, statement):
    """Do to the store what the desk itself forbids: without its triggers and foreign keys."""
    if desk.database.shared:
        with desk.database.write() as connection:
            say(connection, "SET LOCAL session_replication_role = replica")
            say(connection, statement.replace("x'00'", "'\\x00'"))
        return
    desk.database.close()
    with closing(sqlite3.connect(desk.data.database)) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        connection.commit()


def _sound(desk):
    try:
        return check_desk(desk).sound
    except OutsideTrouble as error:
        return error.code is not Trouble.DATABASE_BROKEN


def test_a_sound_desk_is_said_to_be_sound(desk, reported):
    health = check_desk(desk)
    assert health.sound
    assert health.holdings == Holdings(customers=1, workstations=2, sessions=1, documents=2, mails=1)


def test_connections_are_counted(desk, bohrer):
    read(desk, line(at("10:00"), at("10:05")), line(at("12:00"), at("12:05")))
    assert check_desk(desk).holdings.connections == 2


@pytest.mark.files("nobody opens a server's desk of another version")
def test_a_desk_of_an_earlier_program_is_checked_as_it_is(tmp_path, clock):
    data = DataDir(tmp_path)
    make_first_desk(data.database)
    desk = open_desk_to_read(data, clock, memory_secrets())
    try:
        health = check_desk(desk)
    finally:
        desk.close()
    assert health.sound
    assert health.holdings == Holdings(customers=0, workstations=0, sessions=0, documents=0, mails=0)
    assert inspect(data.database).state is FileState.OLDER


def test_a_document_that_was_altered_is_found(desk, reported):
    _damage(desk, "UPDATE document SET content = x'00' WHERE kind = 'mail'")
    health = check_desk(desk)
    assert not health.sound
    assert [name for _number, name in health.documents] == ["mail.eml"]


def test_a_row_that_points_nowhere_is_found(desk, reported):
    _damage(desk, "DELETE FROM workstation")
    health = check_desk(desk)
    assert any("session" in line for line in health.damage)


@pytest.mark.files("a server looks after its own pages")
def test_a_broken_page_is_found(desk, reported):
    desk.database.close()
    with desk.data.database.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 8192)
    assert not _sound(desk)


@pytest.mark.files("a server's backup is pg_dump's: test_server_backup.py")
def test_a_backup_is_a_desk_that_opens_with_everything_in_it(desk, reported, tmp_path, clock):
    target = tmp_path / "sicherung" / "desk.sqlite3"
    target.parent.mkdir()
    copy = back_up(desk, target)
    assert copy.size == target.stat().st_size
    assert copy.holdings == check_desk(desk).holdings
    again = open_desk(DataDir(target.parent), clock, memory_secrets())
    try:
        assert check_desk(again).sound
        assert find_session(again, reported.number).notes == "Drucker eingerichtet"
    finally:
        again.close()


@pytest.mark.files("a server's backup is pg_dump's: test_server_backup.py")
def test_an_earlier_backup_is_replaced(desk, reported, tmp_path):
    target = tmp_path / "sicherung.sqlite3"
    first = back_up(desk, target)
    assert back_up(desk, target).size == first.size


@pytest.mark.files("a server's desk is no file")
@pytest.mark.parametrize("way", ["itself", "log", "dotted", "link", "hard link"])
def test_a_backup_onto_the_desk_itself_is_refused(desk, tmp_path, way):
    own = desk.data.database
    target = {
        "itself": own,
        "log": own.with_name(own.name + "-wal"),
        "dotted": own.parent / "." / ".." / own.parent.name / own.name,
        "link": tmp_path / "verweis",
        "hard link": tmp_path / "zweiter",
    }[way]
    if way == "link":
        target.symlink_to(own)
    if way == "hard link":
        os.link(own, target)
    with pytest.raises(RuleBroken) as caught:
        back_up(desk, target)
    assert caught.value.code is Rule.FILE_IS_THE_DESK
    assert check_desk(desk).sound


@pytest.mark.files("a server's backup is pg_dump's: test_server_backup.py")
def test_a_file_that_is_no_backup_is_not_overwritten(desk, tmp_path):
    other = tmp_path / "kunden.csv"
    other.write_text("Kundennummer;Name\n1;Praxis\n", "utf-8")
    with pytest.raises(RuleBroken) as caught:
        back_up(desk, other)
    assert caught.value.code is Rule.FILE_IS_FOREIGN
    assert other.read_text("utf-8").startswith("Kundennummer")


@pytest.mark.files("a server's backup is pg_dump's: test_server_backup.py")
@pytest.mark.parametrize("place", ["ordner", "fehlt/sicherung.sqlite3", "ordner/datei/sicherung.sqlite3"])
def test_a_place_that_cannot_be_written_is_named(desk, tmp_path, place):
    (tmp_path / "ordner").mkdir()
    (tmp_path / "ordner" / "datei").write_text("", "utf-8")
    with pytest.raises(OutsideTrouble) as caught:
        back_up(desk, tmp_path / place)
    assert caught.value.code is Trouble.FILE_UNWRITABLE


def test_a_report_is_written_as_pdf_and_over_an_older_one(desk, reported, tmp_path):
    target = tmp_path / "bericht.pdf"
    target.write_bytes(b"alt")
    size = write_report(desk, reported, target)
    assert target.stat().st_size == size
    assert "Drucker eingerichtet" in PdfReader(target).pages[0].extract_text()
    assert [one.name for one in tmp_path.iterdir() if "partial" in one.name] == []


def test_a_report_never_overwrites_the_desk(desk, reported):
    with pytest.raises(RuleBroken) as caught:
        write_report(desk, reported, desk.data.database)
    assert caught.value.code is Rule.FILE_IS_THE_DESK


def test_a_report_into_a_missing_folder_is_said(desk, reported, tmp_path):
    with pytest.raises(OutsideTrouble) as caught:
        write_report(desk, reported, tmp_path / "fehlt" / "bericht.pdf")
    assert caught.value.code is Trouble.FILE_UNWRITABLE


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="needs devices")
def test_a_device_is_never_replaced_by_a_file(desk, reported):
    for device in ("/dev/null", "/dev/stdout"):
        with pytest.raises(OutsideTrouble) as caught:
            write_report(desk, reported, Path(device))
        assert caught.value.code is Trouble.FILE_UNWRITABLE
    assert not Path("/dev/null").is_file()


def test_sessions_are_found_by_number_in_any_case(desk, reported):
    assert find_session(desk, " s-2022-0001 ").id == reported.id
    with pytest.raises(RuleBroken) as caught:
        find_session(desk, "S-2022-9999")
    assert caught.value.code is Rule.SESSION_UNKNOWN
