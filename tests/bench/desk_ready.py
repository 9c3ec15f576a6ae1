"""Until one can work: the running session, the last three and a search that answers, on a large desk."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from laverma_desk.domain.clock import SystemClock
from laverma_desk.domain.server_address import ServerAddress
from laverma_desk.paths import DataDir
from laverma_desk.storage import heartbeats
from laverma_desk.storage.postgresql.server import Server
from laverma_desk.storage.tables import segment, session
from tests.bench.cases import Bench
from tests.bench.installed import Installed, install
from tests.bench.large_desk import copied, large_desk
from tests.bench.large_server_desk import large_server_desk, passing_copy
from tests.bench.measuring import Row, Step, paired, row
from tests.bench.other_programs import NEIGHBOURS, neighbour
from tests.bench.screen import a_screen
from tests.bench.start import first_paint

BARE = 3.0
_LIBRARIES = Path(__file__).with_name("bare_desk.py")


def measure(bench: Bench) -> Iterable[Row]:
    """Start the program with a session that runs; the others to their first window with something in it.

    The note says what of a ratio lies below the program: a bare window with SQLAlchemy and phonenumbers, an
    answer of either, and nothing else.
    """
    program = install(bench)
    at_home(program, large_desk(bench))
    with a_screen() as platform:
        below = paired(_libraries(program), first_paint(program, "bare"), rounds=bench.rounds(10), warm=1)
        least = f"{statistics.median(below.ratios):.2f} is the window with SQLAlchemy and phonenumbers alone"
        yield from _measured(bench, program, platform, f"{bench.sessions:,} sessions; {platform}; {least}")


def measure_on_server(bench: Bench) -> Iterable[Row]:
    """Start the same program with a desk on the server, its session running there."""
    program = install(bench)
    with a_screen() as platform, running_copy(bench) as address:
        note = f"{bench.sessions:,} sessions; {platform}"
        yield from _measured(bench, program, platform, note, "--database", address.url)


def _measured(bench: Bench, program: Installed, platform: str, note: str, *arguments: str) -> Iterator[Row]:
    rounds = bench.rounds(10)
    ready = desk_ready(program, "ready", *arguments)
    pair = paired(ready, first_paint(program, "bare"), rounds=rounds, warm=2)
    yield row("desk ready", "bare window", pair, BARE, note=note)
    shown = paired(desk_ready(program, "shown", *arguments), first_paint(program, "bare"), rounds=rounds)
    yield row("of that, session and last three shown", "bare window", shown, BARE)
    for name, goal in NEIGHBOURS.items():
        other = neighbour(name, program.home) if platform == "xcb" else None
        if other is None:
            continue  # Not installed, or no screen to see it on.
        yield row("desk ready", name, paired(ready, other, rounds=bench.rounds(6)), goal)


@contextmanager
def running_copy(bench: Bench) -> Iterator[ServerAddress]:
    """Give a copy of the large desk on the server, with a session that runs since now; afterwards it goes."""
    with passing_copy(bench, large_server_desk(bench), "ready") as address:
        store, now = Server(address, lambda: None), SystemClock()
        with store.write() as connection:
            last = connection.execute(select(func.max(session.c.id))).scalar_one()
            begun = {"begin": now.now()}
            connection.execute(
                session.update().where(session.c.id == last).values(**begun, day=now.now().date())
            )
            connection.execute(segment.update().where(segment.c.session_id == last).values(**begun))
            heartbeats.write_beat(connection, now.now(), now.uptime())
        store.close()
        yield address


def at_home(program: Installed, data: DataDir) -> None:
    """Put a copy of a desk where the program looks for it, with a session that runs since now."""
    shutil.rmtree(program.data, ignore_errors=True)
    copied(data, program.data, running_since=datetime.now(UTC))


def _libraries(program: Installed) -> Step:
    """Return a step that gives the milliseconds until a bare window has an answer from its libraries."""

    def started() -> float:
        began = time.monotonic_ns()
        said = program.child(str(program.data / "desk.sqlite3"), script=_LIBRARIES)
        return (int(said.split()[0]) - began) / 1e6

    return started


def desk_ready(program: Installed, mark: str, *arguments: str) -> Step:
    """Return a step that starts the program, by these arguments, and gives the ms until it says a word."""

    def started() -> float:
        began = time.monotonic_ns()
        lines = program.child("desk", "ready", *arguments).splitlines()
        said = {line.split()[1]: int(line.split()[0]) for line in lines}
        return (said[mark] - began) / 1e6

    return started
