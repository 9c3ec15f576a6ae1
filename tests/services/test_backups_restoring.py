"""A copy comes back: looked at first, at one stroke, the former state kept, no mail sent a second time."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.message import Failure, MessageState
from laverma_desk.mail.secret import Secrets
from laverma_desk.services.backups import leftovers
from laverma_desk.services.backups.restoring import drop_preview, preview_restore, refuse_if_open, restore
from laverma_desk.services.backups.sealed_files import seal_file
from laverma_desk.services.backups.stored_copies import backup_state
from laverma_desk.services.backups.taking import take_copy
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.desk import open_desk
from laverma_desk.services.jobs import JobCancelled
from laverma_desk.services.mails import outbox, queueing
from laverma_desk.services.upkeep import back_up, check_desk
from laverma_desk.storage import backup_sealing, migrate, migrations
from laverma_desk.storage.backup import problems_of
from tests.support.desks import add_customer, memory_secrets, set_mail_account
from tests.support.memory_keyring import MemoryKeyring

pytestmark = pytest.mark.files("copies of the file take the file's place")

PHRASE = "grüne Bäume im März"


@pytest.fixture(autouse=True)
def _little_work(monkeypatch):
    monkeypatch.setattr(backup_sealing, "WORK", 2)


@pytest.fixture
def called(desk, bohrer, clock):
    """A desk with one session that has ended."""
    session = timekeeping.start_session(desk, bohrer.reception).value
    call_sheet.save_notes(desk, session.id, "Drucker eingerichtet", "")
    clock.advance(minutes=12, seconds=22)
    timekeeping.end_session(desk, session.id)
    return replace(desk, secrets=Secrets(MemoryKeyring()))


def call_again(desk, bohrer, clock):
    clock.advance(days=1)
    session = timekeeping.start_session(desk, bohrer.server).value
    clock.advance(minutes=5)
    return timekeeping.end_session(desk, session.id).value


def rows(file):
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


def without_ranges(file):
    """Return the rows of a file but those of its ranges, which only go upwards, also by a restore."""
    return [line for line in rows(file) if not _is_range(line)]


def _is_range(line):
    return line.startswith('INSERT INTO "number_range"')


def hidden(desk):
    return [one.name for one in desk.data.root.iterdir() if one.name.startswith(".")]


@pytest.mark.parametrize("phrase", [None, PHRASE])
def test_the_preview_shows_both_and_restoring_brings_exactly_that(called, bohrer, clock, phrase):
    taken = take_copy(called, phrase)
    before = rows(called.data.database)
    call_again(called, bohrer, clock)
    add_customer(called, "2", "Praxis Neu", "PC 1")
    after = rows(called.data.database)
    preview = preview_restore(called.data, taken.file, phrase)
    assert preview.taken_at == taken.taken_at
    assert not preview.older
    assert (preview.copy.customers, preview.copy.sessions, preview.copy.newest.number) == (
        1,
        1,
        "S-2022-0001",
    )
    assert preview.copy.newest.customer == "ZAP Dr. Bohrer"
    assert (preview.today.customers, preview.today.sessions) == (2, 2)
    assert preview.today.newest.begin > preview.copy.newest.begin
    assert rows(called.data.database) == after, "nothing is touched by looking"

    called.close()
    done = restore(called.data, preview, clock)
    assert without_ranges(called.data.database) == [line for line in before if not _is_range(line)]
    assert rows(done.kept) == after
    assert done.kept == called.data.backups / f"desk-{clock.now():%Y%m%dT%H%M%S}-before-restore.sqlite3"
    assert not done.kept.samefile(called.data.database)
    assert hidden(called) == []
    again = open_desk(called.data, clock, memory_secrets())
    try:
        assert check_desk(again).sound
        back = preview_restore(called.data, done.kept)
        assert back.copy.customers == 2
        drop_preview(back)
        with again.database.read() as connection:
            ranges = connection.exec_driver_sql("SELECT last FROM number_range WHERE kind = 'session'")
            assert ranges.scalars().all() == [2], "what was given to the other session stays given"
    finally:
        again.close()
    assert without_ranges(called.data.database) == [line for line in before if not _is_range(line)], (
        "the kept state is a file of its own"
    )
    assert rows(done.kept) == after


def test_a_preview_that_is_dropped_leaves_nothing(called):
    taken = take_copy(called)
    drop_preview(preview_restore(called.data, taken.file))
    assert hidden(called) == []


def test_a_preview_can_be_called_off(called):
    for phrase in (None, PHRASE):
        taken = take_copy(called, phrase)
        with pytest.raises(JobCancelled):
            preview_restore(called.data, taken.file, phrase, cancelled=lambda: True)
        assert hidden(called) == []


def test_a_locked_copy_asks_for_its_passphrase(called):
    taken = take_copy(called, PHRASE)
    for typed, code in ((None, Rule.PASSPHRASE_WANTED), ("falsch", Rule.PASSPHRASE_WRONG)):
        with pytest.raises(RuleBroken) as caught:
            preview_restore(called.data, taken.file, typed)
        assert (caught.value.code, caught.value.field) == (code, "passphrase")
        assert caught.value.parameters == {"file": taken.file.name}
    assert hidden(called) == []


def _cut(content):
    return content[: len(content) // 2]


def _scrambled(content):
    return content[:5000] + os.urandom(len(content) - 5000)


@pytest.mark.parametrize("phrase", [None, PHRASE])
@pytest.mark.parametrize("spoil", [_cut, _scrambled, lambda _: b"", lambda _: b"no backup at all" * 50])
def test_a_damaged_copy_is_refused_by_name(called, phrase, spoil):
    taken = take_copy(called, phrase)
    taken.file.write_bytes(spoil(taken.file.read_bytes()))
    before = rows(called.data.database)
    with pytest.raises(OutsideTrouble) as caught:
        preview_restore(called.data, taken.file, phrase)
    assert caught.value.code is Trouble.BACKUP_DAMAGED
    assert caught.value.parameters == {"file": taken.file.name}
    assert rows(called.data.database) == before
    assert hidden(called) == []


def _change(file, statement):
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


@pytest.mark.parametrize("phrase", [None, PHRASE])
def test_foreign_and_newer_files_are_refused(called, tmp_path, phrase):
    for statement, code in (
        ("UPDATE alembic_version SET version_num = '9999'", Trouble.DATABASE_NEWER),
        ("PRAGMA application_id = 7", Trouble.BACKUP_DAMAGED),
    ):
        copy = tmp_path / "copy.sqlite3"
        back_up(called, copy)
        _change(copy, statement)
        if phrase:
            seal_file(copy, tmp_path / "copy.age", phrase, lambda _: None)
            copy = tmp_path / "copy.age"
        with pytest.raises(OutsideTrouble) as caught:
            preview_restore(called.data, copy, phrase)
        assert caught.value.code is code
        assert caught.value.parameters["file"] == copy.name
        assert hidden(called) == []
        (tmp_path / "copy.sqlite3").unlink()


def test_the_desk_is_no_copy_of_itself_and_a_missing_file_is_named(called):
    with pytest.raises(RuleBroken) as broken:
        preview_restore(called.data, called.data.database)
    assert broken.value.code is Rule.FILE_IS_THE_DESK
    with pytest.raises(OutsideTrouble) as caught:
        preview_restore(called.data, called.data.root / "fehlt.sqlite3")
    assert caught.value.code is Trouble.FILE_UNREADABLE


@pytest.mark.parametrize("state", ["running", "paused"])
def test_nothing_is_restored_during_a_session(called, bohrer, clock, state):
    taken = take_copy(called)
    preview = preview_restore(called.data, taken.file)
    session = timekeeping.start_session(called, bohrer.server).value
    if state == "paused":
        timekeeping.pause_session(called, session.id)
    called.close()
    before = rows(called.data.database)
    for attempt in (lambda: restore(called.data, preview, clock), lambda: refuse_if_open(called.data)):
        with pytest.raises(RuleBroken) as caught:
            attempt()
        assert caught.value.code is Rule.RESTORE_DURING_SESSION
    assert rows(called.data.database) == before
    assert preview.prepared.exists(), "once the session has ended it may still be brought back"
    drop_preview(preview)


def test_nothing_is_restored_below_an_open_window(called, clock):
    taken = take_copy(called)
    preview = preview_restore(called.data, taken.file)
    with called.database.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM customer").fetchone()
    for attempt in (lambda: refuse_if_open(called.data), lambda: restore(called.data, preview, clock)):
        with pytest.raises(RuleBroken) as caught:
            attempt()
        assert caught.value.code is Rule.DESK_IN_USE
    add_customer(called, "2", "Praxis Neu", "PC 1")
    called.close()
    refuse_if_open(called.data)
    restore(called.data, preview, clock)


def test_a_desk_that_is_damaged_is_replaced_and_kept_as_it_is(called, clock):
    taken = take_copy(called)
    called.close()
    before = rows(called.data.database)
    broken = called.data.database.read_bytes()[:6000] + os.urandom(20_000)
    called.data.database.write_bytes(broken)
    called.data.database.with_name("desk.sqlite3-wal").write_bytes(b"half a log")
    preview = preview_restore(called.data, taken.file)
    assert preview.today is None
    done = restore(called.data, preview, clock)
    assert rows(called.data.database) == before
    assert done.kept.read_bytes() == broken
    assert problems_of(called.data.database) == []


def test_a_desk_that_is_gone_comes_back(called, clock, tmp_path):
    target = tmp_path / "copy.sqlite3"
    back_up(called, target)
    called.close()
    before = rows(called.data.database)
    shutil.rmtree(called.data.root)
    called.data.root.mkdir()
    preview = preview_restore(called.data, target)
    assert preview.today is None
    assert restore(called.data, preview, clock).kept is None
    assert rows(called.data.database) == before


def test_a_file_system_without_links_keeps_the_former_state_too(called, clock, monkeypatch):
    taken = take_copy(called)
    preview = preview_restore(called.data, taken.file)
    add_customer(called, "2", "Praxis Neu", "PC 1")
    called.close()
    after = rows(called.data.database)

    def refuse(*_names):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    done = restore(called.data, preview, clock)
    assert rows(done.kept) == after
    assert not [one for one in done.kept.parent.iterdir() if one.name.startswith(".")]


def test_mails_that_went_out_since_are_not_sent_again(called, bohrer, clock):
    set_mail_account(called, 9)
    first = call_again(called, bohrer, clock)
    second = call_again(called, bohrer, clock)
    for session in (first, second):
        call_sheet.save_notes(called, session.id, "Erledigt", "")
        queueing.queue_report(called, session.id)
    taken = take_copy(called)
    waiting = rows(called.data.database)
    with called.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE message SET state = 'handed_over' WHERE session_id = ?", (first.id,)
        )
    preview = preview_restore(called.data, taken.file)
    called.close()
    done = restore(called.data, preview, clock)
    assert done.held_mails == 1
    again = open_desk(called.data, clock, memory_secrets())
    try:
        states = {one.session_id: one.state for one in outbox.list_messages(again)}
        (held,) = [one for one in outbox.list_messages(again) if one.session_id == first.id]
        assert [one.failure for one in held.attempts] == [Failure.RESTORED]
        assert states == {first.id: MessageState.UNCLEAR, second.id: MessageState.WAITING}
        assert check_desk(again).sound
    finally:
        again.close()
    changed = set(rows(called.data.database)) ^ set(waiting)
    assert {line.split()[2].strip('"') for line in changed if line.startswith("INSERT")} <= {
        "message",
        "attempt",
    }


def test_a_copy_from_an_older_version_is_said_to_be_one_and_brought_up_to_date(called, clock, tmp_path):
    scripts = tmp_path / "migrations"
    later = [f"{name}_*" for name in migrations.REVISIONS[1:]]
    shutil.copytree(Path(migrations.__file__).parent, scripts, ignore=shutil.ignore_patterns(*later))
    old = tmp_path / "old.sqlite3"
    schema = migrate.Schema(scripts, migrations.REVISIONS[:1])
    migrate.open_desk(old, tmp_path / "backups", clock.now, schema=schema).close()
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute(
            "INSERT INTO customer (number, name, created_at) "
            "VALUES ('1', 'Alt', '2021-01-01 00:00:00.000000')"
        )
    preview = preview_restore(called.data, old)
    assert preview.older
    assert (preview.copy.revision, preview.copy.customers) == ("0001", 1)
    called.close()
    restore(called.data, preview, clock)
    again = open_desk(called.data, clock, memory_secrets())
    try:
        assert check_desk(again).sound
        with again.database.read() as connection:
            assert connection.exec_driver_sql("SELECT name FROM customer").fetchall() == [("Alt",)]
    finally:
        again.close()


def test_a_link_that_a_killed_restore_left_is_no_copy(called, clock):
    called.data.backups.mkdir()
    linked = called.data.backups / "desk-20220301T101112-before-restore.sqlite3"
    os.link(called.data.database, linked)
    assert backup_state(called.data, clock.now()).copies == ()
    leftovers.clear_leftovers(called.data)
    assert not linked.exists()
    assert called.data.database.exists()
