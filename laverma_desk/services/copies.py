"""Give a document out of the desk as a file: a copy where somebody wants it, or one to be looked at."""

from __future__ import annotations

import errno
from pathlib import Path

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.services.desk import Desk


def save_copy(path: Path, content: bytes) -> Path:
    """Write bytes to a file that somebody chose, over one that is there, and return it.

    Raises OutsideTrouble DISK_FULL, FILE_UNWRITABLE.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        raise OutsideTrouble(
            Trouble.DISK_FULL if full else Trouble.FILE_UNWRITABLE, file=str(path)
        ) from error
    return path


def copy_to_look_at(desk: Desk, name: str, content: bytes) -> Path:
    """Write a document into the desk's own folder for drafts, for a program that shows it; return the file.

    The same bytes are not written twice. Raises OutsideTrouble FOLDER_UNWRITABLE, FILE_UNWRITABLE, DISK_FULL.
    """
    folder = desk.data.drafts
    path = folder / name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.is_file() and path.read_bytes() == content:
            return path
    except OSError as error:
        raise OutsideTrouble(Trouble.FOLDER_UNWRITABLE, folder=str(folder)) from error
    return save_copy(path, content)
