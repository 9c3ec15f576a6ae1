"""A desk's file as the source of a move: read alone, from one state, and left as it is."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.storage.backup import integrity_problems
from laverma_desk.storage.database import trouble_of
from laverma_desk.storage.moving.lines import FOREIGN, file_lines, key_of, on_file, quoted
from laverma_desk.storage.moving.tally import Told
from laverma_desk.storage.opening import open_existing
from laverma_desk.storage.stored_documents import is_unaltered

_STEPS = 100_000
_BLOCK = 1 << 20
_FOREIGN = FOREIGN.encode()


@dataclass(frozen=True)
class ForeignValue:
    """Where a value stands that a server cannot hold: table, key and column."""

    table: str
    row: str
    column: str


class FileSide:
    """An open desk file, read as lines. Ctrl+C ends also what SQLite does at length by itself."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a connection, which stays its owner's."""
        self.connection = connection
        # Without it a check of minutes would hear of Ctrl+C only at its end.
        connection.set_progress_handler(_go_on, _STEPS)
        # As bytes: what is no UTF-8 is told by its place, and not by the driver.
        connection.text_factory = bytes

    def lines(self, table: Table) -> Generator[bytes]:
        """Yield the rows of a table as lines, in the order of its key."""
        for (line,) in self.connection.execute(file_lines(table)):
            yield line

    def foreign_values(self, table: Table, place: int) -> list[ForeignValue]:
        """Return what a server cannot hold in the row at a place of the order, counted from 0."""
        keys = [one.name for one in table.primary_key]
        shown = [*keys, *(["number"] if "number" in table.c and "number" not in keys else [])]
        names = ", ".join([*map(quoted, shown), *(on_file(one) for one in table.columns)])
        statement = f"SELECT {names} FROM {quoted(table.name)} ORDER BY {key_of(table)} LIMIT 1 OFFSET ?"  # nosec B608 # noqa: S608 (names of our tables)
        row = self.connection.execute(statement, [place]).fetchone()
        said = " ".join(_words(one) for one in row[: len(shown)])
        values = zip(table.columns, row[len(shown) :], strict=True)
        return [ForeignValue(table.name, said, one.name) for one, value in values if not is_sound(value)]

    def rows(self, statement: str) -> Generator[tuple[Any, ...]]:
        """Yield the rows of a statement that both engines know."""
        for row in self.connection.execute(statement):
            yield tuple(_words(one) if isinstance(one, bytes) else one for one in row)

    def altered_documents(self) -> Generator[str]:
        """Yield the names of stored documents that are not what was stored."""
        for name, content, kept_as, sha256 in self.connection.execute(
            "SELECT name, content, typeof(content), sha256 FROM document ORDER BY id"
        ):
            if kept_as != b"blob" or not is_unaltered(content, _words(sha256)):
                yield _words(name)


@contextmanager
def opened_alone(file: Path) -> Iterator[FileSide]:
    """Open a desk file to read it while nobody else has it, and leave it as it is, byte for byte.

    Raises RuleBroken DESK_IN_USE where somebody has it open, or left its log behind, and OutsideTrouble.
    """
    log = file.with_name(f"{file.name}-wal")
    if log.exists() and log.stat().st_size:
        # Whoever opened it would bring the log into the file.
        raise RuleBroken(Rule.DESK_IN_USE)
    connection = None
    try:
        connection = open_existing(file)
        connection.isolation_level = None
        # Nobody else has a file whose log can be had alone; and nobody comes to have it meanwhile.
        for word in ("busy_timeout = 2000", "locking_mode = EXCLUSIVE", "query_only = ON"):
            connection.execute(f"PRAGMA {word}").fetchall()
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield FileSide(connection)
    except sqlite3.Error as error:
        raise _meaning(error, file) from error
    finally:
        if connection is not None:
            connection.close()


def refuse_damage(side: FileSide, file: Path) -> None:
    """Raise OutsideTrouble DATABASE_BROKEN where pages, indexes or references of a file are not sound."""
    side.connection.text_factory = str
    try:
        problems = integrity_problems(side.connection)
    finally:
        side.connection.text_factory = bytes
    if problems:
        raise OutsideTrouble(Trouble.DATABASE_BROKEN, file=file.name)


def fingerprint(file: Path, told: Told) -> str:
    """Return the SHA-256 of a file; `told` hears of each megabyte. Raises OutsideTrouble FILE_UNREADABLE."""
    digest = hashlib.sha256()
    try:
        with file.open("rb") as reader:
            while block := reader.read(_BLOCK):
                digest.update(block)
                told(1)
    except OSError as error:
        raise OutsideTrouble(Trouble.FILE_UNREADABLE, file=str(file)) from error
    return digest.hexdigest()


def is_sound(line: bytes) -> bool:
    """Return whether a server holds all of a line: UTF-8 without the character NUL."""
    if _FOREIGN in line:
        return False
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _meaning(error: sqlite3.Error, file: Path) -> BaseException:
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
        return KeyboardInterrupt()  # Met in the middle of a check: nobody else interrupts.
    known = trouble_of(error, file.name, file.parent)
    if known is None:
        return OutsideTrouble(Trouble.DATABASE_BROKEN, file=file.name)
    return RuleBroken(Rule.DESK_IN_USE) if known.code is Trouble.DATABASE_BUSY else known


def _go_on() -> int:
    return 0


def _words(value: object) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)
