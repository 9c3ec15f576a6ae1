"""A desk moves from its folder to a server and back: every value or none, and the source is untouched."""

# ruff: noqa: F811 (fixtures)

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime

import pytest

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.paths import DataDir
from laverma_desk.services import moving
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.desk import open_desk
from laverma_desk.services.invoicing.verifying import verify
from laverma_desk.services.jobs import JobCancelled
from laverma_desk.services.moving import move_to_folder, move_to_server
from laverma_desk.services.setup import house
from laverma_desk.services.shared_desk import open_shared_desk
from laverma_desk.services.upkeep import check_desk
from laverma_desk.storage import heartbeats
from laverma_desk.storage.moving import examining
from laverma_desk.storage.moving.lines import moved_tables
from laverma_desk.storage.postgresql.server import WRITING, open_connection
from laverma_desk.storage.schema import metadata
from tests.support.desks import memory_secrets
from tests.support.moving_desks import (
    content,
    everything,
    said,
    schema,
    story,  # noqa: F401 (a fixture)
    tables_of,
    target,  # noqa: F401 (a fixture)
)

pytestmark = pytest.mark.files("each test names its engines itself")


def test_there_and_back_again_every_value_is_the_same(story, target, tmp_path):
    data = story.desk.data
    story.desk.close()
    before, rows = content(data.database), everything(data.database)
    seen = []
    moved = move_to_server(data, target, memory_secrets(), lambda done, total: seen.append(done / total))
    assert content(data.database) == before
    assert sorted(one.name for one in data.root.iterdir()) == sorted({"desk.sqlite3", "backups"} & {
        one.name for one in data.root.iterdir()})  # fmt: skip
    assert seen == sorted(seen)
    assert seen[-1] > 0.9
    assert {name: one.rows for name, one in moved.tables.items()} == {n: len(r) for n, r in rows.items()}
    assert dict(moved.tables["invoice"].sums)["gross_cents"] != 0
    desk = open_shared_desk(DataDir(tmp_path / "mine"), target, story.clock, memory_secrets())
    assert verify(desk) == ()
    health = check_desk(desk)
    assert (health.damage, health.documents, health.unsearchable) == ((), (), 0)
    desk.close()
    back = DataDir(tmp_path / "back")
    again = move_to_folder(target, back, memory_secrets(), story.clock)
    assert again.tables == moved.tables
    assert everything(back.database) == rows
    assert schema(back.database) == schema(data.database)
    assert [one.name for one in back.root.iterdir() if one.name.startswith(".")] == []
    desk = open_desk(back, story.clock, memory_secrets())
    assert check_desk(desk).damage == ()
    assert verify(desk) == ()
    desk.close()


def test_work_goes_on_at_the_server(story, target, tmp_path):
    data = story.desk.data
    with story.desk.database.read() as connection:
        (station,) = connection.exec_driver_sql("SELECT max(id) FROM workstation WHERE NOT archived").first()
    story.desk.close()
    move_to_server(data, target, memory_secrets())
    desk = open_shared_desk(DataDir(tmp_path / "mine"), target, story.clock, memory_secrets())
    assert house.save_supporter(desk, "Jana Petersen", "").value
    session = timekeeping.start_session(desk, station).value
    call_sheet.save_notes(desk, session.id, "nach dem Umzug", "")
    story.clock.advance(minutes=12)
    ended = timekeeping.end_session(desk, session.id).value
    rows = everything(data.database)
    assert ended.id == 1 + max(row[0] for row in rows["session"])
    assert ended.number not in {row[1] for row in rows["session"]}
    assert check_desk(desk).damage == (), "counters go on behind the keys"
    # What the schema refuses, it refuses as before.
    with pytest.raises(Exception, match="never"), desk.database.write() as connection:
        connection.exec_driver_sql("UPDATE invoice SET gross_cents = 1, net_cents = 1, vat_cents = 0")
    desk.close()


