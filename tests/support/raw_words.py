"""Statements in plain SQL, said to either engine: what a service would never say to its own store."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult

_PLACE = re.compile(r"\?|%")


def say(connection: Connection, statement: str, parameters: Sequence[Any] = ()) -> CursorResult[Any]:
    """Run a statement whose parameters stand as question marks."""
    if connection.dialect.name != "sqlite":
        # Without parameters the driver takes the words as they are.
        double = {"?": "%s", "%": "%%" if parameters else "%"}
        statement = _PLACE.sub(lambda found: double[found[0]], statement)
    return connection.exec_driver_sql(statement, tuple(parameters))


def lift_seal(connection: Connection, trigger: str) -> None:
    """Take a trigger off for good, as only somebody with the whole store in hand can."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f'DROP TRIGGER "{trigger}"')
        return
    asked = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = ? AND NOT tgisinternal"
    table = say(connection, asked, (trigger,)).scalar_one()
    connection.exec_driver_sql(f'DROP TRIGGER "{trigger}" ON {table}')


def triggers(connection: Connection, table: str) -> list[str]:
    """Return the names of a table's own triggers."""
    if connection.dialect.name == "sqlite":
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? ORDER BY name"
    else:
        asked = (
            "SELECT tgname FROM pg_trigger WHERE tgrelid = CAST(? AS regclass) AND NOT tgisinternal "
            "ORDER BY tgname"
        )
    return list(say(connection, asked, (table,)).scalars())


def every_value(connection: Connection) -> bytes:
    """Return all that the tables of a server hold, one value after the other."""
    tables = connection.exec_driver_sql(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
    ).scalars()
    values = bytearray()
    for table in list(tables):
        for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"'):  # noqa: S608 (a table's name)
            for value in row:
                values += (value if isinstance(value, bytes) else str(value).encode()) + b"\n"
    return bytes(values)
