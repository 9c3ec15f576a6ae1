"""From the key that starts a session until it is on the disk and painted, and what saving notes costs."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from statistics import median
from unittest.mock import patch

from PySide6.QtCore import Qt

from laverma_desk.domain.server_address import ServerAddress
from laverma_desk.paths import DataDir
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.customers.search import load_finder
from laverma_desk.storage.database import Connection
from laverma_desk.storage.postgresql.server import open_connection
from laverma_desk.storage.store import Store
from tests.bench.cases import Bench
from tests.bench.large_desk import copied, large_desk
from tests.bench.large_server_desk import large_server_desk, passing_copy
from tests.bench.measuring import Row, Step, alone, milliseconds, paired, row
from tests.bench.open_window import OpenWindow, Paints, open_window
from tests.bench.screen import a_screen

_BLOCK = 4096
_NOTES = "Druckertreiber neu eingerichtet, Warteschlange geleert.\nTestseite gedruckt, Kundin informiert: "


def measure(bench: Bench) -> Iterator[Row]:
    """Press Enter on a hit and save notes, each in turn with a 4-KiB write on the same file system.

    Durable is the moment at which the transaction has returned; what is painted after it is a row of its own.
    The other side appends: each block makes its file longer, so that fdatasync brings the new length to the
    disk too. That is the least that "written down, and safe" costs, and what the log of SQLite pays here too:
    it is never folded into the desk, for which the program waits for a quiet moment that there is none of.

    A write straight behind another one finds processor, file system and disk as that one left them, and
    takes half as long as one after a page was painted. Nobody presses a key in such a loop: each round of
    both sides begins with the same number typed into the search field and its hits painted. How it stands
    beside a second block, straight behind the first, is in the note. Saving notes needs no painting, and
    neither side has it.
    """
    with (
        a_screen() as screen,
        tempfile.TemporaryDirectory(dir=bench.work) as folder,
        open_window(copied(large_desk(bench), Path(folder))) as window,
        _raw(Path(folder) / "raw") as raw,
    ):
        yield from _measured(bench, window, raw, screen, "4-KiB fdatasync")


def measure_on_server(bench: Bench) -> Iterator[Row]:
    """Press the same keys at a desk on the server, beside a row of 4 KiB that is committed there."""
    with (
        a_screen() as screen,
        passing_copy(bench, large_server_desk(bench), "durable") as address,
        tempfile.TemporaryDirectory(dir=bench.work) as folder,
        open_window(DataDir(Path(folder)), address) as window,
        _raw_row(address) as raw,
    ):
        yield from _measured(bench, window, raw, screen, "4-KiB row, psycopg")


def _measured(bench: Bench, window: OpenWindow, raw: Step, screen: str, beside: str) -> Iterator[Row]:
    window.stage.show_new()
    window.rest()
    start = _Start(window)
    rounds = bench.rounds(60)
    behind: list[float] = []
    pair = paired(start, start.typed_before(raw, behind), rounds=rounds)
    ratio = median(one / other for one, other in zip(pair.ours, behind[-rounds:], strict=True))
    note = f"{ratio:.1f} × a second such write straight behind it"
    yield row('key press "start" → durable', f"{beside} at the same point", pair, 4, note=note)
    what = "from there until the running session is painted"
    yield alone(what, median(start.painted), 100, unit="ms", rounds=rounds, note=screen)
    session = timekeeping.strip_sessions(window.desk)[-1].id
    save = _saving(window, session)
    yield row("autosave of notes → durable", beside, paired(save, raw, rounds=rounds), 4)


class _Start:
    """Starts a session by the keyboard each time it is called, for another customer each time."""

    def __init__(self, window: OpenWindow) -> None:
        self._window = window
        finder = load_finder(window.desk)
        everyone = finder.customers("")
        self._numbers = cycle([one.number for one in everyone if finder.status_of(one.id).allows_session])
        self.painted: list[float] = []

    def typed_before(self, step: Step, again: list[float]) -> Step:
        """Return a step that is taken where Enter would be pressed; what it costs a second time is kept."""

        def after_typing() -> float:
            self._type()
            cost = step()
            again.append(step())
            return cost

        return after_typing

    def _type(self) -> None:
        self._window.stage.show_new()
        self._window.tap(*next(self._numbers))
        self._window.app.sync()

    def __call__(self) -> float:
        window = self._window
        self._type()
        pressed, ended = 0.0, [0.0]

        def press() -> None:
            nonlocal pressed
            pressed = time.perf_counter()
            window.press(Qt.Key.Key_Return)

        with _watched(window.desk.database, ended):
            whole = window.until_painted(press, Paints(window.shell.stage))
        window.release(Qt.Key.Key_Return)
        assert window.stage.front is window.stage.call
        durable = (ended[0] - pressed) * 1000
        self.painted.append(whole - durable)
        return durable


@contextmanager
def _watched(store: Store, ended: list[float]) -> Iterator[None]:
    """Note when the first transaction that writes has returned."""
    kind = type(store)
    write = kind.write

    @contextmanager
    def noted(database: Store, **wishes: bool) -> Iterator[Connection]:
        with write(database, **wishes) as connection:
            yield connection
        if not ended[0]:
            ended[0] = time.perf_counter()

    with patch.object(kind, "write", noted):
        yield


def _saving(window: OpenWindow, session_id: int) -> Step:
    count = iter(range(10**6))

    def save() -> object:
        return call_sheet.save_notes(window.desk, session_id, f"{_NOTES}{next(count)}", "")

    return milliseconds(save)


@contextmanager
def _raw(file: Path) -> Iterator[Step]:
    """Give the least that durable means: one block behind the last one, and known to be on the disk."""
    block = os.urandom(_BLOCK)
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    places: Callable[[], int] = iter(range(0, 1 << 40, _BLOCK)).__next__

    def write() -> None:
        os.pwrite(handle, block, places())
        os.fdatasync(handle)

    try:
        yield milliseconds(write)
    finally:
        os.close(handle)


@contextmanager
def _raw_row(address: ServerAddress) -> Iterator[Step]:
    """Give the least that durable means on a server: one row, and the answer to its commit."""
    block = os.urandom(_BLOCK)
    with open_connection(address, lambda: None, autocommit=True) as connection:
        connection.execute("CREATE TABLE raw (block bytea)")
        yield milliseconds(lambda: connection.execute("INSERT INTO raw VALUES (%s)", (block,)))
