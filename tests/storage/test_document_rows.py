"""A stored document is never changed, and a single bit that fell over is found."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, NoResultFound

from laverma_desk.storage import stored_documents
from laverma_desk.storage.backup import problems_of
from laverma_desk.storage.stored_documents import StoredDocument
from tests.storage.conftest import NOON

PDF = b"%PDF-1.7\r\n" + bytes(range(256)) * 40


def store(database, content=PDF, name="bericht.pdf") -> int:
    with database.write() as connection:
        return stored_documents.store(
            connection, kind="report", name=name, mime_type="application/pdf", content=content, at=NOON
        )


def test_a_document_comes_back_to_the_byte(database):
    number = store(database)
    with database.read() as connection:
        assert stored_documents.read(connection, number) == StoredDocument(
            number, "report", "bericht.pdf", "application/pdf", PDF, hashlib.sha256(PDF).hexdigest()
        )
        with pytest.raises(NoResultFound):
            stored_documents.read(connection, number + 1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE document SET content = '\\000'",
        "UPDATE document SET sha256 = 'x'",
        "UPDATE document SET name = name",
        "DELETE FROM document",
        (
            "INSERT INTO document SELECT * FROM document WHERE true "
            "ON CONFLICT (id) DO UPDATE SET content = excluded.content"
        ),
        "INSERT OR REPLACE INTO document SELECT * FROM document",
        "TRUNCATE document CASCADE",
    ],
)
def test_nobody_changes_it(database, statement):
    number = store(database)
    if statement.startswith("TRUNCATE" if not database.shared else "INSERT OR REPLACE"):
        pytest.skip("this engine has no such statement")
    with pytest.raises(IntegrityError), database.write() as connection:
        connection.execute(text(statement))
    with database.read() as connection:
        assert stored_documents.read(connection, number).content == PDF


def test_one_flipped_bit_is_found(database, file):
    numbers = [store(database, os.urandom(3000), f"{place}.pdf") for place in range(3)]
    big = store(database, PDF * 20, "big.pdf")
    with database.read() as connection:
        assert list(stored_documents.damaged(connection)) == []
        needle = stored_documents.read(connection, numbers[1]).content
    database.close()
    whole = bytearray(file.read_bytes())
    whole[whole.index(needle[:50]) + 20] ^= 1
    at = whole.rindex(PDF[-60:])
    whole[at] ^= 0x80
    file.write_bytes(whole)
    assert problems_of(file) == [], "SQLite itself does not see it"
    with database.read() as connection:
        assert list(stored_documents.damaged(connection)) == [(numbers[1], "1.pdf"), (big, "big.pdf")]


def test_an_empty_document_is_one_too(database):
    number = store(database, b"")
    with database.read() as connection:
        assert stored_documents.read(connection, number).content == b""
        assert list(stored_documents.damaged(connection)) == []


def test_the_seal_is_in_the_file_itself(database, file):
    store(database)
    with closing(sqlite3.connect(file)) as raw, pytest.raises(sqlite3.IntegrityError):
        raw.execute("DELETE FROM document")
