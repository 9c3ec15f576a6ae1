"""A new desk file, filled with lines before anybody opens it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.storage.backup import integrity_problems
from laverma_desk.storage.database import trouble_of
from laverma_desk.storage.moving.file_source import FileSide
from laverma_desk.storage.moving.lines import ESCAPES, NULL, columns_of, kind_of, moved_tables, quoted

_NULL = NULL.encode()
_WRITTEN = {written.encode(): letter.encode() for letter, written in ESCAPES.items()}
_ESCAPED = re.compile(rb"\\.")
_HEX = 3
"""Letters before the bytes of a column: its sign, written with a backslash more."""


@contextmanager
def filled(file: Path) -> Iterator[FileTarget]:
    """Open a desk file that nobody has open yet, to fill it; what the block leaves is in the file afterwards.

    Raises OutsideTrouble for what the disk does. A block that raises leaves a file that is worth nothing.
    """
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        # The file takes its place once it is whole and on the disk: on the way nothing has to be durable.
        for word in (
            "journal_mode = DELETE",
            "journal_mode = MEMORY",
            "synchronous = OFF",
            "foreign_keys = OFF",
        ):
            connection.execute(f"PRAGMA {word}").fetchall()
        connection.execute("BEGIN IMMEDIATE")
        yield FileTarget(connection)
        connection.execute("COMMIT")
    except sqlite3.IntegrityError as error:
        raise RuleBroken(Rule.MOVE_SOURCE_DAMAGED, detail=str(error)) from error
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise KeyboardInterrupt from None
        raise trouble_of(error, str(file)) or OutsideTrouble(
            Trouble.FILE_UNWRITABLE, file=str(file)
        ) from error
    finally:
        connection.close()


class FileTarget(FileSide):
    """A desk file while it is filled: its indexes and triggers come back for all rows at once."""

    @contextmanager
    def bare(self, told: Callable[[int], None]) -> Iterator[None]:
        """Take indexes and triggers off for a block and put them back word for word."""
        self.connection.text_factory = str
        taken = self.connection.execute(
            "SELECT type, name, sql FROM sqlite_master "
            "WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY rowid"
        ).fetchall()
        self.connection.text_factory = bytes
        for kind, name, _written in taken:
            self.connection.execute(f"DROP {kind} {quoted(name)}")
        for table in moved_tables():
            # What the steps of the schema write into a new desk.
            self.connection.execute(f"DELETE FROM {quoted(table.name)}")  # nosec B608 # noqa: S608 (our own name)
        yield
        # The full text lies in a table that its triggers fill row after row; at once it is much quicker.
        self.connection.execute("INSERT INTO session_words (session_words) VALUES ('rebuild')")
        for _kind, _name, written in taken:
            self.connection.execute(written)
            told(1)

    def steps(self) -> int:
        """Return how often `bare` will tell of a step."""
        found = self.connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
        )
        return int(found.fetchone()[0])

    def load(self, table: Table, lines: Iterable[bytes]) -> None:
        """Write lines into a table."""
        readers = [_reader(one) for one in table.columns]
        marks = ", ".join("?" * len(readers))
        self.connection.executemany(
            f"INSERT INTO {quoted(table.name)} ({columns_of(table)}) VALUES ({marks})",  # nosec B608 # noqa: S608 (our own names)
            ([read(value) for read, value in zip(readers, line.split(b"\t"), strict=True)] for line in lines),
        )

    def refuse_damage(self) -> None:
        """Raise RuleBroken MOVE_SOURCE_DAMAGED where the references do not hold, or SQLite finds damage."""
        self.connection.text_factory = str
        problems = integrity_problems(self.connection)
        self.connection.text_factory = bytes
        if problems:
            raise RuleBroken(Rule.MOVE_SOURCE_DAMAGED, detail=problems[0])


def _reader(column: Column[Any]) -> Callable[[bytes], Any]:
    kind = kind_of(column)
    if isinstance(kind, Boolean | Integer):
        return _integer
    return _content if isinstance(kind, LargeBinary) else _text


def _integer(value: bytes) -> int | None:
    return None if value == _NULL else int(value)


def _content(value: bytes) -> bytes | None:
    return None if value == _NULL else bytes.fromhex(value[_HEX:].decode())


def _text(value: bytes) -> str | None:
    if b"\\" not in value:
        return value.decode()
    if value == _NULL:
        return None
    return _ESCAPED.sub(lambda found: _WRITTEN[found[0]], value).decode()
