"""Tell what a file is before it is opened as a desk: ours, foreign, broken, older or newer."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.storage.database import trouble_of
from laverma_desk.storage.migrations import REVISIONS
from laverma_desk.storage.tables import APPLICATION_ID

_MAGIC = b"SQLite format 3\x00"


class FileState(Enum):
    """What lies at a desk's path."""

    ABSENT = auto()
    CURRENT = auto()
    OLDER = auto()


@dataclass(frozen=True)
class Inspection:
    """The state of a file, and the schema version it has."""

    state: FileState
    revision: str = ""


def inspect(file: Path) -> Inspection:
    """Look at a file without changing it.

    Raises OutsideTrouble: FILE_UNREADABLE, DATABASE_FOREIGN, DATABASE_BROKEN, DATABASE_NEWER.
    """
    try:
        with file.open("rb") as reader:
            head = reader.read(len(_MAGIC))
    except FileNotFoundError:
        return Inspection(FileState.ABSENT)
    except OSError as error:
        raise OutsideTrouble(Trouble.FILE_UNREADABLE, file=str(file)) from error
    if not head:
        # A program that was killed while it created the file leaves it empty.
        return Inspection(FileState.ABSENT)
    if head != _MAGIC:
        raise OutsideTrouble(Trouble.DATABASE_BROKEN, file=str(file))
    revision = _revision(file)
    if revision not in REVISIONS:
        raise OutsideTrouble(Trouble.DATABASE_NEWER, file=str(file), version=revision)
    return Inspection(FileState.CURRENT if revision == REVISIONS[-1] else FileState.OLDER, revision)


def _revision(file: Path) -> str:
    try:
        with closing(sqlite3.connect(file, timeout=5)) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            if application != APPLICATION_ID:
                raise OutsideTrouble(Trouble.DATABASE_FOREIGN, file=str(file))
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise trouble_of(error, str(file)) or OutsideTrouble(
            Trouble.DATABASE_BROKEN, file=str(file)
        ) from error
    if row is None:
        raise OutsideTrouble(Trouble.DATABASE_BROKEN, file=str(file))
    return str(row[0])
