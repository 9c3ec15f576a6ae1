"""What the engines spell differently in a statement: one name here, and the words of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Self

from sqlalchemy import Boolean, Column, ColumnElement, Dialect, LargeBinary, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.functions import sum as Sum  # noqa: N812 (a class)
from sqlalchemy.types import TypeDecorator, TypeEngine

SERVER = "postgresql"


_FROM_JSON: dict[type, Callable[[str], Any]] = {datetime: datetime.fromisoformat, date: date.fromisoformat}


def from_json(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """Return what makes a column's value of what stands for it in JSON, None where it is that already."""
    read: Callable[[Any], Any] | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    # SQLite keeps days and instants as the texts that its JSON has; a server's driver brings them as such.
    plain = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    made = _FROM_JSON.get(plain.python_type) if dialect.name == SERVER else None
    if made is None:
        return read

    def process(value: Any) -> Any:
        known = value if value is None else made(value)
        return known if read is None else read(known)

    return process


class Condition(FunctionElement[bool]):
    """What an engine takes for a condition as it stands: SQLAlchemy would hold it against 1 on SQLite."""

    inherit_cache = True
    type = Boolean()

    def self_group(self, against: Any = None) -> Self:  # noqa: ARG002 (whatever it stands in)
        """Stand without brackets, and without a comparison."""
        return self


class Yes(ColumnElement[bool]):
    """True, written out: SQLite uses a partial index only where the words are the same."""

    inherit_cache = True
    _traverse_internals: Any = ()  # Else no statement with it would be kept compiled.
    type = Boolean()


@compiles(Yes)
def _one(_element: Yes, _compiler: SQLCompiler, **_rest: Any) -> str:
    return "1"


@compiles(Yes, SERVER)
def _true(_element: Yes, _compiler: SQLCompiler, **_rest: Any) -> str:
    return "true"


class Holds(Condition):
    """Whether a text holds a part, letter for letter: `Holds(text, part)`."""

    inherit_cache = True


@compiles(Holds)
def _instr(element: Holds, compiler: SQLCompiler, **rest: Any) -> str:
    text, part = element.clauses
    return f"instr({compiler.process(text, **rest)}, {compiler.process(part, **rest)}) > 0"


@compiles(Holds, SERVER)
def _like(element: Holds, compiler: SQLCompiler, **rest: Any) -> str:
    # As a pattern, which the index over any three letters answers; the part has no meaning in it.
    text, part = element.clauses
    plain = compiler.process(part, **rest)
    for letter in ("\\", "%%", "_"):
        plain = f"replace({plain}, '{letter}', '\\{letter}')"
    return f"{compiler.process(text, **rest)} LIKE '%%' || {plain} || '%%'"


class Within(Condition):
    """The same as `Holds`, where each of a few texts is looked at: no index is asked."""

    inherit_cache = True


@compiles(Within)
def _looked_at(element: Within, compiler: SQLCompiler, **rest: Any) -> str:
    text, part = element.clauses
    return f"instr({compiler.process(text, **rest)}, {compiler.process(part, **rest)}) > 0"


@compiles(Within, SERVER)
def _strpos(element: Within, compiler: SQLCompiler, **rest: Any) -> str:
    text, part = element.clauses
    return f"strpos({compiler.process(text, **rest)}, {compiler.process(part, **rest)}) > 0"


class Speaks(Condition):
    """Whether a text fits a pattern of LIKE, small or capital: `Speaks(text, pattern)`, escaped by "/".

    Of other letters than those of ASCII both engines take only the one that is written.
    """

    inherit_cache = True


@compiles(Speaks)
def _like_in_any_case(element: Speaks, compiler: SQLCompiler, **rest: Any) -> str:
    text, pattern = (compiler.process(one, **rest) for one in element.clauses)
    return f"{text} LIKE {pattern} ESCAPE '/'"


@compiles(Speaks, SERVER)
def _ilike(element: Speaks, compiler: SQLCompiler, **rest: Any) -> str:
    text, pattern = (compiler.process(one, **rest) for one in element.clauses)
    return f"""({text}) COLLATE "C" ILIKE {pattern} ESCAPE '/'"""


class Moment(FunctionElement[Any]):
    """An instant as it is kept, to sort by and not to read: SQLite's texts sort as they are."""

    inherit_cache = True


@compiles(Moment)
def _as_text(element: Moment, compiler: SQLCompiler, **rest: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **rest)} AS TEXT)"


@compiles(Moment, SERVER)
def _itself(element: Moment, compiler: SQLCompiler, **rest: Any) -> str:
    return str(compiler.process(element.clauses, **rest))


