"""A desk on a server as one side of a move: read as lines, or filled with them, in one transaction."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Any

from sqlalchemy import Connection, Table

from laverma_desk.storage.moving.lines import columns_of, moved_tables, quoted, server_lines

_BLOCK = 1 << 16
_PATIENT = ("statement_timeout = 0", "idle_in_transaction_session_timeout = 0", "row_security = off")
"""A move takes as long as it takes; and what a policy hides from a role must not be missing unseen."""


class ServerSide:
    """A desk on a server, read and filled within the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        """Take the connection of a transaction."""
        driver: Any = connection.connection.driver_connection
        self.driver = driver
        for word in (*_PATIENT, "timezone = 'UTC'", "datestyle = 'ISO'", "bytea_output = 'hex'"):
            self.driver.execute(f"SET LOCAL {word}")

    def lines(self, table: Table) -> Generator[bytes]:
        """Yield the rows of a table as lines, in the order of its key."""
        with self.driver.cursor() as cursor, cursor.copy(server_lines(table)) as copy:
            for line in copy:
                yield bytes(line)[:-1]

    def rows(self, statement: str) -> Generator[tuple[Any, ...]]:
        """Yield the rows of a statement that both engines know."""
        with self.driver.cursor(name="moving") as cursor:
            yield from cursor.execute(statement)

    def altered_documents(self) -> Generator[str]:
        """Yield the names of stored documents that are not what was stored."""
        for (name,) in self.rows(
            "SELECT name FROM document WHERE encode(sha256(content), 'hex') <> sha256 ORDER BY id"
        ):
            yield name

    def count(self, table: Table) -> int:
        """Return how many rows a table has."""
        (found,) = self.driver.execute(f"SELECT count(*) FROM {quoted(table.name)}").fetchone()  # nosec B608 # noqa: S608 (our own name)
        return int(found)

    def load(self, table: Table, lines: Iterable[bytes]) -> None:
        """Write lines into a table; what they raise undoes the transaction."""
        statement = f"COPY {quoted(table.name)} ({columns_of(table)}) FROM STDIN"
        with self.driver.cursor() as cursor, cursor.copy(statement) as copy:
            waiting = bytearray()
            for line in lines:
                waiting += line
                waiting += b"\n"
                if len(waiting) >= _BLOCK:
                    copy.write(bytes(waiting))
                    waiting.clear()
            copy.write(bytes(waiting))

    def advance_sequences(self) -> None:
        """Let every counter of keys go on behind the highest key."""
        for table in moved_tables():
            for column in table.primary_key:
                (sequence,) = self.driver.execute(
                    "SELECT pg_get_serial_sequence(%s, %s)", [quoted(table.name), column.name]
                ).fetchone()
                if sequence is not None:
                    highest = f"SELECT max({quoted(column.name)}) FROM {quoted(table.name)}"  # nosec B608 # noqa: S608 (our own names)
                    self.driver.execute(
                        f"SELECT setval(%s, coalesce(({highest}), 1), ({highest}) IS NOT NULL)", [sequence]
                    )
