"""Many records as lines of JSON, put together by SQLite in one step and made when one is looked at."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, LargeBinary, Text, cast, func, literal_column

R = TypeVar("R")
_BREAK = literal_column("char(10)", Text)


def packing(columns: Sequence[ColumnElement[Any]]) -> ColumnElement[bytes]:
    """Return the aggregate of all rows as bytes of text, a line of JSON each, in which no break stands."""
    return cast(func.group_concat(func.json_array(*columns), _BREAK), LargeBinary)


def listing(*columns: ColumnElement[Any]) -> ColumnElement[str]:
    """Return the aggregate of all rows as one text of JSON, in the same order as `packing`."""
    return func.json_group_array(columns[0] if len(columns) == 1 else func.json_array(*columns))


class Packed(Generic[R]):
    """Records by their places, each made once, by the types of its columns, when it is asked for."""

    def __init__(
        self,
        connection: Connection,
        columns: Sequence[ColumnElement[Any]],
        text: bytes | None,
        make: Callable[..., R],
    ) -> None:
        """Take what `packing` of these columns gave, and what makes a record of their values."""
        dialect = connection.dialect
        self._names = [str(column.key) for column in columns]
        processors = [one.type.dialect_impl(dialect).result_processor(dialect, None) for one in columns]
        self._processors = [(place, one) for place, one in enumerate(processors) if one is not None]
        self._text = text or b""
        # Where each begins: tens of thousands of texts of their own would take twice the room.
        lengths = (len(line) + 1 for line in self._text.split(b"\n")) if self._text else ()
        self._begins = array("l", accumulate(lengths, initial=0))
        self._make = make
        self._made: dict[int, R] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._begins) - 1

    def __getitem__(self, place: int) -> R:
        """Return one of them, the same with each asking."""
        made = self._made.get(place)
        if made is None:
            values = json.loads(self._text[self._begins[place] : self._begins[place + 1]])
            for column, process in self._processors:
                values[column] = process(values[column])
            record = self._make(**dict(zip(self._names, values, strict=True)))
            made = self._made.setdefault(place, record)
        return made
