"""Insert a row and say where it went."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, insert


def insert_row(connection: Connection, table: Table, **values: Any) -> int:
    """Insert one row into a table whose key counts by itself, and return that key.

    `values` are plain ones, no expressions of SQL.
    """
    key = connection.execute(_insert(table), values).inserted_primary_key
    if key is None:  # pragma: no cover (only for tables without a key)
        raise LookupError(table.name)
    return int(key[0])


@cache
def _insert(table: Table) -> Insert:
    return insert(table)
