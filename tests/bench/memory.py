"""What the open desk takes of the machine's memory three seconds after it is ready."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.bench.bare_libraries import LIBRARIES
from tests.bench.cases import Bench
from tests.bench.desk_ready import at_home, running_copy
from tests.bench.installed import Installed, install
from tests.bench.large_desk import large_desk
from tests.bench.measuring import Row, Step, paired, row
from tests.bench.screen import a_screen

GOAL = 2.0
_CHILD = Path(__file__).with_name("bare_libraries.py")
_PATIENCE = 90


def measure(bench: Bench) -> Iterable[Row]:
    """Read the proportional set size of both processes, each with its window on the screen.

    The note says what a bare window takes with the desk's libraries and nothing of the program, and how many
    programs with Qt run beside: they bear a part of Qt's pages, the more of them the less is left for both.
    """
    program = install(bench)
    at_home(program, large_desk(bench))
    with a_screen() as platform:
        pair = paired(_memory(program, "desk"), _memory(program, "bare"), rounds=bench.rounds(7))
        below = _libraries(program, bench.rounds(3), statistics.median(pair.limit))
    note = f"{platform}; {below}; {_others()} other programs with Qt"
    yield row("memory (PSS) 3 s later", "bare window", pair, GOAL, unit="MB", note=note)


def measure_on_server(bench: Bench) -> Iterable[Row]:
    """Read the same of the program with a desk on the server."""
    program = install(bench)
    with a_screen() as platform, running_copy(bench) as address:
        desk = _memory(program, "desk", "--database", address.url)
        pair = paired(desk, _memory(program, "bare"), rounds=bench.rounds(7))
    yield row("memory (PSS) 3 s later", "bare window", pair, GOAL, unit="MB", note=platform)


def _memory(program: Installed, side: str, *arguments: str) -> Step:
    def started() -> float:
        return int(program.child(side, "stay", *arguments).splitlines()[-1].split()[1]) / 1024

    return started


def _libraries(program: Installed, rounds: int, bare: float) -> str:
    """Say what a bare window takes with the libraries alone, and what each of them adds, in MB."""
    seen: dict[str, list[float]] = {}
    for _round in range(rounds):
        done = subprocess.run(
            [sys.executable, str(_CHILD)], env=program.environment(), cwd=program.home,
            stdout=subprocess.PIPE, text=True, timeout=_PATIENCE, check=True,
        )  # fmt: skip
        for line in done.stdout.splitlines():
            name, size = line.split()
            seen.setdefault(name if name in LIBRARIES else "", []).append(int(size) / 1024)
    taken = {name: statistics.median(sizes) for name, sizes in seen.items()}
    whole = taken.pop("")
    return f"bare with the libraries alone {whole / bare:.2f} ({whole:.0f}): " + ", ".join(
        f"{name} {mb:.1f}" for name, mb in taken.items()
    )


def _others() -> int:
    """Return how many processes have Qt's heart loaded, as far as this one may see."""
    found = 0
    for maps in Path("/proc").glob("[0-9]*/maps"):
        try:
            found += "libQt6Core" in maps.read_text("utf-8", "replace")
        except OSError:
            continue  # Gone by now, or somebody else's.
    return found
