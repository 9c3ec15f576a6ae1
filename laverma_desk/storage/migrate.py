"""Bring a desk file to the schema of this program: on a copy, checked, and only then swapped in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from laverma_desk.domain.errors import DeskError, OutsideTrouble, Trouble
from laverma_desk.storage.backup import copy_desk, integrity_problems
from laverma_desk.storage.database import Database, trouble_of
from laverma_desk.storage.file_state import FileState, inspect
from laverma_desk.storage.tables import APPLICATION_ID

_SCRIPTS = Path(__file__).with_name("migrations")


def open_desk(file: Path, backups: Path, now: Callable[[], datetime]) -> Database:
    """Open a desk, made new where there is none and migrated where it is older.

    Before a migration the file is copied into `backups`; the migration runs on another copy, so that
    whatever happens the old file stays usable. A current file is opened without loading Alembic.
    Raises OutsideTrouble for foreign, broken, newer, read-only files and a failed migration.
    """
    found = inspect(file)
    if found.state is FileState.ABSENT:
        _create(file)
    elif found.state is FileState.OLDER:
        _migrate(file, found.revision, backups, now())
    database = Database(file)
    try:
        with database.write():
            pass  # A read-only file or folder is said now and not at the first word of the notes.
    except DeskError:
        database.close()
        raise
    return database


def _create(file: Path) -> None:
    fresh = file.with_name(f"{file.name}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _remove(fresh)
        fresh.touch(mode=0o600)
        with closing(sqlite3.connect(fresh)) as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _upgrade(fresh)
        _swap_in(fresh, file)
    except sqlite3.Error as error:
        raise trouble_of(error, str(file)) or OutsideTrouble(
            Trouble.FILE_UNWRITABLE, file=str(file)
        ) from error
    except OSError as error:
        raise OutsideTrouble(Trouble.FOLDER_UNWRITABLE, folder=str(file.parent)) from error


def _migrate(file: Path, revision: str, backups: Path, at: datetime) -> None:
    try:
        backups.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise OutsideTrouble(Trouble.FOLDER_UNWRITABLE, folder=str(backups)) from error
    copy_desk(file, backups / f"desk-{at:%Y%m%dT%H%M%S}-before-{revision}.sqlite3")
    fresh = file.with_name(f"{file.name}.new")
    _remove(fresh)
    copy_desk(file, fresh)
    try:
        _upgrade(fresh)
    except Exception as error:
        _remove(fresh)
        raise OutsideTrouble(Trouble.MIGRATION_FAILED, file=str(file), folder=str(backups)) from error
    with closing(sqlite3.connect(file, timeout=30)) as old:
        # The old file's write-ahead log must not be found beside the new file.
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        old.execute("PRAGMA journal_mode = DELETE")
    _swap_in(fresh, file)


def _upgrade(file: Path) -> None:
    """Run the missing migrations on a file, foreign keys off as SQLite wants it, checked afterwards."""
    from alembic import command  # noqa: PLC0415 (a start whose schema matches must not pay for Alembic)
    from alembic.config import Config  # noqa: PLC0415
    from sqlalchemy import create_engine, event  # noqa: PLC0415
    from sqlalchemy.pool import NullPool  # noqa: PLC0415

    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _on_begin(connection: object) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # type: ignore[attr-defined]

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
    with closing(sqlite3.connect(file)) as check:
        problems = integrity_problems(check)
        if problems:
            raise sqlite3.DatabaseError(problems[0])


def _swap_in(fresh: Path, file: Path) -> None:
    for ending in ("-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            file.with_name(file.name + ending).unlink()
    fresh.replace(file)


def _remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
