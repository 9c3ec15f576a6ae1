"""Reads the log of a remote tool whenever the tool has written to it, while this machine is told to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from laverma_desk.domain.errors import DeskError
from laverma_desk.services.changes import Done
from laverma_desk.services.jobs import Cancelled, Progress
from laverma_desk.ui.long_job import LongJob
from laverma_desk.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from laverma_desk.services.reconciling.records import Reading

FIRST_MS = 8_000
"""The window has other things to do at first."""

CALM_MS = 1_500
"""A tool writes in several strokes; it is read when it has come to rest."""

_Signature = tuple[int, int, int]


class LogWatch(QObject):
    """Watches one file, and the folder in which it may be written anew. Emits `read(Reading)`.

    A file that is missing or that nobody can read is no news: it is read when it is there. What is wrong
    with the path is said in the settings. The sample data watch nothing.
    """

    read = Signal(object)

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Watch nothing yet, and cost nothing."""
        super().__init__(parent)
        self._surroundings, self._desk = surroundings, surroundings.desk
        self._job = LongJob(surroundings.background, self)
        self._watcher: QFileSystemWatcher | None = None
        self._file: Path | None = None
        self._seen: _Signature | None = None
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.timeout.connect(self._on_calm_timeout)
        surroundings.background.closing.connect(self.stop)

    def follow(self, path: str) -> None:
        """Watch this file from now on; an empty path stops that. The same path changes nothing."""
        file = Path(path) if path and not self._desk.demo else None
        if file == self._file:
            return
        self.stop()
        self._file, self._seen = file, None
        if file is None:
            return
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._on_watcher_changed)
        self._watcher.directoryChanged.connect(self._on_watcher_changed)
        self._watch_again()
        self._calm.start(FIRST_MS)

    @Slot()
    def stop(self) -> None:
        """Watch nothing any more."""
        self._calm.stop()
        self._file = None
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None

    def watched(self) -> list[str]:
        """Return what is watched just now: the file if it is there, and its folder."""
        return [*self._watcher.files(), *self._watcher.directories()] if self._watcher is not None else []

    def _on_watcher_changed(self, _path: str) -> None:
        self._calm.start(CALM_MS)

    def _on_calm_timeout(self) -> None:
        self._watch_again()
        file = self._file
        found = _signature(file) if file is not None else None
        if file is None or found is None or found == self._seen:
            return
        if self._job.running:
            self._calm.start(CALM_MS)
            return
        self._seen = found
        self._job.run(_Read(self._surroundings, file), self._on_read, self._on_failed)

    def _watch_again(self) -> None:
        """Take up what is there: a file that was replaced is another one to the system."""
        if self._watcher is None or self._file is None:
            return
        known = {*self._watcher.files(), *self._watcher.directories()}
        wanted = [str(one) for one in (self._file, self._file.parent) if _is_there(one)]
        missing = [one for one in wanted if one not in known]
        if missing:
            self._watcher.addPaths(missing)

    def _on_read(self, done: Done[Reading]) -> None:
        self.read.emit(self._surroundings.bus.publish(done))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error


class _Read:
    """The work of one reading, off the window's thread."""

    def __init__(self, surroundings: Surroundings, file: Path) -> None:
        self._desk, self._file = surroundings.desk, file

    def __call__(self, progress: Progress, cancelled: Cancelled) -> Done[Reading]:
        # What reads logs is loaded with the first of them: most machines have none.
        from laverma_desk.services.reconciling.reading import read_log_file  # noqa: PLC0415

        return read_log_file(self._desk, self._file, progress=progress, cancelled=cancelled)


def _signature(file: Path) -> _Signature | None:
    """Return what changes when a file is written, None where it is not there."""
    try:
        found = file.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _is_there(one: Path) -> bool:
    try:
        return one.exists()
    except (OSError, ValueError):
        return False
