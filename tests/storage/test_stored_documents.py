"""Stored bytes are proved whenever they are read, whatever a foreign hand left in their place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.storage import sealing, stored_documents

NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)
BYTES = b"%PDF-1.7\n\xc4\xd6\xdc\xff"


@pytest.fixture
def stored(database):
    """The row of a document, and a way to lay something else in its place."""
    with database.write() as connection:
        row = stored_documents.store(
            connection, kind="report", name="Bericht.pdf", mime_type="application/pdf", content=BYTES, at=NOON
        )

    def lay(content):
        with database.write() as connection, sealing.unsealed(connection, "document_no_update"):
            connection.execute(text("UPDATE document SET content = :content"), {"content": content})

    return row, lay


def test_what_was_stored_is_what_is_read(database, stored):
    with database.read() as connection:
        assert stored_documents.read(connection, stored[0]).content == BYTES
        assert list(stored_documents.damaged(connection)) == []


@pytest.mark.parametrize("content", [BYTES + b"\0", b"", BYTES[:4], "Text"])
def test_anything_else_is_told(database, stored, content):
    row, lay = stored
    lay(content)
    with database.read() as connection:
        assert list(stored_documents.damaged(connection)) == [(row, "Bericht.pdf")]
        with pytest.raises(OutsideTrouble) as caught:
            stored_documents.read(connection, row)
    assert caught.value.code is Trouble.DOCUMENT_ALTERED
