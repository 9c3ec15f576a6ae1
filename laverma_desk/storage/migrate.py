"""Bring a desk file to the schema of this program: on a copy, checked, and only then swapped in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, create_engine, event
from sqlalchemy.exc import DBAPIError

from laverma_desk.domain.errors import DeskError, OutsideTrouble, Trouble
from laverma_desk.durable import make_folder
from laverma_desk.storage.alone import alone_in
from laverma_desk.storage.backup import copy_desk, integrity_problems
from laverma_desk.storage.database import Database, trouble_of
from laverma_desk.storage.file_state import HEAD, FileState, inspect
from laverma_desk.storage.migrations import REVISIONS
from laverma_desk.storage.schema import APPLICATION_ID
from laverma_desk.storage.swapping import fold_log, remove, swap_in


@dataclass(frozen=True)
class Schema:
    """The steps that lead to a schema: Alembic's folder, and the known versions, the oldest first."""

    scripts: Path
    revisions: tuple[str, ...]


OURS = Schema(Path(__file__).with_name("migrations"), REVISIONS)


def open_desk(file: Path, backups: Path, now: Callable[[], datetime], *, schema: Schema = OURS) -> Database:
    """Open a desk, made new where there is none and migrated where it is older.

    Before a migration the file is copied into `backups`; the migration runs on another copy, so that
    whatever happens the old file stays usable. Of two programs that start at once the second waits and
    finds it done. A current file is opened without loading Alembic.
    Raises OutsideTrouble for foreign, broken, newer, read-only files and a failed migration.
    """
    if inspect(file, schema.revisions).state is not FileState.CURRENT:
        _make_current(file, backups, now, schema)
    database = Database(file)
    try:
        with database.write():
            pass  # A read-only file or folder is said now and not at the first word of the notes.
    except DeskError:
        database.close()
        raise
    return database


def _make_current(file: Path, backups: Path, now: Callable[[], datetime], schema: Schema) -> None:
    try:
        make_folder(file.parent, 0o700)
        with alone_in(file.parent):
            found = inspect(file, schema.revisions)
            if found.state is FileState.ABSENT:
                _create(file, schema)
            elif found.state is FileState.OLDER:
                _migrate(file, found.revision, backups, now(), schema)
    except OSError as error:
        raise trouble_of(error, str(file)) or OutsideTrouble(
            Trouble.FOLDER_UNWRITABLE, folder=str(file.parent)
        ) from error


def _create(file: Path, schema: Schema) -> None:
    """Make a new desk. Raises OutsideTrouble, OSError."""
    fresh = file.with_name(f"{file.name}.new")
    try:
        remove(fresh)
        fresh.touch(mode=0o600)
        with closing(sqlite3.connect(fresh)) as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _upgrade(fresh, schema)
        swap_in(fresh, file)
    except (sqlite3.Error, DBAPIError) as error:
        with suppress(OSError):
            remove(fresh)
        raise trouble_of(error, str(file)) or OutsideTrouble(
            Trouble.FILE_UNWRITABLE, file=str(file)
        ) from error


def _migrate(file: Path, revision: str, backups: Path, at: datetime, schema: Schema) -> None:
    try:
        make_folder(backups, 0o700)
    except OSError as error:
        raise trouble_of(error, str(file)) or OutsideTrouble(
            Trouble.FOLDER_UNWRITABLE, folder=str(backups)
        ) from error
    kept = backups / f"desk-{at:%Y%m%dT%H%M%S}-before-{revision}.sqlite3"
    fresh = file.with_name(f"{file.name}.new")
    try:
        _swap_migrated(file, kept, fresh, schema)
    except Exception as error:
        with suppress(OSError):
            remove(fresh)
        known = error if isinstance(error, OutsideTrouble) else trouble_of(error, str(file))
        raise known or OutsideTrouble(
            Trouble.MIGRATION_FAILED, file=str(file), folder=str(backups)
        ) from error


def _swap_migrated(file: Path, kept: Path, fresh: Path, schema: Schema) -> None:
    as_copied = _folded(file)
    copy_desk(file, kept)
    remove(fresh)
    copy_desk(file, fresh)
    _upgrade(fresh, schema)
    if _folded(file) != as_copied:
        # The program of before has written into it meanwhile: that must not be swapped away.
        raise OutsideTrouble(Trouble.DATABASE_BUSY, file=str(file))
    swap_in(fresh, file)


def _folded(file: Path) -> bytes:
    """Fold a file's log, and return its head, which is another one after each write to a file without a log.

    Raises sqlite3.Error, also where somebody has the file open: better before the work than after it.
    """
    fold_log(file)
    with file.open("rb") as reader:
        return reader.read(HEAD)


def _upgrade(file: Path, schema: Schema) -> None:
    """Run the missing migrations on a file, foreign keys off as SQLite wants it, checked afterwards."""
    from alembic import command  # noqa: PLC0415 (a start whose schema matches must not pay for Alembic)
    from alembic.config import Config  # noqa: PLC0415
    from sqlalchemy.pool import NullPool  # noqa: PLC0415

    engine = create_engine(URL.create("sqlite", database=str(file)), poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _on_begin(connection: object) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # type: ignore[attr-defined]

    config = Config()
    config.set_main_option("script_location", str(schema.scripts).replace("%", "%%"))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
    with closing(sqlite3.connect(file)) as check:
        problems = integrity_problems(check)
        if problems:
            raise sqlite3.DatabaseError(problems[0])
