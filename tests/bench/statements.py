"""The statements that a piece of the program asks, so that they can be asked again without the program."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from keyring.backends.fail import Keyring
from sqlalchemy import event

from laverma_desk.domain.clock import SystemClock
from laverma_desk.mail.secret import Secrets
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import Desk
from laverma_desk.storage.database import Database


def to_read(data: DataDir) -> Desk:
    """Open a desk as the program does, but for the empty transaction that asks whether it may write."""
    return Desk(Database(data.database), SystemClock(), data, Secrets(Keyring()))


def bare(data: DataDir) -> sqlite3.Connection:
    """Open the same file with Python's own driver and nothing else."""
    return sqlite3.connect(f"{data.database.absolute().as_uri()}?mode=ro", uri=True)


def asked_by(desk: Desk, work: Callable[[], object]) -> list[tuple[str, Any]]:
    """Return the SQL and parameters of everything that a call asks, without the transactions around."""
    found: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, sql: str, parameters: Any, *_rest: Any) -> None:
        if not sql.startswith("BEGIN"):
            found.append((sql, parameters))

    event.listen(desk.database.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(desk.database.engine, "before_cursor_execute", note)
    return found


def ask(connection: sqlite3.Connection, statements: list[tuple[str, Any]]) -> None:
    """Ask the same again and fetch every row, as they come."""
    connection.execute("BEGIN")
    for sql, parameters in statements:
        connection.execute(sql, parameters).fetchall()
    connection.execute("COMMIT")
