"""Writes a folder of files where somebody wants it, and says beside the button what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from laverma_desk import settings
from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.jobs import Cancelled, Progress
from laverma_desk.ui.file_choice import FileChoice
from laverma_desk.ui.handover.export_part import ExportPart
from laverma_desk.ui.long_job import Advance, LongJob
from laverma_desk.ui.surroundings import Surroundings


@dataclass(frozen=True)
class FolderWish:
    """What is written, and how that is said.

    `write` runs off the window's thread, into a new folder within the one that was chosen; of what it returns
    `written` makes a sentence, and `folder` the place that can be opened.
    """

    title: str
    doing: str
    write: Callable[[Path, Progress, Cancelled], Any]
    written: Callable[[Any], str]
    folder: Callable[[Any], Path]


class ExportRun(QObject):
    """One export at a time. Emits `refused(DeskError)` where nothing was written, after having said why."""

    refused = Signal(object)

    def __init__(
        self, surroundings: Surroundings, window: QWidget, part: ExportPart, parent: QObject
    ) -> None:
        """Be ready; nothing is asked yet."""
        super().__init__(parent)
        self._part = part
        self.machine_file: Path | None = None
        self.files = FileChoice(window, self)
        self._job = LongJob(surroundings.background, self)
        self._wish: FolderWish | None = None
        self._above = self._folder = Path()
        self.files.chosen.connect(self.write)
        self._job.progressed.connect(self._on_job_progressed)
        self._job.stopped.connect(self._on_job_stopped)
        part.progress.cancelled.connect(self._job.cancel)
        part.outcome.link_activated.connect(self._on_link_activated)

    @property
    def running(self) -> bool:
        """Return whether files are being written."""
        return self._job.running

    def ask(self, wish: FolderWish) -> None:
        """Ask for a folder, the one of last time first."""
        if self._job.running or self.files.dialog is not None:
            return
        self._wish = wish
        kept = settings.load(self.machine_file).handover_folder
        self.files.ask_for_folder(wish.title, kept if kept and Path(kept).is_dir() else None)

    @Slot(object)
    def write(self, folder: Path) -> None:
        """Write what was asked for last into a new folder within another, which is remembered if it could."""
        wish = self._wish
        if wish is None or self._job.running:
            return
        self._above = folder
        self._part.outcome.tell("")
        self._part.button.set_busy(_("Exporting …"))
        self._part.progress.begin(wish.doing)
        self._job.run(
            lambda progress, cancelled: wish.write(folder, progress, cancelled),
            self._on_written,
            self._on_failed,
        )

    def _on_job_progressed(self, advance: Advance) -> None:
        self._part.progress.show_progress(advance.done, advance.total)

    def _on_job_stopped(self) -> None:
        self._end()
        self._part.outcome.tell(_("Export stopped. No file was written."))

    def _on_written(self, result: Any) -> None:
        self._end()
        settings.change(self.machine_file, handover_folder=str(self._above))
        if self._wish is not None:
            self._folder = self._wish.folder(result)
            self._part.outcome.tell(self._wish.written(result), tone="green", link=_("Open folder"))

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, DeskError):
            raise error
        self._part.outcome.tell(explain(error), tone="red")
        self.refused.emit(error)

    def _end(self) -> None:
        self._part.progress.end()
        self._part.button.set_busy(None)

    def _on_link_activated(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
