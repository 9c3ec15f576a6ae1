"""Names that outlive a power cut; what a cut does to them is in `tests/house/test_power_cut.py`."""

from __future__ import annotations

import errno
import os
import sqlite3

import pytest

from laverma_desk import settings
from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.durable import folder_to_disk, lacks_room, make_folder, take_place
from laverma_desk.paths import DataDir
from laverma_desk.services.backups.plan import change_plan
from laverma_desk.storage.tables import supporter


def test_folders_are_made_with_those_above_them(tmp_path):
    folder = tmp_path / "a" / "b" / "c"
    make_folder(folder, 0o700)
    make_folder(folder, 0o755)
    assert folder.is_dir()
    if os.name == "posix":
        assert folder.stat().st_mode & 0o777 == 0o700, "one that is there stays as it is"


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(FileNotFoundError):
        folder_to_disk(tmp_path / "nowhere")


def test_a_file_takes_the_place_of_another(tmp_path):
    (tmp_path / "old").write_bytes(b"old")
    (tmp_path / "new").write_bytes(b"new")
    take_place(tmp_path / "new", tmp_path / "old")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("old", b"new")]


@pytest.fixture
def waited_for(monkeypatch):
    """Collect what the program waits for until it is on the disk, by its inode."""
    seen, usual = [], os.fsync

    def fsync(handle):
        seen.append(os.fstat(handle).st_ino)
        usual(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    return seen


@pytest.mark.skipif(os.name != "posix", reason="folders are waited for by POSIX systems alone")
def test_the_folder_of_each_new_name_is_waited_for(tmp_path, waited_for):
    make_folder(tmp_path / "a" / "b")
    assert waited_for == [tmp_path.stat().st_ino, (tmp_path / "a").stat().st_ino]
    waited_for.clear()
    make_folder(tmp_path / "a" / "b")
    assert waited_for == []
    (tmp_path / "a" / "new").touch()
    take_place(tmp_path / "a" / "new", tmp_path / "a" / "old")
    assert waited_for == [(tmp_path / "a").stat().st_ino]


@pytest.mark.skipif(os.name != "posix", reason="folders are waited for by POSIX systems alone")
@pytest.mark.parametrize(("said", "counts"), [
    (errno.EIO, True), (errno.ENOSPC, True), (errno.EDQUOT, True), (errno.EINVAL, False),
])  # fmt: skip
def test_what_a_disk_could_not_do_is_said_and_what_a_file_system_does_not_know_is_not(
    tmp_path, monkeypatch, said, counts
):
    asked = []

    def fsync(handle):
        asked.append(handle)
        raise OSError(said, os.strerror(said))

    monkeypatch.setattr(os, "fsync", fsync)
    try:
        folder_to_disk(tmp_path)
        refused = False
    except OSError:
        refused = True
    assert refused is counts
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(*asked)


def test_a_full_disk_and_a_full_quota_lack_room():
    assert [lacks_room(OSError(one, "")) for one in (errno.ENOSPC, errno.EDQUOT, errno.EIO)] == [1, 1, 0]


def test_a_plan_that_cannot_take_its_place_leaves_nothing_lying(tmp_path):
    (tmp_path / "backups.json").mkdir()
    with pytest.raises(OutsideTrouble) as caught:
        change_plan(DataDir(tmp_path), sealed=True)
    assert caught.value.code is Trouble.FILE_UNWRITABLE
    assert [one.name for one in tmp_path.iterdir()] == ["backups.json"]


def test_machine_settings_that_cannot_take_their_place_leave_nothing_lying(tmp_path):
    (tmp_path / "machine.ini").mkdir()
    settings.change(tmp_path / "machine.ini", text_size=150)
    assert [one.name for one in tmp_path.iterdir()] == ["machine.ini"]


@pytest.mark.files("it is about SQLite's log")
def test_a_connection_that_may_no_longer_write_is_not_used_again(database):
    """As one whose log SQLite could only open to read, after a fault of the disk that has passed."""
    with database.read() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(OutsideTrouble) as caught, database.write() as connection:
        connection.execute(supporter.insert().values(name="Klaus"))
    assert caught.value.code is Trouble.FILE_UNWRITABLE
    with database.write() as connection:
        connection.execute(supporter.insert().values(name="Klaus"))
    with database.read() as connection:
        assert connection.execute(supporter.select()).one().name == "Klaus"


@pytest.mark.files("as above")
@pytest.mark.parametrize("code", [sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_FULL])
def test_a_connection_that_met_a_fault_is_kept(database, code):
    """Its log holds what was refused: whoever opened it anew would find that, done all the same."""
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TEMP TABLE mark (x)")
    fault = sqlite3.OperationalError("as SQLite says it")
    fault.sqlite_errorcode = code
    with pytest.raises(OutsideTrouble), database.write():
        raise fault
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT name FROM temp.sqlite_master").scalars().all() == ["mark"]
