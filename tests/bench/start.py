"""First paint of the shell, whose search field takes keys, beside a bare window; warm and cold cache."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.bench.cases import Bench
from tests.bench.installed import Installed, install
from tests.bench.measuring import Row, Step, paired, row
from tests.bench.screen import a_screen
from tests.support.desks import make_desk

GOAL = 1.5


NOT_ON_SERVER = "the same: the desk is opened after the first paint"


def measure(bench: Bench) -> Iterable[Row]:
    """Start both in turn, in processes of their own, from the call of the system to the line they print."""
    program = install(bench)
    make_desk(program.data).close()
    with a_screen() as platform:
        ours, bare = first_paint(program, "desk"), first_paint(program, "bare")
        warm = paired(ours, bare, rounds=bench.rounds(20), warm=2)
        yield row("first paint, the field takes keys", "bare window", warm, GOAL, note=platform)
        cold = paired(_cold(ours, program), _cold(bare, program), rounds=bench.rounds(8))
        yield row("the same, nothing in the cache", "bare window", cold, GOAL, note=platform)


def first_paint(program: Installed, side: str) -> Step:
    """Return a step that starts a window and gives the milliseconds until a key is in its field."""

    def started() -> float:
        # The child ends before it can close: else this would be a start after a crash.
        (program.data / "desk.lock").unlink(missing_ok=True)
        began = time.monotonic_ns()
        return (int(program.child(side, "painted").split()[0]) - began) / 1e6

    return started


def _cold(step: Step, program: Installed) -> Step:
    def started() -> float:
        forget(program)
        return step()

    return started


def forget(program: Installed) -> None:
    """Let the system forget every file of Python, its packages, the program and the libraries behind them.

    Only files of which nobody else uses a page go: what every program has in use stays for both sides.
    """
    for place in _files(program):
        try:
            handle = os.open(place, os.O_RDONLY | os.O_NONBLOCK)
        except OSError:
            continue
        try:
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        except OSError:
            pass
        finally:
            os.close(handle)


def _files(program: Installed) -> Iterator[Path]:
    base = Path(sys.base_prefix)
    library = base / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    folders = (program.folder, program.home, Path(sys.prefix), library)
    for folder in folders:
        for root, _folders, names in os.walk(folder):
            yield from (Path(root, name) for name in names)
    yield Path(os.path.realpath(sys.executable))
    for folder in (base / "lib", Path("/usr/lib/x86_64-linux-gnu"), Path("/usr/share/fonts")):
        yield from (one for one in folder.rglob("*.so*") if one.is_file())
