"""The one place where a seal is lifted: a trigger lets through for a moment, within one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from laverma_desk.storage.spelling import SERVER


@contextmanager
def unsealed(connection: Connection, trigger: str) -> Iterator[None]:
    """Let a block do what a trigger refuses. Afterwards it stands again, word for word.

    Nobody else ever sees the store without it: SQLite undoes its removal with the transaction, and shows
    it to no other connection before the commit; on a server the trigger stays, and lets through what the
    transaction does that has lifted it. Raises NoResultFound for an unknown trigger of a file; the server
    refuses whoever may not lift it, and seals that are never lifted.
    """
    lifted = _let_through if connection.dialect.name == SERVER else _gone
    with lifted(connection, trigger):
        yield


@contextmanager
def _gone(connection: Connection, trigger: str) -> Iterator[None]:
    asked = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name")
    written = str(connection.execute(asked, {"name": trigger}).scalar_one())
    connection.exec_driver_sql(f'DROP TRIGGER "{trigger}"')
    yield
    connection.exec_driver_sql(written)


@contextmanager
def _let_through(connection: Connection, trigger: str) -> Iterator[None]:
    connection.execute(text("SELECT lift_seal(:name)"), {"name": trigger})
    yield
    connection.execute(text("SELECT set_seal(:name)"), {"name": trigger})
