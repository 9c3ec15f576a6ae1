"""The list of a million sessions, beside Qt's own model of the same query, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.bench.cases import Bench
from tests.bench.large_desk import large_desk
from tests.bench.large_server_desk import large_server_desk
from tests.bench.measuring import Row, Step, alone, paired, row
from tests.support.servers import binaries

_BESIDE = "QSqlQueryModel"
_ROOT = Path(__file__).parents[2]


class _Side:
    """A process that shows the list and does what it is told."""

    def __init__(self, name: str, *desk: str) -> None:
        # Qt's driver takes the server's own library, where the system has none.
        place = {"QT_QPA_PLATFORM": "offscreen", "LD_LIBRARY_PATH": str(binaries().with_name("lib"))}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.history_sides", name, *desk],
            cwd=_ROOT, env=os.environ | place, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def ask(self, command: str) -> float:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{command}\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def show(self, name: str) -> Step:
        """Return the step from an empty list to the first page of a filter."""

        def shown() -> float:
            self.ask("show nothing")
            return self.ask(f"show {name}")

        return shown

    def close(self) -> None:
        """Let the process end."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def measure(bench: Bench) -> Iterable[Row]:
    """Show, page and jump by the keyboard, each until it is painted."""
    yield from _measured(bench, str(large_desk(bench).root))


def measure_on_server(bench: Bench) -> Iterable[Row]:
    """Do the same on a server, beside Qt's model on Qt's own driver for it."""
    address = large_server_desk(bench)
    with tempfile.TemporaryDirectory() as folder:
        yield from _measured(bench, folder, address.url)


def _measured(bench: Bench, *desk: str) -> Iterable[Row]:
    ours, plain = _Side("ours", *desk), _Side("plain", *desk)
    try:
        rounds = bench.rounds(21)
        pair = paired(ours.show("all"), plain.show("all"), rounds=rounds, warm=2)
        yield row("history: first page", _BESIDE, pair, 1.5)
        pair = paired(lambda: ours.ask("page"), lambda: plain.ask("page"), rounds=3 * rounds, warm=3)
        yield row("history: page down", _BESIDE, pair, 1.3)
        for name, title in (("month", "a month"), ("customer", "a customer"), ("text", "a word")):
            pair = paired(ours.show(name), plain.show(name), rounds=rounds, warm=2)
            yield row(f"history: filter by {title}", _BESIDE, pair, 2)
        yield from _to_the_end(ours, plain)
    finally:
        ours.close()
        plain.close()


def _to_the_end(ours: _Side, plain: _Side) -> Iterable[Row]:
    """Jump once: Qt's model holds every row from then on."""
    for side in (ours, plain):
        side.show("all")()
    before = ours.ask("memory")
    pair = paired(lambda: ours.ask("end"), lambda: plain.ask("end"), rounds=1, warm=0)
    yield row("history: jump to the end", _BESIDE, pair, 2)
    for _ in range(30):
        ours.ask("back")
    yield alone("history: growth to the end", ours.ask("memory") - before, 15, unit="MB")
