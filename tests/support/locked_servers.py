"""A real server that lets nobody in over the network without a password, and a wire to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from laverma_desk.domain.server_address import ServerAddress
from laverma_desk.mail.secret import Secrets
from laverma_desk.paths import DataDir
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.desk import Desk
from laverma_desk.services.server_people import prepare_server
from laverma_desk.services.shared_desk import open_shared_desk
from tests.support.cut_wire import CutWire
from tests.support.desks import add_bohrer, lay_out, memory_secrets
from tests.support.fake_clock import FakeClock
from tests.support.memory_keyring import MemoryKeyring
from tests.support.servers import RealServer

LOCK = "ein langes Wort"
_RULES = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"


@dataclass
class Locked:
    """`address` leads over the wire, `session_id` is a session that was running when the desk was closed."""

    wire: CutWire
    data: DataDir
    clock: FakeClock
    session_id: int

    @property
    def address(self) -> ServerAddress:
        """Return the way through the wire."""
        return self.wire.address

    def open(self, secrets: Secrets | None = None) -> Desk:
        """Open the desk, by itself without knowing the password."""
        return open_shared_desk(self.data, self.address, self.clock, secrets or memory_secrets())


@contextmanager
def locked_server() -> Iterator[RealServer]:
    """Begin a server whose role `anna` has the password LOCK."""
    real = RealServer()
    try:
        (real.data / "pg_hba.conf").write_text(_RULES, "ascii")
        real.say(f"CREATE ROLE anna LOGIN SUPERUSER PASSWORD '{LOCK}'")
        real.restart()
        yield real
    finally:
        real.remove()


@contextmanager
def killed_in_a_call(folder: Path) -> Iterator[Locked]:
    """Make a desk that was closed in a call; the wire to its server is cut."""
    with locked_server() as real:
        name = real.create()
        prepare_server(real.address(name), memory_secrets())
        wire = CutWire(real.address(name, "anna", tcp=True))
        locked = Locked(wire, DataDir(folder / "locked"), FakeClock(), 0)
        try:
            keyring = Secrets(MemoryKeyring())
            keyring.write(wire.address.key, LOCK)
            desk = locked.open(keyring)
            lay_out(desk)
            locked.session_id = timekeeping.start_session(desk, add_bohrer(desk).reception).value.id
            desk.close()
            wire.cut()
            yield locked
        finally:
            wire.close()
