"""What a foreign hand may say to a store, in the words of its engine, and every byte that is left in it."""

from __future__ import annotations

import re

from sqlalchemy import Connection

from laverma_desk.services.desk import Desk
from laverma_desk.storage.tables import metadata
from tests.support.raw_words import every_value, say

_REPLACING = re.compile(r"INSERT OR REPLACE INTO (\w+) (SELECT .*)")


def do(connection: Connection, statement: str, unique: str = "") -> None:
    """Run a statement written for SQLite.

    PostgreSQL knows no INSERT OR REPLACE: a row whose place is taken, by its key or its `unique` column,
    is written over there. Nor does it know a rowid: there the key stands for it.
    """
    if connection.dialect.name == "sqlite":
        say(connection, statement)
        return
    replacing = _REPLACING.fullmatch(statement)
    if replacing:
        table, rows = replacing.groups()
        keys = unique or _key(table)
        first = metadata.tables[table].c[keys.split(",")[0]].name
        say(
            connection,
            f"INSERT INTO {table} {rows} ON CONFLICT ({keys}) DO UPDATE SET {first} = excluded.{first}",
        )
        return
    found = re.match(r"UPDATE (\w+) ", statement)
    if found and "rowid" in statement:
        statement = statement.replace("rowid", _key(found[1]).split(",")[0])
    say(connection, statement)


def _key(table: str) -> str:
    return ",".join(column.name for column in metadata.tables[table].primary_key.columns)


def kept_bytes(desk: Desk) -> bytes:
    """Return every byte of a desk's file, its log folded in; of a server every value of every table."""
    if desk.database.shared:
        with desk.database.read() as connection:
            return every_value(connection)
    desk.database.close()
    return desk.data.database.read_bytes()
