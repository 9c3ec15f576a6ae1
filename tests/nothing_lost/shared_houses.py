"""Desks for several processes at once: on a server that keeps what it said, or in one file."""

from __future__ import annotations

from pathlib import Path

import psycopg

from laverma_desk.domain.clock import Clock, SystemClock
from laverma_desk.domain.server_address import parse_address
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import Desk, open_desk
from laverma_desk.services.shared_desk import open_shared_desk
from laverma_desk.storage.postgresql.server import Server
from laverma_desk.storage.postgresql.upgrading import bring_up_to_date
from tests.support.desks import memory_secrets
from tests.support.servers import RealServer

HONEST = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "autovacuum": "on"}
"""What the tests' quick server leaves out, and a house's does not."""


def honest_server() -> RealServer:
    """Start a server that has on its disk what it has acknowledged."""
    return RealServer(HONEST)


def new_database(server: RealServer) -> str:
    """Return a database of the server with a desk's empty tables."""
    name = server.create()
    store = Server(server.address(name), lambda: None)
    bring_up_to_date(store)
    store.close()
    return name


def open_at(folder: Path, url: str = "", clock: Clock | None = None) -> Desk:
    """Open the desk of a server, with a folder for what is this one's alone; without a URL the folder's."""
    data, now = DataDir(folder), clock or SystemClock()
    if not url:
        return open_desk(data, now, memory_secrets())
    return open_shared_desk(data, parse_address(url), now, memory_secrets())


def asked(server: RealServer, statement: str, database: str = "postgres") -> int:
    """Return the one figure that a statement of the server's owner gives, 0 for none."""
    where = server.address(database)
    options = {"host": where.host, "port": where.port, "user": where.user, "dbname": database}
    with psycopg.connect(**options, autocommit=True) as connection:
        ((figure,),) = connection.execute(statement.encode())
    return int(figure or 0)
