"""Make the copy of the day, and let those go that have had their time."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from laverma_desk.domain.backup_rotation import is_due, name_of, rotate, taken_at
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken
from laverma_desk.paths import DataDir
from laverma_desk.services.backups.leftovers import clear_leftovers
from laverma_desk.services.backups.passphrase import kept_passphrase
from laverma_desk.services.backups.plan import BackupPlan, folder_of, made_folder, note_made, read_plan
from laverma_desk.services.backups.sealed_files import seal_file
from laverma_desk.services.desk import Desk
from laverma_desk.services.jobs import Cancelled, Progress, go_on_unless, never, silent
from laverma_desk.storage.backup import copy_desk
from laverma_desk.storage.backup_reading import has_open_session
from laverma_desk.storage.swapping import remove

PARTS = 1000
"""What the progress of a copy counts up to."""


@dataclass(frozen=True)
class TakenCopy:
    """A finished copy; `size` in bytes, `removed` what the rotation let go."""

    file: Path
    taken_at: datetime
    size: int
    removed: tuple[str, ...]


def backup_is_wanted(desk: Desk) -> bool:
    """Tell whether to make a copy now: it is due, and nobody is on the phone or it cannot wait any more."""
    now = desk.clock.now()
    if not backup_is_due(desk, now):
        return False
    return not has_open_session(desk.data.database) or backup_is_due(desk, now - timedelta(days=1))


def backup_is_due(desk: Desk, now: datetime) -> bool:
    """Tell whether the desk has no copy of that day yet; only copies that it made itself count."""
    plan = read_plan(desk.data)
    folder = folder_of(desk.data, plan)
    past = [
        at for name in _own(folder, plan) if (at := taken_at(name)) is not None and at <= desk.clock.now()
    ]
    return is_due(max(past, default=None), now)


def take_copy(
    desk: Desk,
    passphrase: str | None = None,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> TakenCopy:
    """Copy the desk into its folder for copies, checked, and rotate the older ones afterwards.

    Locked where the plan or a passphrase says so; without one the keyring's is taken. The window
    may be used meanwhile. Progress counts up to `PARTS`. Raises RuleBroken PASSPHRASE_MISSING,
    OutsideTrouble BACKUP_FOLDER_MISSING, FOLDER_UNWRITABLE, DISK_FULL, DATABASE_BROKEN and others,
    JobCancelled; then nothing was written and nothing removed.
    """
    plan = read_plan(desk.data)
    folder = made_folder(desk.data, plan)
    if plan.sealed and passphrase is None:
        passphrase = kept_passphrase(desk.data, desk.secrets)
        if passphrase is None:
            raise RuleBroken(Rule.PASSPHRASE_MISSING)
    clear_leftovers(desk.data)
    at, target = _free_name(folder, desk.clock.now(), sealed=passphrase is not None)
    # Known before it is there: a copy whose maker died in between would never be let go.
    note_made(desk.data, target.name)
    try:
        write_copy(desk.data, target, passphrase, progress, cancelled)
    except BaseException:
        with suppress(OutsideTrouble):
            note_made(desk.data, "", frozenset({target.name}))
        raise
    removed = _rotate(desk.data, folder, max(at, desk.clock.now()))
    return TakenCopy(target, at, target.stat().st_size, removed)


def write_copy(
    data: DataDir,
    target: Path,
    passphrase: str | None,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> None:
    """Write one checked copy to a file, locked if there is a passphrase. Raises as `take_copy` does.

    Of a locked copy nothing readable is ever laid beside it: its first state stays with the desk.
    """
    half = PARTS // 2 if passphrase else PARTS

    def pages(done: int, total: int) -> None:
        go_on_unless(cancelled)
        progress(half * done // total, PARTS)

    def share(done: float) -> None:
        go_on_unless(cancelled)
        progress(half + round(half * done), PARTS)

    if passphrase is None:
        copy_desk(data.database, target, pages)
        return
    plain = data.root / f".seal-{os.getpid()}.sqlite3"
    try:
        copy_desk(data.database, plain, pages)
        seal_file(plain, target, passphrase, share)
    finally:
        for half_made in (plain, plain.with_name(f".{plain.name}.partial")):
            with suppress(OSError):
                remove(half_made)


def _free_name(folder: Path, at: datetime, *, sealed: bool) -> tuple[datetime, Path]:
    """Return the first second, now or later, whose name is free, with and without a passphrase."""
    while True:
        if not any((folder / name_of(at, sealed=one)).exists() for one in (True, False)):
            return at, folder / name_of(at, sealed=sealed)
        at += timedelta(seconds=1)


def _own(folder: Path, plan: BackupPlan) -> list[str]:
    """Return the copies in a folder that this desk has made: another desk's are none of its business."""
    try:
        there = {one.name for one in folder.iterdir()}
    except OSError:
        return []
    return [name for name in plan.made if name in there]


def _rotate(data: DataDir, folder: Path, now: datetime) -> tuple[str, ...]:
    kept = rotate(_own(folder, read_plan(data)), now)
    gone = []
    for name, reasons in kept.items():
        if not reasons:
            try:
                (folder / name).unlink()
            except OSError:
                continue  # It is tried again after the next copy.
            gone.append(name)
    if gone:
        note_made(data, "", frozenset(gone))
    return tuple(gone)
