"""One act after the other on a disk that fails: each says what it could not do, and succeeds with room."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from laverma_desk.domain.clock import Clock, SystemClock
from laverma_desk.domain.errors import DeskError, OutsideTrouble, Trouble
from laverma_desk.explain import explain
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import Desk, open_desk
from laverma_desk.storage.backup import problems_of
from tests.support.desks import memory_secrets

T = TypeVar("T")
PLAIN = frozenset(
    {Trouble.DISK_FULL, Trouble.FILE_UNWRITABLE, Trouble.FOLDER_UNWRITABLE, Trouble.FILE_UNREADABLE}
    | {Trouble.MIGRATION_FAILED, Trouble.MENU_REFUSED}
)
"""What a failing disk may be called."""


@dataclass
class Weather:
    """How the disk is: it fails until `lift` makes room again."""

    lift: Callable[[], None]
    full: bool
    """Whether there really is no room left, as the system tells everybody: then nothing else may be said."""


@dataclass
class Play:
    """Acts on a desk in a folder, and what the disk made of them."""

    root: Path
    weather: Weather
    said: list[str] = field(default_factory=list)

    def open(self, clock: Clock | None = None) -> Desk:
        """Open the desk as a start does."""
        data = DataDir(self.root / "desk")
        return self.act("open", lambda: open_desk(data, clock or SystemClock(), memory_secrets()))

    @contextmanager
    def opened(self, clock: Clock | None = None) -> Iterator[Desk]:
        """Open the desk for a block and close it afterwards."""
        desk = self.open(clock)
        try:
            yield desk
        finally:
            desk.close()

    def act(self, name: str, work: Callable[[], T], *, kept: Path | None = None) -> T:
        """Do something; where the disk refuses, see that it is said plainly, make room and do it again.

        `kept` is a file that the act replaces: refused, it is what it was before, or already what it will be,
        and nothing lies beside it. Raises AssertionError for anything else that happens.
        """
        before = _state(kept)
        try:
            return work()
        except OutsideTrouble as trouble:
            self._hear(name, trouble)
        except DeskError as error:
            raise AssertionError(f"{name} blamed the user: {error!r}") from error
        except Exception as error:
            raise AssertionError(f"{name} was not foreseen: {error!r}") from error
        self.weather.lift()
        between = _state(kept)
        self.see_whole(name)
        try:
            done = work()
        except DeskError as error:
            raise AssertionError(f"{name} was not possible with room again: {error!r}") from error
        assert between in (before, _state(kept)), f"{name} left {kept} half-written: {between}"
        return done

    def _hear(self, name: str, trouble: OutsideTrouble) -> None:
        assert trouble.code in PLAIN, f"{name}: {trouble}"
        if self.weather.full:
            assert trouble.code is Trouble.DISK_FULL, f"{name}: no word of the full disk: {trouble}"
        assert len(explain(trouble)) > 20, f"{name}: {trouble} has no sentence"
        self.said.append(f"{name}: {trouble.code.value}")

    def see_whole(self, after: str) -> None:
        """Raise AssertionError where the desk is not whole."""
        file = DataDir(self.root / "desk").database
        if file.exists():
            try:
                found = problems_of(file)
            except OutsideTrouble as trouble:
                found = [str(trouble)]
            assert found == [], f"the desk is damaged after {after}: {found}"


def _state(file: Path | None) -> tuple[str, tuple[str, ...]] | None:
    if file is None or not file.parent.is_dir():
        return None
    return _digest(file) if file.is_file() else "", tuple(sorted(one.name for one in file.parent.iterdir()))


def _digest(file: Path) -> str:
    """Return what a file says: of a whole workbook all but the second in which it was made."""
    content = file.read_bytes()
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as parts:
            said = [
                (one.filename, one.CRC) for one in parts.infolist() if one.filename != "docProps/core.xml"
            ]
        content = repr(said).encode()
    return hashlib.sha256(content).hexdigest()
