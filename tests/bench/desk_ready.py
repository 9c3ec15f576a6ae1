"""Until one can work: the running session, the last three and a search that answers, on a large desk."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from laverma_desk.paths import DataDir
from tests.bench.cases import Bench
from tests.bench.installed import Installed, install
from tests.bench.large_desk import copied, large_desk
from tests.bench.measuring import Row, Step, paired, row
from tests.bench.other_programs import NEIGHBOURS, neighbour
from tests.bench.screen import a_screen
from tests.bench.start import first_paint

BARE = 3.0
_LIBRARIES = Path(__file__).with_name("bare_desk.py")


NOT_ON_SERVER = "not measured: the program that is started here knows no server"


def measure(bench: Bench) -> Iterable[Row]:
    """Start the program with a session that runs; the others to their first window with something in it.

    The note says what of a ratio lies below the program: a bare window with SQLAlchemy and phonenumbers, an
    answer of either, and nothing else.
    """
    program = install(bench)
    at_home(program, large_desk(bench))
    with a_screen() as platform:
        rounds = bench.rounds(10)
        below = paired(_libraries(program), first_paint(program, "bare"), rounds=rounds, warm=1)
        pair = paired(desk_ready(program, "ready"), first_paint(program, "bare"), rounds=rounds, warm=2)
        least = f"{statistics.median(below.ratios):.2f} is the window with SQLAlchemy and phonenumbers alone"
        note = f"{bench.sessions:,} sessions; {platform}; {least}"
        yield row("desk ready", "bare window", pair, BARE, note=note)
        shown = paired(desk_ready(program, "shown"), first_paint(program, "bare"), rounds=rounds)
        yield row("of that, session and last three shown", "bare window", shown, BARE)
        for name, goal in NEIGHBOURS.items():
            other = neighbour(name, program.home) if platform == "xcb" else None
            if other is None:
                continue  # Not installed, or no screen to see it on.
            pair = paired(desk_ready(program, "ready"), other, rounds=bench.rounds(6))
            yield row("desk ready", name, pair, goal)


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


def desk_ready(program: Installed, mark: str) -> Step:
    """Return a step that starts the program and gives the milliseconds until it says a word."""

    def started() -> float:
        began = time.monotonic_ns()
        said = {line.split()[1]: int(line.split()[0]) for line in program.child("desk", "ready").splitlines()}
        return (said[mark] - began) / 1e6

    return started
