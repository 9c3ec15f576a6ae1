"""A desk on a real server that was prepared for several technicians, each with a login of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg

from laverma_desk.domain.clock import Clock
from laverma_desk.domain.rights import Right
from laverma_desk.domain.server_address import ServerAddress
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import Desk
from laverma_desk.services.server_people import add_supporter, prepare_server
from laverma_desk.services.shared_desk import open_shared_desk
from tests.support.desks import memory_secrets
from tests.support.fake_clock import FakeClock
from tests.support.kept_desks import blank_database
from tests.support.servers import shared_server

PASSWORD = "ein langes Wort"


class PreparedServer:
    """One database with its groups; `desk()` is the owner's, `desk("klaus")` that of a login."""

    def __init__(self, folder: Path, make: Callable[[Desk], object] | None = None) -> None:
        """Prepare it, and let `make` fill it as its owner."""
        self.folder = folder
        self.name = shared_server().create(blank_database())
        self.clock: Clock = FakeClock()
        self._open: list[Desk] = []
        prepare_server(self.address(), memory_secrets())
        if make is not None:
            make(self.desk())

    def login(self, who: str) -> str:
        """Return the role of somebody: roles belong to the whole server, which other tests use, too."""
        return f"{who}_of_{self.name}"

    def address(self, who: str = "") -> ServerAddress:
        """Return the address with which somebody comes, "" the owner."""
        at = shared_server().address
        return at(self.name, self.login(who)) if who else at(self.name)

    def add(self, name: str, who: str, *rights: Right) -> None:
        """Give somebody a login with these rights."""
        add_supporter(self.desk(), name, self.login(who), rights, password=PASSWORD)

    def desk(self, who: str = "") -> Desk:
        """Open the desk as somebody."""
        data = DataDir(self.folder / (who or "owner"))
        opened = open_shared_desk(data, self.address(who), self.clock, memory_secrets())
        self._open.append(opened)
        return opened

    def ask(self, who: str, *statements: str) -> list[int]:
        """Run statements past the program, as with psql; return how many rows each touched. Undone again."""
        at = self.address(who)
        with psycopg.connect(host=at.host, port=at.port, user=at.user, dbname=at.database) as line:
            touched = [line.execute(one).rowcount for one in statements]  # type: ignore[arg-type]
            line.rollback()
        return touched

    def close(self) -> None:
        """Close all desks and drop database and roles."""
        for one in self._open:
            one.close()
        server = shared_server()
        server.drop(self.name)
        with psycopg.connect(host=server.address("postgres").host, port=server.port, user="postgres",
                             dbname="postgres", autocommit=True) as line:  # fmt: skip
            asked = "SELECT rolname FROM pg_roles WHERE rolname ~ %s"
            ours = f"^{self.name}_|_of_{self.name}$"
            for (role,) in line.execute(asked, (ours,)).fetchall():
                line.execute(f'DROP ROLE "{role}"')
