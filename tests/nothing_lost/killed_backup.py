"""kill -9 while a copy is taken or brought back, plain and locked: each copy whole, the desk one of both.

Copies are taken day after day at one desk, so that the rotation lets old ones go, too. Restores replace a
desk that was closed, one whose last words lie in the log of a crash, and one that cannot be read any more;
from a plain copy, a locked one and one of an earlier program. Half of the kills come from outside at a
random moment, the other half fall before, within or after a certain call on a file, each kind alike, syncs,
renames, links and removals more often.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

from laverma_desk.domain.errors import DeskError
from tests.nothing_lost.call_ledger import places_of
from tests.nothing_lost.copied_houses import CLOSED, CRASHED, DAMAGED, OLDER, PLAIN, SEALED, make_copied_house
from tests.nothing_lost.copying import CopyBook
from tests.nothing_lost.players import Players
from tests.nothing_lost.restoring import Restore, prepare
from tests.nothing_lost.trial import Outcome, Trial


def run(trial: Trial) -> Outcome:
    """Kill so many copies and restores and look after each what lies there."""
    chance = random.Random(trial.seed)
    players = Players(trial.work, "backup_player")
    if not players.can_strike:
        trial.say("no C compiler: no kills at calls")
    counts: Counter[str] = Counter()
    endings: Counter[str] = Counter()
    lost: list[str] = []
    restores = _restores(trial.work, players)
    books = [
        CopyBook.begun(trial.work / f"copied {kind}", players, kind == SEALED) for kind in (PLAIN, SEALED)
    ]
    while (kills := endings.total() - endings["came to its end"]) < trial.times:
        turn, seed = endings.total(), chance.randrange(10**6)
        game = books[turn % 4 // 2] if turn % 2 else restores[turn // 2 % len(restores)]
        try:
            ended, found = game.kill_one(players, seed)
            counts[f"… {game.title}: {found}"] += 1
        except (AssertionError, DeskError) as error:
            lost.append(f"{game.title}, seed {seed} of {trial.seed}: {error}")
            ended = "and something was lost"
        endings[ended] += 1
        if (kills + 1) % 20 == 0:
            trial.say(f"{kills + 1} kills")
    players.close()
    counts["copies acknowledged, each whole after every kill until the rotation let it go"] = sum(
        one.acknowledged for one in books
    )
    kills = endings.total() - endings["came to its end"]
    return Outcome({"kills": kills} | dict(sorted(counts.items())) | dict(places_of(endings)), tuple(lost))


def _restores(work: Path, players: Players) -> list[Restore]:
    chosen: Counter[str] = Counter()
    made = []
    for how, kinds in (
        (CLOSED, (PLAIN, SEALED, OLDER)),
        (CRASHED, (PLAIN, SEALED)),
        (DAMAGED, (PLAIN, SEALED)),
    ):
        house = make_copied_house(work / how, how)
        made += [prepare(house, kind, players, chosen) for kind in kinds]
        shutil.rmtree(work / f"{how} made", ignore_errors=True)
    return made
