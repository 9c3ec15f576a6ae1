"""The one way out of the GUI thread and the one way back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from enum import Enum, auto
from typing import Any, NamedTuple, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")

PATIENCE = 10.0
"""Seconds that closing waits for running work. Only a mail server that hangs takes longer."""


class Lane(Enum):
    """Where work queues: what touches the desk in order; beside it the network, and what takes long."""

    DESK = auto()
    NETWORK = auto()
    LONG = auto()


class _Finished(NamedTuple):
    owner: QObject
    callback: Callable[[Any], None]
    value: Any


class Background(QObject):
    """Runs work off the GUI thread, one at a time in each lane, and calls back in the GUI thread.

    A callback whose owner is gone by then is dropped, and each one after `close`. Emits `closing` before it
    waits for running work, for whoever can call some of it off.
    """

    _finished = Signal(object)
    idle = Signal()
    closing = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Start no thread before the first work."""
        super().__init__(parent)
        self._lanes = {
            lane: ThreadPoolExecutor(max_workers=1, thread_name_prefix=lane.name.lower()) for lane in Lane
        }
        self._running: set[Future[None]] = set()
        self._pending = 0
        self._closed = False
        self._finished.connect(self._on_work_finished, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Return whether work is queued, running, or not yet reported."""
        return self._pending > 0

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        on_success: Callable[[T], None],
        on_error: Callable[[Exception], None],
        lane: Lane = Lane.DESK,
    ) -> Future[None]:
        """Run `work` in a lane; then call one of the callbacks in the GUI thread, if `owner` still lives.

        `work` takes no widget and returns plain data. Cancel the returned future to drop work that
        has not begun. After `close` nothing runs any more: the future comes back cancelled.
        """
        if self._closed:
            dropped: Future[None] = Future()
            dropped.cancel()
            return dropped
        self._pending += 1

        def job() -> None:
            try:
                value = work()
            except Exception as error:  # noqa: BLE001 (handed to the caller, who sorts it)
                self._finished.emit(_Finished(owner, on_error, error))
            else:
                self._finished.emit(_Finished(owner, on_success, value))

        future = self._lanes[lane].submit(job)
        self._running.add(future)
        future.add_done_callback(self._on_future_done)
        return future

    def _on_future_done(self, future: Future[None]) -> None:
        self._running.discard(future)
        if future.cancelled():
            self._finished.emit(None)

    @Slot(object)
    def _on_work_finished(self, finished: _Finished | None) -> None:
        self._pending -= 1
        try:
            # After `close` the desk is closed too: a callback that reads would open it anew, for nobody, and
            # a restore that waits for the closed file would be refused.
            if finished is not None and not self._closed and shiboken6.isValid(finished.owner):
                finished.callback(finished.value)
        finally:
            if self._pending == 0:
                self.idle.emit()

    def close(self, patience: float = PATIENCE) -> bool:
        """Drop what has not begun and give running work `patience` seconds; return whether all ended.

        Nobody is called back any more, not even for work that had ended before.
        """
        self._closed = True
        self.closing.emit()
        for executor in self._lanes.values():
            executor.shutdown(wait=False, cancel_futures=True)
        return not wait(self._running, timeout=patience).not_done
