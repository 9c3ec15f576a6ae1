"""Has SQLite's log brought into the file when nothing has been changed for a while."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from laverma_desk.services.checkpoints import take_checkpoint
from laverma_desk.ui.background import Lane
from laverma_desk.ui.surroundings import Surroundings

QUIET_MS = 3000
"""Whoever has started, paused or ended a session has the disk for himself until then."""


class CheckpointKeeper(QObject):
    """Looks a moment after each change, off the window's thread; where nothing changes it costs nothing."""

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Look for the first time a moment from now, for what the start has written."""
        super().__init__(parent)
        self._desk, self._background = surroundings.desk, surroundings.background
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        surroundings.bus.changed.connect(self._on_bus_changed)
        self._timer.start()

    def _on_bus_changed(self, _topics: object) -> None:
        self._timer.start()

    def _on_timer_timeout(self) -> None:
        # Beside the lane in which notes are saved. Of work that takes long it waits for the end: a reader
        # would not let it go far.
        self._background.run(self, self._take, self._on_taken, self._on_taken, Lane.LONG)

    def _take(self) -> bool:
        return take_checkpoint(self._desk)

    def _on_taken(self, _outcome: object) -> None:
        """Take no notice: what could not be done is done after a later change, or when the desk closes."""
