"""Whatever comes in from outside, hurt: it is taken or refused with a sentence, wholly or not at all.

Each input has a number; with the seed it is the same again:
`python -m tests.nothing_lost.mutated_input SEED NUMBER`.
"""
# ruff: noqa: T201 (what is repeated by hand is printed)

from __future__ import annotations

import random
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path

from tests.nothing_lost import mutated_files, mutated_words
from tests.nothing_lost.mutated_bench import Bench, HangsError, bounded, write_model
from tests.nothing_lost.trial import Outcome, Trial

KINDS = {
    mutated_files.customers: 100,
    mutated_files.cards: 50,
    mutated_files.sessions: 100,
    mutated_files.setup: 120,
    mutated_files.logs: 200,
    mutated_files.machine_settings: 60,
    mutated_files.copies: 10,
    mutated_words.command_line: 60,
    mutated_words.telephone: 100,
    mutated_words.file_names: 100,
    mutated_words.drafts: 100,
}
"""How often of a thousand each is drawn: what costs more is drawn less."""

BATCH = 250
"""After so many inputs the desk is looked at as a whole and begins anew."""

_ENOUGH = 50


def run(trial: Trial) -> Outcome:
    """Offer `trial.times` inputs."""
    seen: Counter[str] = Counter()
    lost: list[str] = []
    model = write_model(trial.work)
    for first in range(0, trial.times, BATCH):
        last = min(first + BATCH, trial.times)
        lost += batch(trial.seed, range(first, last), trial.work, model, seen)
        if first // BATCH % 20 == 0:
            trial.say(f"{last:,} inputs, {len(lost)} complaints")
        if len(lost) >= _ENOUGH:
            break
    return Outcome(dict(sorted(seen.items())), tuple(lost))


def batch(seed: int, numbers: range, work: Path, model: Path, seen: Counter[str]) -> list[str]:
    """Offer some inputs to one desk; return what went wrong."""
    complaints = []
    with Bench(work / f"batch-{numbers.start}", model) as bench:
        for number in numbers:
            complaint = _offer(bench, seed, number, seen)
            if complaint:
                complaints.append(f"seed {seed}, input {number}: {complaint}")
        where = f"seed {seed}, inputs {numbers.start} to {numbers.stop - 1}"
        complaints += [f"{where}: {one}" for one in bench.ailments()]
        complaints += [f"{where}: left behind: {one}" for one in bench.left_over()]
    return complaints


def _offer(bench: Bench, seed: int, number: int, seen: Counter[str]) -> str:
    chance = random.Random(f"{seed}:{number}")
    take = chance.choices(list(KINDS), list(KINDS.values()))[0]
    name = take.__name__.replace("_", " ")
    try:
        with bounded():
            word = take(bench, chance)
    except (Exception, HangsError) as error:  # noqa: BLE001 (whatever comes is what is looked for)
        seen[f"{name}: failed"] += 1
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        return f"{name}: {type(error).__name__} in {where}: {str(error)[:400]}"
    seen[f"{name}: {word}"] += 1
    return ""


def repeat(seed: int, number: int) -> list[str]:
    """Offer one input again, after those that came before it on the same desk."""
    with tempfile.TemporaryDirectory() as folder:
        first = number - number % BATCH
        model = write_model(Path(folder))
        return batch(seed, range(first, number + 1), Path(folder), model, Counter())


if __name__ == "__main__":
    print("\n".join(repeat(int(sys.argv[1]), int(sys.argv[2]))))
