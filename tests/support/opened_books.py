"""A desk's file as a foreign hand writes into it: past the seals, past the program."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from laverma_desk.services.desk import Desk


def rewritten(desk: Desk, name: str, content: bytes) -> None:
    """Put other bytes in place of a stored document's; the seals stand afterwards as before."""
    with closing(sqlite3.connect(desk.data.database)) as connection, connection:
        seals = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'document'"
        ).fetchall()
        for seal, _statement in seals:
            connection.execute(f"DROP TRIGGER {seal}")
        connection.execute("UPDATE document SET content = ? WHERE name = ?", (content, name))
        for _seal, statement in seals:
            connection.execute(statement)


def flip_a_byte(desk: Desk, name: str) -> bytes:
    """Change one bit in the middle of a stored document; return its bytes as they were."""
    with closing(sqlite3.connect(desk.data.database)) as connection:
        (before,) = connection.execute("SELECT content FROM document WHERE name = ?", (name,)).fetchone()
    flipped = bytearray(before)
    flipped[len(flipped) // 2] ^= 1
    rewritten(desk, name, bytes(flipped))
    return bytes(before)


def make_sound(desk: Desk) -> None:
    """Let an attempt of the audited desk count nothing, as an attempt that the program wrote."""
    with desk.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE session SET seconds = 0, billed_seconds = 0, net_cents = 0, vat_cents = 0 "
            "WHERE not_possible <> ''"
        )
