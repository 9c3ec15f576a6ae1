"""The cases by name, each in a module of its own that is loaded when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.bench.measuring import Row

NAMES = (
    "start",
    "desk_ready",
    "memory",
    "modules",
    "idle",
    "customer_search",
    "full_text",
    "history",
    "sums",
    "statistics",
    "durable",
    "report",
    "first_preview",
    "invoice",
    "month_run",
    "session_import",
)
"""In the order of the table; `tests/bench/<name>.py` each, with `measure(bench) -> Iterable[Row]`."""


@dataclass(frozen=True)
class Bench:
    """What a case is given: where it may write, and how patient the run is.

    `work` is kept from run to run: a desk of a million sessions takes minutes to make and is found there.
    `quick` is for trying a case out: few rounds, small desks; its figures prove nothing.
    """

    work: Path
    quick: bool = False

    def rounds(self, full: int) -> int:
        """Return how often to measure: `full` in earnest, 3 for a try."""
        return 3 if self.quick else full

    @property
    def sessions(self) -> int:
        """Return how many sessions the large desk has."""
        return 20_000 if self.quick else 1_000_000


class CaseModule(Protocol):
    """What the module of a case offers."""

    def measure(self, bench: Bench) -> Iterable[Row]:
        """Measure and give the rows one after the other."""
        ...


def load(name: str) -> CaseModule:
    """Return the module of a case. Raises ModuleNotFoundError for a name that is none."""
    module: CaseModule = importlib.import_module(f"tests.bench.{name}")  # type: ignore[assignment]
    return module
