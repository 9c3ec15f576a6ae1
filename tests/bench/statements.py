"""The statements that a piece of the program asks, so that they can be asked again without the program."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from keyring.backends.fail import Keyring
from sqlalchemy import event

from laverma_desk.domain.clock import SystemClock
from laverma_desk.mail.secret import Secrets
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import Desk
from laverma_desk.storage.database import Database
from laverma_desk.storage.postgresql.server import BEGIN_READING, open_connection
from tests.bench.cases import Bench
from tests.bench.large_desk import large_desk
from tests.bench.large_server_desk import large_server_desk, opened_at

Statements = list[tuple[str, Any]]


@dataclass(frozen=True)
class Sides:
    """A desk, and the engine's bare driver on the same rows: `ask` asks again what the desk asked."""

    desk: Desk
    ask: Callable[[Statements], None]
    beside: str


@contextmanager
def on_file(bench: Bench) -> Iterator[Sides]:
    """Give both sides of the large desk's file."""
    data = large_desk(bench)
    with closing(to_read(data)) as desk, closing(bare(data)) as connection:
        yield Sides(desk, lambda statements: ask(connection, statements), "the same SQL, sqlite3")


@contextmanager
def on_server(bench: Bench) -> Iterator[Sides]:
    """Give both sides of the large desk on the server."""
    address = large_server_desk(bench)
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(opened_at(address, Path(folder))) as desk,
        closing(open_connection(address, lambda: None, autocommit=True)) as connection,
    ):
        yield Sides(desk, lambda statements: _ask(connection, statements), "the same SQL, psycopg")


def to_read(data: DataDir) -> Desk:
    """Open a desk as the program does, but for the empty transaction that asks whether it may write."""
    return Desk(Database(data.database), SystemClock(), data, Secrets(Keyring()))


def bare(data: DataDir) -> sqlite3.Connection:
    """Open the same file with Python's own driver and nothing else."""
    return sqlite3.connect(f"{data.database.absolute().as_uri()}?mode=ro", uri=True)


def asked_by(desk: Desk, work: Callable[[], object]) -> Statements:
    """Return the SQL and parameters of everything that a call asks, without the transactions around."""
    found: Statements = []

    def note(_connection: Any, _cursor: Any, sql: str, parameters: Any, *_rest: Any) -> None:
        if not sql.startswith("BEGIN"):
            found.append((sql, parameters))

    event.listen(desk.database.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(desk.database.engine, "before_cursor_execute", note)
    return found


def ask(connection: sqlite3.Connection, statements: Statements) -> None:
    """Ask the same again and fetch every row, as they come."""
    connection.execute("BEGIN")
    for sql, parameters in statements:
        connection.execute(sql, parameters).fetchall()
    connection.execute("COMMIT")


def _ask(connection: psycopg.Connection[Any], statements: Statements) -> None:
    connection.execute(BEGIN_READING)
    for sql, parameters in statements:
        connection.execute(sql.encode(), parameters).fetchall()
    connection.execute("COMMIT")
