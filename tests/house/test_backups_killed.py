"""kill -9 at any moment of a copy or a restore: a whole desk is there, the old one or the new one.

`python -m tests.nothing_lost killed_backup` kills 100 times.
"""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter

import pytest

from laverma_desk.paths import DataDir
from laverma_desk.services.backups.stored_copies import backup_state
from laverma_desk.services.desk import open_desk
from tests.nothing_lost.copied_houses import (
    CLOSED,
    CRASHED,
    DAMAGED,
    OLDER,
    PLAIN,
    SEALED,
    make_copied_house,
    state_of,
)  # fmt: skip
from tests.nothing_lost.copying import CopyBook
from tests.nothing_lost.kill_at import Moment
from tests.nothing_lost.players import Players
from tests.nothing_lost.restoring import prepare
from tests.support.desks import memory_secrets
from tests.support.fake_clock import FakeClock

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the players are forked")

SMALL = 400_000


@pytest.fixture(scope="module")
def players(tmp_path_factory):
    opened = Players(tmp_path_factory.mktemp("backups"), "backup_player")
    yield opened
    opened.close()


def test_a_restore_killed_before_any_step_leaves_the_one_or_the_other(players, tmp_path):
    """Kill it before each of its steps on the disk, the first to the last."""
    house = make_copied_house(tmp_path / "house", CRASHED, size=SMALL)
    shutil.copytree(house.folder, tmp_path / "before")
    before = state_of(tmp_path / "before" / "desk.sqlite3")
    restored = []
    for step in range(1, 60):
        work, heard = DataDir(tmp_path / f"work{step}"), []
        shutil.copytree(house.folder, work.root)
        order = (work.root, f"restore{step}", "", house.copies[PLAIN])
        players.play_one(order, Moment(60), heard.append)
        restored.append(state_of(work.database) != before)
        if restored[-1]:
            (kept,) = work.backups.glob("desk-*-before-restore.sqlite3")
            assert state_of(kept) == before
        open_desk(work, FakeClock(), memory_secrets()).close()
        for one in backup_state(work, FakeClock().now()).copies:
            assert one.sealed or state_of(one.file), one.file.name
        shutil.rmtree(work.root)
        if any(line.get("done") == "restore" for line in heard):
            break
    else:
        pytest.fail("the restore never came to its end")
    assert restored[0] is False
    assert restored[-1] is True
    assert restored == sorted(restored), "once the new one is there it stays"
    assert len(restored) > 5


@pytest.mark.parametrize(
    ("how", "copy"), [(CLOSED, OLDER), (CRASHED, PLAIN), (CRASHED, SEALED), (DAMAGED, SEALED)]
)
def test_a_restore_killed_at_any_moment_leaves_the_one_or_the_other(players, tmp_path, how, copy):
    house = make_copied_house(tmp_path / "house", how, size=SMALL)
    restore = prepare(house, copy, players, Counter())
    for _ in range(3):
        restore.kill_one(players, random.randrange(10**6))


@pytest.mark.parametrize("sealed", [False, True], ids=["plain", "locked"])
def test_copies_that_were_told_of_are_whole_after_a_kill(players, tmp_path, sealed):
    book = CopyBook.begun(tmp_path / "desk", players, sealed)
    for place in range(40):
        book.kill_one(players, random.randrange(10**6))
        if place > 1 and book.acknowledged:
            break
    assert book.acknowledged
