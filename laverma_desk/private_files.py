"""Files that belong to whoever works here: nobody else on this machine can read them, whatever the umask.

Windows knows no such modes; there the folders of a user are private by themselves.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

FOLDER_MODE = 0o700
_MODE = 0o600


def text_writer(file: Path) -> TextIO:
    """Open a file to be written anew in UTF-8, no longer readable for others if it was. Raises OSError."""
    return open(file, "w", encoding="utf-8", opener=_open)


@contextmanager
def nothing_for_others() -> Iterator[None]:
    """Let whatever a block makes be private, also by a library. It is so for all threads: keep it short."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def _open(path: str, flags: int) -> int:
    handle = os.open(path, flags, _MODE)
    if os.name == "posix":
        os.fchmod(handle, _MODE)
    return handle
