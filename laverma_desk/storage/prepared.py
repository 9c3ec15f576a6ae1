"""Statements that a pressed key waits for: compiled once for the dialect, then handed to its driver.

SQLAlchemy writes the SQL and knows the types, here as everywhere. Left out is what it does for each execution
(a context, events, a result): several times SQLite's own work, where a session is to be on the disk at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, cast
from weakref import WeakSet

from sqlalchemy import ClauseElement, ColumnElement, Connection, Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

_Turn = Callable[[Any], Any] | None


class _Plan(NamedTuple):
    dialect: Dialect
    sql: str
    binds: tuple[tuple[str | None, Any, _Turn], ...]  # A name to be given, else a value of the statement.
    turns: tuple[_Turn, ...]


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
        found = _ask(connection, plan, values).fetchall()
        return [
            tuple(
                [value if turn is None else turn(value) for turn, value in zip(plan.turns, row, strict=True)]
            )
            for row in found
        ]

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
        binds = tuple(_bind(found, name) for name in found.positiontup or ())
        turns = tuple(_type(one, dialect).result_processor(dialect, None) for one in self._gives)
        return _Plan(dialect, found.string, binds, turns)


_EVERY: WeakSet[Prepared] = WeakSet()


def _ask(connection: Connection, plan: _Plan, values: Mapping[str, Any]) -> Any:
    driver: Any = connection.connection.driver_connection
    given = [
        fixed if name is None else values[name] if turn is None else turn(values[name])
        for name, fixed, turn in plan.binds
    ]
    return driver.execute(plan.sql, given)


def _bind(compiled: SQLCompiler, name: str) -> tuple[str | None, Any, _Turn]:
    bind = compiled.binds[name]
    turn = _type(bind.type, compiled.dialect).bind_processor(compiled.dialect)
    if bind.required:
        return name, None, turn
    fixed = compiled.params[name]
    return None, fixed if turn is None else turn(fixed), None


def _type(one: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return one.dialect_impl(dialect)
