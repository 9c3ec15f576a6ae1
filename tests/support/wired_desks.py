"""A desk at a real server behind a wire that a test can cut."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from laverma_desk.domain.clock import Clock
from laverma_desk.paths import DataDir
from laverma_desk.services import alone
from laverma_desk.services.desk import Desk
from laverma_desk.services.shared_desk import open_shared_desk
from tests.support.cut_wire import CutWire
from tests.support.desks import Bohrer, add_bohrer, make_desk, memory_secrets
from tests.support.engines import SERVER, using
from tests.support.servers import shared_server

PATIENCE_SECONDS = 60


@dataclass
class Wired:
    """`there` is a desk beside it, without a wire: what it reads is what the server has."""

    here: Desk
    there: Desk
    wire: CutWire
    bohrer: Bohrer

    def cut(self) -> None:
        """Take the server away, and let the desk notice."""
        self.wire.cut()

    def mend(self) -> None:
        """Bring the server back, and wait until it has everything."""
        self.wire.mend()
        assert alone.settle(self.here, PATIENCE_SECONDS)

    def open_again(self) -> None:
        """Open the desk of the same folder once more, as after a crash."""
        address, data, clock = self.wire.address, self.here.data, self.here.clock
        self.here.close()
        self.here = open_shared_desk(data, address, clock, memory_secrets())


@contextmanager
def wired_desk(folder: Path, clock: Clock) -> Iterator[Wired]:
    """Make a desk of the house of the pictures on a server, with a wire in between."""
    with using(SERVER):
        there = make_desk(folder / "there", clock)
        bohrer = add_bohrer(there)
    wire = CutWire(shared_server().address(there.database.address.database, tcp=True))
    here = open_shared_desk(DataDir(folder / "here"), wire.address, clock, memory_secrets())
    wired = Wired(here, there, wire, bohrer)
    try:
        yield wired
    finally:
        wired.here.close()
        there.close()
        wire.close()