class Hour(FunctionElement[str]):
    """Date and hour of an instant in UTC, as "2022-03-01 10"."""

    inherit_cache = True
    type = Text()


@compiles(Hour)
def _first_letters(element: Hour, compiler: SQLCompiler, **rest: Any) -> str:
    return f"substr({compiler.process(element.clauses, **rest)}, 1, 13)"


@compiles(Hour, SERVER)
def _formatted(element: Hour, compiler: SQLCompiler, **rest: Any) -> str:
    instant = compiler.process(element.clauses, **rest)
    return f"to_char({instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24')"


class JsonArray(FunctionElement[str]):
    """Some values as a line of JSON, in which no break stands."""

    inherit_cache = True
    type = Text()


@compiles(JsonArray)
def _json_array(element: JsonArray, compiler: SQLCompiler, **rest: Any) -> str:
    return f"json_array({compiler.process(element.clauses, **rest)})"


@compiles(JsonArray, SERVER)
def _json_build_array(element: JsonArray, compiler: SQLCompiler, **rest: Any) -> str:
    return f"json_build_array({compiler.process(element.clauses, **rest)})::text"


class JsonOfAll(FunctionElement[str]):
    """A column's values of all rows as an array of JSON."""

    inherit_cache = True
    type = Text()


@compiles(JsonOfAll)
def _json_group_array(element: JsonOfAll, compiler: SQLCompiler, **rest: Any) -> str:
    return f"json_group_array({compiler.process(element.clauses, **rest)})"


@compiles(JsonOfAll, SERVER)
def _json_agg(element: JsonOfAll, compiler: SQLCompiler, **rest: Any) -> str:
    return f"coalesce(json_agg({compiler.process(element.clauses, **rest)}), '[]')::text"


class Lines(FunctionElement[bytes]):
    """The lines of all rows in one text, as its bytes."""

    inherit_cache = True


@compiles(Lines)
def _group_concat(element: Lines, compiler: SQLCompiler, **rest: Any) -> str:
    return f"CAST(group_concat({compiler.process(element.clauses, **rest)}, char(10)) AS BLOB)"


@compiles(Lines, SERVER)
def _string_agg(element: Lines, compiler: SQLCompiler, **rest: Any) -> str:
    lines = compiler.process(element.clauses, **rest)
    return f"convert_to(string_agg({lines}, chr(10)), 'UTF8')"


@compiles(Text, SERVER)
def _by_letters(kind: TypeEngine[str], compiler: Any, **rest: Any) -> str:
    # In SQLite's order, whatever the server's language: lists and pages of lists go by it.
    if isinstance(rest.get("type_expression"), Column):
        return 'TEXT COLLATE "C"'
    return str(compiler.visit_TEXT(kind, **rest))


@compiles(Sum, SERVER)
def _whole_sum(element: Sum[Any], compiler: SQLCompiler, **rest: Any) -> str:
    # Of great integers a server makes a decimal number.
    return f"CAST({compiler.visit_function(element, **rest)} AS BIGINT)"


class Matching(Condition):
    """Whether the index of words may know a row; without such an index each row may be one."""

    inherit_cache = True


@compiles(Matching)
def _match(element: Matching, compiler: SQLCompiler, **rest: Any) -> str:
    return f"session_words MATCH {compiler.process(element.clauses, **rest)}"


@compiles(Matching, SERVER)
def _any(element: Matching, compiler: SQLCompiler, **rest: Any) -> str:
    # The lines themselves are asked, by their own index; what to match is only said.
    return f"{compiler.process(element.clauses, **rest)} IS NOT NULL"


class Raw(FunctionElement[bytes]):
    """A value as the bytes of its words, whatever it is."""

    inherit_cache = True
    type = LargeBinary()


@compiles(Raw)
def _as_blob(element: Raw, compiler: SQLCompiler, **rest: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **rest)} AS BLOB)"


@compiles(Raw, SERVER)
def _converted(element: Raw, compiler: SQLCompiler, **rest: Any) -> str:
    return f"convert_to(CAST({compiler.process(element.clauses, **rest)} AS TEXT), 'UTF8')"


class IsBytes(Condition):
    """Whether a column for bytes holds bytes: SQLite keeps whatever somebody writes there."""

    inherit_cache = True


@compiles(IsBytes)
def _typeof(element: IsBytes, compiler: SQLCompiler, **rest: Any) -> str:
    return f"typeof({compiler.process(element.clauses, **rest)}) = 'blob'"


@compiles(IsBytes, SERVER)
def _given(element: IsBytes, compiler: SQLCompiler, **rest: Any) -> str:
    return f"{compiler.process(element.clauses, **rest)} IS NOT NULL"
