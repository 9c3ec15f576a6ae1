"""A second desk beside the first: another login's on the same server, another program's on the same file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from laverma_desk.paths import DataDir
from laverma_desk.services.desk import Desk, open_desk
from laverma_desk.services.shared_desk import open_shared_desk
from laverma_desk.storage.postgresql.server import Server
from tests.support.desks import memory_secrets


@pytest.fixture
def neighbour(tmp_path, desk: Desk, clock) -> Iterator[Callable[[], Desk]]:
    """Open further desks on what the first one has open; each has its own folder and passwords."""
    opened: list[Desk] = []

    def open_one() -> Desk:
        if isinstance(desk.database, Server):
            folder = DataDir(tmp_path / f"neighbour {len(opened)}")
            one = open_shared_desk(folder, desk.database.address, clock, memory_secrets())
        else:
            one = open_desk(desk.data, clock, memory_secrets())
        opened.append(one)
        return one

    yield open_one
    for one in opened:
        one.close()
