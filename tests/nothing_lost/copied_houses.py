"""Desks that have moved on since their copies: what a restore replaces, and what it brings back."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from laverma_desk.paths import DataDir
from laverma_desk.services.backups.taking import take_copy
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing import issuing
from laverma_desk.services.mails import queueing
from laverma_desk.storage import backup_sealing
from laverma_desk.storage.backup import problems_of
from tests.nothing_lost.older_houses import content_of, make_older_house
from tests.support.desks import set_mail_account
from tests.support.fake_clock import FakeClock
from tests.support.invoice_houses import UNTIL, add_practice, add_sessions, make_house, wish

PHRASE = "grüne Bäume im März"
PLAIN, SEALED, OLDER = "plain", "sealed", "older"
CLOSED, CRASHED, DAMAGED = "closed", "crashed", "damaged"
_BLOB = (
    "INSERT INTO document (kind, name, mime_type, content, sha256, created_at) VALUES ('mail', 'big', '', "
)


@dataclass(frozen=True)
class CopiedHouse:
    """A desk with copies in its folder: `copies` are their names by kind, `how` it was left."""

    folder: Path
    how: str
    copies: dict[str, str]


def make_copied_house(folder: Path, how: str, *, size: int = 4_000_000) -> CopiedHouse:
    """Write a desk with a plain, a locked and an older copy, which has issued and sent more since then.

    `how`: CLOSED well, CRASHED with its last words in the log, or DAMAGED so that nothing can be read.
    """
    work = folder.with_name(f"{folder.name} made")
    backup_sealing.WORK, usual = 2, backup_sealing.WORK
    clock = FakeClock()
    desk = make_house(work, clock)
    set_mail_account(desk, 9)
    practice = add_practice(desk)
    sessions = add_sessions(desk, practice, 600, 700, 800, 900, recipient="rezeption@zap.example")
    issuing.issue_open(desk, wish(practice, sessions[:1]), UNTIL)
    queueing.queue_report(desk, sessions[2])
    with desk.database.write() as connection:
        created = f"randomblob({size}), '', '2022-03-01 09:22:00.000000')"
        connection.exec_driver_sql(_BLOB + created)
    copies = {OLDER: _older_copy(desk.data), PLAIN: take_copy(desk).file.name}
    clock.advance(days=1)  # Of one day only the last copy is kept.
    copies[SEALED] = take_copy(desk, PHRASE).file.name
    _move_on(desk, sessions)
    issuing.issue_open(desk, wish(practice, sessions[1:2]), UNTIL)
    queueing.queue_report(desk, sessions[3])
    if how == CLOSED:
        desk.close()
    if how == DAMAGED:
        _write_beside_the_head(desk)
    shutil.copytree(work, folder, ignore=shutil.ignore_patterns("*-shm"))
    desk.close()
    shutil.rmtree(work)
    backup_sealing.WORK = usual
    if how == DAMAGED:
        with (folder / "desk.sqlite3").open("r+b") as writer:
            writer.write(bytes(32))
    return CopiedHouse(folder, how, copies)


def _move_on(desk: Desk, sessions: list[int]) -> None:
    with desk.database.write() as connection:
        connection.exec_driver_sql("UPDATE customer SET name = 'heute'")
        connection.exec_driver_sql(
            f"UPDATE message SET state = 'handed_over' WHERE session_id = {sessions[2]}"  # noqa: S608 (a number)
        )


def _write_beside_the_head(desk: Desk) -> None:
    """Leave words in the log that do not heal the first page, which is damaged afterwards."""
    with closing(sqlite3.connect(desk.data.database)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with desk.database.write() as connection:
        connection.exec_driver_sql("UPDATE customer SET name = 'jetzt'")


def _older_copy(data: DataDir) -> str:
    folder = data.root.with_name(f"{data.root.name} older")
    file = make_older_house(folder, "0003", 300, crashed=False)
    data.backups.mkdir(mode=0o700)
    target = data.backups / "desk-20210301T092200.sqlite3"
    file.rename(target)
    shutil.rmtree(folder)
    return target.name


def state_of(file: Path) -> str:
    """Return a digest of what a file holds with its log, by its bytes where it is no database any more.

    Raises AssertionError where it is one and damaged.
    """
    with file.open("rb") as reader:
        is_database = reader.read(15) == b"SQLite format 3"
    if is_database:
        assert problems_of(file) == [], f"{file.name} is damaged"
        return content_of(file)
    with closing(sqlite3.connect(file)) as raw, suppress(sqlite3.DatabaseError):
        # Closing folds the log, also into a file whose head cannot be read.
        raw.execute("SELECT 1 FROM sqlite_master")
    return hashlib.sha256(file.read_bytes()).hexdigest()


def name_of_first(file: Path) -> str:
    """Return what the first customer of a desk file is called."""
    with closing(sqlite3.connect(file)) as raw:
        return str(raw.execute("SELECT name FROM customer WHERE id = 1").fetchone()[0])
