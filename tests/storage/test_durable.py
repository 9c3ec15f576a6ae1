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
