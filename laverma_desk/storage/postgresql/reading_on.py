"""Rows that are read some at a time: whoever stops halfway lets go of the rest with the transaction."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from weakref import ref

from psycopg import Error, ServerCursor
from sqlalchemy import Connection, Engine, event

_OPEN = "rows that are read on"


def end_with_transactions(engine: Engine) -> None:
    """Close what is still read from when its transaction ends: later nobody could tell whose it was."""
    event.listen(engine, "after_cursor_execute", _note)
    event.listen(engine, "commit", _close)
    event.listen(engine, "rollback", _close)


def _note(connection: Connection, cursor: Any, *_rest: object) -> None:
    if isinstance(cursor, ServerCursor):
        connection.info.setdefault(_OPEN, []).append(ref(cursor))


def _close(connection: Connection) -> None:
    if connection.invalidated:
        return  # The wire is gone, and with it what was read.
    for one in connection.info.pop(_OPEN, ()):
        cursor = one()
        if cursor is not None and not cursor.closed:
            # Where the server is gone there is nothing left to let go of.
            with suppress(Error):
                cursor.close()
