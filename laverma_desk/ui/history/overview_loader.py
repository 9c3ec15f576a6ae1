"""Counts what a filter shows, in the background; the latest wish is the one that comes back."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from laverma_desk.domain.history import HistoryFilter, HistoryOverview
from laverma_desk.services import history
from laverma_desk.services.desk import Desk
from laverma_desk.ui.surroundings import Surroundings

LOADING_AFTER = 300
"""Milliseconds of waiting after which the page says that it loads."""


@dataclass(frozen=True)
class Loaded:
    """An overview, and who can be filtered by."""

    overview: HistoryOverview
    supporters: tuple[tuple[int, str], ...]
    turn: int


class OverviewLoader(QObject):
    """Emits `loaded(Loaded)` or `failed(Exception)` for the latest start, `slow` after 300 ms."""

    loaded = Signal(object)
    failed = Signal(object)
    slow = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Be at rest."""
        super().__init__(parent)
        self._surroundings = surroundings
        self._turn = 0
        self._future: Future[None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOADING_AFTER)
        self._timer.timeout.connect(self.slow)

    def start(self, wanted: HistoryFilter) -> None:
        """Count what a filter shows; what an earlier start brings is dropped."""
        self._turn += 1
        if self._future is not None:
            self._future.cancel()
        if not self._timer.isActive():
            self._timer.start()
        work = partial(_loaded, self._surroundings.desk, wanted, self._turn)
        self._future = self._surroundings.background.run(self, work, self._on_loaded, self._on_failed)

    def _on_loaded(self, loaded: Loaded) -> None:
        if loaded.turn == self._turn:
            self._timer.stop()
            self.loaded.emit(loaded)

    def _on_failed(self, error: Exception) -> None:
        self._timer.stop()
        self.failed.emit(error)


def _loaded(desk: Desk, wanted: HistoryFilter, turn: int) -> Loaded:
    return Loaded(history.overview(desk, wanted), tuple(history.supporters_seen(desk)), turn)
