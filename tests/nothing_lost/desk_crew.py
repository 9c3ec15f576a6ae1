"""The desks of a shared day as processes, each at a wire of its own, and the weather they live in."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tests.nothing_lost.players import ROOT
from tests.support.cut_wire import CutWire
from tests.support.servers import RealServer

_ENDING = 420.0
"""Seconds in which all have to come to their end once the weather is good."""

_RESTARTED = ("fast", "immediate")
_WIRES: dict[str, Callable[[CutWire], None]] = {
    "cut": CutWire.cut,
    "freeze": CutWire.freeze,
    "hang": CutWire.hang_those_there,
    "delay": lambda wire: wire.delay(_DELAY),
    "lose": lambda wire: wire.lose("COMMIT"),
    # Written, and nobody is told; nobody can be asked either, until the wire is mended.
    "answer": lambda wire: wire.lose_answer_to("COMMIT", refuse=True),
    "answer once": lambda wire: wire.lose_answer_to("COMMIT", refuse=False),
    "mend": CutWire.mend,
}
_SHORTEST, _LONGEST = 0.05, 8.0
_DELAY = 0.3


@dataclass(frozen=True)
class Play:
    """How many desks work for how many seconds, and what happens meanwhile.

    `wire_seconds`: so often each wire has something; `pace`: mean seconds between two steps of a desk.
    """

    desks: int
    seconds: float
    restarts: int
    kills: int
    seed: int
    wire_seconds: float = 40.0
    pace: float = 0.12


class Event(NamedTuple):
    """What happens after so many seconds, to which desk."""

    at: float
    what: str
    desk: int = 0


def weather(play: Play) -> list[Event]:
    """Return what happens in the time of a play, in its order; the same for the same seed."""
    chance = random.Random(play.seed)
    found: list[Event] = []
    for place in range(play.restarts):
        at = play.seconds * (place + chance.uniform(0.2, 0.9)) / play.restarts
        found.append(Event(at, _RESTARTED[place % 2]))
    found += [
        Event(play.seconds * chance.uniform(0.1, 0.95), "kill", chance.randrange(play.desks))
        for _ in range(play.kills)
    ]
    for desk in range(play.desks):
        at = chance.expovariate(1 / play.wire_seconds)
        while at < play.seconds:
            found.append(Event(at, chance.choice(list(_WIRES)[:-1]), desk))
            at += _SHORTEST + _LONGEST * chance.random() ** 2
            found.append(Event(at, "mend", desk))
            at += chance.expovariate(1 / play.wire_seconds)
    return sorted(found)


class Crew:
    """The processes of all desks."""

    def __init__(
        self, folder: Path, play: Play, server: RealServer, logins: list[str], database: str
    ) -> None:
        """Lay the wires and start all."""
        self.folder, self.play, self.server = folder, play, server
        self.wires = [CutWire(server.address(database, login, tcp=True)) for login in logins]
        self.diaries = [folder / f"desk {place}.jsonl" for place in range(play.desks)]
        self.errors = folder / "errors"
        self.players = [self._start(place, life=0) for place in range(play.desks)]
        self.seen: Counter[str] = Counter()

    def live_through(self, say: Callable[[str], None]) -> None:
        """Let the weather happen. Raises AssertionError where a desk did not live through it."""
        began = time.monotonic()
        for event in [*weather(self.play), Event(self.play.seconds, "over")]:
            time.sleep(max(0.0, began + event.at - time.monotonic()))
            for place, player in enumerate(self.players):
                assert player.poll() is None, f"desk {place} failed: {self.errors.read_text('utf-8')[-3000:]}"
            say(f"{event.at:.0f} s: {event.what} {event.desk}")
            self._happen(event)
            self.seen[event.what] += 1

    def to_the_end(self) -> Iterator[str]:
        """Mend everything, wait until all have brought their work to its end; yield who could not."""
        for wire in self.wires:
            wire.mend()
        for player in self.players:
            assert player.stdin is not None
            player.stdin.write("over\n")
            player.stdin.close()
        until = time.monotonic() + _ENDING
        for place, player in enumerate(self.players):
            try:
                player.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                yield f"desk {place} did not come to its end"
                continue
            last = json.loads(self.diaries[place].read_text("utf-8").splitlines()[-1])
            if player.returncode or not last.get("over"):
                yield f"desk {place} failed: {self.errors.read_text('utf-8')[-3000:]}"
            elif not last["settled"] or not last["drained"] or last["doubted"]:
                yield f"desk {place} has not carried over, or sent, everything: {last}"

    def close(self) -> None:
        """End whoever is still there, and cut the wires."""
        for player in self.players:
            _end(player)
        for wire in self.wires:
            wire.close()

    def _start(self, place: int, life: int) -> subprocess.Popen[str]:
        order = {
            "folder": str(self.folder / f"desk {place}"), "url": self.wires[place].address.url,
            "seed": self.play.seed * 100 + place * 10 + life, "pace": self.play.pace,
        }  # fmt: skip
        with self.diaries[place].open("ab") as diary, self.errors.open("ab") as errors:
            player = subprocess.Popen(
                [sys.executable, "-m", "tests.nothing_lost.desk_player"],
                stdin=subprocess.PIPE, stdout=diary, stderr=errors, cwd=ROOT, text=True,
            )  # fmt: skip
        assert player.stdin is not None
        player.stdin.write(json.dumps(order) + "\n")
        player.stdin.flush()
        return player

    def _happen(self, event: Event) -> None:
        if event.what in _RESTARTED:
            self.server.restart(event.what)
        elif event.what == "kill":
            player = self.players[event.desk]
            _end(player)
            self.players[event.desk] = self._start(event.desk, life=1 + self.seen["kill"])
        elif event.what in _WIRES:
            _WIRES[event.what](self.wires[event.desk])


def _end(player: subprocess.Popen[str]) -> None:
    player.kill()
    player.communicate()  # Closes what it was told by, too.
