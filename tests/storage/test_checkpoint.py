"""When SQLite's log goes into the desk's file: at a quiet moment, else when it has become long."""

from __future__ import annotations

import struct
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from laverma_desk.storage.database import LONGEST_LOG, Database

pytestmark = pytest.mark.files("a server looks after its own log")


def log_pages(database: Database) -> tuple[int, int]:
    """Return how many pages the log holds, and how many of them are in the file: as its index says."""
    index = Path(f"{database.file}-shm").read_bytes()
    return struct.unpack_from("=I", index, 16)[0], struct.unpack_from("=I", index, 96)[0]


def write(database: Database, pages: int) -> None:
    with database.write() as connection:
        connection.execute(text("INSERT INTO filler VALUES (randomblob(:size))"), {"size": pages * 4096})


@pytest.fixture
def filled(database):
    with database.write() as connection:
        connection.execute(text("CREATE TABLE filler (bytes BLOB)"))
    return database


def test_no_writer_folds_what_a_morning_of_pressed_keys_has_written(filled):
    for _turn in range(10):
        write(filled, 300)
    pages, folded = log_pages(filled)
    assert pages > 3000
    assert folded == 0


def test_without_a_quiet_moment_the_log_is_folded_when_it_is_long(filled):
    write(filled, LONGEST_LOG + 10)
    pages, folded = log_pages(filled)
    assert pages == folded > LONGEST_LOG
    write(filled, 1)
    assert log_pages(filled)[0] < 10  # It is written over from its beginning.


def test_a_checkpoint_brings_the_log_into_the_file_once_it_is_worth_it(filled):
    assert not filled.checkpoint(3)
    write(filled, 1)
    assert not filled.checkpoint(3)
    assert log_pages(filled)[1] == 0
    write(filled, 1)
    assert filled.checkpoint(3)
    pages, folded = log_pages(filled)
    assert pages == folded > 0
    assert not filled.checkpoint()
    assert not Path(f"{filled.file}-journal").exists()


def test_neither_reader_nor_writer_is_waited_for(filled):
    with filled.read() as reader:
        before = reader.execute(text("SELECT count(*) FROM filler")).scalar_one()
        with filled.write() as writer:
            writer.execute(text("INSERT INTO filler VALUES (x'00')"))
            folding = threading.Thread(target=filled.checkpoint)
            folding.start()
            folding.join(3)  # Who waited would do so for the five seconds of a busy file.
            assert not folding.is_alive()
        assert filled.checkpoint()
        pages, folded = log_pages(filled)
        assert folded < pages  # Not what the reader does not see yet.
        assert reader.execute(text("SELECT count(*) FROM filler")).scalar_one() == before
    write(filled, 1)
    assert filled.checkpoint()
    pages, folded = log_pages(filled)
    assert folded == pages


def test_what_cannot_be_written_is_not_folded(filled):
    filled.close()
    reader = Database(filled.file, read_only=True)
    try:
        assert not reader.checkpoint()
    finally:
        reader.close()
