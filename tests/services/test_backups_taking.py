"""The copy of the day: when it is due, where it goes, what is let go, and what stops it."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from datetime import timedelta

import pyrage
import pytest

from laverma_desk.domain.backup_rotation import Kept, taken_at
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.mail.secret import Secrets
from laverma_desk.paths import DataDir
from laverma_desk.services.backups import leftovers
from laverma_desk.services.backups.passphrase import checked_passphrase, keep_passphrase
from laverma_desk.services.backups.plan import BackupPlan, change_plan, read_plan
from laverma_desk.services.backups.stored_copies import Occasion, backup_state
from laverma_desk.services.backups.taking import PARTS, backup_is_due, take_copy
from laverma_desk.services.desk import open_desk
from laverma_desk.services.jobs import JobCancelled
from laverma_desk.services.upkeep import check_desk
from laverma_desk.storage import backup_sealing
from laverma_desk.storage.backup import problems_of
from tests.support.desks import memory_secrets
from tests.support.memory_keyring import MemoryKeyring

pytestmark = pytest.mark.files("copies of the file")

PHRASE = "grüne Bäume im März"


@pytest.fixture
def keyed(desk, monkeypatch):
    """The desk with a keyring, and locks that cost no time."""
    monkeypatch.setattr(backup_sealing, "WORK", 2)
    return replace(desk, secrets=Secrets(MemoryKeyring()))


def names(folder):
    return sorted(one.name for one in folder.iterdir())


def test_the_first_copy_is_due_and_the_next_one_the_day_after(desk, bohrer, clock):
    assert backup_is_due(desk, desk.clock.now())
    taken = take_copy(desk)
    assert taken.file == desk.data.backups / "desk-20220301T092200.sqlite3"
    assert taken.size == taken.file.stat().st_size
    assert not backup_is_due(desk, desk.clock.now())
    clock.advance(hours=13)
    assert not backup_is_due(desk, desk.clock.now()), "it is the same day"
    clock.advance(hours=2)
    assert backup_is_due(desk, desk.clock.now()), "past midnight in Berlin"


def test_a_copy_is_a_desk_with_everything_in_it(desk, bohrer, clock, tmp_path):
    taken = take_copy(desk)
    again = tmp_path / "again"
    again.mkdir()
    taken.file.rename(again / "desk.sqlite3")
    opened = open_desk(DataDir(again), clock, memory_secrets())
    try:
        assert check_desk(opened) == check_desk(desk)
    finally:
        opened.close()


def test_two_copies_within_a_second_have_two_names(desk):
    first, second = take_copy(desk), take_copy(desk)
    assert second.taken_at - first.taken_at == timedelta(seconds=1)
    assert second.removed == (first.file.name,), "one a day is enough"


def test_copies_are_rotated_after_the_new_one_is_there(desk, clock):
    for _day in range(9):
        clock.advance(days=1)
        last = take_copy(desk)
    # From Wednesday 2 March to Thursday 10 March: seven days, and Sunday's copy counts for its week too.
    assert [taken_at(name).day for name in names(desk.data.backups)] == [4, 5, 6, 7, 8, 9, 10]
    assert last.removed == ("desk-20220303T092200.sqlite3",)
    state = backup_state(desk.data, clock.now())
    assert state.newest.kept == {Kept.DAILY, Kept.WEEKLY, Kept.MONTHLY}
    assert [one.taken_at.day for one in state.copies if Kept.WEEKLY in one.kept] == [10, 6]


def test_only_what_this_desk_has_made_is_ever_removed(desk, clock, tmp_path):
    folder = tmp_path / "nas"
    folder.mkdir()
    change_plan(desk.data, folder=folder)
    foreign = [
        "desk-20100101T000000.sqlite3", "desk-20220301T080000.sqlite3", "desk-20200101T000000.sqlite3.age",
        "desk-20100101T000000-before-0001.sqlite3", "desk.sqlite3", "Rechnung.pdf",
    ]  # fmt: skip
    for name in foreign:
        (folder / name).write_bytes(b"of somebody else")
    assert backup_is_due(desk, desk.clock.now()), "another desk's copy of today is none of ours"
    for _day in range(400):
        clock.advance(days=1)
        change_plan(desk.data, made=(*read_plan(desk.data).made, f"desk-{clock.now():%Y%m%dT%H%M%S}.sqlite3"))
        (folder / read_plan(desk.data).made[-1]).write_bytes(b"of this desk")
    clock.advance(days=1)
    taken = take_copy(desk)
    assert len(taken.removed) > 370
    assert set(foreign) <= set(names(folder))
    assert len(names(folder)) <= len(foreign) + 7 + 8 + 12
    assert set(read_plan(desk.data).made) == set(names(folder)) - set(foreign)


def test_a_copy_that_fails_lets_nothing_go(desk, clock):
    take_copy(desk)
    clock.advance(days=30)
    before = names(desk.data.backups)

    def stop(done, _total):
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OutsideTrouble) as caught:
        take_copy(desk, progress=stop)
    assert caught.value.code is Trouble.DISK_FULL
    assert names(desk.data.backups) == before
    assert backup_is_due(desk, desk.clock.now())


def test_a_copy_is_known_before_it_is_there(desk, clock):
    """Its maker may die in between: a copy that nobody knows would never be let go."""
    seen = []

    def note(_done, _total):
        (own,) = read_plan(desk.data).made
        seen.append((own, (desk.data.backups / own).exists()))

    copy = take_copy(desk, progress=note)
    assert set(seen) == {(copy.file.name, False)}
    clock.advance(days=1)
    with pytest.raises(JobCancelled):
        take_copy(desk, cancelled=lambda: True)
    assert read_plan(desk.data).made == (copy.file.name,)


def test_a_copy_can_be_called_off_at_any_step(keyed):
    keep_passphrase(keyed, PHRASE)
    change_plan(keyed.data, sealed=True)
    steps = []
    take_copy(keyed, progress=lambda done, total: steps.append((done, total)))
    assert steps == sorted(steps)
    assert steps[-1] == (PARTS, PARTS)
    before, own = names(keyed.data.backups), names(keyed.data.root)
    for number in range(len(steps)):
        answers = iter([False] * number)
        with pytest.raises(JobCancelled):
            take_copy(keyed, cancelled=lambda answers=answers: next(answers, True))
        assert names(keyed.data.backups) == before
        assert names(keyed.data.root) == own


def test_the_own_folder_is_made_but_never_that_of_a_drive(desk, tmp_path):
    assert not desk.data.backups.exists()
    take_copy(desk)
    gone = tmp_path / "usb" / "sicherung"
    change_plan(desk.data, folder=gone)
    with pytest.raises(OutsideTrouble) as caught:
        take_copy(desk)
    assert caught.value.code is Trouble.BACKUP_FOLDER_MISSING
    assert caught.value.parameters == {"folder": str(gone)}
    assert not gone.parent.exists()
    state = backup_state(desk.data, desk.clock.now())
    assert not state.folder_there
    assert [one.file.parent for one in state.copies] == [desk.data.backups]


def test_a_locked_copy_opens_with_its_passphrase_alone(keyed, bohrer, tmp_path):
    keep_passphrase(keyed, checked_passphrase(PHRASE, PHRASE))
    change_plan(keyed.data, sealed=True)
    taken = take_copy(keyed)
    assert taken.file.name == "desk-20220301T092200.sqlite3.age"
    assert b"Bohrer" not in taken.file.read_bytes()
    plain = tmp_path / "plain.sqlite3"
    plain.write_bytes(pyrage.passphrase.decrypt(taken.file.read_bytes(), PHRASE))
    assert problems_of(plain) == []
    assert b"Bohrer" in plain.read_bytes()
    if os.name == "posix":
        assert taken.file.stat().st_mode & 0o777 == 0o600
    assert backup_state(keyed.data, keyed.clock.now()).newest.sealed
    assert not backup_is_due(keyed, keyed.clock.now())
    assert not [one for one in keyed.data.root.iterdir() if one.name.startswith(".")]


def test_the_passphrase_lies_in_the_keyring_or_nowhere(keyed, desk):
    keep_passphrase(keyed, PHRASE)
    change_plan(keyed.data, sealed=True)
    take_copy(keyed)
    for file in keyed.data.root.rglob("*"):
        assert file.is_dir() or PHRASE.encode() not in file.read_bytes(), file
    with pytest.raises(OutsideTrouble) as caught:
        keep_passphrase(desk, PHRASE)
    assert caught.value.code is Trouble.BACKUP_NEEDS_KEYRING
    with pytest.raises(RuleBroken) as broken:
        take_copy(desk)
    assert broken.value.code is Rule.PASSPHRASE_MISSING
    assert taken_at(take_copy(desk, PHRASE).file.name) is not None


@pytest.mark.parametrize(
    ("first", "second", "code", "field"),
    [
        ("zu kurz", "zu kurz", Rule.PASSPHRASE_SHORT, "passphrase"),
        ("", "", Rule.PASSPHRASE_SHORT, "passphrase"),
        ("lang genug ist es", "lang genug ist er", Rule.PASSPHRASE_DIFFERS, "again"),
    ],
)
def test_a_passphrase_is_long_and_typed_twice(first, second, code, field):
    with pytest.raises(RuleBroken) as caught:
        checked_passphrase(first, second)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_half_copies_of_a_run_that_was_killed_go_once_they_are_old(desk):
    desk.data.backups.mkdir()
    half = [
        desk.data.backups / ".desk-20220228T092200.sqlite3.partial",
        desk.data.backups / ".desk-20220228T092200.sqlite3.age.partial",
        *(
            desk.data.backups / f".desk-20220228T092200.sqlite3.partial-{one}"
            for one in ("journal", "wal", "shm")
        ),
        desk.data.backups / ".desk-20220228T092200-before-0001.sqlite3.partial",
        desk.data.backups / ".desk-20220228T092200-before-restore.sqlite3.partial-journal",
        desk.data.backups / ".desk-20220228T092200-before-restore.sqlite3-wal.partial",
        desk.data.root / ".seal-4711.sqlite3",
        desk.data.root / "..restore-4711.sqlite3.partial",
        desk.data.root / ".restore-4711.sqlite3-journal",
    ]
    others = [
        desk.data.backups / ".desk.partial",
        desk.data.backups / ".desk-20220228T092200.sqlite3",
        desk.data.root / ".notes",
        desk.data.root / "restore-1.sqlite3",
    ]
    for file in (*half, *others):
        file.write_bytes(b"half")
    leftovers.clear_leftovers(desk.data)
    assert all(file.exists() for file in half), "somebody may still be writing them"
    for file in (*half, *others):
        os.utime(file, (1, 1))
    leftovers.clear_leftovers(desk.data)
    assert [file for file in half if file.exists()] == []
    assert all(file.exists() for file in others)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"made": 3}', '{"folder": 7, "news": {"taken_at": "x"}}', "\xff"]
)
def test_a_plan_that_cannot_be_read_is_as_in_the_beginning(desk, content):
    (desk.data.root / "backups.json").write_text(content, "latin-1")
    assert read_plan(desk.data) == BackupPlan()
    take_copy(desk)


def test_copies_of_every_occasion_are_listed_the_newest_first(desk, clock):
    take_copy(desk)
    (desk.data.backups / "desk-20220228T101112-before-0001.sqlite3").write_bytes(b"x" * 10)
    (desk.data.backups / "desk-20220301T101112-before-restore.sqlite3").write_bytes(b"x" * 20)
    (desk.data.backups / "desk-20220301T101112-before-restore.sqlite3-wal").write_bytes(b"x")
    found = backup_state(desk.data, clock.now()).copies
    assert [(one.occasion, one.taken_at.day) for one in found] == [
        (Occasion.BEFORE_RESTORE, 1),
        (Occasion.DAILY, 1),
        (Occasion.BEFORE_UPDATE, 28),
    ]
