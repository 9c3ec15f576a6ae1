"""Put a finished file in the place of the desk's own, so that a crash leaves the one or the other, whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.durable import folder_to_disk
from laverma_desk.storage.database import trouble_of
from laverma_desk.storage.opening import PATIENCE_SECONDS, open_existing

COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite lays beside a file, by the endings of their names."""


def fold_log(file: Path, patience: float = PATIENCE_SECONDS) -> None:
    """Fold the write-ahead log into a file, so that it is not found beside a new one.

    Raises sqlite3.OperationalError where somebody else has the file open.
    """
    with closing(open_existing(file)) as old:
        old.execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if old.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
            raise sqlite3.OperationalError("database is locked")


def close_log(file: Path, patience: float) -> bool:
    """Fold the log of a file that may be damaged; return whether the file is whole by itself then.

    Raises OutsideTrouble DATABASE_BUSY where somebody else has the file open.
    """
    try:
        fold_log(file, patience)
    except sqlite3.OperationalError as error:
        known = trouble_of(error, file.name) or OutsideTrouble(Trouble.DATABASE_BUSY, file=file.name)
        if known.code is Trouble.DATABASE_BUSY:
            raise known from error
        return False
    except sqlite3.DatabaseError:
        return False
    return True


def swap_in(fresh: Path, file: Path) -> None:
    """Let a finished file take the desk's place. Raises OSError."""
    for ending in COMPANIONS:
        with suppress(FileNotFoundError):
            file.with_name(file.name + ending).unlink()
    # A log that came back with a file it does not belong to would be played into it.
    folder_to_disk(file.parent)
    fresh.replace(file)
    with suppress(OSError):
        # It has happened: to say now that nothing has changed would be wrong.
        folder_to_disk(file.parent)


def remove(file: Path) -> None:
    """Remove a file and what SQLite laid beside it; one that is not there is no error. Raises OSError."""
    for ending in ("", *COMPANIONS):
        file.with_name(file.name + ending).unlink(missing_ok=True)
