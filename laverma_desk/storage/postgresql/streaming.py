"""Rows by the thousand in one stream: what executemany is on a file, COPY is on a server."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from psycopg import sql
from sqlalchemy import Connection


def stream_rows(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Write rows in the caller's transaction, as many as come; what the iterable raises undoes them.

    Values are Python's own; names are the program's.
    """
    driver: Any = connection.connection.driver_connection
    names = sql.SQL(", ").join(sql.Identifier(name) for name in columns)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def take_keys(connection: Connection, table: str, count: int) -> range:
    """Return the next `count` keys of a table that counts by itself; nobody else gets them.

    They follow each other: should somebody have taken one in between, others are taken.
    """
    driver: Any = connection.connection.driver_connection
    while True:
        first, last = driver.execute(
            "SELECT min(key), max(key) FROM ("
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) AS key FROM generate_series(1, %s)) AS taken",
            (table, count),
        ).fetchone()
        if last - first + 1 == count:
            return range(first, last + 1)
