"""The cases by name, each in a module of its own that is loaded when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.bench.measuring import Row

FILE, SERVER = "sqlite", "postgresql"
"""The engines that keep a desk, by the word that chooses one."""

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
"""In the order of the table; `tests/bench/<name>.py` each, with `measure(bench) -> Iterable[Row]`.

`measure_on_server(bench)` gives the same rows, by the same names, of a desk on a PostgreSQL server; a case
that makes no sense there says why in `NOT_ON_SERVER`.
"""


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


def rows_of(name: str, engine: str, bench: Bench) -> Iterable[Row]:
    """Measure a case on an engine; nothing for one that makes no sense there."""
    module = load(name)
    if engine == FILE:
        return module.measure(bench)
    wanted: Callable[[Bench], Iterable[Row]] | None = getattr(module, "measure_on_server", None)
    return () if wanted is None else wanted(bench)


def reason_not_on_server(name: str) -> str:
    """Return why a case is not measured on a server, empty for one that is."""
    return str(getattr(load(name), "NOT_ON_SERVER", ""))
