"""Names that outlive a power cut: a file's fsync says nothing about the folder that knows it."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_FAILED = _NO_ROOM | {errno.EIO}
"""What a disk says that could not do it; all else comes from file systems that know no such thing."""


def lacks_room(error: OSError) -> bool:
    """Tell whether the system refused something because a disk or a quota is full."""
    return error.errno in _NO_ROOM


def folder_to_disk(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system knows such a thing.

    Raises OSError where the disk cannot.
    """
    if os.name != "posix":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return  # One may write into a folder that one may not read.
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno in _FAILED:
            raise
    finally:
        with suppress(OSError):
            os.close(handle)


def take_place(fresh: Path, target: Path) -> None:
    """Let a file that is whole and on the disk take another's place, for good. Raises OSError.

    Both lie in one folder.
    """
    fresh.replace(target)
    folder_to_disk(target.parent)


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder and those above it where they are missing; their names are on the disk then.

    `mode` is of the last one, as `Path.mkdir` has it. Raises OSError.
    """
    missing = []
    above = folder
    while not above.exists() and above != above.parent:
        missing.append(above)
        above = above.parent
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    for one in reversed(missing):
        folder_to_disk(one.parent)
