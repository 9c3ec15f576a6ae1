"""New sessions made ready beside the desk, so that it is locked only while they are moved into it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects import sqlite

from laverma_desk.domain.clock import local_day
from laverma_desk.storage import numbers, search_index
from laverma_desk.storage.columns import Rate
from laverma_desk.storage.spelling import SERVER
from laverma_desk.storage.store import Store
from laverma_desk.storage.tables import segment, session

INDEXED_AT_ONCE = 2000
"""So many lines take the full-text index a fraction of a second: nobody else waits longer for the desk."""

_STAGE = sqlite.dialect()

_Numbered = Callable[[int], Iterator[list[Any]]]
"""Takes the first row's id, gives the rows with theirs and their numbers."""

Moved = Callable[[int], None]
"""Told how many rows are moved; what it raises undoes the move."""


class SessionStage:
    """Ended sessions of one segment, as rows that SQLite takes as they are, in a nameless private file."""

    def __init__(self) -> None:
        """Begin with none."""
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._columns: tuple[str, ...] = ()
        self._bound: list[Any] = []
        self._years: Counter[int] = Counter()
        self._instant = _binder(segment.c.begin)

    def __enter__(self) -> Self:
        """Use it in a with statement."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop everything."""
        self._database.close()

    @property
    def count(self) -> int:
        """Return how many sessions wait."""
        return self._years.total()

    def add(self, new: Sequence[tuple[int, dict[str, Any], datetime, datetime]]) -> None:
        """Append sessions as (year of the number, columns but for the number, begin, end)."""
        if not new:
            return
        if not self._columns:
            self._begin(new[0][1])
        rows = [
            [
                year,
                self._instant(end),
                *(bind(value) for bind, value in zip(self._bound, self._values(values, begin), strict=True)),
            ]
            for year, values, begin, end in new
        ]
        marks = ", ".join("?" * len(rows[0]))
        self._database.execute("BEGIN")
        self._database.executemany(f"INSERT INTO staged VALUES (NULL, {marks})", rows)  # nosec B608 # noqa: S608 (marks only)
        self._database.execute("COMMIT")
        self._years.update(year for year, *_rest in new)

    def _begin(self, values: dict[str, Any]) -> None:
        self._columns = (*values, "day")
        self._bound = [_binder(session.c[name]) for name in self._columns]
        names = ", ".join(f'"{name}"' for name in self._columns)
        self._database.execute(f"CREATE TABLE staged (place INTEGER PRIMARY KEY, year, until, {names})")

    def _values(self, values: dict[str, Any], begin: datetime) -> list[Any]:
        return [*(values[name] for name in self._columns[:-1]), local_day(begin)]

    def move(self, connection: Connection, number_of: Callable[[int, int], str], moved: Moved) -> range:
        """Write what waits, numbered in its order, in the caller's transaction; return the new rows' ids.

        Their lines for the full text are not written yet (`index`).
        """
        if not self.count:
            return range(0)
        following = {
            year: numbers.take_block(connection, numbers.SESSIONS, year, count)
            for year, count in sorted(self._years.items())
        }
        return (self._stream if connection.dialect.name == SERVER else self._hand_over)(
            connection, lambda first: self._numbered(first, following, number_of, moved)
        )

    def _hand_over(self, connection: Connection, numbered: _Numbered) -> range:
        first = 1 + last_session(connection)
        names = ", ".join(f'"{name}"' for name in self._columns)
        marks = ", ".join("?" * (len(self._columns) + 2))
        cursor: Any = connection.connection.cursor()  # SQLite's takes rows from a generator.
        try:
            cursor.executemany(
                f"INSERT INTO session (id, number, {names}) VALUES ({marks})",  # nosec B608 # noqa: S608 (names of columns)
                numbered(first),
            )
            cursor.executemany(
                'INSERT INTO segment (session_id, position, "begin", "end") VALUES (?, 0, ?, ?)',
                self._segments(first),
            )
        finally:
            cursor.close()
        return range(first, first + self.count)

    def _stream(self, connection: Connection, numbered: _Numbered) -> range:
        # Only whoever has a server pays for its driver.
        from laverma_desk.storage.postgresql.streaming import stream_rows, take_keys  # noqa: PLC0415

        rows = take_keys(connection, "session", self.count)
        turns = [_reader(session.c[name]) for name in self._columns]
        stream_rows(
            connection,
            "session",
            ("id", "number", *self._columns),
            (
                (row, number, *(turn(value) for turn, value in zip(turns, values, strict=True)))
                for row, number, *values in numbered(rows[0])
            ),
        )
        instant = _reader(segment.c.begin)
        stream_rows(
            connection,
            "segment",
            ("session_id", "position", "begin", "end"),
            ((row, 0, instant(begin), instant(end)) for row, begin, end in self._segments(rows[0])),
        )
        return rows

    def _numbered(
        self, first: int, following: dict[int, int], number_of: Callable[[int, int], str], moved: Moved
    ) -> Iterator[list[Any]]:
        for place, year, _until, *values in self._database.execute("SELECT * FROM staged ORDER BY place"):
            moved(place)
            yield [first + place - 1, number_of(year, following[year]), *values]
            following[year] += 1

    def _segments(self, first: int) -> Iterator[tuple[Any, ...]]:
        return (
            (first + place - 1, begin, until)
            for place, begin, until in self._database.execute(
                'SELECT place, "begin", until FROM staged ORDER BY place'
            )
        )


def _binder(column: Any) -> Callable[[Any], Any]:
    processor: Callable[[Any], Any] | None = column.type.dialect_impl(_STAGE).bind_processor(_STAGE)
    return processor or _as_it_is


def _reader(column: Any) -> Callable[[Any], Any]:
    """Return what gives a value back as the program has it, but for a rate: each engine keeps that alike."""
    if isinstance(column.type, Rate):
        return _as_it_is
    processor: Callable[[Any], Any] | None = column.type.dialect_impl(_STAGE).result_processor(_STAGE, None)
    return processor or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def imported_since(connection: Connection, last: int) -> bool:
    """Return whether another import has written sessions after a row."""
    later = select(session.c.id).where((session.c.id > last) & session.c.import_key.is_not(None)).limit(1)
    return connection.execute(later).first() is not None


def last_session(connection: Connection) -> int:
    """Return the id of the newest row, 0 where there is none."""
    return int(connection.execute(select(func.max(session.c.id))).scalar() or 0)


def index(database: Store, rows: range) -> Iterator[int]:
    """Write the lines for the full text, some at a time; yield how many sessions have theirs.

    Each step is a transaction of its own, so that whoever waits for the desk has it in between.
    """
    for start in range(0, len(rows), INDEXED_AT_ONCE):
        some = rows[start : start + INDEXED_AT_ONCE]
        with database.write() as connection:
            search_index.put(connection, some)
        yield start + len(some)
