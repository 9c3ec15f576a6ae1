"""Files that belong together: a folder that is there with all of them, or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from uuid import uuid4

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.durable import folder_to_disk, make_folder
from laverma_desk.file_names import safe_name
from laverma_desk.storage.database import trouble_of

_UNFINISHED = re.compile(r"\.[0-9a-f]{32}\.partial")
_FORSAKEN = 24 * 3600
"""Seconds after which nobody fills an unfinished folder any more."""


def free_folder(above: Path, name: str) -> Path:
    """Return a place of that name that nothing has yet; the second is called "name-2"."""
    stem = safe_name(name, "_")
    names = (stem if place == 1 else f"{stem}-{place}" for place in count(1))
    return next(place for one in names if not os.path.lexists(place := above.expanduser() / one))


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Fill a folder in a block; it has its name once the block ends, with every file on the disk then.

    The block gets a hidden folder beside it; those above are made where they are missing. Whatever the block
    raises, nothing of it stays behind; what a program that was killed left here goes with the next folder, a
    day later. `target` is one of `free_folder`. Raises OutsideTrouble FOLDER_UNWRITABLE, DISK_FULL.
    """
    place = target.expanduser()
    fresh = place.with_name(f".{uuid4().hex}.partial")
    try:
        make_folder(place.parent)
        fresh.mkdir()
        _sweep(fresh)
        yield fresh
        _to_disk(fresh)
        fresh.rename(place)
        folder_to_disk(place.parent)
    except OSError as error:
        raise trouble_of(error, str(target)) or OutsideTrouble(
            Trouble.FOLDER_UNWRITABLE, folder=str(place.parent)
        ) from error
    finally:
        with suppress(OSError):
            shutil.rmtree(fresh)


def _sweep(fresh: Path) -> None:
    """Delete unfinished folders beside a new one, by the clock of their disk: they hold what was exported."""
    with suppress(OSError):
        now = fresh.stat().st_mtime
        for one in fresh.parent.iterdir():
            if _UNFINISHED.fullmatch(one.name) and now - one.stat().st_mtime > _FORSAKEN:
                shutil.rmtree(one, ignore_errors=True)


def _to_disk(folder: Path) -> None:
    for one in folder.rglob("*"):
        if one.is_file():
            # Windows flushes nothing that is open to be read alone.
            with one.open("r+b") as written:
                os.fsync(written.fileno())
        else:
            folder_to_disk(one)
    folder_to_disk(folder)
