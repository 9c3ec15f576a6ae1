"""One desk file, opened so that what was acknowledged is on the disk, and closed without leftovers."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy import Connection as Connection  # noqa: PLC0414 (services name it without SQLAlchemy)
from sqlalchemy.exc import DatabaseError, DBAPIError

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.durable import lacks_room
from laverma_desk.storage.opening import open_to_read
from laverma_desk.storage.store import Store

BUSY_MILLISECONDS = 5000
_PAGE = 4096

LONGEST_LOG = 4000
"""Pages, 16 MB: whoever makes the log longer brings it into the file, if nobody did in a quiet moment."""


def trouble_of(error: BaseException, file: str, folder: Path | None = None) -> OutsideTrouble | None:
    """Return what the world did when SQLite or the system refused, None where they do not say.

    SQLite does not say why a file could not be opened or written: a full disk is asked for in `folder`, else
    in the folder of a `file` with a whole path.
    """
    if isinstance(error, OSError) and lacks_room(error):
        return OutsideTrouble(Trouble.DISK_FULL, file=file)
    original = getattr(error, "orig", None) or error
    code = getattr(original, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_IOERR_SHMSIZE:
        return OutsideTrouble(Trouble.DISK_FULL, file=file)  # No room for the index of the log.
    meaning = {
        sqlite3.SQLITE_BUSY: Trouble.DATABASE_BUSY,
        sqlite3.SQLITE_LOCKED: Trouble.DATABASE_BUSY,
        sqlite3.SQLITE_FULL: Trouble.DISK_FULL,
        sqlite3.SQLITE_IOERR: Trouble.FILE_UNWRITABLE,
        sqlite3.SQLITE_READONLY: Trouble.FILE_UNWRITABLE,
        sqlite3.SQLITE_CANTOPEN: Trouble.FILE_UNWRITABLE,
        sqlite3.SQLITE_PERM: Trouble.FILE_UNWRITABLE,
        sqlite3.SQLITE_CORRUPT: Trouble.DATABASE_BROKEN,
        sqlite3.SQLITE_NOTADB: Trouble.DATABASE_BROKEN,
    }.get(_primary(error))
    if meaning is Trouble.FILE_UNWRITABLE and _is_full(folder or Path(file).parent):
        meaning = Trouble.DISK_FULL
    return None if meaning is None else OutsideTrouble(meaning, file=file)


def _primary(error: BaseException) -> int:
    """Return SQLite's primary result code, -1 where it is not SQLite's error."""
    code = getattr(getattr(error, "orig", None) or error, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else -1


def _is_full(folder: Path) -> bool:
    """Tell whether a folder's disk has no room for a page, or for a further file."""
    if not folder.is_absolute():
        return False
    try:
        if shutil.disk_usage(folder).free < _PAGE:
            return True
        if sys.platform == "win32":
            return False
        room = os.statvfs(folder)
    except OSError:
        return False
    return room.f_files > 0 and not room.f_favail


class Database(Store):
    """A desk's store in a SQLite file of its own: one writer at a time, in whatever process."""

    def __init__(self, file: Path, *, read_only: bool = False) -> None:
        """Remember the file; nothing is opened before the first transaction.

        `read_only`: also where nothing can be written, and no write is let through.
        """
        self.file = file
        self._written = 0
        self.engine = _reading_engine(file) if read_only else _engine(file)

    @property
    def shown(self) -> str:
        """Return the path of the file."""
        return str(self.file)

    @contextmanager
    def write(self, *, own_rows: bool = False) -> Iterator[Connection]:  # noqa: ARG002 (SQLite locks the file)
        """Run one transaction that is durable once the block ends, or undone if it raises.

        Raises OutsideTrouble for a full disk, a locked, read-only or broken file.
        """
        # A writer that begins as a reader can fail halfway with SQLITE_BUSY at once, whatever the timeout.
        with self._translated(), self._begun("BEGIN IMMEDIATE") as connection:
            yield connection
        self._written += 1

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Run reads that see one state of the file. Raises OutsideTrouble as `write` does."""
        with self._translated(), self._begun("BEGIN") as connection:
            yield connection

    def checkpoint(self, least: int = 1) -> bool:
        """Bring the log into the file as far as its readers let; return False where it was not worth it.

        Nobody waits for it, neither reader nor writer. `least`: how many transactions of this store have to
        have been written since the last time. Raises OutsideTrouble; the log is as safe as the file.
        """
        if self._written < least:
            return False
        self._written = 0
        with self._translated(), self.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        return True

    def close(self) -> None:
        """Close every connection; the last one folds the write-ahead log into the file."""
        self.engine.dispose()

    @contextmanager
    def _begun(self, begin: str) -> Iterator[Connection]:
        with self.engine.connect() as connection, connection.begin():
            # Straight to the driver, and no listener of the engine: each statement would ask all events.
            driver: Any = connection.connection.driver_connection
            driver.execute(begin)
            yield connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, DatabaseError, sqlite3.Error) as error:
            known = trouble_of(error, self.file.name, self.file.absolute().parent)
            if known is None:
                raise
            if _primary(error) == sqlite3.SQLITE_READONLY:
                # Where SQLite could not open a file to write, it opens it to read and never tries again: a
                # connection that met a fault would refuse every later write, too. After another fault it has
                # to stay: whoever opens the log anew would find in it what was refused a moment ago.
                self.engine.dispose()
            raise known from error


def _engine(file: Path) -> Engine:
    engine = create_engine(
        # Not as text: a folder may be called "100 %?".
        URL.create("sqlite", database=str(file)),
        connect_args={"timeout": BUSY_MILLISECONDS / 1000, "check_same_thread": False},
        # The connection used last has the pages and statements at hand that are wanted next.
        pool_use_lifo=True,
    )
    event.listen(engine, "connect", _on_connect)
    return engine


def _reading_engine(file: Path) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(file)), creator=lambda: open_to_read(file))
    event.listen(engine, "connect", _on_connect_to_read)
    return engine


def _on_connect_to_read(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout = {BUSY_MILLISECONDS}", "query_only = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_connect(connection: Any, _record: object) -> None:
    # The driver would begin transactions by itself, and not before DDL or SELECT: it is told not to,
    # and `_begun` does (SQLAlchemy's documented recipe for SQLite).
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_MILLISECONDS}",
        "foreign_keys = ON",
        "journal_mode = WAL",
        "synchronous = FULL",
        # Not the 1000 pages of SQLite: some sixty pressed keys, and the next would wait for all of them.
        f"wal_autocheckpoint = {LONGEST_LOG}",
        # What is written over leaves no copy in the free space of its page: names may have to be forgotten.
        "secure_delete = FAST",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
