"""Every storage test finds a real desk file, new and empty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from laverma_desk.storage.database import Database
from laverma_desk.storage.migrate import open_desk

NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def blank_desk(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a new desk: made once, since Alembic takes its time."""
    folder = tmp_path_factory.mktemp("blank")
    open_desk(folder / "desk.sqlite3", folder / "backups", lambda: NOON).close()
    return (folder / "desk.sqlite3").read_bytes()


@pytest.fixture
def file(tmp_path: Path, blank_desk: bytes) -> Path:
    """A new desk file in a folder of its own."""
    path = tmp_path / "desk" / "desk.sqlite3"
    path.parent.mkdir()
    path.write_bytes(blank_desk)
    return path


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    """The desk file, open."""
    opened = Database(file)
    yield opened
    opened.close()
