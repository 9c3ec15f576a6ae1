"""Two programs that start at once make or migrate a desk once: what the first one writes then stays."""

from __future__ import annotations

import errno
import sqlite3
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.storage import alone, migrate, opening
from laverma_desk.storage.alone import alone_in
from laverma_desk.storage.backup import problems_of
from laverma_desk.storage.file_state import FileState, inspect
from laverma_desk.storage.migrate import open_desk
from tests.storage.conftest import NOON
from tests.support.older_desks import make_first_desk

SAID = "INSERT INTO customer (number, name, created_at) VALUES ('1', 'ZAP', '2022-03-01 00:00:00.000000')"


@pytest.fixture
def blocked(monkeypatch):
    """Is set once somebody has to wait for a turn."""
    noticed, usual = threading.Event(), alone._wait

    def wait():
        noticed.set()
        usual()

    monkeypatch.setattr(alone, "_wait", wait)
    return noticed


def start(file: Path):
    return open_desk(file, file.parent / "backups", lambda: NOON)


def names(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as raw:
        return [name for (name,) in raw.execute("SELECT name FROM customer")]


def start_beside(monkeypatch, blocked, file: Path, step: str) -> None:
    """Start, and right before a step let another one start, write and close, as far as it gets."""
    usual, failed, threads = getattr(migrate, step), [], []

    def other():
        try:
            database = start(file)
            with database.write() as connection:
                connection.exec_driver_sql(SAID)
            database.close()
        except Exception as error:  # noqa: BLE001 (it is looked at below)
            failed.append(error)

    def stepping(*arguments):
        monkeypatch.setattr(migrate, step, usual)
        threads.append(threading.Thread(target=other))
        threads[0].start()
        while threads[0].is_alive() and not blocked.wait(0.01):
            pass
        return usual(*arguments)

    monkeypatch.setattr(migrate, step, stepping)
    start(file).close()
    threads[0].join(60)
    assert failed == []


@pytest.mark.parametrize("step", ["copy_desk", "_upgrade", "swap_in"])
def test_an_older_desk_is_migrated_once(tmp_path, monkeypatch, blocked, step):
    file = tmp_path / "desk.sqlite3"
    make_first_desk(file)
    start_beside(monkeypatch, blocked, file, step)
    assert names(file) == ["ZAP"]
    assert problems_of(file) == []
    assert sorted(one.name for one in tmp_path.iterdir()) == ["backups", "desk.sqlite3"]
    assert len(list((tmp_path / "backups").iterdir())) == 1


@pytest.mark.parametrize("step", ["_upgrade", "swap_in"])
def test_a_new_desk_is_made_once(tmp_path, monkeypatch, blocked, step):
    file = tmp_path / "desk" / "desk.sqlite3"
    start_beside(monkeypatch, blocked, file, step)
    assert names(file) == ["ZAP"]
    assert [one.name for one in file.parent.iterdir()] == ["desk.sqlite3"]


def test_what_the_program_of_before_writes_meanwhile_is_not_swapped_away(tmp_path, monkeypatch):
    """It knows nothing of turns; its window is closed again before the end."""
    file = tmp_path / "desk.sqlite3"
    make_first_desk(file)
    usual = migrate._upgrade

    def upgrade(*arguments):
        usual(*arguments)
        with closing(sqlite3.connect(file)) as raw:
            raw.execute("PRAGMA journal_mode = WAL")
            raw.execute(SAID)
            raw.commit()

    monkeypatch.setattr(migrate, "_upgrade", upgrade)
    with pytest.raises(OutsideTrouble) as trouble:
        start(file)
    assert trouble.value.code is Trouble.DATABASE_BUSY
    assert inspect(file).state is FileState.OLDER
    monkeypatch.setattr(migrate, "_upgrade", usual)
    start(file).close()
    assert names(file) == ["ZAP"]


def test_who_does_not_come_to_an_end_is_not_waited_for_for_ever(tmp_path, monkeypatch, blocked):
    monkeypatch.setattr(opening, "PATIENCE_SECONDS", 0.01)
    with alone_in(tmp_path), pytest.raises(OutsideTrouble) as trouble:
        start(tmp_path / "desk.sqlite3")
    assert trouble.value.code is Trouble.DATABASE_BUSY
    assert list(tmp_path.iterdir()) == []
    start(tmp_path / "desk.sqlite3").close()


@pytest.mark.skipif(sys.platform != "linux", reason="counts the handles of this process")
def test_who_waits_keeps_no_handle_of_each_try(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "PATIENCE_SECONDS", 0.2)
    with alone_in(tmp_path):
        before = list(Path("/proc/self/fd").iterdir())
        with pytest.raises(OutsideTrouble), alone_in(tmp_path):
            pass
        assert len(list(Path("/proc/self/fd").iterdir())) == len(before)


@pytest.mark.skipif(sys.platform == "win32", reason="there a file is the turn")
def test_a_file_system_without_locks_lets_everybody_in(tmp_path, monkeypatch):
    def flock(_handle, _how):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(alone.fcntl, "flock", flock)
    with alone_in(tmp_path), alone_in(tmp_path):
        pass
