"""`python -m tests.figures [--sessions N] [--seed S] [--filters F]`: no figure may differ from its rows."""
# ruff: noqa: T201 (it is there to print)

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.figures.proof import prove
from tests.figures.varied_desk import Sized


def main() -> int:
    """Prove the figures of a desk; return 1 where one differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.figures", description=__doc__)
    parser.add_argument("--sessions", type=int, default=1_000_000, help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="to repeat a run")
    parser.add_argument("--filters", type=int, default=60, help="default: %(default)s")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "laverma-desk-bench",
                        help="where the desk is kept from run to run (default: %(default)s)")  # fmt: skip
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    began = time.monotonic()

    def say(words: str) -> None:
        print(f"  {time.monotonic() - began:6.0f} s  {words}", file=sys.stderr, flush=True)

    options.work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="laverma-desk-figures-", dir=options.work) as folder:
        size = Sized(options.work, options.sessions)
        outcome = prove(size, options.seed, options.filters, Path(folder), say)
    for what, count in outcome.counts.items():
        print(f"  {count:>12,} {what}")
    for sentence in outcome.wrong:
        print(f"  WRONG: {sentence}")
    print("  ALL FIGURES AGREE" if not outcome.wrong else f"  {len(outcome.wrong)} DIFFER", flush=True)
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
