"""Which rows of a large file say the same: their fingerprints wait in a nameless file, not in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from types import TracebackType
from typing import Self

_GROUP = 1000


class Fingerprints:
    """Keys of rows with the places of the rows, of any number, in a few megabytes of memory.

    They lie in a private database without a name that SQLite keeps in the folder for temporary files
    and that is gone when it is closed, or the process with it.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE fingerprint (place INTEGER PRIMARY KEY, key BLOB NOT NULL)")
        self._waiting: list[tuple[int, bytes]] = []
        self._sorted = False

    def __enter__(self) -> Self:
        """Use it in a with statement."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop everything."""
        self._database.close()

    def add(self, key: bytes, place: int) -> None:
        """Keep the key of the row at a place; places only grow."""
        self._waiting.append((place, key))
        if len(self._waiting) >= _GROUP:
            self._hand_over()

    def doubles(self) -> Iterator[tuple[int, int]]:
        """Yield, for each row that repeats an earlier one, the place of the first and its own, in order."""
        self._sort()
        yield from self._database.execute(
            "SELECT repeated.first, fingerprint.place FROM fingerprint "
            "JOIN (SELECT key, min(place) AS first FROM fingerprint GROUP BY key HAVING count(*) > 1) "
            "AS repeated ON repeated.key = fingerprint.key AND fingerprint.place > repeated.first "
            "ORDER BY fingerprint.place"
        )

    def firsts(self) -> Iterator[tuple[int, bytes]]:
        """Yield place and key of each row that repeats no earlier one, in their order."""
        self._sort()
        yield from self._database.execute(
            "SELECT place, key FROM fingerprint AS one WHERE NOT EXISTS "
            "(SELECT 1 FROM fingerprint AS other WHERE other.key = one.key AND other.place < one.place) "
            "ORDER BY place"
        )

    def _hand_over(self) -> None:
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO fingerprint (place, key) VALUES (?, ?)", self._waiting)
        self._database.execute("COMMIT")
        self._waiting.clear()

    def _sort(self) -> None:
        # Sorted once at the end: a million random keys inserted into an index take several times as long.
        if not self._sorted:
            self._hand_over()
            self._database.execute("CREATE INDEX by_key ON fingerprint (key, place)")
            self._sorted = True
