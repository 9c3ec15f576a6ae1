"""Has the copy of the day made, in the background and at a quiet moment, and says once where it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from laverma_desk.domain.errors import DeskError
from laverma_desk.services.backups.news import take_news
from laverma_desk.services.desk import Desk
from laverma_desk.services.jobs import Cancelled, Progress
from laverma_desk.ui.long_job import LongJob
from laverma_desk.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from laverma_desk.services.backups.taking import TakenCopy

FIRST_MS = 20_000
"""The window has other things to do at first; a copy may well be made some seconds later."""

EVERY_MS = 3_600_000


class BackupKeeper(QObject):
    """Asks at the start and every hour whether a copy is wanted; of sample data and of a server never.

    Emits `taken(TakenCopy)`; `failed(DeskError)` once for each kind of trouble, until a copy succeeds;
    `restored(News)` at the start after a restore. A slot of these may show a notice.
    """

    taken = Signal(object)
    failed = Signal(object)
    restored = Signal(object)

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Be ready; `start` begins."""
        super().__init__(parent)
        self._desk = surroundings.desk
        self._job = LongJob(surroundings.background, self)
        self._said: set[object] = set()
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.setInterval(FIRST_MS)
        self._first.timeout.connect(self.ask)
        self._hourly = QTimer(self)
        self._hourly.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._hourly.setInterval(EVERY_MS)
        self._hourly.timeout.connect(self.ask)

    def start(self) -> None:
        """Begin to ask, and tell what came of a restore."""
        if self._desk.demo or self._desk.database.shared:
            return  # A server's backups are a matter of the server's.
        self._first.start()
        self._hourly.start()
        news = take_news(self._desk.data)
        if news is not None:
            self.restored.emit(news)

    def stop(self) -> None:
        """Ask no more, and let a copy that is being made go: half of one is never kept."""
        self._first.stop()
        self._hourly.stop()
        self._job.cancel()

    def ask(self) -> None:
        """Have a copy made if one is wanted now."""
        desk = self._desk

        def work(progress: Progress, cancelled: Cancelled) -> TakenCopy | None:
            return _kept_up(desk, progress, cancelled)

        self._job.run(work, self._on_done, self._on_failed)

    def _on_done(self, copy: TakenCopy | None) -> None:
        if copy is not None:
            self._said.clear()
            self.taken.emit(copy)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        if error.code not in self._said:
            self._said.add(error.code)
            self.failed.emit(error)


def _kept_up(desk: Desk, progress: Progress, cancelled: Cancelled) -> TakenCopy | None:
    # Some time after the start, which has other things to load.
    from laverma_desk.services.backups.leftovers import clear_leftovers  # noqa: PLC0415
    from laverma_desk.services.backups.taking import backup_is_wanted, take_copy  # noqa: PLC0415

    clear_leftovers(desk.data)
    return take_copy(desk, None, progress, cancelled) if backup_is_wanted(desk) else None
