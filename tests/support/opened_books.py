"""A desk as a foreign hand writes into it: past the seals, past the program."""

from __future__ import annotations

from laverma_desk.services.desk import Desk
from laverma_desk.storage.sealing import unsealed
from tests.support.raw_words import say


def rewritten(desk: Desk, name: str, content: bytes) -> None:
    """Put other bytes in place of a stored document's; the seals stand afterwards as before."""
    with desk.database.write() as connection, unsealed(connection, "document_no_update"):
        say(connection, "UPDATE document SET content = ? WHERE name = ?", (content, name))


def flip_a_byte(desk: Desk, name: str) -> bytes:
    """Change one bit in the middle of a stored document; return its bytes as they were."""
    with desk.database.read() as connection:
        before = bytes(say(connection, "SELECT content FROM document WHERE name = ?", (name,)).scalar_one())
    flipped = bytearray(before)
    flipped[len(flipped) // 2] ^= 1
    rewritten(desk, name, bytes(flipped))
    return before


def make_sound(desk: Desk) -> None:
    """Let an attempt of the audited desk count nothing, as an attempt that the program wrote."""
    with desk.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE session SET seconds = 0, billed_seconds = 0, net_cents = 0, vat_cents = 0 "
            "WHERE not_possible <> ''"
        )
