"""The power goes: a few cuts of each kind, and the proof that the harness would find what is lost."""

from __future__ import annotations

import json
from collections import Counter
from random import Random

import pytest

from tests.nothing_lost.cut_disk import SECTOR, Cruellest, CutDisk, File
from tests.nothing_lost.disk_watch import Event, Step, can_watch, compiled, read_log
from tests.nothing_lost.power_cut import cut_game, record
from tests.nothing_lost.power_games import GAMES
from tests.nothing_lost.trial import Trial

watched = pytest.mark.skipif(not can_watch(), reason="it takes Linux and a C compiler")


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return compiled(tmp_path_factory.mktemp("watch"))


@watched
@pytest.mark.parametrize("name", sorted(set(GAMES) - {"invoices"}))
def test_what_was_acknowledged_outlives_the_power(name, tmp_path, library):
    counts = Counter()
    trial = Trial(1, Random().randrange(10**6), tmp_path, lambda _words: None)
    assert cut_game(trial, library, name, 4, counts) == []
    assert counts[f"cuts in {name}"] == 4


@watched
@pytest.mark.parametrize("name", ["choices", "papers", "new_desk", "older_desk", "copies"])
def test_each_acknowledgement_waited_for_the_disk(name, tmp_path, library):
    """Right after each, nothing is left but what was synced: a missing fsync is found every time."""
    folder, log = tmp_path / "disk", tmp_path / "record"
    folder.mkdir()
    GAMES[name].prepare(folder, 1)
    disk = CutDisk(folder)
    record(library, name, folder, log, 1)
    lines = []
    for place, event in enumerate(read_log(log)):
        disk.take(event)
        if event.step is not Step.SAID:
            continue
        lines += map(json.loads, event.content.splitlines())
        if "done" in lines[-1] and place % 3 == 0:
            found = tmp_path / f"cut {place}"
            found.mkdir()
            disk.lose_power(found, Cruellest())
            GAMES[name].judge(found, lines)
    assert any("done" in line for line in lines)


@watched
def test_a_desk_that_waits_for_no_disk_is_found_out(tmp_path, library):
    trial = Trial(1, 20220301, tmp_path, lambda _words: None)
    assert cut_game(trial, library, "calls", 8, Counter(), careless=True)


def event(step, *, inode=0, place=0, content=b"", other=b""):
    return Event(step, inode, place, content, other)


def test_a_write_is_there_lost_or_torn_at_a_sector():
    found = set()
    for seed in range(200):
        file = File(b"a" * 4 * SECTOR)
        file.write(SECTOR // 2, b"b" * 3 * SECTOR)
        found.add(file.after_cut(Random(seed), 0.8))
    whole = b"a" * (SECTOR // 2) + b"b" * 3 * SECTOR + b"a" * (SECTOR // 2)
    assert {b"a" * 4 * SECTOR, whole} < found
    torn = b"a" * (SECTOR // 2) + b"b" * (SECTOR // 2) + b"a" * 3 * SECTOR
    assert torn in found
    assert all(len(one) == 4 * SECTOR for one in found)


def test_what_was_synced_is_there_whatever_happens():
    file = File()
    file.write(0, b"sure")
    file.sync()
    file.write(4, b"?")
    file.cut(2)
    for seed in range(50):
        assert file.after_cut(Random(seed), 1.0)[:4] == b"sure"


def names_after(disk, folder, seed):
    folder.mkdir()
    disk.lose_power(folder, Cruellest() if seed is None else Random(seed))
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*"))


def test_a_name_waits_for_its_folder(tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    (root / "old").write_bytes(b"old")
    disk = CutDisk(root)
    disk.take(event(Step.CREATED, inode=7, content=bytes(root / "new")))
    disk.take(event(Step.WRITTEN, inode=7, content=b"new"))
    disk.take(event(Step.SYNCED, inode=7))
    disk.take(event(Step.RENAMED, content=bytes(root / "new"), other=bytes(root / "old")))
    seen = {tuple(names_after(disk, tmp_path / f"{seed}", seed)) for seed in range(40)}
    assert seen == {("old",), ("new", "old")}
    assert {(tmp_path / f"{seed}" / "old").read_bytes() for seed in range(40)} == {b"old", b"new"}
    disk.take(event(Step.FOLDER_SYNCED, content=bytes(root)))
    assert names_after(disk, tmp_path / "sure", None) == ["old"]
    assert (tmp_path / "sure" / "old").read_bytes() == b"new"


def test_a_new_folder_waits_for_the_one_above(tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    disk = CutDisk(root)
    disk.take(event(Step.FOLDER_MADE, content=bytes(root / "inner")))
    disk.take(event(Step.CREATED, inode=7, content=bytes(root / "inner" / "file")))
    disk.take(event(Step.FOLDER_SYNCED, content=bytes(root / "inner")))
    assert names_after(disk, tmp_path / "gone", None) == []
    disk.take(event(Step.FOLDER_SYNCED, content=bytes(root)))
    assert names_after(disk, tmp_path / "there", None) == ["inner", "inner/file"]
