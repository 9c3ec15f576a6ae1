"""How it stands with a desk on a server: where it lies, who is logged in, whether the way to it is safe."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from laverma_desk.domain.rights import Rights
from laverma_desk.services.desk import Desk
from laverma_desk.services.server_login import address_of
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage.postgresql.rights import rights_of


@dataclass(frozen=True)
class ServerState:
    """What a server answered: `milliseconds` it took, `encrypted` how (“TLSv1.3”), "" within this machine."""

    server: str
    role: str
    supporter: str
    rights: Rights
    version: str
    encrypted: str
    milliseconds: int


def server_state(desk: Desk) -> ServerState:
    """Ask the server; it may take a while. Raises OutsideTrouble."""
    address = address_of(desk)
    if address is None:
        raise ValueError(desk.data.root)
    begun = time.perf_counter()
    with desk.database.read() as connection:
        driver: Any = connection.connection.driver_connection
        version = str(connection.exec_driver_sql("SHOW server_version").scalar()).split()[0]
        took = time.perf_counter() - begun
        safe = connection.exec_driver_sql(
            "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        ).scalar()
        encrypted = str(safe or "TLS") if driver.pgconn.ssl_in_use else ""
        rights = rights_of(connection)
        supporter = house_on(connection).supporter_name
    milliseconds = max(1, round(1000 * took))
    return ServerState(address.shown, address.user, supporter, rights, version, encrypted, milliseconds)
