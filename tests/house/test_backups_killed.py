"""kill -9 at any moment of a copy or a restore: a whole desk is there, the old one or the new one."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from laverma_desk.domain.backup_rotation import taken_at
from laverma_desk.paths import DataDir
from laverma_desk.services.backups.leftovers import clear_leftovers
from laverma_desk.services.backups.restoring import drop_preview, preview_restore
from laverma_desk.services.backups.stored_copies import backup_state
from laverma_desk.services.desk import open_desk
from laverma_desk.storage.backup import copy_desk, problems_of
from tests.support.desks import add_bohrer, make_desk, memory_secrets
from tests.support.fake_clock import FakeClock

ROOT = Path(__file__).parents[2]
PHRASE = "grüne Bäume im März"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are killed")

RESTORE = """
import os, sys
from pathlib import Path
from laverma_desk.domain.clock import SystemClock
from laverma_desk.paths import DataDir
from laverma_desk.services.backups.restoring import preview_restore, restore

data = DataDir(Path(sys.argv[1]))
print("begin", flush=True)
preview = preview_restore(data, Path(sys.argv[2]))
print("looked", flush=True)
restore(data, preview, SystemClock())
print("done", flush=True)
"""

COPY = """
import sys
from pathlib import Path
from laverma_desk.domain.clock import SystemClock
from laverma_desk.mail.secret import Secrets
from laverma_desk.paths import DataDir
from laverma_desk.services.backups.taking import take_copy
from laverma_desk.services.desk import open_desk
from laverma_desk.storage import backup_sealing

backup_sealing.WORK = 2
desk = open_desk(DataDir(Path(sys.argv[1])), SystemClock(), Secrets())
while True:
    print(take_copy(desk, sys.argv[2] or None).file.name, flush=True)
"""

STEPS = """
import os, signal, sys
from pathlib import Path
from laverma_desk.domain.clock import SystemClock
from laverma_desk.paths import DataDir
from laverma_desk.services.backups.restoring import preview_restore, restore

data = DataDir(Path(sys.argv[1]))
preview = preview_restore(data, Path(sys.argv[2]))
left = int(sys.argv[3])

def on_event(event, _arguments):
    # Everything that touches the disk is announced to Python's audit hooks just before it is done.
    global left
    if event in {"open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.chmod", "sqlite3.connect"}:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(on_event)
restore(data, preview, SystemClock())
left = 0
print("done", flush=True)
"""


def player(code, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


def names(file):
    """Return who is in a desk, once it was found to be whole."""
    assert problems_of(file) == []
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM customer ORDER BY id")]


@pytest.fixture
def two_states(tmp_path):
    """A desk that has moved on since its copy, and both."""
    desk = make_desk(tmp_path / "desk", FakeClock())
    add_bohrer(desk)
    with desk.database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO document (kind, name, mime_type, content, sha256, created_at) "
            "VALUES ('mail', 'big', '', zeroblob(20000000), '', '2022-03-01 09:22:00.000000')"
        )
    desk.data.backups.mkdir()
    copy = desk.data.backups / "desk-20220301T092200.sqlite3"
    copy_desk(desk.data.database, copy)
    with desk.database.write() as connection:
        connection.exec_driver_sql("UPDATE customer SET name = 'heute'")
    # Not closed before: a crash leaves the newest writes in the log alone.
    crashed = DataDir(tmp_path / "crashed")
    shutil.copytree(desk.data.root, crashed.root)
    desk.close()
    assert crashed.database.with_name("desk.sqlite3-wal").stat().st_size > 0
    return crashed, crashed.backups / copy.name


def check_usable(data, clock, *, old="heute", new="ZAP Dr. Bohrer"):
    """Open the desk as a start would; return which of both it is."""
    found = names(data.database)
    assert found in ([old], [new])
    opened = open_desk(data, clock, memory_secrets())
    opened.close()
    clear_leftovers(data)
    for one in backup_state(data, clock.now()).copies:
        assert names(one.file) in ([old], [new]), one.file.name
    return found[0]


def test_a_restore_killed_before_any_step_leaves_the_one_or_the_other(two_states, tmp_path):
    """Kill it before each of its steps on the disk, the first to the last."""
    data, copy = two_states
    clock = FakeClock()
    seen = []
    for step in range(1, 60):
        work = DataDir(tmp_path / f"work{step}")
        shutil.copytree(data.root, work.root)
        process = player(STEPS, work.root, work.backups / copy.name, step)
        told, _nothing = process.communicate(timeout=60)
        seen.append(check_usable(work, clock))
        shutil.rmtree(work.root)
        if "done" in told:
            break
        assert process.returncode == -signal.SIGKILL
    else:
        pytest.fail("the restore never came to its end")
    assert seen[0] == "heute"
    assert seen[-1] == "ZAP Dr. Bohrer"
    assert seen == sorted(seen, reverse=True), "once the new one is there it stays"
    assert len(seen) > 5


def test_a_restore_killed_at_any_moment_leaves_the_one_or_the_other(two_states, tmp_path):
    data, copy = two_states
    clock = FakeClock()
    chance = random.Random(20220301)
    for turn in range(8):
        work = DataDir(tmp_path / f"work{turn}")
        shutil.copytree(data.root, work.root)
        process = player(RESTORE, work.root, work.backups / copy.name)
        assert process.stdout.readline() == "begin\n"
        time.sleep(chance.uniform(0, 0.25))
        process.kill()
        process.communicate(timeout=60)
        check_usable(work, clock)
        shutil.rmtree(work.root)


@pytest.mark.parametrize("phrase", ["", PHRASE])
def test_copies_that_were_told_of_are_whole_after_a_kill(two_states, phrase):
    data, _copy = two_states
    chance = random.Random(20220301)
    for _turn in range(3):
        process = player(COPY, data.root, phrase)
        told = [process.stdout.readline().strip()]
        time.sleep(chance.uniform(0, 0.4))
        process.kill()
        rest, _nothing = process.communicate(timeout=60)
        told += rest.split()
        there = {one.file.name: one.file for one in backup_state(data, FakeClock().now()).copies}
        # One that was made after the last word may have taken its place already.
        assert max(name for name in there if taken_at(name)) >= told[-1]
        for name, file in there.items():
            if taken_at(name) is not None:
                preview = preview_restore(data, file, phrase or None)
                assert preview.copy.customers == 1
                drop_preview(preview)
    assert names(data.database) == ["heute"]
