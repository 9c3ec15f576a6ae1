"""A table's rows as lines of text that are the same on both engines: what is moved, and what is compared.

The form is that of PostgreSQL's COPY: columns between tabs, what would break a line written with a backslash.
"""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Integer, LargeBinary, Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator, TypeEngine

from laverma_desk.storage.schema import metadata
from laverma_desk.storage.tables import heartbeat

NULL = "\\N"
FOREIGN = "\x00"
"""Stands in a line for a value that no server holds, beside those that hold one themselves."""

ESCAPES = {"\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\v": "\\v", "\f": "\\f", "\r": "\\r"}
"""In this order: what the first one writes must not be written twice."""

_LARGEST = {"INTEGER": 2**31 - 1, "BIGINT": 2**63 - 1}
"""A server's whole numbers."""

_SERVER = postgresql.dialect()  # type: ignore[no-untyped-call]


@lru_cache(maxsize=1)
def moved_tables() -> tuple[Table, ...]:
    """Return what is moved row for row: all but the hearts, which belong to running programs."""
    return tuple(one for one in metadata.sorted_tables if one is not heartbeat)


def kind_of(column: Column[object]) -> TypeEngine[object]:
    """Return the type in which a column is kept."""
    kind: TypeEngine[object] = column.type
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind


def key_of(table: Table) -> str:
    """Return the columns of a table's key, as SQL."""
    return ", ".join(quoted(one.name) for one in table.primary_key)


def quoted(name: str) -> str:
    """Return a name as both engines take it, whatever it means to them otherwise."""
    return '"' + name.replace('"', '""') + '"'


def columns_of(table: Table) -> str:
    """Return all columns of a table, as SQL."""
    return ", ".join(quoted(one.name) for one in table.columns)


def server_lines(table: Table) -> str:
    """Return the statement that copies a server's rows out as lines, in the order of the key."""
    values = ", ".join(_on_server(one) for one in table.columns)
    source = quoted(table.name)
    return f"COPY (SELECT {values} FROM {source} ORDER BY {key_of(table)}) TO STDOUT"  # nosec B608 # noqa: S608 (names of our tables)


def _on_server(column: Column[object]) -> str:
    name, kind = quoted(column.name), kind_of(column)
    if isinstance(kind, DateTime):
        return f"to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    return f"{name}::int" if isinstance(kind, Boolean) else name


def file_lines(table: Table) -> str:
    """Return the statement for a file's rows as lines, in the order of the key."""
    line = " || char(9) || ".join(on_file(one) for one in table.columns)
    return f"SELECT {line} FROM {quoted(table.name)} ORDER BY {key_of(table)}"  # nosec B608 # noqa: S608 (names of our tables)


def on_file(column: Column[object]) -> str:
    """Return a column of a file as it stands in a line; what is no value of its kind becomes FOREIGN.

    SQLite keeps whatever somebody writes into a column; days are added to a date so that it is counted: of
    itself it lets a 30th of February pass.
    """
    name, kind = quoted(column.name), kind_of(column)
    if isinstance(kind, Boolean):
        cases = [(f"typeof({name}) = 'integer' AND {name} IN (0, 1)", f"CAST({name} AS TEXT)")]
    elif isinstance(kind, Integer):
        largest = _LARGEST[column.type.compile(_SERVER)]
        fits = f"typeof({name}) = 'integer' AND {name} BETWEEN {-largest - 1} AND {largest}"
        cases = [(fits, f"CAST({name} AS TEXT)")]
    elif isinstance(kind, DateTime):
        second = f"substr({name}, 1, 19)"
        real = f"strftime('%Y-%m-%d %H:%M:%S', {second}, '+0 days') = {second} AND {name} >= '0001'"
        shape = (
            f"typeof({name}) = 'text' AND length({name}) = 26 AND substr({name}, 20) GLOB '.{6 * '[0-9]'}'"
        )
        cases = [(f"{shape} AND {real}", name)]
    elif isinstance(kind, Date):
        real = f"typeof({name}) = 'text' AND length({name}) = 10 AND date({name}, '+0 days') = {name}"
        cases = [(f"{real} AND {name} >= '0001'", name)]
    elif isinstance(kind, LargeBinary):
        cases = [(f"typeof({name}) = 'blob'", f"'\\\\x' || lower(hex({name}))")]
    else:
        sound = f"typeof({name}) = 'text'"
        if isinstance(kind, JSON):
            sound += f" AND json_valid({name})"
        plain = f"{sound} AND NOT {name} GLOB '*[\b-\r\\]*'"
        cases = [(plain, name), (sound, _escaped(name))]
    chosen = " ".join(f"WHEN {when} THEN {then}" for when, then in cases)
    return f"CASE WHEN {name} IS NULL THEN '{NULL}' {chosen} ELSE char(0) END"


def _escaped(name: str) -> str:
    for letter, written in ESCAPES.items():
        name = f"replace({name}, '{letter}', '{written}')"
    return name
