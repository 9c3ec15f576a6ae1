"""The same large desk on a PostgreSQL server whose data are kept, moved there by the program itself."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import psycopg
from keyring.backends.fail import Keyring

from laverma_desk.domain.clock import SystemClock
from laverma_desk.domain.server_address import ServerAddress
from laverma_desk.mail.secret import Secrets
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import Desk
from laverma_desk.services.moving import move_to_server
from laverma_desk.services.shared_desk import open_shared_desk
from laverma_desk.storage.migrations import REVISIONS
from laverma_desk.storage.postgresql.server import Server
from laverma_desk.storage.postgresql.upgrading import bring_up_to_date
from tests.bench.cases import Bench
from tests.bench.large_desk import EDITION, large_desk
from tests.support.servers import RealServer

_SETTINGS = {
    # Honest: what it has acknowledged is on its disk. The sizes are those of a small office's server.
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "shared_buffers": "512MB",
    "effective_cache_size": "2GB",
    "work_mem": "16MB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
    "max_connections": "50",
}


class KeptServer(RealServer):
    """A server whose data stay where the bench keeps its desks."""

    def __init__(self, place: Path) -> None:
        """Start it, made where it is not there yet."""
        self._lock = (place / "server.lock").open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)  # One run at a time: its data have one server.
        super().__init__(_SETTINGS)
        self.stop()
        kept = place / "server"
        place.chmod(place.stat().st_mode | 0o011)  # The server's account has to come through.
        if not kept.exists():
            shutil.move(self.data, kept)
        self.data = kept
        self.start()

    def has(self, database: str) -> bool:
        """Return whether there is a database of this name."""
        where = self.address("postgres")
        with psycopg.connect(host=where.host, port=where.port, user=where.user, dbname="postgres") as asking:
            found = asking.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,))
            return found.fetchone() is not None

    def remove(self) -> None:
        """Stop it, and leave its data."""
        if (self.data / "postmaster.pid").exists():
            self.stop()
        super().remove()
        self._lock.close()


@lru_cache(maxsize=1)
def kept_server(place: Path) -> KeptServer:
    """Return the server of a bench's folder, started once in a process."""
    return KeptServer(place)


def large_server_desk(bench: Bench) -> ServerAddress:
    """Return the desk with `bench.sessions` sessions on the server, moved there where it is not yet."""
    return _kept(bench, "desk", large_desk(bench))


@contextmanager
def passing_house(bench: Bench, name: str) -> Iterator[ServerAddress]:
    """Give a database with a desk's empty tables; afterwards it goes."""
    server = kept_server(bench.work)
    server.drop(name)
    server.say(f'CREATE DATABASE "{name}" TEMPLATE template0')
    store = Server(server.address(name), lambda: None)
    bring_up_to_date(store)
    store.close()
    try:
        yield server.address(name, tcp=True)
    finally:
        server.drop(name)


@contextmanager
def passing_copy(bench: Bench, address: ServerAddress, name: str) -> Iterator[ServerAddress]:
    """Give a copy of a desk that may be written; afterwards it goes."""
    server = kept_server(bench.work)
    server.drop(name)
    server.say(f'CREATE DATABASE "{name}" TEMPLATE "{address.database}" STRATEGY FILE_COPY')
    try:
        yield server.address(name, tcp=True)
    finally:
        server.drop(name)


def opened_at(address: ServerAddress, folder: Path) -> Desk:
    """Open a desk of the server as the program does; the folder is for what is this one's alone."""
    return open_shared_desk(DataDir(folder), address, SystemClock(), Secrets(Keyring()))


def _kept(bench: Bench, kind: str, source: DataDir) -> ServerAddress:
    server = kept_server(bench.work)
    name = f"{kind}_{REVISIONS[-1]}_{EDITION}_{bench.sessions}"
    if not server.has(name):
        unfinished = f"{name}_unfinished"
        server.drop(unfinished)
        server.say(f'CREATE DATABASE "{unfinished}" TEMPLATE template0')
        move_to_server(source, server.address(unfinished), Secrets(Keyring()))
        server.say("VACUUM ANALYZE", database=unfinished)
        server.say(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
    return server.address(name, tcp=True)
