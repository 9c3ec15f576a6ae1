"""The kill test at length: `python -m tests.house.kill_many 200`."""
# ruff: noqa: T201 (it is there to print)

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from tests.house.test_kill import Players, new_desk, play_rounds


def main() -> None:
    """Kill so many players at one desk and print what was acknowledged, found and lost."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    print(f"seed {seed}")
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        desk, players = new_desk(Path(folder) / "desk"), Players(Path(folder) / "stderr")
        for place, ledger in enumerate(play_rounds(desk, players, rounds, seed, 0.5), 1):
            if place % 20 == 0:
                print(f"{place} rounds, {len(ledger.calls)} sessions, {sum(ledger.steps.values())} steps")
        players.close()
        desk.close()
        size = desk.data.database.stat().st_size // 1024
    print(f"{ledger.kills} kills in {time.monotonic() - began:.0f} s, desk of {size} KiB")
    print("acknowledged, and found after every kill that followed:", dict(ledger.steps))
    print("written, but killed before it was said:", dict(ledger.found_unsaid))


if __name__ == "__main__":
    main()