def test_a_call_that_runs_is_asked_about_afterwards(desk, bohrer, clock, target, tmp_path):
    session = timekeeping.start_session(desk, bohrer.reception).value
    clock.advance(minutes=5)
    with desk.database.write() as connection:
        heartbeats.write_beat(connection, clock.now(), 4711.0)
    desk.close()
    move_to_server(desk.data, target, memory_secrets())
    assert said(target, "SELECT id, at, uptime_ms FROM heartbeat") == [
        (session.supporter_id, datetime(2022, 3, 1, 9, 27, tzinfo=UTC), None)
    ]
    back = DataDir(tmp_path / "back")
    move_to_folder(target, back, memory_secrets(), clock)
    with closing(sqlite3.connect(back.database)) as raw:
        assert raw.execute("SELECT id, at FROM heartbeat").fetchall() == [(1, "2022-03-01 09:27:00.000000")]


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE customer SET city = 'A' || char(0) || 'B' WHERE id = 1", "customer 1 10017 (city)"),
        ("UPDATE customer SET city = CAST(x'ff41' AS TEXT) WHERE id = 1", "customer 1 10017 (city)"),
        ("UPDATE customer SET on_site_cents = 'viel' WHERE id = 1", "customer 1 10017 (on_site_cents)"),
        ("UPDATE customer SET since = '2022-02-30' WHERE id = 1", "customer 1 10017 (since)"),
        ("UPDATE customer SET restricted_at = 'gestern' WHERE id = 1", "customer 1 10017 (restricted_at)"),
        ("UPDATE customer SET payment_days = 3000000000 WHERE id = 1", "customer 1 10017 (payment_days)"),
        ("UPDATE setting SET value = '{' WHERE key = 'desk'", "setting desk (value)"),
    ],
)
def test_what_a_server_cannot_hold_is_named_before_anything_is_written(
    desk, bohrer, target, statement, place
):
    desk.close()
    with closing(sqlite3.connect(desk.data.database)) as raw:
        raw.execute(statement)
        raw.commit()
    with pytest.raises(RuleBroken) as caught:
        move_to_server(desk.data, target, memory_secrets())
    assert caught.value.code is Rule.MOVE_VALUE_FOREIGN
    assert caught.value.parameters["places"] == place
    assert tables_of(target) == []


def test_a_server_that_holds_something_is_left_alone(story, target):
    data = story.desk.data
    story.desk.close()
    move_to_server(data, target, memory_secrets())
    before = said(target, "SELECT number, name FROM customer ORDER BY id")
    with pytest.raises(RuleBroken) as caught:
        move_to_server(data, target, memory_secrets())
    assert caught.value.code is Rule.MOVE_TARGET_FILLED
    assert said(target, "SELECT number, name FROM customer ORDER BY id") == before


def test_a_server_that_was_only_prepared_takes_the_desk(story, target, tmp_path):
    from laverma_desk.services.server_people import prepare_server  # noqa: PLC0415

    prepare_server(target, memory_secrets())
    desk = open_shared_desk(DataDir(tmp_path / "mine"), target, story.clock, memory_secrets())
    house.prepare_new_desk(desk)
    desk.close()
    data = story.desk.data
    story.desk.close()
    move_to_server(data, target, memory_secrets())
    assert said(target, "SELECT count(*) FROM snippet") == [(len(everything(data.database)["snippet"]),)]


@pytest.mark.parametrize("at", [0.1, 0.4, 0.6, 0.9])
@pytest.mark.parametrize("error", [KeyboardInterrupt, None])
def test_called_off_nothing_is_left(story, target, tmp_path, at, error):
    data = story.desk.data
    story.desk.close()
    share = [0.0]

    def progress(done, total):
        share[0] = done / total
        if error is not None and share[0] > at:
            raise error

    with pytest.raises(error or JobCancelled):
        move_to_server(data, target, memory_secrets(), progress, lambda: error is None and share[0] > at)
    assert tables_of(target) == []
    share[0] = 0.0
    at, wanted = 2.0, move_to_server(data, target, memory_secrets())
    at, back = 0.5, DataDir(tmp_path / "back")
    with pytest.raises(error or JobCancelled):
        move_to_folder(target, back, memory_secrets(), story.clock, progress,
                       lambda: error is None and share[0] > at)  # fmt: skip
    assert not back.database.exists()
    assert list(back.root.iterdir()) == []
    assert wanted.rows


