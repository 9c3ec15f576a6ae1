"""Copy a desk while it is in use, and prove that the copy is whole before anyone relies on it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.durable import take_place
from laverma_desk.storage.database import trouble_of
from laverma_desk.storage.opening import open_to_read
from laverma_desk.storage.swapping import remove

Pages = Callable[[int, int], None]
"""Told how many pages of how many are copied; what it raises stops the work, also the checking."""

_STEPS = 100_000
"""SQLite's own steps between two questions whether to stop a check."""


def unheard(done: int, total: int) -> None:
    """Tell nobody."""


def copy_desk(source: Path, target: Path, pages: Pages = unheard) -> None:
    """Copy a desk file with SQLite's backup interface, to a new name first, and check the copy.

    The target appears only when it is complete, readable by its owner alone. An existing target is
    replaced. Raises OutsideTrouble where a file cannot be read or written or the copy is not equal,
    and whatever `pages` raises.
    """
    fresh = target.with_name(f".{target.name}.partial")
    watch = _Watch(pages)
    try:
        remove(fresh)
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise _unwritable(error, target) from error
    try:
        with closing(open_to_read(source)) as reader, closing(sqlite3.connect(fresh)) as writer:
            # One snapshot for the copy and the comparison, whoever writes meanwhile.
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
            reader.backup(writer, pages=4096, progress=watch.on_pages)
            for connection in (reader, writer):
                connection.set_progress_handler(watch.on_steps, _STEPS)
            # A copy is one file: without this it would ask for the write-ahead log it does not need.
            writer.execute("PRAGMA journal_mode = DELETE")
            problems = integrity_problems(writer)
            if problems or row_counts(reader) != row_counts(writer):
                raise OutsideTrouble(Trouble.DATABASE_BROKEN, file=source.name)
        to_disk(fresh)
        take_place(fresh, target)
    except (sqlite3.Error, OSError) as error:
        if watch.stopped is not None:
            raise watch.stopped from None
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            # Ctrl+C met the watch on its doorstep: nobody else interrupts.
            raise KeyboardInterrupt from None
        raise _unwritable(error, target) from error
    finally:
        with suppress(OSError):
            remove(fresh)


class _Watch:
    """Passes on how far the copy is, and lets a check of it be stopped."""

    def __init__(self, pages: Pages) -> None:
        self.stopped: BaseException | None = None
        self._pages = pages
        self._total = 1

    def on_pages(self, _status: int, remaining: int, total: int) -> None:
        self._total = max(1, total)
        self._pages(total - remaining, self._total)

    def on_steps(self) -> int:
        # SQLite swallows what is raised here; what it answers to a 1 says nothing of the reason.
        try:
            self._pages(self._total, self._total)
        except BaseException as error:  # noqa: BLE001 (whatever it is, Ctrl+C too, goes on from `copy_desk`)
            self.stopped = error
        return int(self.stopped is not None)


def _unwritable(error: Exception, target: Path) -> OutsideTrouble:
    return trouble_of(error, str(target)) or OutsideTrouble(Trouble.FILE_UNWRITABLE, file=str(target))


def to_disk(file: Path) -> None:
    """Wait until a file is on the disk. Raises OSError."""
    handle = os.open(file, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def integrity_problems(connection: sqlite3.Connection) -> list[str]:
    """Return what SQLite finds wrong in a file: pages, indexes, foreign keys. Empty: nothing."""
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    for table, row, parent, _number in connection.execute("PRAGMA foreign_key_check"):
        found.append(f"{table} {row} → {parent}")
    return found


def row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    names = [
        str(row[0])
        for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    ]
    counts = {}
    for name in names:
        quoted = name.replace('"', '""')
        counts[name] = int(connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0])  # nosec B608 # noqa: S608 (a name from the schema, quoted)
    return counts


def problems_of(file: Path, stopped: Callable[[], bool] | None = None) -> list[str]:
    """Return what is wrong in a desk file. Raises OutsideTrouble where it cannot be read at all.

    Where `stopped` says so it raises or returns early: then the answer means nothing.
    """
    try:
        with closing(open_to_read(file)) as connection:
            if stopped is not None:
                connection.set_progress_handler(stopped, _STEPS)
            return integrity_problems(connection)
    except sqlite3.Error as error:
        raise trouble_of(error, file.name) or OutsideTrouble(
            Trouble.DATABASE_BROKEN, file=file.name
        ) from error
