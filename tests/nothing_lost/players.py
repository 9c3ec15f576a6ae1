"""Players from outside: let one live at a desk, kill it, and hear out what it had been told is done."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.nothing_lost.kill_at import LISTEN, Calls, Moment, as_words, built

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds of silence of a player that mean a hang."""

Line = dict[str, Any]
Hear = Callable[[Line], None]


class Players:
    """The process that forks players; one lives, and is killed, a round.

    `game` is a module of this room; `strikes`: also at certain calls, where there is a C compiler.
    """

    def __init__(self, work: Path, game: str, *, strikes: bool = True) -> None:
        self._errors = (work / f"{game}.stderr").open("wb")
        library = built(work) if strikes else None
        self.can_strike = library is not None
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"tests.nothing_lost.{game}"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, cwd=ROOT,
            env=os.environ | ({"LD_PRELOAD": str(library)} if library else {}),
        )  # fmt: skip
        self._rest = b""
        assert "ready" in (self._hear() or {})

    def close(self) -> None:
        """End the process that forks."""
        self._stdin.close()
        self._process.wait(PATIENCE)
        self._stdout.close()
        self._errors.close()

    def listen(self, order: tuple[object, ...], seconds: float) -> Calls:
        """Let one play for so many seconds from its first step on and return the calls that it did."""
        calls = Calls()

        def hear(line: Line) -> None:
            assert "failed" not in line, line
            if "heard" in line:
                calls.heard[line["heard"]] += 1

        self.play_one(order, Moment(seconds, steps=1, strike=LISTEN), hear)
        return calls

    def play_one(self, order: tuple[object, ...], moment: Moment, hear: Hear) -> str:
        """Let a player begin, be killed, and hear each line it wrote; return how it ended, in words.

        `order` begins with the player's folder.
        """
        self._stdin.write("\t".join([as_words(moment.strike), *map(str, order)]).encode() + b"\n")
        self._stdin.flush()
        done: list[str] = []
        player, until, ended = 0, None, "came to its end"
        under_way = "opening"
        while True:
            line = self._hear(until)
            if line is None:
                with suppress(ProcessLookupError):
                    os.kill(player, signal.SIGKILL)
                ended, until = f"at any moment, {under_way}", None
                continue
            hear(line)
            if "gone" in line:
                return ended
            player = line.get("pid", player)
            if "try" in line:
                under_way = f"under way: {line['try']}"
            elif "done" in line:
                done.append(line["done"])
                under_way = "between two steps"
            elif "struck" in line:
                ended = f"{moment.strike.when if moment.strike else ''} {line['struck']}"
            ready = player and (moment.after is None or moment.after in done) and len(done) >= moment.steps
            if ready and until is None and ended == "came to its end":
                until = time.monotonic() + moment.seconds

    def _hear(self, until: float | None = None) -> Line | None:
        """Return the next line, None where there is none until a moment."""
        while b"\n" not in self._rest:
            patience = PATIENCE if until is None else max(0.0, until - time.monotonic())
            if not select.select([self._stdout], [], [], patience)[0]:
                assert until is not None, "the player is silent"
                return None
            got = os.read(self._stdout.fileno(), 65536)
            assert got, f"the players are gone: {Path(str(self._errors.name)).read_text('utf-8')}"
            self._rest += got
        line, _, self._rest = self._rest.partition(b"\n")
        heard: Line = json.loads(line)
        return heard

    @property
    def _stdin(self) -> Any:
        return self._process.stdin

    @property
    def _stdout(self) -> Any:
        return self._process.stdout
