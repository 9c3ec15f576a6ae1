"""The kill test of issuing at length: `python -m tests.house.invoice_kill_many 150 SEED zugferd 0.3`.

One at a time: rounds, seed, format, how long a player waits before it says what is written (seconds).
"""
# ruff: noqa: T201 (it is there to print)

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from laverma_desk.domain.customer import InvoiceFormat
from tests.house.test_issuing_killed import check, kill_rounds, new_house
from tests.house.test_kill import Players


def main() -> None:
    """Kill so many billers at one desk and print what was acknowledged, found and lost."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 150
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    chosen = InvoiceFormat(sys.argv[3]) if len(sys.argv) > 3 else InvoiceFormat.PDF
    late = float(sys.argv[4]) if len(sys.argv) > 4 else 0.0
    longest = (0.6 if chosen is InvoiceFormat.PDF else 5.0) + 2 * late
    print(f"seed {seed}, {chosen.value}")
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        desk = new_house(Path(folder) / "desk", chosen)
        players = Players(Path(folder) / "stderr", "invoice_process")
        played = kill_rounds(desk, players, rounds, seed, longest, every=25, late=late)
        for place, bills in enumerate(played, 1):
            if place % 25 == 0:
                print(
                    f"{place} rounds, {len(bills.issued)} invoices, {len(bills.cancelled)} cancelled",
                    flush=True,
                )
        players.close()
        check(desk, bills)
        desk.close()
        size = desk.data.database.stat().st_size // 1024
    print(f"{bills.kills} kills in {time.monotonic() - began:.0f} s, desk of {size} KiB")
    print("acknowledged, and found after every kill that followed:", dict(bills.steps))
    print("written, but killed before it was said:", dict(bills.found_unsaid))


if __name__ == "__main__":
    main()
