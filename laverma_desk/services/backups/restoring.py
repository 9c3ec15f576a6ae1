"""Bring a copy back: look into it first, then let exactly what was looked at take the desk's place."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from laverma_desk.domain.clock import Clock
from laverma_desk.domain.errors import DeskError, OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.durable import folder_to_disk, make_folder
from laverma_desk.paths import DataDir
from laverma_desk.services.backups.leftovers import clear_leftovers, is_the_desk
from laverma_desk.services.backups.sealed_files import is_sealed, unseal_file
from laverma_desk.services.backups.stored_copies import moment_of
from laverma_desk.services.backups.taking import PARTS
from laverma_desk.services.jobs import Cancelled, Progress, go_on_unless, never, silent
from laverma_desk.storage.backup import copy_desk, problems_of, to_disk
from laverma_desk.storage.backup_reading import Holdings, has_open_session, hold_mails, holdings
from laverma_desk.storage.database import trouble_of
from laverma_desk.storage.file_state import FileState, inspect
from laverma_desk.storage.replaced_numbers import (
    GivenNumber,
    given_numbers,
    given_ranges,
    go_on_behind,
    remember,
    remembered,
)
from laverma_desk.storage.swapping import COMPANIONS, close_log, remove, swap_in

PATIENCE_SECONDS = 2.0
"""How long to wait for somebody who has the desk open; a window keeps it open for hours."""


@dataclass(frozen=True)
class RestorePreview:
    """What a copy holds beside what the desk holds today (None: nothing that can be read).

    The copy is whole: it was unlocked, opened and checked. `prepared` is the file that would become
    the desk; `older`: it is brought to the schema of this program when it is opened. `missing` are the
    numbers of issued documents that the desk has and the copy has not; None: nothing here tells.
    """

    file: Path
    prepared: Path
    taken_at: datetime
    older: bool
    copy: Holdings
    today: Holdings | None
    missing: tuple[str, ...] | None


@dataclass(frozen=True)
class Restored:
    """What a restore did: where the former state lies (None: there was none), how many mails are held."""

    taken_at: datetime
    kept: Path | None
    held_mails: int


def preview_restore(
    data: DataDir,
    file: Path,
    passphrase: str | None = None,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> RestorePreview:
    """Unlock and check a copy beside the desk, which is not touched. End it by `restore` or `drop_preview`.

    Raises RuleBroken PASSPHRASE_WANTED, PASSPHRASE_WRONG, FILE_IS_THE_DESK, OutsideTrouble
    BACKUP_DAMAGED (or no desk at all), DATABASE_NEWER, FILE_UNREADABLE, DISK_FULL, JobCancelled.
    """
    clear_leftovers(data)
    if is_the_desk(file, data):
        raise RuleBroken(Rule.FILE_IS_THE_DESK, file=str(file))
    prepared = data.root / f".restore-{os.getpid()}.sqlite3"
    try:
        _prepare(file, prepared, passphrase, progress, cancelled)
        state = inspect(prepared)
        go_on_unless(cancelled)
        today = _today(data)
        return RestorePreview(
            file,
            prepared,
            moment_of(file),
            older=state.state is FileState.OLDER,
            copy=holdings(prepared),
            today=today,
            missing=_missing(data, today, prepared),
        )
    except DeskError as error:
        _forget(prepared)
        if error.code in (Trouble.DATABASE_BROKEN, Trouble.DATABASE_FOREIGN, Trouble.BACKUP_DAMAGED):
            raise OutsideTrouble(Trouble.BACKUP_DAMAGED, file=file.name) from error
        if error.code is Trouble.DATABASE_NEWER:
            raise OutsideTrouble(error.code, **{**error.parameters, "file": file.name}) from error
        raise
    except BaseException:
        _forget(prepared)
        raise


def looked_again(data: DataDir, preview: RestorePreview) -> RestorePreview:
    """Return a preview beside the desk of now: what was issued since then would be missing too."""
    today = _today(data)
    return replace(preview, today=today, missing=_missing(data, today, preview.prepared))


def drop_preview(preview: RestorePreview) -> None:
    """Remove what a preview prepared."""
    _forget(preview.prepared)


def refuse_if_open(data: DataDir) -> None:
    """Raise RuleBroken where a window has the desk open or a session runs or pauses; nothing is changed.

    Better said before a passphrase is asked for than after.
    """
    refuse_during_session(data)
    _close_file(data)


def refuse_during_session(data: DataDir) -> None:
    """Raise RuleBroken RESTORE_DURING_SESSION while a session of the desk runs or pauses."""
    if _is_calling(data):
        raise RuleBroken(Rule.RESTORE_DURING_SESSION)


def restore(data: DataDir, preview: RestorePreview, clock: Clock) -> Restored:
    """Let what was previewed take the desk's place, at one stroke; the former file is kept beside.

    The desk has to be closed. Whatever happens on the way, one of both is there and usable. Numbers go on
    behind those that the former desk gave, where they can be read: what left the house keeps its own. Raises
    RuleBroken RESTORE_DURING_SESSION, DESK_IN_USE, OutsideTrouble; then nothing has changed.
    """
    refuse_during_session(data)
    today = data.database if _today(data) is not None else None
    try:
        whole = _close_file(data)
        held = hold_mails(preview.prepared, today, clock.now())
        _take_over_numbers(data, preview.prepared, clock.now())
        to_disk(preview.prepared)
        kept = _keep_present(data, clock.now(), whole=whole)
        swap_in(preview.prepared, data.database)
    except OSError as error:
        raise trouble_of(error, str(data.database)) or OutsideTrouble(
            Trouble.FILE_UNWRITABLE, file=str(data.database)
        ) from error
    return Restored(preview.taken_at, kept, held)


def _prepare(
    file: Path, prepared: Path, passphrase: str | None, progress: Progress, cancelled: Cancelled
) -> None:
    locked = is_sealed(file)
    _forget(prepared)

    def share(done: float) -> None:
        go_on_unless(cancelled)
        progress(round(PARTS * done), PARTS)

    if not locked:
        if inspect(file).state is FileState.ABSENT:
            raise OutsideTrouble(Trouble.BACKUP_DAMAGED, file=file.name)
        copy_desk(file, prepared, lambda done, total: share(done / total))
        return
    if passphrase is None:
        raise RuleBroken(Rule.PASSPHRASE_WANTED, field="passphrase", file=file.name)
    unseal_file(file, prepared, passphrase, share)
    if inspect(prepared).state is FileState.ABSENT or problems_of(prepared):
        raise OutsideTrouble(Trouble.BACKUP_DAMAGED, file=file.name)


def _today(data: DataDir) -> Holdings | None:
    try:
        if inspect(data.database).state is FileState.ABSENT:
            return None
        return holdings(data.database)
    except OutsideTrouble:
        return None  # Damaged: that is what copies are for.


def _missing(data: DataDir, today: Holdings | None, prepared: Path) -> tuple[str, ...] | None:
    """Return what the desk has issued beyond a copy; an empty one (a new machine) tells as little as none."""
    if today is None or not (today.customers or today.sessions or today.documents):
        return None
    held = set(given_numbers(prepared))
    try:
        return tuple(one.number for one in given_numbers(data.database) if one not in held)
    except OutsideTrouble:
        return None


def _take_over_numbers(data: DataDir, prepared: Path, at: datetime) -> None:
    """Let a copy give no number of the desk again; of a damaged desk what can still be read counts."""
    own = data.database
    if not own.exists():
        return
    ranges: tuple[tuple[str, int, int], ...] = ()
    given: tuple[GivenNumber, ...] = ()
    former: dict[str, Any] = {}
    with suppress(OutsideTrouble):
        ranges = given_ranges(own)
    with suppress(OutsideTrouble):
        former = remembered(own)
        given = given_numbers(own)
    go_on_behind(prepared, ranges)
    remember(prepared, given, former, at)


def _is_calling(data: DataDir) -> bool:
    try:
        return data.database.exists() and has_open_session(data.database)
    except OutsideTrouble:
        return False


def _close_file(data: DataDir) -> bool:
    """Fold the present file's log; return whether it is whole. Raises RuleBroken DESK_IN_USE."""
    if not data.database.exists():
        return True
    try:
        return close_log(data.database, PATIENCE_SECONDS)
    except OutsideTrouble as error:
        raise RuleBroken(Rule.DESK_IN_USE, folder=str(data.root)) from error


def _keep_present(data: DataDir, at: datetime, *, whole: bool) -> Path | None:
    """Give the present file a second name among the copies; with its log where that could not be folded."""
    own = data.database
    if not own.exists():
        return None
    make_folder(data.backups, 0o700)
    kept = data.backups / f"desk-{at:%Y%m%dT%H%M%S}-before-restore.sqlite3"
    kept.unlink(missing_ok=True)
    for ending in ("",) if whole else ("", *COMPANIONS):
        piece = own.with_name(own.name + ending)
        if piece.exists():
            _second_name(piece, kept.with_name(kept.name + ending))
    folder_to_disk(data.backups)
    return kept


def _second_name(file: Path, other: Path) -> None:
    try:
        # At once, and without room for a second file; the swap then leaves the old one under this name.
        os.link(file, other)
    except OSError:
        fresh = other.with_name(f".{other.name}.partial")
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)  # private before there is anything in it
        shutil.copyfile(file, fresh)
        to_disk(fresh)
        fresh.replace(other)


def _forget(prepared: Path) -> None:
    for name in (prepared, prepared.with_name(f".{prepared.name}.partial")):
        with suppress(OSError):
            remove(name)
