"""What is this desk's own among what several desks share: on a server the login says who sits here."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Text, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from laverma_desk.storage.spelling import SERVER, Condition
from laverma_desk.storage.tables import session, supporter

KEPT_FOR = "kept for"
"""Under this name a connection to a file that is kept aside knows whose login it is kept for."""

_ME = "(SELECT supporter.id FROM supporter WHERE supporter.role = current_user)"


class Role(ColumnElement[str]):
    """The role that asks the server, NULL on a file."""

    inherit_cache = True
    _traverse_internals: Any = ()  # Else no statement with it would be kept compiled.
    type = Text()


@compiles(Role)
def _nobody(_element: Role, _compiler: SQLCompiler, **_rest: Any) -> str:
    return "NULL"


@compiles(Role, SERVER)
def _current_user(_element: Role, _compiler: SQLCompiler, **_rest: Any) -> str:
    return "current_user::text"


class Heart(ColumnElement[int]):
    """The row of this desk's heart: of whoever sits here; a file has one desk, and one row."""

    inherit_cache = True
    _traverse_internals: Any = ()
    type = Integer()


@compiles(Heart)
def _one(_element: Heart, _compiler: SQLCompiler, **_rest: Any) -> str:
    return "1"


@compiles(Heart, SERVER)
def _of_me(_element: Heart, _compiler: SQLCompiler, **_rest: Any) -> str:
    return f"COALESCE({_ME}, 0)"


class _Mine(Condition):
    inherit_cache = True


@compiles(_Mine)
def _all_are(_element: _Mine, _compiler: SQLCompiler, **_rest: Any) -> str:
    return "1"


@compiles(_Mine, SERVER)
def _those_of_me(element: _Mine, compiler: SQLCompiler, **rest: Any) -> str:
    return f"COALESCE({compiler.process(element.clauses, **rest)} = {_ME}, true)"


MINE: ColumnElement[bool] = _Mine(session.c.supporter_id)
"""Whether a session is for this desk to run: its supporter sits here. On a file each one is, and for a
login that belongs to nobody, who looks after the server."""


def me(connection: Connection) -> int | None:
    """Return the supporter whose login asks, None on a file and where the login belongs to nobody.

    A file that is kept aside for a login belongs to its supporter.
    """
    kept_for = connection.info.get(KEPT_FOR)
    if connection.dialect.name != SERVER and kept_for is None:
        return None
    login: Any = Role() if kept_for is None else kept_for
    found = connection.execute(select(supporter.c.id).where(supporter.c.role == login)).scalar()
    return None if found is None else int(found)
