"""One transaction at a server that takes as long as it takes: those of a window are cut when they hang."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import URL, Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.server_address import ServerAddress
from laverma_desk.storage.moving.examining import refuse_others
from laverma_desk.storage.postgresql.commits import LIFE, XID, Commits, Written
from laverma_desk.storage.postgresql.server import WRITING, open_connection
from laverma_desk.storage.postgresql.troubles import trouble_of

Password = Callable[[], str | None]


@contextmanager
def filling(address: ServerAddress, password: Password) -> Iterator[Connection]:
    """Run one transaction that fills a desk: all of it, or nothing, nobody else writing meanwhile.

    Raises OutsideTrouble; SERVER_UNCERTAIN where nobody can be asked what came of the commit.
    """
    with _connected(address, password) as connection:
        transaction = connection.begin()
        try:
            asked = f"SELECT {XID}, pg_backend_pid(), {LIFE}, pg_advisory_xact_lock({WRITING})"
            xid, backend, life, _locked = connection.exec_driver_sql(asked).one()
            yield connection
        except BaseException:
            transaction.rollback()
            raise
        try:
            transaction.commit()
        except (DBAPIError, psycopg.Error) as error:
            commits = Commits(lambda: open_connection(address, password, autocommit=True), address.shown)
            written = commits.outcome(Written(xid, backend, life))
            if written is None:
                raise OutsideTrouble(Trouble.SERVER_UNCERTAIN, server=address.shown) from error
            if not written:
                raise


@contextmanager
def emptying(address: ServerAddress, password: Password) -> Iterator[Connection]:
    """Run reads that see one state of a desk at which nobody else works, nor writes meanwhile.

    Raises RuleBroken MOVE_OTHERS_WORK, OutsideTrouble.
    """
    with _connected(address, password) as connection:
        driver: Any = connection.connection.driver_connection
        # What others commit while this waits for them belongs to the state, which begins only afterwards.
        # The lock is the connection's: it ends with it.
        driver.autocommit = True
        driver.execute(f"SELECT pg_advisory_lock({WRITING})")
        refuse_others(driver, address.shown)
        driver.autocommit = False
        with connection.begin():
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield connection


@contextmanager
def _connected(address: ServerAddress, password: Password) -> Iterator[Connection]:
    engine = create_engine(
        URL.create("postgresql+psycopg"),
        creator=lambda: open_connection(address, password),
        poolclass=NullPool,
    )
    try:
        with engine.connect() as connection:
            yield connection
    except (DBAPIError, psycopg.Error) as error:
        known = trouble_of(error, address.shown)
        if known is None:
            raise
        raise known from error
    finally:
        engine.dispose()
