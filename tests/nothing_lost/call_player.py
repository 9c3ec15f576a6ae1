"""A process that plays calls at a real desk until somebody kills it, and says what it was told is done.

Started once, it loads the program and then forks a player for each line it reads (STRIKE FOLDER SEED, parted
by tabs; without a seed the desk is only opened), so that a round costs milliseconds. The player writes JSON
lines: one before each step (`try`), one after the service has returned (`done`).
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from laverma_desk.documents import report_pdf  # noqa: F401 (loaded before the fork, it is slow)
from laverma_desk.domain.clock import SystemClock
from laverma_desk.domain.support_session import SessionState
from laverma_desk.paths import DataDir
from laverma_desk.services.calls import call_sheet, timekeeping, vigilance
from laverma_desk.services.desk import Desk, open_desk
from laverma_desk.services.mails import queueing
from laverma_desk.storage import customers
from tests.nothing_lost.forked_player import fork_players, say
from tests.support.desks import memory_secrets

PLACES = 3
"""Sessions that are open at once."""

RESTARTS = 0.02
"""Share of the steps in which the program is closed and opened again."""

CHECKPOINTS = 0.1
"""Share of the steps beside which a thread brings the log into the file, as the window has it done."""


class Player:
    """Somebody who starts, types, pauses, ends and sends, as fast as the disk allows."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.chance = random.Random(seed)
        self.heart = vigilance.read_clocks(desk)
        self.typed = 0
        with desk.database.read() as connection:
            self.places = [one.id for one in customers.every_workstation(connection)]
        self.states = {one.id: one.state.value for one in timekeeping.strip_sessions(desk)}
        self.folding: threading.Thread | None = None

    def step(self) -> None:
        """Do one thing that is possible now; typing is what happens most."""
        if self.chance.random() < CHECKPOINTS:
            self._wait_for_folding()
            self.folding = threading.Thread(target=self.desk.database.checkpoint, daemon=True)
            self.folding.start()
        running = [number for number, state in self.states.items() if state == "running"]
        paused = [number for number, state in self.states.items() if state == "paused"]
        ended = [number for number, state in self.states.items() if state == "ended"]
        possible: list[Callable[[], None]] = []
        if len(running) + len(paused) < PLACES:
            possible += [self._start] * 2
        if running or paused:
            possible += [lambda: self._notes(self.chance.choice(running + paused))] * 12
            possible += [lambda: self._end(self.chance.choice(running + paused))]
        if running:
            possible += [lambda: self._pause(self.chance.choice(running))]
            possible += [self._beat]
        if paused:
            possible += [lambda: self._resume(self.chance.choice(paused))] * 2
        if ended:
            possible += [lambda: self._queue(self.chance.choice(ended))] * 3
            possible += [lambda: self._reopen(self.chance.choice(ended))]
        if self.chance.random() < RESTARTS:
            possible = [self._restart]
        self.chance.choice(possible)()

    def _start(self) -> None:
        say(**{"try": "start"})
        begun = timekeeping.start_session(self.desk, self.chance.choice(self.places)).value
        say(done="start", id=begun.id, number=begun.number, begin=begun.begin.isoformat())
        self.states[begun.id] = "running"

    def _notes(self, number: int) -> None:
        self.typed += 1
        words = f"{self.typed} " + "Neustart des PC\n" * self.chance.randrange(60)
        say(**{"try": "notes"}, id=number, notes=words)
        call_sheet.save_notes(self.desk, number, words, words[::-1])
        say(done="notes", id=number, notes=words)

    def _press(self, name: str, number: int, call: Callable[..., Any], state: str) -> None:
        say(**{"try": name}, id=number)
        call(self.desk, number)
        say(done=name, id=number)
        self.states[number] = state

    def _pause(self, number: int) -> None:
        self._press("pause", number, timekeeping.pause_session, "paused")

    def _resume(self, number: int) -> None:
        self._press("resume", number, timekeeping.resume_session, "running")

    def _end(self, number: int) -> None:
        if not timekeeping.read_session(self.desk, number).notes:
            self._notes(number)
        self._press("end", number, timekeeping.end_session, "ended")

    def _reopen(self, number: int) -> None:
        self._press("reopen", number, timekeeping.reopen_session, "running")

    def _restart(self) -> None:
        say(**{"try": "close"})
        self._wait_for_folding()
        self.desk.close()
        self.desk = open_desk(self.desk.data, self.desk.clock, self.desk.secrets)
        vigilance.recover(self.desk)
        say(done="close")

    def _wait_for_folding(self) -> None:
        if self.folding is not None:
            self.folding.join()

    def _beat(self) -> None:
        self.heart = vigilance.beat(self.desk, self.heart).value

    def _queue(self, number: int) -> None:
        say(**{"try": "queue"}, id=number)
        queued = queueing.queue_report(self.desk, number).value
        say(done="queue", id=number, message=queued.message_id)
        del self.states[number]


def _play(folder: str, seed: str = "") -> None:
    desk = open_desk(DataDir(Path(folder)), SystemClock(), memory_secrets())
    if not seed:
        say(done="open")
        return
    going_on = vigilance.recover(desk).value
    running = [one.id for one in going_on if one.state is SessionState.RUNNING]
    say(done="recover", running=running)
    player = Player(desk, int(seed))
    while True:
        player.step()


if __name__ == "__main__":
    fork_players(_play)
