"""kill -9 in calls: start, notes, pause, end, take back, queue the report, close and open the desk.

Half of the kills come from outside at a random moment, with nothing known of what the player does; the
other half fall before, within or after a certain call on a file of the desk (create, write, sync, truncate,
remove), each kind alike, syncs, renames, links and removals more often, from the first of opening on. In
half of the rounds nobody else has the desk open: then the player recovers the log that the one before it
left, and is killed in that, too. Now and then a desk is made anew.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from laverma_desk.domain.errors import DeskError
from laverma_desk.storage.backup import problems_of
from laverma_desk.storage.file_state import FileState, inspect
from tests.nothing_lost.call_ledger import Ledger, new_desk, open_again, places_of, verify
from tests.nothing_lost.kill_at import Calls, Moment
from tests.nothing_lost.players import Line, Players
from tests.nothing_lost.trial import Outcome, Trial

DESK_LIVES = 50
"""Rounds at one desk; then the next one begins, because reading a big one again takes the time."""

MADE = 5
"""Of so many kills one hits a desk that is being made."""


def run(trial: Trial) -> Outcome:
    """Kill so many players and look after each what the desk holds."""
    chance = random.Random(trial.seed)
    players = Players(trial.work, "call_player")
    if not players.can_strike:
        trial.say("no C compiler: no kills at calls")
    steps: Counter[str] = Counter()
    endings: Counter[str] = Counter()
    unsaid = 0
    lost: list[str] = []
    playing, making = _listen(trial.work, players)
    while (kills := endings.total() - endings["came to its end"]) < trial.times:
        seed = chance.randrange(10**6)
        folder = trial.work / f"desk{endings.total()}"
        ledger = Ledger()
        rounds = min(DESK_LIVES, trial.times - kills)
        try:
            for made in make_rounds(folder, players, max(1, rounds // MADE), seed, making):
                endings += made
            new_desk(folder).close()
            for _ in play_rounds(folder, players, rounds - rounds // MADE, seed, 0.3, ledger, playing):
                pass
        except (AssertionError, DeskError) as error:
            lost.append(f"desk of seed {seed}, after {ledger.kills} kills: {error}")
        steps += ledger.steps
        endings += ledger.endings
        unsaid += ledger.found_unsaid.total()
        trial.say(f"{endings.total()} rounds, {steps.total()} steps")
    players.close()
    counts = {
        "kills": endings.total() - endings["came to its end"],
        "steps acknowledged, each found after every kill that followed": steps.total(),
        "steps written but killed before it was said, found whole": unsaid,
        **{f"… {step}": count for step, count in sorted(steps.items())},
        **dict(places_of(endings)),
    }
    return Outcome(counts, tuple(lost))


def _listen(work: Path, players: Players) -> tuple[Calls, Calls]:
    if not players.can_strike:
        return Calls(), Calls()
    new_desk(work / "listening").close()
    playing = players.listen((work / "listening", 1), 4)
    return playing, players.listen((work / "listening new",), 30)


def play_rounds(
    folder: Path,
    players: Players,
    rounds: int,
    seed: int,
    longest: float,
    ledger: Ledger,
    calls: Calls | None = None,
) -> Iterator[None]:
    """Kill one player after the other at the same desk and verify what each left; yield after each.

    Each lives up to `longest` seconds beyond its first few steps; with `calls` every other one dies at one
    of them.
    """
    chance = random.Random(seed)
    desk = None
    for place in range(rounds):
        if desk is not None and chance.random() < 0.5:
            desk.close()
            desk = None
        moment = Moment(chance.uniform(0, longest), "recover", chance.randrange(12))
        if chance.random() < 0.2:
            moment = Moment(chance.uniform(0, 0.03))
        if calls is not None and calls.heard and place % 2:
            moment = Moment(1.0, "recover", strike=calls.choose(chance))
        ended = players.play_one((folder, chance.randrange(10**6)), moment, ledger.hear)
        ledger.endings[ended] += 1
        desk = desk or open_again(folder)
        verify(desk, ledger)
        yield
    if desk is not None:
        desk.close()


def make_rounds(
    folder: Path, players: Players, rounds: int, seed: int, calls: Calls | None = None
) -> Iterator[Counter[str]]:
    """Kill players while they make a desk, let the last one finish; yield how each one ended."""
    chance = random.Random(seed)
    for place in range(rounds):
        new = folder.with_name(f"{folder.name} new {place}")
        moment = Moment(chance.uniform(0, 0.3))
        if calls is not None and calls.heard and place % 2:
            moment = Moment(30, strike=calls.choose(chance))
        yield Counter([players.play_one((new,), moment, _hear)])
        file = new / "desk.sqlite3"
        assert inspect(file).state in (FileState.ABSENT, FileState.CURRENT), "half a desk"
        players.play_one((new,), Moment(30), _hear)
        assert inspect(file).state is FileState.CURRENT, "a killed beginning is in the way"
        assert [one.name for one in new.iterdir()] == ["desk.sqlite3"], "something was left lying"
        assert problems_of(file) == [], "the file is damaged"


def _hear(line: Line) -> None:
    assert "failed" not in line, line
