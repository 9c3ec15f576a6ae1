"""`python -m tests.nothing_lost [TRIAL …] [--times N] [--seed S]`: nothing that was promised may be lost."""
# ruff: noqa: T201 (it is there to print)

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from tests.nothing_lost.trial import TRIALS, Trial, load


def main() -> int:
    """Do the trials that were asked for; return 1 where something was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.nothing_lost", description=__doc__)
    parser.add_argument("trial", nargs="*", help="only these: " + ", ".join(TRIALS))
    parser.add_argument("--times", type=int, help="how often; each trial has a number of its own")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="to repeat a run")
    options = parser.parse_args()
    for name in options.trial:
        if name not in TRIALS:
            parser.error(f"no trial {name}; there are {', '.join(TRIALS)}")
    lost = 0
    for name in options.trial or TRIALS:
        lost += _try(name, options.times or TRIALS[name], options.seed)
    return 1 if lost else 0


def _try(name: str, times: int, seed: int) -> int:
    def say(words: str) -> None:
        print(f"  {words}", file=sys.stderr, flush=True)

    print(f"{name}: {times} times, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix=f"laverma-desk-{name}-") as folder:
        outcome = load(name).run(Trial(times, seed, Path(folder), say))
    for what, count in outcome.counts.items():
        print(f"  {count:>9,} {what}")
    for sentence in outcome.lost:
        print(f"  LOST: {sentence}")
    print(f"  {'NOTHING LOST' if not outcome.lost else f'{len(outcome.lost)} LOST'}", flush=True)
    return len(outcome.lost)


if __name__ == "__main__":
    sys.exit(main())
