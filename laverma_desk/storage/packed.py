"""Many records as lines of JSON, put together by SQLite some at a time and made when one is looked at.

As texts they take the room of their letters; as objects, most of which nobody looks at, several times that.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    func,
    literal,
    select,
)

from laverma_desk.storage.spelling import JsonArray, JsonOfAll, Lines, from_json

R = TypeVar("R")
V = TypeVar("V")
AT_ONCE = 1024
"""How many rows SQLite puts together in one step: what it needs meanwhile is not needed for all at once."""

_AFTER: BindParameter[int] = bindparam("after", 0)
_ENDLESS = literal(2**63 - 1)


class Column(Generic[V]):
    """The values of a column as SQLite wrote them, made some at a time each time they are walked through."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Take arrays of JSON."""
        self._texts = texts

    def __iter__(self) -> Iterator[V]:
        """Walk through all of them."""
        return chain.from_iterable(map(json.loads, self._texts))


class Packed(Generic[R]):
    """Records by their places, each made once, by the types of its columns, when it is asked for."""

    def __init__(
        self,
        connection: Connection,
        columns: Sequence[ColumnElement[Any]],
        texts: Sequence[bytes],
        make: Callable[..., R],
    ) -> None:
        """Take lines of the values of these columns, AT_ONCE in each text; `make` gets the values by name."""
        dialect = connection.dialect
        self._names = [str(column.key) for column in columns]
        processors = [from_json(one.type, dialect) for one in columns]
        self._processors = [(place, one) for place, one in enumerate(processors) if one is not None]
        self._texts = texts
        self._ends: dict[int, array[int]] = {}
        self._make = make
        self._made: dict[int, R] = {}

    def __getitem__(self, place: int) -> R:
        """Return one of them, the same with each asking."""
        made = self._made.get(place)
        if made is None:
            values = json.loads(self._line(*divmod(place, AT_ONCE)))
            for column, process in self._processors:
                values[column] = process(values[column])
            record = self._make(**dict(zip(self._names, values, strict=True)))
            made = self._made.setdefault(place, record)
        return made

    def _line(self, number: int, place: int) -> bytes:
        text, ends = self._texts[number], self._ends.get(number)
        if ends is None:
            ends = self._ends[number] = array("l", accumulate(map(len, text.split(b"\n")), initial=0))
        # Letters alone are counted, without the break behind each line: so no step of it is Python's.
        return text[ends[place] + place : ends[place + 1] + place]


def read_columns(connection: Connection, rows: Select[Any], names: Sequence[str]) -> list[Column[Any]]:
    """Return columns of the rows, in which what has the same place belongs together."""
    columns = rows.subquery().c
    texts = connection.execute(select(*(JsonOfAll(columns[name]) for name in names))).one()
    return [Column([text]) for text in texts]


def read_packed(
    connection: Connection,
    rows: Select[Any],
    key: ColumnElement[int],
    names: Sequence[str],
    make: Callable[..., R],
) -> tuple[list[Column[Any]], Packed[R]]:
    """Return columns of the rows, and the records of the same places; `key` tells one row from the others."""
    columns = rows.subquery().c
    # By its last key, not by a limit: SQLite would lay the rows of a limited query aside first.
    further = rows.with_only_columns(key).where(key > _AFTER).order_by(key)
    last = func.coalesce(further.limit(1).offset(AT_ONCE - 1).scalar_subquery(), _ENDLESS)
    of_row = columns[key.name]
    asked = select(
        func.count(),
        func.max(of_row),
        Lines(JsonArray(*columns)),
        *(JsonOfAll(columns[name]) for name in names),
    ).where(of_row > _AFTER, of_row <= last)
    parts: list[Any] = []
    after, count = 0, AT_ONCE
    while count == AT_ONCE:
        count, after, *part = connection.execute(asked, {"after": after}).one()
        if count:
            parts.append(part)
    packed, *texts = zip(*parts, strict=True) if parts else [()] * (1 + len(names))
    return [Column(one) for one in texts], Packed(connection, list(columns), packed, make)
