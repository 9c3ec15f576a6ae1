"""Writes what the filter shows into a file of somebody's choice, beside everything else."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QDir, QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.history import HistoryFilter
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services import history
from laverma_desk.services.desk import Desk
from laverma_desk.services.jobs import Cancelled, Progress
from laverma_desk.ui.history.panel import HistoryPanel
from laverma_desk.ui.history.words import count_words
from laverma_desk.ui.long_job import Advance, LongJob
from laverma_desk.ui.surroundings import Surroundings

Kind = Literal["csv", "xlsx"]


class ExportController(QObject):
    """Asks for a file, exports into it, and says where it lies."""

    def __init__(self, surroundings: Surroundings, panel: HistoryPanel, parent: QObject) -> None:
        """Be ready."""
        super().__init__(parent)
        self._desk, self._panel = surroundings.desk, panel
        self._job = LongJob(surroundings.background, self)
        self._dialog: QFileDialog | None = None
        self._wanted = HistoryFilter(None, None)
        self._kind: Kind = "csv"
        self._file = Path()
        self._job.progressed.connect(self._on_job_progressed)
        self._job.stopped.connect(self._on_job_stopped)
        panel.progress.cancelled.connect(self._job.cancel)
        panel.notice.link_activated.connect(self._on_notice_link_activated)

    @property
    def dialog(self) -> QFileDialog | None:
        """Return the chooser that is open."""
        return self._dialog

    def ask(self, kind: Kind, wanted: HistoryFilter) -> None:
        """Ask where the file shall lie; one export runs at a time."""
        if self._dialog is not None or self._job.running:
            return
        self._kind, self._wanted = kind, wanted
        places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = QDir(places[0]) if places else QDir.home()
        day = local_day(self._desk.clock.now())
        name = f"{_('history')}-{day:%Y-%m-%d}.{kind}"
        kinds = {"csv": _("CSV file (*.csv)"), "xlsx": _("Excel workbook (*.xlsx)")}
        dialog = QFileDialog(self._panel, _("Export sessions"), folder.filePath(name), kinds[kind])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.finished.connect(self._on_dialog_finished)
        self._dialog = dialog
        dialog.open()

    def _on_dialog_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    def _on_file_selected(self, chosen: str) -> None:
        self._file = Path(chosen)
        self._panel.notice.clear()
        self._panel.progress.begin(_("Sessions are exported …"))
        work = _Export(self._desk, self._wanted, self._file, self._kind)
        self._job.run(work, self._on_exported, self._on_failed)

    def _on_job_progressed(self, advance: Advance) -> None:
        self._panel.progress.show_progress(advance.done, advance.total)

    def _on_job_stopped(self) -> None:
        self._panel.progress.end()
        self._panel.notice.show_notice(_("Export stopped. No file was written."), icon="info")

    def _on_exported(self, count: int) -> None:
        self._panel.progress.end()
        words = {"file": self._file.name, "sessions": count_words(count)}
        sentence = _("Exported to %(file)s: %(sessions)s.") % words
        self._panel.notice.show_notice(sentence, icon="check", link=_("Open folder"), tone="green")

    def _on_failed(self, error: Exception) -> None:
        self._panel.progress.end()
        if not isinstance(error, DeskError):
            raise error
        self._panel.notice.show_notice(explain(error), icon="warning", tone="red")

    def _on_notice_link_activated(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file.parent)))


class _Export:
    """One export as work for the background: plain data, no widget."""

    def __init__(self, desk: Desk, wanted: HistoryFilter, file: Path, kind: Kind) -> None:
        self._desk, self._wanted, self._file, self._kind = desk, wanted, file, kind

    def __call__(self, progress: Progress, cancelled: Cancelled) -> int:
        return history.export_history(self._desk, self._wanted, self._file, self._kind, progress, cancelled)
