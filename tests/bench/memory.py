"""What the open desk takes of the machine's memory three seconds after it is ready."""

from __future__ import annotations

from collections.abc import Iterable

from tests.bench.cases import Bench
from tests.bench.desk_ready import at_home
from tests.bench.installed import Installed, install
from tests.bench.large_desk import large_desk
from tests.bench.measuring import Row, Step, paired, row
from tests.bench.screen import a_screen

GOAL = 2.0


def measure(bench: Bench) -> Iterable[Row]:
    """Read the proportional set size of both processes, each with its window on the screen."""
    program = install(bench)
    at_home(program, large_desk(bench))
    with a_screen() as platform:
        pair = paired(_memory(program, "desk"), _memory(program, "bare"), rounds=bench.rounds(7))
    yield row("memory (PSS) 3 s later", "bare window", pair, GOAL, unit="MB", note=platform)


def _memory(program: Installed, side: str) -> Step:
    def started() -> float:
        return int(program.child(side, "stay").splitlines()[-1].split()[1]) / 1024

    return started
