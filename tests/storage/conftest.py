"""Every storage test finds a real desk, new and empty: a file, and a database of a server as well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from laverma_desk.storage.database import Database
from laverma_desk.storage.migrate import open_desk
from laverma_desk.storage.postgresql.server import Server
from laverma_desk.storage.store import Store
from tests.support.engines import FILE, on_each_engine
from tests.support.kept_desks import blank_database
from tests.support.servers import shared_server

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
def engine(request: pytest.FixtureRequest) -> str:
    """Which engine keeps the desk."""
    return request.param


@pytest.fixture
def database(engine: str, request: pytest.FixtureRequest) -> Iterator[Store]:
    """The desk, open."""
    if engine == FILE:
        opened: Store = Database(request.getfixturevalue("file"))
        yield opened
        opened.close()
        return
    server = shared_server()
    name = server.create(blank_database())
    opened = Server(server.address(name), lambda: None)
    yield opened
    opened.close()
    server.drop(name)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on both engines, but for one that is marked `files` or asks for the file itself."""
    on_each_engine(metafunc, alone="file" in metafunc.fixturenames)
