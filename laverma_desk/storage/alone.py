"""Take turns with other programs that make or migrate the desk of the same folder at the same moment."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.storage import opening

_PAUSE_SECONDS = 0.05


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold the turn in a folder; who dies gives it back.

    Where the file system knows no such thing, nobody waits. Raises OutsideTrouble DATABASE_BUSY where
    somebody else does not come to an end, and OSError.
    """
    until = time.monotonic() + opening.PATIENCE_SECONDS
    while (turn := _take(folder)) is None:
        if time.monotonic() > until:
            raise OutsideTrouble(Trouble.DATABASE_BUSY, file=str(folder))
        _wait()
    try:
        yield
    finally:
        os.close(turn)


def turn_in(folder: Path) -> int | None:
    """Take the turn in a folder for as long as the program runs; None where another one has it.

    Who dies gives it back; `os.close` does, too. Raises OSError.
    """
    return _take(folder)


def _wait() -> None:
    time.sleep(_PAUSE_SECONDS)


if sys.platform == "win32":

    def _take(folder: Path) -> int | None:
        """Return the turn as an open file, which the system removes when it is closed; None: it is taken."""
        try:
            return os.open(
                folder / ".turn", os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_TEMPORARY | os.O_NOINHERIT
            )
        except FileExistsError:
            return None
        except PermissionError:
            # It is about to be removed, or nothing can be written here at all.
            if os.access(folder, os.W_OK):
                return None
            raise

else:
    import fcntl

    def _take(folder: Path) -> int | None:
        """Return the turn as a lock on the folder itself, which leaves nothing behind; None: it is taken."""
        turn = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(turn)
            return None
        except OSError:
            return turn  # A file system without such locks.
        return turn
