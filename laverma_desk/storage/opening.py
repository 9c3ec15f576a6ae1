"""Open a desk file that is there, as SQLite has it: also where nothing can be written beside it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

PATIENCE_SECONDS = 30.0
"""How long to wait for somebody else who has the file open."""

_UNWRITTEN = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN})


def open_existing(file: Path) -> sqlite3.Connection:
    """Open a SQLite file that is there; plain `connect` would make a new one. Raises sqlite3.Error."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE_SECONDS)


def open_to_read(file: Path) -> sqlite3.Connection:
    """Open a SQLite file to read it, also where nothing can be written. Raises sqlite3.Error.

    A file with a write-ahead log wants to make one even for a reader. Where it cannot, and no log
    lies there, nobody else writes either: the file is then read as it is.
    """
    connection = open_existing(file)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        log = file.with_name(f"{file.name}-wal")
        if error.sqlite_errorcode & 0xFF not in _UNWRITTEN or (log.exists() and log.stat().st_size):
            raise
        return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error:
        connection.close()
        raise
    except UnicodeDecodeError as error:
        # SQLite quotes the part of the schema that it cannot read, and Python cannot read that either.
        connection.close()
        raise sqlite3.DatabaseError("the schema is damaged") from error
    return connection
