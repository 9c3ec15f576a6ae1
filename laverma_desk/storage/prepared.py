"""Statements that a pressed key waits for: compiled once for the dialect, then handed to its driver.

SQLAlchemy writes the SQL and knows the types, here as everywhere. Left out is what it does for each execution
(a context, events, a result): several times SQLite's own work, where a session is to be on the disk at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any, NamedTuple, cast
from weakref import WeakSet

from sqlalchemy import BindParameter, ClauseElement, ColumnElement, Connection, Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from laverma_desk.storage.spelling import SERVER

_Turn = Callable[[Any], Any] | None


class _Plan(NamedTuple):
    dialect: Dialect
    sql: str
    binds: tuple[tuple[str | None, Any, _Turn], ...]  # A name to be given, else a value of the statement.
    turns: tuple[_Turn, ...]
    names: tuple[str, ...] | None  # What the driver calls them, None where it goes by their places.


def prepare_all(dialect: Dialect) -> None:
    """Compile each statement that is there, so that the first key press finds it so; safe in any thread."""
    for one in list(_EVERY):
        one.prepare(dialect)


class Prepared:
    """A statement whose values come by name, each of them. Errors are the driver's own.

    `gives` are the columns of its rows, `sets` the names of the columns that an INSERT or UPDATE is given.
    """

    def __init__(
        self, statement: ClauseElement, gives: Iterable[ColumnElement[Any]] = (), sets: Iterable[str] = ()
    ) -> None:
        self._statement = statement
        self._gives = [one.type for one in gives]
        self._sets = list(sets)
        self._kept: _Plan | None = None
        _EVERY.add(self)

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return all rows, their values as the columns' types give them."""
        plan = self.prepare(connection.dialect)
        return _turned(plan, _ask(connection, plan, values).fetchall())

    def run(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Write, and return how many rows were concerned."""
        return int(_ask(connection, self.prepare(connection.dialect), values).rowcount)

    def prepare(self, dialect: Dialect) -> _Plan:
        """Return what its driver is handed, compiled when first asked for."""
        plan = self._kept
        if plan is None or plan.dialect is not dialect:
            plan = self._kept = self._compiled(dialect)
        return plan

    def _compiled(self, dialect: Dialect) -> _Plan:
        found = cast("SQLCompiler", self._statement.compile(dialect=dialect, column_keys=self._sets or None))
        by_name = {name: bind for bind, name in found.bind_names.items()}
        wanted = tuple((found.positiontup or ()) if found.positional else by_name)
        binds = tuple(_bind(found, by_name[name], name) for name in wanted)
        turns = tuple(_type(one, dialect).result_processor(dialect, None) for one in self._gives)
        return _Plan(dialect, found.string, binds, turns, None if found.positional else wanted)


_EVERY: WeakSet[Prepared] = WeakSet()


def rows_at_once(
    connection: Connection, statements: Iterable[Prepared], values: Mapping[str, Any]
) -> list[list[tuple[Any, ...]]]:
    """Return the rows of each of some statements; to a server they go as one question."""
    driver: Any = connection.connection.driver_connection
    plans = [one.prepare(connection.dialect) for one in statements]
    with driver.pipeline() if connection.dialect.name == SERVER else nullcontext():
        asked = [_ask(connection, plan, values) for plan in plans]
    return [_turned(plan, one.fetchall()) for plan, one in zip(plans, asked, strict=True)]


def _turned(plan: _Plan, rows: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
    return [
        tuple([value if turn is None else turn(value) for turn, value in zip(plan.turns, row, strict=True)])
        for row in rows
    ]


def _ask(connection: Connection, plan: _Plan, values: Mapping[str, Any]) -> Any:
    driver: Any = connection.connection.driver_connection
    given = [
        fixed if name is None else values[name] if turn is None else turn(values[name])
        for name, fixed, turn in plan.binds
    ]
    return driver.execute(
        plan.sql, given if plan.names is None else dict(zip(plan.names, given, strict=True))
    )


def _bind(compiled: SQLCompiler, bind: BindParameter[Any], name: str) -> tuple[str | None, Any, _Turn]:
    turn = _type(bind.type, compiled.dialect).bind_processor(compiled.dialect)
    if bind.required:
        return name, None, turn
    fixed = compiled.params[name]
    return None, fixed if turn is None else turn(fixed), None


def _type(one: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return one.dialect_impl(dialect)
