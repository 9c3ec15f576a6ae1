"""Tell what a file is before it is opened as a desk: ours, foreign, broken, older or newer."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.storage.database import trouble_of
from laverma_desk.storage.migrations import REVISIONS
from laverma_desk.storage.opening import open_to_read
from laverma_desk.storage.schema import APPLICATION_ID

_MAGIC = b"SQLite format 3\x00"
HEAD = 100
"""Bytes of the header of a SQLite file."""

_APPLICATION = slice(68, 72)
"""Where the header has the application ID (SQLite file format, 1.3.15)."""


class FileState(Enum):
    """What lies at a desk's path."""

    ABSENT = auto()
    CURRENT = auto()
    OLDER = auto()


class Inspection(NamedTuple):
    """The state of a file, and the schema version it has."""

    state: FileState
    revision: str = ""


def inspect(file: Path, revisions: Sequence[str] = REVISIONS) -> Inspection:
    """Look at a file without changing it; `revisions` are the known ones, the oldest first.

    Raises OutsideTrouble: FILE_UNREADABLE, DATABASE_FOREIGN, DATABASE_BROKEN, DATABASE_NEWER.
    """
    try:
        with file.open("rb") as reader:
            head = reader.read(HEAD)
    except FileNotFoundError:
        return Inspection(FileState.ABSENT)
    except OSError as error:
        raise OutsideTrouble(Trouble.FILE_UNREADABLE, file=str(file)) from error
    if not head:
        if file.with_name(f"{file.name}-wal").exists():
            # A desk lay here: what its log still holds must not be thrown away by a new one.
            raise OutsideTrouble(Trouble.DATABASE_BROKEN, file=str(file))
        return Inspection(FileState.ABSENT)
    if len(head) < HEAD or not head.startswith(_MAGIC):
        raise OutsideTrouble(Trouble.DATABASE_BROKEN, file=str(file))
    if int.from_bytes(head[_APPLICATION], "big") != APPLICATION_ID:
        # Not even opened by SQLite, which would tidy up after a crash of the other program.
        raise OutsideTrouble(Trouble.DATABASE_FOREIGN, file=str(file))
    revision = _revision(file)
    if revision not in revisions:
        raise OutsideTrouble(Trouble.DATABASE_NEWER, file=str(file), version=revision)
    return Inspection(FileState.CURRENT if revision == revisions[-1] else FileState.OLDER, revision)


def _revision(file: Path) -> str:
    try:
        with closing(open_to_read(file)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise trouble_of(error, str(file)) or OutsideTrouble(
            Trouble.DATABASE_BROKEN, file=str(file)
        ) from error
    if row is None:
        raise OutsideTrouble(Trouble.DATABASE_BROKEN, file=str(file))
    return str(row[0])
