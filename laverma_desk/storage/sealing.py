"""The one place where a seal is lifted: a trigger is gone for a moment, within one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text


@contextmanager
def unsealed(connection: Connection, trigger: str) -> Iterator[None]:
    """Let a block do what a trigger refuses. Afterwards it stands again, word for word.

    Nobody else ever sees the file without it: SQLite undoes its removal with the transaction, and shows
    it to no other connection before the commit. Raises NoResultFound for an unknown trigger.
    """
    asked = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name")
    written = str(connection.execute(asked, {"name": trigger}).scalar_one())
    connection.exec_driver_sql(f'DROP TRIGGER "{trigger}"')
    yield
    connection.exec_driver_sql(written)
