"""Desks made once in a run; each test opens a copy, because a new file's migrations take their time."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from keyring.backends.fail import Keyring

from laverma_desk.domain.clock import Clock
from laverma_desk.mail.secret import Secrets
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import Desk, open_desk
from laverma_desk.services.shared_desk import open_shared_desk
from laverma_desk.storage.postgresql.server import Server
from laverma_desk.storage.postgresql.upgrading import bring_up_to_date
from tests.support.engines import on_server
from tests.support.fake_clock import FakeClock
from tests.support.servers import shared_server

Make = Callable[[Desk], Any]


def open_kept(folder: Path, clock: Clock, secrets: Secrets, make: Make) -> tuple[Desk, Any]:
    """Open a desk in an empty folder as `make` leaves a new one; return it with what `make` told of it.

    `make` is a function of a module, writes into the desk alone and lets no time pass: it runs once for
    each instant that a fake clock shows. With a real clock it runs each time.
    """
    data = DataDir(folder)
    if on_server():
        return _open_kept_on_server(data, clock, secrets, make)
    if not isinstance(clock, FakeClock):
        desk = open_desk(data, clock, secrets)
        return desk, make(desk)
    content, told = _written(make, clock.now())
    data.create()
    data.database.touch(mode=0o600)
    data.database.write_bytes(content)
    return open_desk(data, clock, secrets), deepcopy(told)


@lru_cache(maxsize=12)
def _written(make: Make, at: datetime) -> tuple[bytes, Any]:
    clock = FakeClock(at)
    with tempfile.TemporaryDirectory() as folder:
        data = DataDir(Path(folder))
        desk = open_desk(data, clock, Secrets(Keyring()))
        told = make(desk)
        desk.close()
        assert clock.now() == at, "time has passed that no copy would show"
        return data.database.read_bytes(), told


def new_server_desk(data: DataDir, clock: Clock, secrets: Secrets, template: str | None = None) -> Desk:
    """Open a desk in a database of its own, which goes with the test."""
    server = shared_server()
    name = server.create(template or blank_database())
    _passing.append(name)
    return open_shared_desk(data, server.address(name), clock, secrets)


_passing: list[str] = []


def drop_passing() -> None:
    """Remove the databases of the test that ends; those that others are copied from stay."""
    if _passing:
        shared_server().drop(*_passing)
        _passing.clear()


def keep_database(desk: Desk) -> str:
    """Let the database of a desk that is closed stay behind its test; others are copied from it."""
    name = desk.database.address.database
    _passing.remove(name)
    return name


class OnEachEngine:
    """What a module makes once and only looks at: made for each engine by its first test, gone with the last.

    `make` returns what a test is given; its desks are closed by `close`.
    """

    def __init__(self, make: Callable[[], Any], close: Callable[[Any], None]) -> None:
        """Remember how; nothing is made yet."""
        self._make, self._close = make, close
        self._made: dict[str, Any] = {}
        self._databases: list[str] = []

    def of(self, engine: str) -> Any:
        """Return what was made for the engine of a test."""
        if engine not in self._made:
            before = set(_passing)
            self._made[engine] = self._make()
            further = [name for name in _passing if name not in before]
            self._databases += further
            _passing[:] = [name for name in _passing if name in before]
        return self._made[engine]

    def remove(self) -> None:
        """Close the desks and remove their databases."""
        for one in self._made.values():
            self._close(one)
        if self._databases:
            shared_server().drop(*self._databases)


@lru_cache(maxsize=1)
def blank_database() -> str:
    """Return the database of a desk as `bring_up_to_date` leaves a new one: a template."""
    server = shared_server()
    name = server.create()
    desk = Server(server.address(name), lambda: None)
    bring_up_to_date(desk)
    desk.close()
    return name


def _open_kept_on_server(data: DataDir, clock: Clock, secrets: Secrets, make: Make) -> tuple[Desk, Any]:
    if not isinstance(clock, FakeClock):
        desk = new_server_desk(data, clock, secrets)
        return desk, make(desk)
    template, told = _written_on_server(make, clock.now())
    return new_server_desk(data, clock, secrets, template), deepcopy(told)


@lru_cache(maxsize=12)
def _written_on_server(make: Make, at: datetime) -> tuple[str, Any]:
    clock = FakeClock(at)
    with tempfile.TemporaryDirectory() as folder:
        desk = new_server_desk(DataDir(Path(folder)), clock, Secrets(Keyring()))
        told = make(desk)
        desk.close()
        assert clock.now() == at, "time has passed that no copy would show"
        return keep_database(desk), told
