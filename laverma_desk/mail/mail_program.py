"""The way out without an account: a draft that the mail program opens."""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import count
from pathlib import Path

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.message import Letter
from laverma_desk.durable import folder_to_disk, lacks_room, make_folder
from laverma_desk.file_names import safe_name
from laverma_desk.mail.compose import draft


def write_draft(letter: Letter, folder: Path, title: str) -> Path:
    """Write a letter as `.eml` into a folder (made if need be) and return the new file.

    Only its owner can read it. The title becomes the file's name as far as file systems allow; a
    file of that name is not overwritten. Raises RuleBroken as `compose.draft` does, OutsideTrouble
    DISK_FULL, FOLDER_UNWRITABLE or FILE_UNWRITABLE (with `path`); then nothing is left behind.
    """
    content = draft(letter)
    try:
        make_folder(folder, 0o700)
    except OSError as error:
        raise _trouble(error, Trouble.FOLDER_UNWRITABLE, folder) from error
    name = safe_name(title, "mail")
    for number in count(1):
        path = folder / (f"{name}.eml" if number == 1 else f"{name} ({number}).eml")
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        except FileExistsError:
            continue
        except OSError as error:
            raise _trouble(error, Trouble.FOLDER_UNWRITABLE, folder) from error
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            folder_to_disk(folder)
        except OSError as error:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            raise _trouble(error, Trouble.FILE_UNWRITABLE, path) from error
        return path
    raise AssertionError


def _trouble(error: OSError, otherwise: Trouble, path: Path) -> OutsideTrouble:
    return OutsideTrouble(
        Trouble.DISK_FULL if lacks_room(error) else otherwise,
        path=str(path),
        file=str(path),
        folder=str(path),
    )
