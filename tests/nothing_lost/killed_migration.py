"""kill -9 while a desk of an earlier program is brought up to date: it is the old one or the new one, whole.

From each earlier version, half of the desks with their last words in the log of a crash. Half of the kills
come from outside at a random moment of the time that it takes; the other half fall before, within or after
a certain call on a file (the copy from before, the copy that is migrated, the folding of the log, the
swap), each kind alike, syncs, renames, links and removals more often. Half of the desks are hit again at
the next start, some once more.
"""

from __future__ import annotations

import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from laverma_desk.domain.errors import DeskError
from laverma_desk.storage.backup import problems_of
from laverma_desk.storage.file_state import FileState, inspect
from laverma_desk.storage.migrations import REVISIONS
from tests.nothing_lost.call_ledger import places_of
from tests.nothing_lost.kill_at import Calls, Moment
from tests.nothing_lost.older_houses import content_of, make_older_house
from tests.nothing_lost.players import Line, Players
from tests.nothing_lost.trial import Outcome, Trial

SESSIONS = 3000
UNHINDERED = Moment(120)


@dataclass(frozen=True)
class OlderHouse:
    """A desk of an earlier program, what it holds before and after, and what its migration does how long."""

    folder: Path
    revision: str
    before: str
    after: str
    calls: Calls
    seconds: float


def run(trial: Trial) -> Outcome:
    """Kill so many migrations and look after each what lies there."""
    chance = random.Random(trial.seed)
    players = Players(trial.work, "migration_player")
    if not players.can_strike:
        trial.say("no C compiler: no kills at calls")
    chosen: Counter[str] = Counter()
    houses = [
        prepare(trial.work / f"{revision} {crashed}", revision, SESSIONS, players, chosen, crashed=crashed)
        for revision in REVISIONS[:-1]
        for crashed in (False, True)
    ]
    counts: Counter[str] = Counter()
    endings: Counter[str] = Counter()
    lost: list[str] = []
    while (kills := endings.total() - endings["came to its end"]) < trial.times:
        house, seed = houses[counts["desks"] % len(houses)], chance.randrange(10**6)
        counts["desks"] += 1
        counts[f"… from version {house.revision}"] += 1
        try:
            for ended, state in kill_rounds(house, trial.work / "work", players, seed):
                endings[ended] += 1
                counts[f"found {state} after the kill"] += ended != "came to its end"
        except (AssertionError, DeskError) as error:
            lost.append(f"{house.folder.name}, desk of seed {seed}: {error}")
            endings["was lost"] += 1
            shutil.rmtree(trial.work / "work", ignore_errors=True)
        if counts["desks"] % 10 == 0:
            trial.say(f"{kills} kills of {trial.times}")
    players.close()
    kills = endings.total() - endings["came to its end"]
    return Outcome({"kills": kills} | dict(sorted(counts.items())) | dict(places_of(endings)), tuple(lost))


def prepare(
    folder: Path, revision: str, sessions: int, players: Players, chosen: Counter[str], *, crashed: bool
) -> OlderHouse:
    """Make a desk of an earlier program, and migrate a copy of it without any hindrance.

    `chosen`: where all houses together were struck so far.
    """
    file = make_older_house(folder, revision, sessions, crashed=crashed)
    work = folder.with_name("unhindered")
    before = _seen(folder)[1]
    calls = Calls()
    if players.can_strike:
        shutil.copytree(folder, work)
        calls = players.listen((work,), UNHINDERED.seconds)
        shutil.rmtree(work)
    shutil.copytree(folder, work)
    began = time.monotonic()
    players.play_one((work,), UNHINDERED, _hear)
    seconds = time.monotonic() - began
    state, after = _seen(work)
    assert state is FileState.CURRENT, "it is not migrated even without a kill"
    shutil.rmtree(work)
    assert file.exists()
    calls.chosen = chosen
    return OlderHouse(folder, revision, before, after, calls, seconds)


def kill_rounds(house: OlderHouse, work: Path, players: Players, seed: int) -> Iterator[tuple[str, str]]:
    """Kill the migration of a desk up to three times, then let it through; yield how each one ended."""
    chance = random.Random(seed)
    shutil.copytree(house.folder, work)
    for _ in range(chance.choice((1, 1, 2, 3))):
        moment = Moment(chance.uniform(0, house.seconds))
        if house.calls.heard and chance.random() < 0.5:
            moment = Moment(UNHINDERED.seconds, strike=house.calls.choose(chance, most=1000))
        heard: list[str] = []
        ended = players.play_one((work,), moment, lambda line: _note(line, heard))  # noqa: B023 (called at once)
        state = _check(house, work, acknowledged="migrate" in heard)
        yield ended, "migrated" if state is FileState.CURRENT else "as it was"
    ended = players.play_one((work,), UNHINDERED, _hear)
    assert ended == "came to its end", ended
    assert _check(house, work, acknowledged=True) is FileState.CURRENT
    left = sorted(one.name for one in work.iterdir())
    assert left == ["backups", "desk.sqlite3"], f"left lying: {left}"
    shutil.rmtree(work)


def _check(house: OlderHouse, work: Path, *, acknowledged: bool) -> FileState:
    """Look at a copy of what lies there: the next start meets it untouched. Return the desk's state."""
    state, content = _seen(work)
    if state is FileState.OLDER:
        assert not acknowledged, "it was migrated and is not any more"
        assert content == house.before, "the old desk has changed"
    else:
        assert content == house.after, "the migrated desk is another one"
    copies = list((work / "backups").glob("desk-*.sqlite3")) if (work / "backups").exists() else []
    assert copies or state is FileState.OLDER, "migrated without a copy from before"
    for copy in copies:
        assert content_of(copy) == house.before, f"{copy.name} does not hold what was there before"
        assert problems_of(copy) == [], f"{copy.name} is damaged"
    return state


def _seen(folder: Path) -> tuple[FileState, str]:
    copy = folder.with_name(f"{folder.name} seen")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("backups"))
    file = copy / "desk.sqlite3"
    state = inspect(file).state
    assert state is not FileState.ABSENT, "the desk is gone"
    assert problems_of(file) == [], "the desk is damaged"
    return state, content_of(file)


def _note(line: Line, heard: list[str]) -> None:
    _hear(line)
    if "done" in line:
        heard.append(line["done"])


def _hear(line: Line) -> None:
    assert "failed" not in line, line
