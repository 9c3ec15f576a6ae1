"""A trial: the worst is done to the program many times; what it promised is looked for after each."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

TRIALS = {
    "killed_call": 500,
    "power_cut": 300,
    "killed_issuing": 200,
    "killed_migration": 200,
    "killed_backup": 100,
    "disk_full": 1,
    "dying_server": 1,
    "simulated_day": 1,
    "mutated_input": 100_000,
    "many_issuers": 500,
    "many_desks": 600,
}
"""How often each is done unless told otherwise (many_desks: for how many seconds).

`tests/nothing_lost/<name>.py` has `run(trial)`.
"""


@dataclass(frozen=True)
class Trial:
    """What a trial is given. The same seed does the same again, as far as the machine's timing lets it."""

    times: int
    seed: int
    work: Path
    say: Callable[[str], None]


@dataclass(frozen=True)
class Outcome:
    """What was done and seen, as counts, and what was lost: a sentence for each, with how to repeat it."""

    counts: Mapping[str, int]
    lost: tuple[str, ...] = ()


class TrialModule(Protocol):
    """What the module of a trial offers."""

    def run(self, trial: Trial) -> Outcome:
        """Do it `trial.times` times and return what came of it."""
        ...


def load(name: str) -> TrialModule:
    """Return the module of a trial."""
    module: TrialModule = importlib.import_module(f"tests.nothing_lost.{name}")  # type: ignore[assignment]
    return module
