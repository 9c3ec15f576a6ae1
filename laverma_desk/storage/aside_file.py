"""The file beside a shared desk: which tables it has, and that it grows with the program."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, event, insert, inspect

from laverma_desk.storage.aside_rows import TABLES
from laverma_desk.storage.database import Database
from laverma_desk.storage.mine import KEPT_FOR
from laverma_desk.storage.schema import metadata
from laverma_desk.storage.tables import gap, session_change

_OWN_NUMBERS = 1_000_000_000

KEPT = Table(
    "kept",
    MetaData(),
    Column("session_id", Integer, primary_key=True),
    # As the server is known to have it, and as it may have it by a commit of ours whose answer got lost.
    Column("base", Text, nullable=False),
    Column("perhaps", Text, nullable=False),
    # Since when something waits to be carried over, and what has been on its way, under which marks.
    Column("since", Text, nullable=False),
    Column("attempts", Text, nullable=False),
)
"""What is known of each session that is kept."""


def ready(file: Path, login: str) -> Database:
    """Open the file that is kept for a login, with all tables and columns of today."""
    if not file.exists():
        file.touch(mode=0o600)
    store = Database(file)
    # Excerpts: what a row refers to may have stayed on the server.
    event.listen(store.engine, "connect", partial(_on_connect, login))
    try:
        if not _is_of_today(store):
            with store.write() as connection:
                metadata.create_all(connection, tables=list(TABLES))
                KEPT.metadata.create_all(connection)
                _grow(connection)
                _number_apart(connection)
                connection.exec_driver_sql(f"PRAGMA user_version = {_today()}")
    except BaseException:
        store.close()
        raise
    return store


def _today() -> int:
    """Return a number that stands for the tables and columns of this program."""
    columns = [(table.name, *table.c.keys()) for table in (*TABLES, KEPT)]
    return zlib.crc32(repr(columns).encode()) >> 1


def _is_of_today(store: Database) -> bool:
    with store.read() as connection:
        return bool(connection.exec_driver_sql("PRAGMA user_version").scalar_one() == _today())


def _on_connect(login: str, connection: Any, record: Any) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")
    record.info[KEPT_FOR] = login


def _number_apart(connection: Connection) -> None:
    """Let what is noted here never have the number of what the server notes."""
    at = datetime(1970, 1, 1, tzinfo=UTC)
    seam = {"id": _OWN_NUMBERS, "session_id": 0}
    connection.execute(insert(gap).prefix_with("OR IGNORE").values(**seam, kind="", begin=at, end=at))
    connection.execute(insert(session_change).prefix_with("OR IGNORE").values(**seam, at=at, field=""))


def _grow(connection: Connection) -> None:
    """Add the columns that a newer program has; what waits in the others stays."""
    found = inspect(connection)
    for table in TABLES:
        there = {one["name"] for one in found.get_columns(table.name)}
        for column in table.c:
            if column.name not in there:
                default = getattr(column.server_default, "arg", None)
                kind = column.type.compile(connection.dialect)
                value = "" if default is None else f" DEFAULT {getattr(default, 'text', default)}"
                connection.exec_driver_sql(
                    f'ALTER TABLE {table.name} ADD COLUMN "{column.name}" {kind}{value}'
                )
