"""Files that the desk gives out: complete or not there at all, and never over the desk itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.durable import make_folder, take_place
from laverma_desk.services.desk import Desk
from laverma_desk.storage.database import trouble_of

COPIES_KEPT = timedelta(days=7)


@contextmanager
def whole_file(desk: Desk, target: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Write a file in a block; it takes the place of an earlier one once the block ends, and is durable then.

    A `private` one can be read by nobody else on this machine. Whatever the block raises, nothing stays
    behind. Raises RuleBroken FILE_IS_THE_DESK, OutsideTrouble FILE_UNWRITABLE, DISK_FULL.
    """
    place = free_place(desk, target)
    fresh = place.with_name(f".{place.name}.partial")
    mode = 0o600 if private else 0o666
    try:
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as writer:
            yield writer
            writer.flush()
            os.fsync(writer.fileno())
        take_place(fresh, place)
    except OSError as error:
        raise unwritable(error, target) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def save_file(desk: Desk, target: Path, content: bytes, *, private: bool = False) -> Path:
    """Write a file as `whole_file` does, and return where it was asked to be."""
    with whole_file(desk, target, private=private) as writer:
        writer.write(content)
    return target


def forget_copies(desk: Desk) -> int:
    """Delete drafts and copies made for other programs more than `COPIES_KEPT` ago; return how many.

    They hold what is in the desk, or what was erased from it since. One that cannot be deleted, because a
    program still has it open, is left for the next time.
    """
    oldest = (desk.clock.now() - COPIES_KEPT).timestamp()
    gone = 0
    for path in desk.data.drafts.glob("*"):
        with suppress(OSError):
            if path.is_file() and path.stat().st_mtime < oldest:
                path.unlink()
                gone += 1
    return gone


def copy_to_look_at(desk: Desk, name: str, content: bytes) -> Path:
    """Write a document into the desk's own folder for drafts, for a program that shows it; return the file.

    The same bytes are not written twice. Raises OutsideTrouble FOLDER_UNWRITABLE, FILE_UNWRITABLE, DISK_FULL.
    """
    folder = desk.data.drafts
    path = folder / name
    try:
        make_folder(folder, 0o700)
        if path.is_file() and path.read_bytes() == content:
            return path
    except OSError as error:
        raise trouble_of(error, str(path)) or OutsideTrouble(
            Trouble.FOLDER_UNWRITABLE, folder=str(folder)
        ) from error
    return save_file(desk, path, content, private=True)


def free_place(desk: Desk, target: Path) -> Path:
    """Return the real path of a file to be written, which is none of the desk's own.

    Raises RuleBroken FILE_IS_THE_DESK, OutsideTrouble FILE_UNWRITABLE for a folder or a device.
    """
    try:
        place = target.expanduser().resolve()
        own = desk.data.database.resolve()
        kept = [own, *(own.with_name(own.name + ending) for ending in ("-wal", "-shm", "-journal"))]
        same = place in kept or (place.exists() and own.exists() and place.samefile(own))
        # /dev/stdout leads to whatever file the shell has opened: replacing that one is never meant.
        device = target.expanduser().absolute().parts[1:2] in (("dev",), ("proc",))
        usable = not device and (place.is_file() or not place.exists())
    except (OSError, RuntimeError, ValueError) as error:
        raise OutsideTrouble(Trouble.FILE_UNWRITABLE, file=str(target)) from error
    if same:
        raise RuleBroken(Rule.FILE_IS_THE_DESK, file=str(target))
    if not usable:
        raise OutsideTrouble(Trouble.FILE_UNWRITABLE, file=str(target))
    return place


def unwritable(error: OSError, target: Path) -> OutsideTrouble:
    """Return why a file could not be written: DISK_FULL, else FILE_UNWRITABLE."""
    return trouble_of(error, str(target)) or OutsideTrouble(Trouble.FILE_UNWRITABLE, file=str(target))
