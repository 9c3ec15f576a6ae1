"""What lies at a desk's path is told apart before anybody writes to it."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.storage.file_state import FileState, Inspection, inspect
from laverma_desk.storage.migrate import open_desk
from laverma_desk.storage.migrations import REVISIONS
from tests.storage.conftest import NOON


def trouble_at(file) -> OutsideTrouble:
    """Return what both ways in say of a file, which must be the same, and must leave it as it is."""
    before = file.read_bytes() if file.is_file() else None
    with pytest.raises(OutsideTrouble) as looked_at:
        inspect(file)
    with pytest.raises(OutsideTrouble) as opened:
        open_desk(file, file.parent / "backups", lambda: NOON)
    assert looked_at.value.code is opened.value.code
    if before is not None:
        assert file.read_bytes() == before
    assert not (file.parent / "backups").exists()
    return opened.value


def test_nothing_there(tmp_path):
    assert inspect(tmp_path / "no" / "desk.sqlite3") == Inspection(FileState.ABSENT)


def test_a_current_desk(file):
    before = file.read_bytes()
    assert inspect(file) == Inspection(FileState.CURRENT, REVISIONS[-1])
    assert file.read_bytes() == before
    assert [one.name for one in file.parent.iterdir()] == ["desk.sqlite3"]


def test_an_older_desk(file):
    assert inspect(file, (*REVISIONS, "9999")) == Inspection(FileState.OLDER, REVISIONS[-1])


def test_a_newer_desk(file):
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
    trouble = trouble_at(file)
    assert trouble.code is Trouble.DATABASE_NEWER
    assert trouble.parameters == {"file": str(file), "version": "9999"}


def test_somebody_elses_sqlite_file(tmp_path):
    file = tmp_path / "desk.sqlite3"
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("CREATE TABLE alembic_version (version_num TEXT)")
        raw.execute("INSERT INTO alembic_version VALUES ('0001')")
        raw.commit()
    assert trouble_at(file).code is Trouble.DATABASE_FOREIGN


def test_somebody_elses_log_is_not_folded_in(tmp_path):
    file = tmp_path / "desk.sqlite3"
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("CREATE TABLE theirs (x)")
        raw.commit()
        kept = {one: (tmp_path / one).read_bytes() for one in ("desk.sqlite3", "desk.sqlite3-wal")}
    for name, content in kept.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(OutsideTrouble) as trouble:
        inspect(file)
    assert trouble.value.code is Trouble.DATABASE_FOREIGN
    assert {one: (tmp_path / one).read_bytes() for one in kept} == kept


@pytest.mark.parametrize("size", [1, 15, 16, 100, 4096, 70_000])
def test_random_bytes(tmp_path, size):
    file = tmp_path / "desk.sqlite3"
    file.write_bytes(random.Random(size).randbytes(size))
    trouble = trouble_at(file)
    assert trouble.code is Trouble.DATABASE_BROKEN
    assert trouble.parameters == {"file": str(file)}


@pytest.mark.parametrize("keep", [16, 50, 100, 1024, 4096, 40_000])
def test_cut_off_in_the_middle(file, keep):
    whole = file.read_bytes()
    assert len(whole) > keep
    file.write_bytes(whole[:keep])
    assert trouble_at(file).code is Trouble.DATABASE_BROKEN


def test_our_header_before_rubbish(file):
    file.write_bytes(file.read_bytes()[:100] + os.urandom(60_000))
    assert trouble_at(file).code is Trouble.DATABASE_BROKEN


@pytest.mark.parametrize("damage", ["DELETE FROM alembic_version", "DROP TABLE alembic_version"])
def test_ours_without_its_version(file, damage):
    with closing(sqlite3.connect(file)) as raw:
        raw.execute(damage)
        raw.commit()
    assert trouble_at(file).code is Trouble.DATABASE_BROKEN


def test_an_empty_file_becomes_a_desk(tmp_path):
    file = tmp_path / "desk.sqlite3"
    file.touch()
    assert inspect(file).state is FileState.ABSENT
    open_desk(file, tmp_path / "backups", lambda: NOON).close()
    assert inspect(file).state is FileState.CURRENT


def test_an_emptied_file_with_a_log_beside_it_is_not_thrown_away(tmp_path):
    file, log = tmp_path / "desk.sqlite3", tmp_path / "desk.sqlite3-wal"
    file.touch()
    log.write_bytes(b"what is left of a day")
    assert trouble_at(file).code is Trouble.DATABASE_BROKEN
    assert log.read_bytes() == b"what is left of a day"


def test_a_folder_in_place_of_the_file(tmp_path):
    (tmp_path / "desk.sqlite3").mkdir()
    assert trouble_at(tmp_path / "desk.sqlite3").code is Trouble.FILE_UNREADABLE


def test_a_file_in_place_of_the_folder(tmp_path):
    (tmp_path / "desk").touch()
    assert trouble_at(tmp_path / "desk" / "desk.sqlite3").code is Trouble.FILE_UNREADABLE


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no /proc here")
def test_a_folder_in_which_nobody_can_write(tmp_path):
    with pytest.raises(OutsideTrouble) as trouble:
        open_desk(Path("/proc/laverma/desk.sqlite3"), tmp_path, lambda: NOON)
    assert trouble.value.code is Trouble.FOLDER_UNWRITABLE
    assert trouble.value.parameters == {"folder": "/proc/laverma"}
