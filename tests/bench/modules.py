"""What is loaded before the first paint that the first paint does not need."""

from __future__ import annotations

from collections.abc import Iterable

from tests.bench.cases import Bench
from tests.bench.installed import install
from tests.bench.measuring import Row, alone
from tests.bench.screen import a_screen
from tests.support.desks import make_desk

FORBIDDEN = (
    "sqlalchemy", "fpdf", "fontTools", "lxml", "alembic", "keyring", "phonenumbers", "cryptography",
)  # fmt: skip


NOT_ON_SERVER = "the same: no driver is loaded before the first paint"


def measure(bench: Bench) -> Iterable[Row]:
    """Ask the program for its modules at its first paint."""
    program = install(bench)
    make_desk(program.data).close()
    with a_screen() as platform:
        loaded = program.child("desk", "modules").split()[1:]
    heavy = sorted({name.partition(".")[0] for name in loaded} & set(FORBIDDEN))
    own = sum(name.partition(".")[0] == "laverma_desk" for name in loaded)
    note = ", ".join(heavy) or f"{len(loaded)} modules, {own} of ours; {platform}"
    yield alone("heavy modules before the first paint", len(heavy), 0, unit="", note=note)
