"""Stored bytes are proved whenever they are read, whatever a foreign hand left in their place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

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

    def lay(expression):
        with database.write() as connection, sealing.unsealed(connection, "document_no_update"):
            connection.exec_driver_sql(f"UPDATE document SET content = {expression}")  # noqa: S608

    return row, lay


def test_what_was_stored_is_what_is_read(database, stored):
    with database.read() as connection:
        assert stored_documents.read(connection, stored[0]).content == BYTES
        assert list(stored_documents.damaged(connection)) == []


@pytest.mark.parametrize("expression", ["content || x'00'", "x''", "x'25504446'", "'Text'"])
def test_anything_else_is_told(database, stored, expression):
    row, lay = stored
    lay(expression)
    with database.read() as connection:
        assert list(stored_documents.damaged(connection)) == [(row, "Bericht.pdf")]
        with pytest.raises(OutsideTrouble) as caught:
            stored_documents.read(connection, row)
    assert caught.value.code is Trouble.DOCUMENT_ALTERED
