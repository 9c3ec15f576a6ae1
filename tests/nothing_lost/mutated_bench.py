"""Where mutated inputs are taken: a desk for every few hundred, watched for what is half-written."""

from __future__ import annotations

import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import open_desk
from laverma_desk.services.problems import FileRefused
from laverma_desk.services.upkeep import check_desk
from laverma_desk.storage import numbers, sessions
from tests.support.billing_desks import make_billing_desk
from tests.support.desks import memory_secrets
from tests.support.fake_clock import FakeClock

PROCESSOR_SECONDS = 30
"""What one input may cost: a thousand times what most do."""

TAKEN, REFUSED = "taken", "refused"
_HIDDEN = (".restore-", ".desk")
_MAKESHIFT = (".partial", ".new", ".tmp", "-journal")


class HangsError(BaseException):
    """An input has cost more processor time than any may."""


class Bench:
    """A desk that is open (`desk`), one for the command line (`shell`), and a folder for what comes out."""

    def __init__(self, folder: Path, model: Path) -> None:
        self.folder = folder
        self.clock = FakeClock()
        self.data, self.shell = DataDir(folder / "desk"), DataDir(folder / "shell")
        self.out = folder / "a" / "b" / "out"
        self._model = model

    def __enter__(self) -> Self:
        """Lay out both desks."""
        for data in (self.data, self.shell):
            data.create()
            shutil.copyfile(self._model, data.database)
        self.out.mkdir(parents=True)
        self.desk = open_desk(self.data, self.clock, memory_secrets())
        self._watch = sqlite3.connect(self.data.database)
        return self

    def __exit__(self, *_trouble: object) -> None:
        """Put everything away."""
        self._watch.close()
        self.desk.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def commits(self) -> int:
        """Return a number that changes whenever somebody has written into the open desk."""
        return int(self._watch.execute("PRAGMA data_version").fetchone()[0])

    def file(self, name: str, content: bytes) -> Path:
        """Write an input."""
        place = self.folder / name
        place.write_bytes(content)
        return place

    def offered(self, work: Callable[[], object]) -> str:
        """Return whether the desk took something; what it refuses it explains, and nothing of it stays."""
        before = self.commits()
        try:
            work()
        except DeskError as error:
            refused = error
        else:
            return TAKEN
        problems = [one.error for one in refused.problems] if isinstance(refused, FileRefused) else []
        assert all(explain(one).strip() for one in (refused, *problems)), refused.code
        assert self.commits() == before, f"refused ({refused.code}), and yet something was written"
        return REFUSED

    def left_over(self) -> list[str]:
        """Return the names of what was not cleared away."""
        names = [one.name for one in self.folder.rglob("*")]
        return sorted(
            one for one in names if one.endswith(_MAKESHIFT) or one.startswith((".restore-", ".desk"))
        )

    def ailments(self) -> list[str]:
        """Return what is wrong with either desk after all that."""
        shell = open_desk(self.shell, self.clock, memory_secrets())
        try:
            healths = [check_desk(desk) for desk in (self.desk, shell)]
        finally:
            shell.close()
        return [str(one) for each in healths for one in (*each.damage, *each.documents, *each.attempts)]


def write_model(folder: Path) -> Path:
    """Write the desk that every bench begins with; return its file."""
    desk, _rows = make_billing_desk(folder / "model")
    with desk.database.write() as connection:
        # The sessions of the pictures were written past the counter.
        numbers.take_block(connection, numbers.SESSIONS, 2022, sessions.count(connection))
    desk.close()
    return folder / "model" / "desk.sqlite3"


@contextmanager
def bounded() -> Iterator[None]:
    """Raise HangsError in what is done inside once it has cost PROCESSOR_SECONDS."""

    def stop(_signal: int, _frame: Any) -> None:
        raise HangsError(f"more than {PROCESSOR_SECONDS} s of processor time")

    if not hasattr(signal, "setitimer"):
        yield
        return
    former = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, PROCESSOR_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)
