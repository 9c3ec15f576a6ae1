"""Reads for a view beside everything else; what an earlier wish brings never takes the latest one's place."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from laverma_desk.domain.errors import DeskError
from laverma_desk.ui.background import Lane
from laverma_desk.ui.surroundings import Surroundings

LOADING_AFTER = 300
"""Milliseconds after which a view says that it loads."""


@dataclass(frozen=True)
class _Brought:
    turn: int
    what: object
    error: Exception | None = None


class LatestRead(QObject):
    """Emits `loaded(object)` or `failed(Exception)` for the latest start, `slow` after 300 ms."""

    loaded = Signal(object)
    failed = Signal(object)
    slow = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject, lane: Lane = Lane.DESK) -> None:
        """Be at rest; what takes seconds reads in the lane for long work, where no call waits for it."""
        super().__init__(parent)
        self._surroundings, self._lane = surroundings, lane
        self._turn = 0
        self._future: Future[None] | None = None
        self.running = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOADING_AFTER)
        self._timer.timeout.connect(self.slow)

    def start(self, read: Callable[[], object]) -> None:
        """Read in the background; what an earlier start brings, or fails with, is dropped."""
        self._drop()
        self.running = True
        if not self._timer.isActive():
            self._timer.start()
        work = partial(_brought, read, self._turn)
        self._future = self._surroundings.background.run(
            self, work, self._on_brought, self.failed.emit, self._lane
        )

    def stop(self) -> None:
        """Drop what is under way."""
        self._drop()
        self._rest()

    def _drop(self) -> None:
        self._turn += 1
        if self._future is not None:
            self._future.cancel()

    def _rest(self) -> None:
        self.running = False
        self._timer.stop()

    def _on_brought(self, brought: _Brought) -> None:
        is_latest = brought.turn == self._turn
        if is_latest:
            self._rest()
        # A bug is heard whichever start it belongs to; the latest one goes on.
        if brought.error is not None and (is_latest or not isinstance(brought.error, DeskError)):
            self.failed.emit(brought.error)
        elif is_latest:
            self.loaded.emit(brought.what)


def _brought(read: Callable[[], object], turn: int) -> _Brought:
    try:
        return _Brought(turn, read())
    except Exception as error:  # noqa: BLE001 (told in the GUI thread, which sorts it)
        return _Brought(turn, None, error)
