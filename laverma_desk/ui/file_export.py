"""Writes a list into a file of somebody's choice, beside everything else, and says where it lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.jobs import Cancelled, Progress
from laverma_desk.ui.file_choice import FileChoice
from laverma_desk.ui.long_job import Advance, LongJob
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.widgets.notice_bar import NoticeBar
from laverma_desk.ui.widgets.progress_line import ProgressLine


@dataclass(frozen=True)
class ExportWish:
    """What is written and how that is said; `name` and `kinds` are what the chooser proposes.

    `write` runs off the window's thread and returns how many were written; `written` makes the sentence of
    that number and the file's name.
    """

    title: str
    name: str
    kinds: tuple[str, ...]
    doing: str
    write: Callable[[Path, Progress, Cancelled], int]
    written: Callable[[int, str], str]


class FileExport(QObject):
    """Asks for a file, writes it, and tells on two lines of a page how far it is and what came of it.

    Emits `done(ExportWish)` once a file is there.
    """

    done = Signal(object)

    def __init__(
        self,
        surroundings: Surroundings,
        window: QWidget,
        progress: ProgressLine,
        notice: NoticeBar,
        parent: QObject,
    ) -> None:
        """Be ready; both lines stay hidden until there is something to say."""
        super().__init__(parent)
        self._progress, self._notice = progress, notice
        self.files = FileChoice(window, self)
        self._job = LongJob(surroundings.background, self)
        self._wish: ExportWish | None = None
        self._file = Path()
        self.files.chosen.connect(self.write)
        self._job.progressed.connect(self._on_job_progressed)
        self._job.stopped.connect(self._on_job_stopped)
        progress.cancelled.connect(self._job.cancel)
        notice.link_activated.connect(self._on_notice_link_activated)

    @property
    def running(self) -> bool:
        """Return whether a file is being written."""
        return self._job.running

    def ask(self, wish: ExportWish) -> None:
        """Ask where the file shall lie; one export runs at a time."""
        if self.files.dialog is None and not self._job.running:
            self._wish = wish
            self.files.ask_to_write(wish.title, wish.kinds, wish.name)

    @Slot(object)
    def write(self, file: Path) -> None:
        """Write what was asked for last into a file; its ending says of which kind."""
        if self._wish is None:
            return
        write, self._file = self._wish.write, file
        self._notice.clear()
        self._progress.begin(self._wish.doing)
        self._job.run(
            lambda progress, cancelled: write(file, progress, cancelled), self._on_written, self._on_failed
        )

    def _on_job_progressed(self, advance: Advance) -> None:
        self._progress.show_progress(advance.done, advance.total)

    def _on_job_stopped(self) -> None:
        self._progress.end()
        self._notice.show_notice(_("Export stopped. No file was written."), icon="info")

    def _on_written(self, count: int) -> None:
        self._progress.end()
        sentence = self._wish.written(count, self._file.name) if self._wish else ""
        self._notice.show_notice(sentence, icon="check", link=_("Open folder"), tone="green")
        self.done.emit(self._wish)

    def _on_failed(self, error: Exception) -> None:
        self._progress.end()
        if not isinstance(error, DeskError):
            raise error
        self._notice.show_notice(explain(error), icon="warning", tone="red")

    def _on_notice_link_activated(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file.parent)))
