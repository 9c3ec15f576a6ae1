"""A full disk is said in one way, writes nothing by halves, and is forgotten once there is room again."""

from __future__ import annotations

import errno
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event, func, select, text

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.storage.backup import problems_of
from laverma_desk.storage.database import Database, trouble_of
from laverma_desk.storage.tables import snippet, supporter

ROOT = Path(__file__).parents[2]


def limit(database: Database, pages: int) -> None:
    """Let the file grow no further than so many pages; every connection is told anew."""
    database.close()
    event.listen(
        database.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count = {pages}").fetchone()
    )


def fill(database: Database, rows: int) -> None:
    with database.write() as connection:
        connection.execute(supporter.insert().values(name=f"before {rows} rows"))
        for place in range(rows):
            connection.execute(snippet.insert().values(position=place, label="x", text="y" * 3000))


def counts(database: Database) -> tuple[int, int]:
    with database.read() as connection:
        return tuple(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (supporter, snippet)
        )


def test_a_full_disk_is_said_and_nothing_is_half_written(database, file):
    with database.read() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    limit(database, pages + 20)
    with pytest.raises(OutsideTrouble) as trouble:
        fill(database, 100)
    assert trouble.value.code is Trouble.DISK_FULL
    assert counts(database) == (0, 0)
    fill(database, 5)
    assert counts(database) == (1, 5), "what still has room is written"
    limit(database, 100_000)
    fill(database, 100)
    assert counts(database) == (2, 105), "with room again the desk goes on"
    database.close()
    assert problems_of(file) == []


def test_the_system_may_be_the_one_who_says_it():
    for number, code in ((errno.ENOSPC, Trouble.DISK_FULL), (errno.EDQUOT, Trouble.DISK_FULL)):
        trouble = trouble_of(OSError(number, "no room"), "desk.sqlite3")
        assert (trouble.code, trouble.parameters) == (code, {"file": "desk.sqlite3"})
    assert trouble_of(PermissionError(errno.EACCES, "no"), "desk.sqlite3") is None


PRELUDE = """
import sys
from datetime import UTC, datetime
from pathlib import Path

from laverma_desk.domain.errors import OutsideTrouble
from laverma_desk.storage.backup import copy_desk, problems_of
from laverma_desk.storage.database import Database
from laverma_desk.storage.migrate import open_desk
from tests.storage.test_disk_full import counts, fill

small = Path(sys.argv[1])
file = small / "desk.sqlite3"


def attempt(what, *values):
    try:
        what(*values)
    except OutsideTrouble as trouble:
        return trouble.code.value
    return "done"


def open_it():
    open_desk(file, small / "backups", lambda: datetime.now(UTC)).close()


def left():
    return sorted(one.name for one in small.iterdir())
"""

FULL = """
def stuff():
    with (small / "ballast").open("wb", buffering=0) as heavy:
        try:
            while True:
                heavy.write(b"x" * 65536)
        except OSError:
            pass


stuff()
print("new desk:", attempt(open_it), left())
with (small / "ballast").open("r+b") as heavy:
    heavy.truncate(heavy.seek(0, 2) - 32768)
print("new desk with a little room:", attempt(open_it), left())
(small / "ballast").unlink()
print("new desk with room:", attempt(open_it))
stuff()
print("copy:", attempt(copy_desk, file, small / "copy.sqlite3"), [one for one in left() if "copy" in one])
(small / "ballast").unlink()
database = Database(file)
print("too much:", attempt(fill, database, 5000), counts(database))
print("a little:", attempt(fill, database, 3), counts(database))
database.close()
print("problems:", problems_of(file))
"""

READ_ONLY = """
import subprocess

print("new desk:", attempt(open_it))
subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
print("read only:", attempt(open_it), left())
print("copy:", attempt(copy_desk, file, small / "copy.sqlite3"))
file = small / "other.sqlite3"
print("no desk:", attempt(open_it), left())
"""


NO_MORE_NAMES = """
import subprocess

from laverma_desk.domain.clock import SystemClock
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import open_desk
from tests.support.desks import memory_secrets

subprocess.run(["mount", "-o", "remount,nr_inodes=2", str(small)], check=True)
(small / "last").touch()
print("desk:", attempt(open_desk, DataDir(small / "desk"), SystemClock(), memory_secrets()), left())
"""


NO_FILE_FOR_THE_LOG = """
import subprocess

print("new desk:", attempt(open_it))
files = 1 + sum(1 for _ in small.rglob("*"))
subprocess.run(["mount", "-o", f"remount,nr_inodes={files}", str(small)], check=True)
print("no file for the log:", attempt(open_it))
"""


@pytest.fixture
def on_a_small_disk(tmp_path):
    """Return what a child prints that works on a file system of two megabytes, mounted for it alone."""
    small = tmp_path / "small"
    small.mkdir()
    mount = f"mount -t tmpfs -o size=2m none '{small}'"
    command = ["unshare", "--mount", "sh", "-c"]
    if shutil.which("unshare") is None or subprocess.run([*command, mount], check=False).returncode:
        pytest.skip("no file system may be mounted here")

    def play(program: str) -> list[str]:
        start = f"{mount} && exec '{sys.executable}' -c \"$0\" '{small}'"
        child = subprocess.run(
            [*command, start, PRELUDE + program], capture_output=True, text=True, cwd=ROOT, check=False
        )
        assert child.stderr == ""
        return child.stdout.splitlines()

    return play


def test_on_a_disk_that_is_really_full(on_a_small_disk):
    assert on_a_small_disk(FULL) == [
        "new desk: disk_full ['ballast']",
        "new desk with a little room: disk_full ['ballast']",
        "new desk with room: done",
        "copy: disk_full []",
        "too much: disk_full (0, 0)",
        "a little: done (1, 3)",
        "problems: []",
    ]


def test_on_a_disk_that_may_only_be_read(on_a_small_disk):
    assert on_a_small_disk(READ_ONLY) == [
        "new desk: done",
        "read only: file_unwritable ['desk.sqlite3']",
        "copy: file_unwritable",
        "no desk: folder_unwritable ['desk.sqlite3']",
    ]


def test_on_a_disk_that_takes_no_more_files(on_a_small_disk):
    assert on_a_small_disk(NO_MORE_NAMES) == ["desk: disk_full ['last']"]


def test_a_log_for_which_there_is_no_file_is_told_as_a_full_disk(on_a_small_disk):
    assert on_a_small_disk(NO_FILE_FOR_THE_LOG) == ["new desk: done", "no file for the log: disk_full"]