def test_what_arrives_otherwise_is_not_kept(story, target, monkeypatch):
    data = story.desk.data
    story.desk.close()
    real = moving.counted

    def spoilt(lines, told):
        for line in real(lines, told):
            yield line.replace(b"Zeile 2", b"Zeile 3")

    monkeypatch.setattr(moving, "counted", spoilt)
    with pytest.raises(RuleBroken) as caught:
        move_to_server(data, target, memory_secrets())
    assert (caught.value.code, caught.value.parameters["table"]) == (Rule.MOVE_DIFFERS, "customer")
    assert tables_of(target) == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE document SET content = x'00' WHERE id = 1", Rule.MOVE_SOURCE_DAMAGED),
        ("UPDATE invoice SET chain_sha256 = 'x' WHERE id = 1", Rule.MOVE_SOURCE_DAMAGED),
        ("DELETE FROM workstation", Trouble.DATABASE_BROKEN),
    ],
)
def test_a_damaged_desk_stays_where_it_is(story, target, statement, code):
    data = story.desk.data
    story.desk.close()
    with closing(sqlite3.connect(data.database)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(statement)
        raw.commit()
    with pytest.raises((RuleBroken, OutsideTrouble)) as caught:
        move_to_server(data, target, memory_secrets())
    assert caught.value.code is code
    assert tables_of(target) == []


def test_a_desk_that_somebody_has_open_is_not_moved(story, target):
    with story.desk.database.read() as connection:
        connection.exec_driver_sql("SELECT 1 FROM customer").first()
        with pytest.raises(RuleBroken) as caught:
            move_to_server(story.desk.data, target, memory_secrets())
    assert caught.value.code is Rule.DESK_IN_USE
    assert tables_of(target) == []


def test_a_server_at_which_others_work_is_not_moved(story, target, tmp_path, monkeypatch):
    data = story.desk.data
    story.desk.close()
    move_to_server(data, target, memory_secrets())
    monkeypatch.setattr("laverma_desk.storage.moving.examining._LEAVING_SECONDS", 0.1)
    other = open_shared_desk(DataDir(tmp_path / "mine"), target, story.clock, memory_secrets())
    with other.database.read(), pytest.raises(RuleBroken) as caught:
        move_to_folder(target, DataDir(tmp_path / "back"), memory_secrets(), story.clock)
    other.close()
    assert caught.value.code is Rule.MOVE_OTHERS_WORK


def test_what_is_written_last_before_the_move_begins_comes_along(story, target, tmp_path, qtbot):
    data = story.desk.data
    story.desk.close()
    move_to_server(data, target, memory_secrets())
    back = DataDir(tmp_path / "back")
    with (
        ThreadPoolExecutor(1) as mover,
        closing(open_connection(target, lambda: None, autocommit=True)) as last,
    ):
        with last.transaction():
            last.execute(f"SELECT pg_advisory_xact_lock({WRITING})")
            moved = mover.submit(move_to_folder, target, back, memory_secrets(), story.clock)
            waits = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            qtbot.waitUntil(lambda: said(target, waits) == [(1,)] or moved.done())
            last.execute("UPDATE customer SET city = 'Zuletzt' WHERE id = 1")
        last.close()
        moved.result()
    with closing(sqlite3.connect(back.database)) as raw:
        assert raw.execute("SELECT city FROM customer WHERE id = 1").fetchall() == [("Zuletzt",)]


def test_whoever_leaves_in_this_moment_is_waited_for(story, target, tmp_path, monkeypatch):
    data = story.desk.data
    story.desk.close()
    move_to_server(data, target, memory_secrets())
    other = open_connection(target, lambda: None, autocommit=True)
    monkeypatch.setattr(examining, "_wait", other.close)
    assert move_to_folder(target, DataDir(tmp_path / "back"), memory_secrets(), story.clock).rows
    assert other.closed


def test_places_without_a_desk_are_said(tmp_path, target, clock):
    with pytest.raises(RuleBroken) as caught:
        move_to_server(DataDir(tmp_path / "leer"), target, memory_secrets())
    assert caught.value.code is Rule.MOVE_NOTHING_THERE
    with pytest.raises(OutsideTrouble) as refused:
        move_to_folder(target, DataDir(tmp_path / "back"), memory_secrets(), clock)
    assert refused.value.code is Trouble.SERVER_NOT_PREPARED


def test_a_folder_that_has_a_desk_is_left_alone(story, target, desk):
    data = story.desk.data
    story.desk.close()
    move_to_server(data, target, memory_secrets())
    desk.close()
    before = content(desk.data.database)
    with pytest.raises(RuleBroken) as caught:
        move_to_folder(target, desk.data, memory_secrets(), story.clock)
    assert caught.value.code is Rule.MOVE_TARGET_FILLED
    assert content(desk.data.database) == before


def test_every_table_is_moved_or_said_not_to_be(desk):
    desk.close()
    with closing(sqlite3.connect(desk.data.database)) as raw:
        there = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    derived = {name for name in there if name.startswith(("session_words", "sqlite_"))}
    assert there - derived - {"alembic_version", "heartbeat"} == {table.name for table in moved_tables()}
    assert set(metadata.tables) - {"heartbeat"} == {table.name for table in moved_tables()}
