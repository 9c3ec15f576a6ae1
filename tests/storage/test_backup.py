"""A copy of a desk is whole, whatever happens to the desk meanwhile."""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from contextlib import closing

import pytest
from sqlalchemy import select

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.storage.backup import copy_desk, problems_of
from laverma_desk.storage.database import Database
from laverma_desk.storage.file_state import FileState, inspect
from laverma_desk.storage.tables import number_range, snippet, supporter


def fill(database: Database, rows: int) -> None:
    with database.write() as connection:
        connection.execute(
            snippet.insert(), [{"position": n, "label": "x" * 200, "text": "y" * 800} for n in range(rows)]
        )


def test_a_copy_of_a_desk_in_use(database, file, tmp_path):
    fill(database, 100)
    with database.read() as reader:
        reader.execute(select(snippet)).all()
        copy_desk(file, tmp_path / "copy.sqlite3")
    copied = Database(tmp_path / "copy.sqlite3")
    with copied.read() as connection:
        assert len(connection.execute(select(snippet)).all()) == 100
    copied.close()
    assert inspect(tmp_path / "copy.sqlite3").state is FileState.CURRENT


def test_a_copy_is_one_file_for_its_owner_alone(database, file, tmp_path):
    fill(database, 5)
    target = tmp_path / "copies"
    target.mkdir()
    copy_desk(file, target / "copy.sqlite3")
    assert [one.name for one in target.iterdir()] == ["copy.sqlite3"]
    assert (target / "copy.sqlite3").read_bytes()[18:20] == b"\x01\x01", "no write-ahead log is asked for"
    if os.name == "posix":
        assert (target / "copy.sqlite3").stat().st_mode & 0o777 == 0o600


def test_a_copy_while_somebody_writes_is_one_moment(database, file, tmp_path):
    """A counter and a list are written together: in a copy they must agree, and no copy may fail."""
    fill(database, 2000)
    stop, trouble = threading.Event(), []

    def write() -> None:
        try:
            with database.write() as connection:
                connection.execute(number_range.insert().values(kind="names", year=0, last=0))
            count = 0
            while not stop.is_set():
                count += 1
                with database.write() as connection:
                    connection.execute(supporter.insert().values(name=f"{count}"))
                    connection.execute(number_range.update().values(last=count))
        except OutsideTrouble as error:
            trouble.append(error)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for place in range(6):
            copy_desk(file, tmp_path / f"{place}.sqlite3")
    finally:
        stop.set()
        thread.join()
    assert trouble == []
    seen = []
    for place in range(6):
        with closing(sqlite3.connect(tmp_path / f"{place}.sqlite3")) as raw:
            (names,) = raw.execute("SELECT count(*) FROM supporter").fetchone()
            (counted,) = raw.execute("SELECT coalesce(max(last), 0) FROM number_range").fetchone()
        assert names == counted
        seen.append(names)
    assert seen == sorted(seen)
    assert seen[-1] > 0, "nobody wrote meanwhile"


def test_a_copy_takes_the_place_of_an_older_one(database, file, tmp_path):
    target = tmp_path / "copy.sqlite3"
    target.write_bytes(b"an older copy")
    copy_desk(file, target)
    assert problems_of(target) == []


def test_a_copy_that_fails_leaves_the_older_one(tmp_path, file):
    target = tmp_path / "copy.sqlite3"
    target.write_bytes(b"an older copy")
    content = bytearray(file.read_bytes())
    content[5000:] = os.urandom(len(content) - 5000)
    file.write_bytes(content)
    with pytest.raises(OutsideTrouble) as trouble:
        copy_desk(file, target)
    assert trouble.value.code is Trouble.DATABASE_BROKEN
    assert target.read_bytes() == b"an older copy"
    assert not list(tmp_path.glob(".*partial*"))


def test_what_a_killed_copy_left_beside_its_half_is_not_taken_over(tmp_path, file):
    for ending in ("", "-journal", "-wal", "-shm"):
        (tmp_path / f".copy.sqlite3.partial{ending}").write_bytes(b"half a copy")
    copy_desk(file, tmp_path / "copy.sqlite3")
    assert problems_of(tmp_path / "copy.sqlite3") == []
    assert not list(tmp_path.glob(".*partial*"))


def test_rows_that_point_nowhere_are_no_copy(database, file, tmp_path):
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("INSERT INTO contact (customer_id, position, name) VALUES (99, 0, 'nobody')")
        raw.commit()
    with pytest.raises(OutsideTrouble) as trouble:
        copy_desk(file, tmp_path / "copy.sqlite3")
    assert trouble.value.code is Trouble.DATABASE_BROKEN
    assert trouble.value.parameters == {"file": "desk.sqlite3"}
    assert not (tmp_path / "copy.sqlite3").exists()


def test_nowhere_to_write(file, tmp_path):
    for target in (tmp_path / "no" / "copy.sqlite3", tmp_path / "folder"):
        (tmp_path / "folder").mkdir(exist_ok=True)
        with pytest.raises(OutsideTrouble) as trouble:
            copy_desk(file, target)
        assert trouble.value.code is Trouble.FILE_UNWRITABLE
    assert not list(tmp_path.glob(".*partial*"))


def test_nothing_to_copy_makes_nothing(tmp_path):
    with pytest.raises(OutsideTrouble):
        copy_desk(tmp_path / "desk.sqlite3", tmp_path / "copy.sqlite3")
    with pytest.raises(OutsideTrouble):
        problems_of(tmp_path / "desk.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_a_whole_desk_has_no_problems(database, file):
    fill(database, 50)
    assert problems_of(file) == []


def test_problems_are_told(file):
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("INSERT INTO supporter (name) VALUES ('Klaus Klassen')")
        raw.execute("INSERT INTO contact (customer_id, position, name) VALUES (99, 0, 'nobody')")
        raw.commit()
    assert problems_of(file) == ["contact 1 → customer"]
    file.write_bytes(file.read_bytes().replace(b"Klaus Klassen", b"Klaus Klasson", 1))
    first, *_others, last = problems_of(file)
    assert "index" in first
    assert last == "contact 1 → customer"


def test_a_file_without_a_head_has_no_list_of_problems(tmp_path):
    (tmp_path / "desk.sqlite3").write_bytes(b"\x01" * 9000)
    with pytest.raises(OutsideTrouble) as trouble:
        problems_of(tmp_path / "desk.sqlite3")
    assert trouble.value.code is Trouble.DATABASE_BROKEN


def test_ctrl_c_on_the_doorstep_of_the_watch_is_no_trouble_of_the_disk(database, file, tmp_path):
    with database.write() as connection:
        connection.execute(
            snippet.insert(),
            [{"position": one, "label": "B", "text": f"Baustein {one}"} for one in range(100_000)],
        )

    def press(frame, event, _argument):
        if event == "call" and frame.f_code.co_name == "on_steps":
            raise KeyboardInterrupt  # before the first line of it, where a signal may come as well

    sys.setprofile(press)
    try:
        with pytest.raises(KeyboardInterrupt):
            copy_desk(file, tmp_path / "kopie.sqlite3")
    finally:
        sys.setprofile(None)
    assert list(tmp_path.glob("*kopie*")) == []
