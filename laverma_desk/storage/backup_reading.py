"""Read what a desk file holds without the schema of this program: copies may be older."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.storage.database import trouble_of
from laverma_desk.storage.opening import open_existing, open_to_read

_WAITS = "state IN ('waiting', 'sending')"


@dataclass(frozen=True)
class NewestSession:
    """The session that began last."""

    number: str
    begin: datetime
    customer: str


@dataclass(frozen=True)
class Holdings:
    """What a desk file holds: its schema's version, how many rows, and its newest session."""

    revision: str
    customers: int
    sessions: int
    documents: int
    newest: NewestSession | None


def holdings(file: Path) -> Holdings:
    """Return what a desk file holds. Raises OutsideTrouble."""
    with opened(file) as connection:
        customers, sessions, documents = (
            int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # nosec B608 # noqa: S608 (our own names)
            for table in ("customer", "session", "document")
        )
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        row = connection.execute(
            'SELECT s.number, s."begin", coalesce(s.customer_name, c.name) FROM session s '
            'JOIN customer c ON c.id = s.customer_id ORDER BY s."begin" DESC, s.id DESC LIMIT 1'
        ).fetchone()
    newest = None
    if row is not None:
        begin = datetime.fromisoformat(row[1]).replace(tzinfo=UTC)
        newest = NewestSession(str(row[0]), begin, str(row[2]))
    return Holdings(str(revision), customers, sessions, documents, newest)


def has_open_session(file: Path) -> bool:
    """Tell whether a session runs or pauses in a desk file. Raises OutsideTrouble."""
    with opened(file) as connection:
        found = connection.execute("SELECT 1 FROM session WHERE state IN ('running', 'paused') LIMIT 1")
        return found.fetchone() is not None


def hold_mails(file: Path, today: Path | None, at: datetime) -> int:
    """Let no mail of a copy leave by itself that may have left since; return how many are held.

    A mail that waits in the copy and still waits in today's file goes on waiting; any other becomes
    unclear, so that a person decides. Raises OutsideTrouble.
    """
    still = set()
    if today is not None:
        with opened(today) as connection:
            still = set(
                connection.execute(f"SELECT id, content_id, created_at FROM message WHERE {_WAITS}")  # nosec B608 # noqa: S608 (our own words)
            )
    with opened(file, writes=True) as connection, connection:
        waiting = connection.execute(
            f"SELECT id, content_id, created_at, recipient FROM message WHERE {_WAITS}"  # nosec B608 # noqa: S608 (our own words)
        ).fetchall()
        held = [(row[0], row[3]) for row in waiting if tuple(row[:3]) not in still]
        moment = f"{at.astimezone(UTC).replace(tzinfo=None):%Y-%m-%d %H:%M:%S.%f}"
        for number, recipient in held:
            connection.execute("UPDATE message SET state = 'unclear' WHERE id = ?", [number])
            connection.execute(
                "INSERT INTO attempt (message_id, at, answer, failure, recipient) "
                "VALUES (?, ?, '', 'restored', ?)",
                [number, moment, recipient],
            )
    return len(held)


@contextmanager
def opened(file: Path, *, writes: bool = False) -> Iterator[sqlite3.Connection]:
    """Open a desk file as it is and close it afterwards. Raises OutsideTrouble."""
    try:
        with closing(open_existing(file) if writes else open_to_read(file)) as connection:
            yield connection
    except (sqlite3.Error, TypeError, ValueError) as error:
        raise trouble_of(error, str(file)) or OutsideTrouble(
            Trouble.DATABASE_BROKEN, file=str(file)
        ) from error
