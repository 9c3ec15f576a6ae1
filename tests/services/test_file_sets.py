"""A set of files is there with all of them, or nothing of it is."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.services.file_sets import free_folder, whole_folder


def test_a_folder_is_there_once_the_block_ends(tmp_path):
    target = tmp_path / "neu" / "satz"
    with whole_folder(target) as place:
        (place / "a.csv").write_text("a", encoding="utf-8")
        (place / "unter").mkdir()
        (place / "unter" / "b.csv").write_text("b", encoding="utf-8")
        assert not target.exists()
    assert sorted(one.relative_to(target).as_posix() for one in target.rglob("*")) == [
        "a.csv", "unter", "unter/b.csv",
    ]  # fmt: skip
    assert list(target.parent.iterdir()) == [target]


def fail(target, error):
    with whole_folder(target) as place:
        (place / "a.csv").write_text("a", encoding="utf-8")
        raise error


@pytest.mark.parametrize("error", [ValueError(), KeyboardInterrupt(), OSError(errno.EIO, "hin")])
def test_whatever_happens_in_it_nothing_stays_behind(tmp_path, error):
    with pytest.raises((ValueError, KeyboardInterrupt, OutsideTrouble)):
        fail(tmp_path / "satz", error)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "trouble"),
    [(errno.ENOSPC, Trouble.DISK_FULL), (errno.EACCES, Trouble.FOLDER_UNWRITABLE)],
)
def test_what_the_disk_says_is_said(tmp_path, number, trouble):
    with pytest.raises(OutsideTrouble) as caught:
        fail(tmp_path / "satz", OSError(number, "so"))
    assert caught.value.code is trouble


def fill(target, name, words):
    with whole_folder(target) as place:
        (place / name).write_text(words, encoding="utf-8")
        target.mkdir()
        (target / name).write_text("alt", encoding="utf-8")


def test_a_set_never_takes_the_place_of_another(tmp_path):
    with pytest.raises(OutsideTrouble):
        fill(tmp_path / "satz", "a.csv", "neu")
    assert (tmp_path / "satz" / "a.csv").read_text(encoding="utf-8") == "alt"
    assert list(tmp_path.iterdir()) == [tmp_path / "satz"]


def test_every_file_is_on_the_disk_before_the_name_is(tmp_path, monkeypatch):
    seen = []
    sync, rename = os.fsync, Path.rename

    def synced(handle):
        seen.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        sync(handle)

    def renamed(self, target):
        seen.append("renamed")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "rename", renamed)
    with whole_folder(tmp_path / "satz") as place:
        for name in ("a.csv", "b.csv"):
            (place / name).write_text(name, encoding="utf-8")
        seen.clear()
    at = seen.index("renamed")
    assert {"a.csv", "b.csv", place.name} == set(seen[:at])
    assert seen[at + 1 :] == [tmp_path.name]


def test_a_name_that_is_taken_gets_a_number(tmp_path):
    assert free_folder(tmp_path, "satz") == tmp_path / "satz"
    (tmp_path / "satz").mkdir()
    (tmp_path / "satz-2").symlink_to(tmp_path / "nirgends")
    assert free_folder(tmp_path, "satz") == tmp_path / "satz-3"
    assert free_folder(tmp_path, "a/b: c") == tmp_path / "a b c"


def test_what_a_killed_export_left_goes_after_a_day(tmp_path):
    old, young, other = (
        tmp_path / name for name in (f".{'a' * 32}.partial", f".{'b' * 32}.partial", ".x.partial")
    )
    for folder, hours in ((old, 25), (young, 1), (other, 25)):
        folder.mkdir()
        (folder / "kunden.csv").write_text("Praxis")
        at = time.time() - hours * 3600
        os.utime(folder, (at, at))
    with whole_folder(tmp_path / "neu") as place:
        (place / "eins.csv").write_text("1")
    assert {one.name for one in tmp_path.iterdir()} == {young.name, other.name, "neu"}
