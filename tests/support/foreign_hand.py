"""A hand that writes past the program and past the seals: into the file, or as the server's owner."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

import psycopg

from laverma_desk.services.desk import Desk
from laverma_desk.storage.postgresql.server import connect_options


class _OnServer:
    """A connection that takes the words of a file's: question marks for values."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> psycopg.Cursor[Any]:
        """Run a statement and let it stand at once."""
        return self._connection.execute(statement.replace("?", "%s"), tuple(parameters) or None)


@contextmanager
def foreign_hand(desk: Desk) -> Iterator[Any]:
    """Yield a connection on which each statement stands at once, and no row has to belong to another one.

    A file's seals and conditions are gone for good; a server's seals are asleep on this connection, and its
    conditions still refuse.
    """
    if desk.database.shared:
        with psycopg.connect(**connect_options(desk.database.address), autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            yield _OnServer(connection)
        return
    with closing(sqlite3.connect(desk.data.database, isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("PRAGMA ignore_check_constraints = ON")
        yield connection
