"""Transactions on a desk, file or server: durable, immediate, whole or not at all."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing

import pytest
from sqlalchemy import event, inspect, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.storage.database import Database
from laverma_desk.storage.postgresql.server import Server
from laverma_desk.storage.store import Store
from laverma_desk.storage.tables import snippet, supporter


def patience(database: Store, milliseconds: int) -> None:
    """Let new connections of a database wait shorter than people would."""
    said = (
        f"SET lock_timeout = {milliseconds}" if database.shared else f"PRAGMA busy_timeout = {milliseconds}"
    )

    def shorten(raw, _record) -> None:
        raw.execute(said)
        raw.commit()

    database.close()
    event.listen(database.engine, "connect", shorten)


def pragmas(connection) -> tuple[int, ...]:
    names = ("foreign_keys", "synchronous", "busy_timeout", "secure_delete")
    return tuple(connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in names)


def add(connection, name: str) -> None:
    connection.execute(supporter.insert().values(name=name))


def names(connection) -> list[str]:
    return list(connection.execute(select(supporter.c.name).order_by(supporter.c.id)).scalars())


@pytest.mark.files("a server's connections are told by `Server`")
def test_every_new_connection_has_its_pragmas(database):
    with database.read() as one, database.read() as two, database.write() as three:
        for connection in (one, two, three):
            assert pragmas(connection) == (1, 2, 5000, 2)
            assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"


@pytest.mark.files("as above")
def test_in_every_thread_too(database):
    found, together = [], threading.Barrier(4)

    def work() -> None:
        with database.read() as connection:
            together.wait(10)
            found.append(pragmas(connection))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == [(1, 2, 5000, 2)] * 4


def test_foreign_keys_are_kept(database):
    with pytest.raises(IntegrityError), database.write() as connection:
        connection.execute(text("INSERT INTO contact (customer_id, position, name) VALUES (99, 0, 'x')"))


def test_a_block_that_ends_is_written(database):
    with database.write() as connection:
        add(connection, "Klaus")
    other = Server(database.address, lambda: None) if database.shared else Database(database.file)
    with other.read() as connection:
        assert names(connection) == ["Klaus"]
    other.close()


def test_an_exception_leaves_nothing(database):
    class Unforeseen(Exception):
        pass

    with pytest.raises(Unforeseen), database.write() as connection:  # noqa: PT012 (the block is the test)
        add(connection, "Klaus")
        connection.execute(text("CREATE TABLE half (x text)"))
        raise Unforeseen
    with database.read() as connection:
        assert names(connection) == []
        assert not inspect(connection).has_table("half")


def test_a_failed_statement_leaves_nothing_of_the_whole_block(database):
    with pytest.raises(IntegrityError), database.write() as connection:  # noqa: PT012 (as above)
        add(connection, "Klaus")
        add(connection, "Klaus")
    with database.write() as connection:
        assert names(connection) == []
        add(connection, "Klaus")


def test_a_writer_holds_the_desk_from_its_first_moment(database):
    patience(database, 30)
    with database.write(), pytest.raises(OutsideTrouble) as trouble, database.write():
        pytest.fail("a second writer got in")
    said = (trouble.value.code, trouble.value.parameters)
    if database.shared:
        assert said == (Trouble.SERVER_BUSY, {"server": database.address.shown})
    else:
        assert said == (Trouble.DATABASE_BUSY, {"file": "desk.sqlite3"})


def test_a_second_writer_waits_for_the_first(database):
    inside, done = threading.Event(), []

    def second() -> None:
        inside.wait(10)
        with database.write() as connection:
            done.append(names(connection))

    thread = threading.Thread(target=second)
    thread.start()
    with database.write() as connection:
        inside.set()
        add(connection, "Klaus")
        thread.join(0.1)
        assert done == []
    thread.join(10)
    assert done == [["Klaus"]]


def test_a_reader_never_waits_and_sees_one_state(database):
    with database.read() as reader:
        assert names(reader) == []
        with database.write() as writer:
            add(writer, "Klaus")
            with database.read() as other:
                assert names(other) == [], "nothing is seen before it is written"
        assert names(reader) == [], "a read sees the state in which it began"
    with database.read() as reader:
        assert names(reader) == ["Klaus"]


def test_the_connection_that_was_used_last_is_used_next(database):
    """It has the pages and the prepared statements at hand."""

    def driver(connection):
        return connection.connection.driver_connection

    with database.read() as outer:
        first = driver(outer)
        with database.read() as inner:
            assert driver(inner) is not first
    for _turn in range(3):
        with database.write() as connection:
            assert driver(connection) is first


def test_a_read_does_not_hold_a_writer_up(database):
    patience(database, 30)
    with database.read() as reader:
        names(reader)
        with database.write() as writer:
            add(writer, "Klaus")


def test_a_mistake_of_the_program_stays_a_bug(database):
    with pytest.raises(DBAPIError), database.read() as connection:
        connection.execute(text("SELECT * FROM no_such_table"))


@pytest.mark.parametrize("what", ["read", "write"])
def test_a_file_that_went_away_is_said(tmp_path, what):
    lost = Database(tmp_path / "gone" / "desk.sqlite3")
    with pytest.raises(OutsideTrouble) as trouble, getattr(lost, what)():
        pytest.fail("there is no file")
    assert trouble.value.code is Trouble.FILE_UNWRITABLE


def test_a_file_that_is_none_is_said(tmp_path):
    (tmp_path / "desk.sqlite3").write_bytes(b"SQLite format 3\x00" + b"\x07" * 5000)
    broken = Database(tmp_path / "desk.sqlite3")
    with pytest.raises(OutsideTrouble) as trouble, broken.read():
        pytest.fail("this is no desk")
    assert trouble.value.code is Trouble.DATABASE_BROKEN


def test_a_page_that_broke_while_it_was_open_is_said(database, file):
    with database.write() as connection:
        connection.execute(
            snippet.insert(), [{"position": n, "label": "x" * 500, "text": "y" * 500} for n in range(200)]
        )
    database.close()
    content = bytearray(file.read_bytes())
    content[-40_000:] = b"\xff" * 40_000
    file.write_bytes(content)
    with pytest.raises(OutsideTrouble) as trouble, database.read() as connection:
        connection.execute(select(snippet)).all()
    assert trouble.value.code is Trouble.DATABASE_BROKEN


@pytest.mark.files("it is about a file")
def test_a_read_only_file_is_said(database):
    event.listen(database.engine, "connect", lambda raw, _: raw.execute("PRAGMA query_only = ON"))
    with pytest.raises(OutsideTrouble) as trouble, database.write() as connection:
        add(connection, "Klaus")
    assert trouble.value.code is Trouble.FILE_UNWRITABLE


def test_closing_leaves_one_file(database, file):
    with database.write() as connection:
        add(connection, "Klaus")
    assert file.with_name("desk.sqlite3-wal").exists()
    database.close()
    assert [one.name for one in file.parent.iterdir()] == ["desk.sqlite3"]
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("SELECT count(*) FROM supporter").fetchone() == (1,)


def test_a_folder_may_have_any_name(tmp_path, blank_desk):
    folder = tmp_path / "Büro #1, 100 %? & Söhne"
    folder.mkdir()
    (folder / "desk.sqlite3").write_bytes(blank_desk)
    opened = Database(folder / "desk.sqlite3")
    with opened.write() as connection:
        add(connection, "Klaus")
    opened.close()
    assert [one.name for one in folder.iterdir()] == ["desk.sqlite3"]
    assert [one.name for one in tmp_path.iterdir()] == [folder.name]
