"""Bytes that must stay as they are: sent mails, reports, signed agreements, each with its SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, LargeBinary, cast, func, select

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.storage.inserting import insert_row
from laverma_desk.storage.spelling import SERVER
from laverma_desk.storage.tables import document

_AT_ONCE = 200
_CONTENT = cast(document.c.content, LargeBinary).label("content")
"""As bytes: a foreign hand may leave a text there, which the driver would refuse to decode."""


@dataclass(frozen=True)
class StoredDocument:
    """A document as it was stored."""

    id: int
    kind: str
    name: str
    mime_type: str
    content: bytes
    sha256: str


def store(
    connection: Connection, *, kind: str, name: str, mime_type: str, content: bytes, at: datetime
) -> int:
    """Store bytes for good and return their row."""
    return insert_row(
        connection,
        document,
        kind=kind,
        name=name,
        mime_type=mime_type,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        created_at=at,
    )


def read(connection: Connection, document_id: int) -> StoredDocument:
    """Return a stored document whose bytes have their SHA-256: altered ones never leave the desk.

    Raises OutsideTrouble DOCUMENT_ALTERED, NoResultFound for an unknown row.
    """
    found = read_as_it_lies(connection, document_id)
    if not is_unaltered(found.content, found.sha256):
        raise OutsideTrouble(Trouble.DOCUMENT_ALTERED, file=found.name)
    return found


def is_unaltered(content: object, sha256: str) -> bool:
    """Return whether a column still holds the bytes that were stored; a foreign hand may leave it a text."""
    return isinstance(content, bytes) and hashlib.sha256(content).hexdigest() == sha256


def read_as_it_lies(connection: Connection, document_id: int) -> StoredDocument:
    """Return a stored document, altered or not. Raises NoResultFound for an unknown row."""
    row = connection.execute(
        select(
            document.c.id,
            document.c.kind,
            document.c.name,
            document.c.mime_type,
            _CONTENT,
            document.c.sha256,
        ).where(document.c.id == document_id)
    ).one()
    return StoredDocument(*row)


def name_of(connection: Connection, document_id: int) -> str:
    """Return what a stored document is called. Raises NoResultFound for an unknown row."""
    return str(connection.execute(select(document.c.name).where(document.c.id == document_id)).scalar_one())


def unheard(done: int) -> None:
    """Tell nobody."""


def damaged(connection: Connection, told: Callable[[int], None] = unheard) -> Iterator[tuple[int, str]]:
    """Yield row and name of each document whose bytes no longer have their hash.

    `told` hears after each one how many were read; what it raises ends the reading.
    """
    if connection.dialect.name == SERVER:
        yield from _damaged_there(connection, told)
        return
    rows = connection.execute(
        select(document.c.id, document.c.name, _CONTENT, document.c.sha256).order_by(document.c.id)
    )
    for done, (document_id, name, content, digest) in enumerate(rows, start=1):
        if not is_unaltered(content, digest):
            yield document_id, name
        told(done)


def _damaged_there(connection: Connection, told: Callable[[int], None]) -> Iterator[tuple[int, str]]:
    """Let the server look, some at a time: all bytes of all documents would come over the wire."""
    kept = func.encode(func.sha256(document.c.content), "hex") == document.c.sha256
    asked = select(document.c.id, document.c.name, kept).order_by(document.c.id).limit(_AT_ONCE)
    last = done = 0
    while rows := connection.execute(asked.where(document.c.id > last)).all():
        for document_id, name, unaltered in rows:
            if not unaltered:
                yield document_id, name
            last, done = document_id, done + 1
            told(done)
