"""One long piece of work of a page: beside everything else, with its progress, and called off at will."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from laverma_desk.services.jobs import Cancelled, JobCancelled, Progress
from laverma_desk.ui.background import Background, Lane

T = TypeVar("T")

_SECONDS_BETWEEN = 0.1
"""How often progress is shown at most: a job that counts a million rows must not flood the window."""


class Advance(NamedTuple):
    """How far a job is; a `total` of 0 is not known."""

    done: int
    total: int


class LongJob(QObject):
    """Runs one job at a time in the lane for long work. Emits `progressed(Advance)` and `stopped`.

    `stopped` comes where the job was called off: then neither callback is called.
    """

    progressed = Signal(object)
    stopped = Signal()

    _told = Signal(object)

    def __init__(self, background: Background, parent: QObject) -> None:
        """Be ready; nothing runs yet."""
        super().__init__(parent)
        self._background = background
        self._stop = threading.Event()
        self._running = False
        self._on_success: Callable[[Any], None] | None = None
        self._on_error: Callable[[Exception], None] | None = None
        background.closing.connect(self.cancel)
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Return whether a job is queued or runs."""
        return self._running

    def run(
        self,
        work: Callable[[Progress, Cancelled], T],
        on_success: Callable[[T], None],
        on_error: Callable[[Exception], None],
    ) -> None:
        """Run `work(progress, cancelled)`, then call one of the callbacks in the GUI thread.

        A job that already runs goes on alone: asking for another one meanwhile does nothing.
        """
        if self._running:
            return
        self._running = True
        self._stop = stop = threading.Event()
        self._on_success, self._on_error = on_success, on_error
        tell, latest = self._told, [0.0]

        def progress(done: int, total: int) -> None:
            now = time.monotonic()
            if done == total or now - latest[0] >= _SECONDS_BETWEEN:
                latest[0] = now
                tell.emit(Advance(done, total))

        self._background.run(
            self, lambda: work(progress, stop.is_set), self._on_done, self._on_failed, Lane.LONG
        )

    @Slot()
    def cancel(self) -> None:
        """Ask the job to stop; it does at its next step, and `stopped` follows."""
        self._stop.set()

    @Slot(object)
    def _on_told(self, advance: Advance) -> None:
        if self._running:
            self.progressed.emit(advance)

    def _on_done(self, value: Any) -> None:
        self._running = False
        if self._on_success is not None:
            self._on_success(value)

    def _on_failed(self, error: Exception) -> None:
        self._running = False
        if isinstance(error, JobCancelled):
            self.stopped.emit()
        elif self._on_error is not None:
            self._on_error(error)
