"""The power goes: what was acknowledged is there afterwards, and the desk is whole.

The real program works in a watched process. From the record of what it did to its files, states of the
disk are made as a cut at a random step may leave them (`cut_disk` says what a disk may do): half of the
cuts anywhere, half right before or after something that matters, an fsync, a name that changes, an
acknowledgement. Each state is opened as the next start does, checked, and held against what had been
acknowledged.

At the end the same is done to a desk that waits for no disk (`synchronous = OFF`): losses must be found
there, or the trial has proved nothing.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

from laverma_desk.domain.errors import DeskError
from tests.nothing_lost.cut_disk import Cruellest, CutDisk
from tests.nothing_lost.disk_watch import Event, Step, can_watch, compiled, read_log, watched_environment
from tests.nothing_lost.power_games import GAMES, Game
from tests.nothing_lost.trial import Outcome, Trial

ROOT = Path(__file__).parents[2]
CUTS_A_RECORD = 20
CARELESS_CUTS = 40
_CRUELLEST = 0.3
"""Of so many cuts nothing is left that was not synced."""
_MATTERS = {
    Step.SYNCED,
    Step.FOLDER_SYNCED,
    Step.RENAMED,
    Step.UNLINKED,
    Step.LINKED,
    Step.SAID,
    Step.CREATED,
}
Line = dict[str, Any]


def run(trial: Trial) -> Outcome:
    """Cut the power `trial.times` times, spread over the games."""
    if not can_watch():
        return Outcome({"no Linux with a C compiler here: cuts": 0})
    library = compiled(trial.work)
    whole = sum(game.share for game in GAMES.values())
    counts: Counter[str] = Counter()
    lost: list[str] = []
    for name, game in GAMES.items():
        cuts = max(1, round(trial.times * game.share / whole))
        lost += cut_game(trial, library, name, cuts, counts)
        trial.say(f"{name}: {cuts} cuts, {len(lost)} lost so far")
    careless: Counter[str] = Counter()
    cuts = min(CARELESS_CUTS, max(4, trial.times // 6))
    found = cut_game(trial, library, "calls", cuts, careless, careless=True)
    if not found:
        lost.append("The harness is blind: without waiting for the disk nothing was lost either.")
    order = {"cuts": sum(number for key, number in counts.items() if key.startswith("cuts in "))}
    proof = {f"of {cuts} cuts lost something with synchronous=OFF, as they must": len(found)}
    return Outcome(order | dict(counts) | proof, tuple(lost))


def cut_game(
    trial: Trial, library: Path, name: str, cuts: int, counts: Counter[str], *, careless: bool = False
) -> list[str]:
    """Let one play, cut so often, and return what was lost."""
    game, lost = GAMES[name], []
    chance = Random(f"{trial.seed} {name} {careless}")
    while cuts > 0:
        seed, some = chance.randrange(10**6), min(CUTS_A_RECORD, cuts)
        work = trial.work / f"{name} {cuts}"
        folder, log = work / "disk", work / "record"
        folder.mkdir(parents=True)
        game.prepare(folder, seed)
        disk = CutDisk(folder)
        record(library, name, folder, log, seed, careless=careless)
        events = list(read_log(log))
        counts["steps on files recorded"] += len(events)
        found = lose_power(game, disk, events, some, chance, work, counts, name)
        lost += [f"{name} (seed {trial.seed}, player {seed}), {line}" for line in found]
        shutil.rmtree(work)
        cuts -= some
    return lost


def record(library: Path, name: str, folder: Path, log: Path, seed: int, *, careless: bool = False) -> None:
    """Let a player work in a folder and write down what it does there."""
    command = [sys.executable, "-m", "tests.nothing_lost.power_player", name, str(folder), str(seed)]
    environment = watched_environment(library, folder, log)
    subprocess.run(
        command + (["careless"] if careless else []),
        env=environment | {"XDG_DATA_HOME": str(folder / "menu"), "XDG_CONFIG_HOME": str(folder / "config")},
        stdout=subprocess.DEVNULL, cwd=ROOT, check=True,
    )  # fmt: skip


def lose_power(
    game: Game,
    disk: CutDisk,
    events: Sequence[Event],
    cuts: int,
    chance: Random,
    work: Path,
    counts: Counter[str],
    name: str,
) -> list[str]:
    """Cut so often in one record and return what was lost."""
    lost = []
    lines: list[Line] = []
    done = 0
    for moment in sorted(_moments(events, cuts, chance)):
        while done < moment:
            disk.take(events[done])
            if events[done].step is Step.SAID:
                lines += map(json.loads, events[done].content.splitlines())
            done += 1
        found = work / f"cut {len(list(work.iterdir()))}"
        found.mkdir()
        disk.lose_power(found, Cruellest() if chance.random() < _CRUELLEST else chance)
        counts[f"cuts in {name}"] += 1
        counts[f"… before {_words(events, moment)}"] += 1
        counts["acts acknowledged before a cut"] += sum("done" in line for line in lines)
        error = _judged(game.judge, found, lines)
        if error:
            lost.append(f"cut before step {moment} of {len(events)}, {_words(events, moment)}: {error}")
    return lost


def _judged(judge: Callable[[Path, Sequence[Line]], None], found: Path, lines: Sequence[Line]) -> str:
    try:
        judge(found, lines)
    except (AssertionError, DeskError) as error:
        return f"{type(error).__name__} {error!s:.500}"
    return ""


def _moments(events: Sequence[Event], cuts: int, chance: Random) -> list[int]:
    """Return before which steps the power goes; the end of the record is one, too."""
    matters = [place + after for place, one in enumerate(events) if one.step in _MATTERS for after in (0, 1)]
    anywhere = [chance.randint(0, len(events)) for _ in range((cuts + 1) // 2)]
    return anywhere + [chance.choice(matters) for _ in range(cuts // 2)]


def _words(events: Sequence[Event], moment: int) -> str:
    if moment == len(events):
        return "the end of the record"
    return events[moment].step.name.lower().replace("_", " ")
