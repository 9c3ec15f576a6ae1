"""What a window at rest costs, counted by the kernel: how often it wakes, and its processor time."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.cases import Bench
from tests.bench.idle_window import ASIDE, BARE, CARET, HIDDEN, REAL, RUNNING
from tests.bench.large_server_desk import passing_house
from tests.bench.measuring import Pair, Row, alone, row
from tests.bench.screen import a_screen


@dataclass(frozen=True)
class _Rest:
    """What some seconds of rest cost: times that any thread woke by itself, ms of the processor a second."""

    wakes: int
    processor: float


def measure(bench: Bench) -> Iterator[Row]:
    """Watch all threads of both programs, one after the other: on one screen they would take the keyboard."""
    yield from _measured(bench)


def measure_on_server(bench: Bench) -> Iterator[Row]:
    """Watch the same window with its desk on the server, where it listens for news of others."""
    with passing_house(bench, "idle") as address:
        yield from _measured(bench, address.url)


def _measured(bench: Bench, *arguments: str) -> Iterator[Row]:
    seconds = 5 if bench.quick else 20
    # Qt tidies its own pixmaps half a minute after the last paint, then every ten seconds until all are gone.
    settled = 1 if bench.quick else 60
    with a_screen() as screen:
        with _window(BARE) as bare:
            bare_aside, bare_caret = _rest(bare, ASIDE, seconds, settled), _rest(bare, CARET, seconds)
        with _window(REAL, *arguments) as real:
            aside, caret = _rest(real, ASIDE, seconds, settled), _rest(real, CARET, seconds)
            running = _rest(real, RUNNING, seconds)
            hidden = _rest(real, HIDDEN, seconds)
    unit = f"wake-ups in {seconds} s"
    note = f"the bare window {bare_aside.wakes}, {screen}"
    yield alone("at rest, no session, another window in front", aside.wakes, 0, unit=unit, note=note)
    what = "the same with the caret in the search field"
    pair = Pair((caret.wakes,), (bare_caret.wakes,))
    note = f"Qt blinks it, {caret.processor:.2f} ms a second of ours"
    yield row(what, "a bare window's caret", pair, 1.05, unit=unit, note=note)
    what = "a session runs, window visible: processor time"
    yield alone(what, running.processor, 3, unit="ms a second", note=f"{running.wakes} wake-ups")
    what = "a session runs, window hidden: by the timer"
    note = f"beside the beat every 30 s; {hidden.processor:.2f} ms a second"
    yield alone(what, hidden.wakes, 0, unit=unit, note=note)


@contextmanager
def _window(kind: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.bench.idle_window", kind, *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            _hear(process, kind)
            yield process
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(60)


def _rest(process: subprocess.Popen[str], state: str, seconds: int, settled: int = 1) -> _Rest:
    """Bring a window into a state and watch it rest, some seconds after it has settled."""
    assert process.stdin is not None
    process.stdin.write(f"{state}\n")
    process.stdin.flush()
    _hear(process, state)
    time.sleep(settled)
    wakes, nanoseconds = _wakes(process.pid), _processor(process.pid)
    time.sleep(seconds)
    return _Rest(_wakes(process.pid) - wakes, (_processor(process.pid) - nanoseconds) / 1e6 / seconds)


def _hear(process: subprocess.Popen[str], wanted: str) -> None:
    assert process.stdout is not None
    said = process.stdout.readline().strip()
    assert said == wanted, f"the window said {said!r}, not {wanted!r}"


def _wakes(pid: int) -> int:
    """Return how often the threads of a process have gone to sleep by themselves: each comes of a wake-up."""
    found = 0
    for status in Path(f"/proc/{pid}/task").glob("*/status"):
        lines = status.read_text().splitlines()
        found += next(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches"))
    return found


def _processor(pid: int) -> int:
    """Return the nanoseconds that the threads of a process have run."""
    return sum(int(one.read_text().split()[0]) for one in Path(f"/proc/{pid}/task").glob("*/schedstat"))
