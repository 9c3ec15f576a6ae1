"""Reads a log into the desk: chosen by somebody, read again, with the columns of a table asked for first."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from laverma_desk import settings
from laverma_desk.domain.errors import DeskError, Rule
from laverma_desk.domain.log_table import TablePreview
from laverma_desk.i18n import _
from laverma_desk.services.changes import Done
from laverma_desk.services.jobs import Cancelled, Progress
from laverma_desk.services.reconciling.previewing import preview_table
from laverma_desk.services.reconciling.reading import read_log_file
from laverma_desk.services.reconciling.records import Reading
from laverma_desk.ui.file_choice import FileChoice
from laverma_desk.ui.latest_read import LOADING_AFTER
from laverma_desk.ui.long_job import Advance, LongJob
from laverma_desk.ui.reconciling.panel import ReconcilingPanel
from laverma_desk.ui.surroundings import Surroundings

_TABLES = frozenset({".csv", ".tsv"})


class FileReading(QObject):
    """Emits `read(Reading)`, `mapping_wanted(Path, TablePreview)` and `failed(Exception)`.

    What is written is announced before `read` is.
    """

    read = Signal(object)
    mapping_wanted = Signal(object, object)
    failed = Signal(object)

    def __init__(self, surroundings: Surroundings, panel: ReconcilingPanel, parent: QObject) -> None:
        """Be ready; no file is chosen yet."""
        super().__init__(parent)
        self._surroundings, self._desk, self._panel = surroundings, surroundings.desk, panel
        self.files = FileChoice(panel, self)
        self._job = LongJob(surroundings.background, self)
        self._file: Path | None = None
        self._mapping: Mapping[str, str] | None = None
        # A log is mostly there at once: what would only flash is shown after a moment.
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(LOADING_AFTER)
        self._slow.timeout.connect(self._on_slow_timeout)
        self.files.chosen.connect(self.take)
        self._job.progressed.connect(self._on_job_progressed)
        self._job.stopped.connect(self._end)
        panel.progress.cancelled.connect(self._job.cancel)

    @property
    def running(self) -> bool:
        """Return whether a file is being read."""
        return self._job.running

    @Slot()
    def ask(self) -> None:
        """Ask for a file, where TeamViewer keeps its own."""
        if self._job.running:
            return
        kinds = (_("Logs and tables (*.txt *.log *.trace *.csv *.json)"), _("All files (*)"))
        self.files.ask_to_read(_("Read a connection log"), kinds, _folder_of_logs())

    @Slot()
    def again(self) -> None:
        """Read the file of this visit once more, else the one that is watched; else ask for one."""
        file = self._file or self._watched()
        if file is None:
            self.ask()
        else:
            self.read_file(file, self._mapping)

    @Slot(object)
    def take(self, file: Path) -> None:
        """Read a file that was chosen; of a table it is asked first what its columns mean."""
        self._file, self._mapping = file, None
        if file.suffix.lower() in _TABLES:
            self._preview(file)
        else:
            self.read_file(file, None)

    def read_file(self, file: Path, mapping: Mapping[str, str] | None) -> None:
        """Read a file into the desk."""
        if self._job.running:
            return
        self._file, self._mapping = file, mapping
        desk = self._desk

        def work(progress: Progress, cancelled: Cancelled) -> Done[Reading]:
            return read_log_file(desk, file, mapping=mapping, progress=progress, cancelled=cancelled)

        self._slow.start()
        self._job.run(work, self._on_read, self._on_failed)

    def _preview(self, file: Path) -> None:
        work = partial(_previewed, file)
        self._surroundings.background.run(self, work, self._on_previewed, self.failed.emit)

    def _on_previewed(self, found: tuple[Path, TablePreview]) -> None:
        self.mapping_wanted.emit(*found)

    def _on_read(self, done: Done[Reading]) -> None:
        self._end()
        self.read.emit(self._surroundings.bus.publish(done))

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, DeskError) and error.code is Rule.LOG_COLUMN_OPEN and self._file is not None:
            self._preview(self._file)
        else:
            self.failed.emit(error)

    def _on_slow_timeout(self) -> None:
        self._panel.title.set_busy(busy=True)
        self._panel.progress.begin(_("The log is read …"))

    def _on_job_progressed(self, advance: Advance) -> None:
        if not self._slow.isActive() and self._job.running:
            self._panel.progress.show_progress(advance.done, advance.total)

    def _end(self) -> None:
        self._slow.stop()
        self._panel.title.set_busy(busy=False)
        self._panel.progress.end()

    def _watched(self) -> Path | None:
        """Return the file that this machine watches; the sample data know none."""
        path = "" if self._desk.demo else settings.load().watched_log
        return Path(path) if path else None


def _previewed(file: Path) -> tuple[Path, TablePreview]:
    return file, preview_table(file)


def _folder_of_logs() -> str | None:
    """Return where TeamViewer writes on this machine, None where there is no such folder."""
    roaming = os.environ.get("APPDATA", "")
    folder = Path(roaming) / "TeamViewer" if roaming else Path.home() / ".config" / "teamviewer"
    return str(folder) if folder.is_dir() else None
