"""The export at work: all customers into a file of somebody's choice, beside everything else."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _, ngettext
from laverma_desk.ui.customers.exchange.export_bar import ExportBar
from laverma_desk.ui.customers.exchange.file_choice import FileChoice
from laverma_desk.ui.customers.exchange.works import Export
from laverma_desk.ui.long_job import Advance, LongJob
from laverma_desk.ui.surroundings import Surroundings


class ExportController(QObject):
    """Asks for a file, writes it, and says on its bar how far it is and where it lies."""

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Be ready; the bar stays hidden until there is something to say."""
        super().__init__(parent)
        self._desk = surroundings.desk
        self.bar = ExportBar()
        self.files = FileChoice(self.bar, self)
        self._job = LongJob(surroundings.background, self)
        self._file = Path()
        self._archived = False
        self.files.chosen.connect(self.write)
        self.bar.progress.cancelled.connect(self._job.cancel)
        self.bar.notice.link_activated.connect(self._on_notice_link_activated)
        self._job.progressed.connect(self._on_job_progressed)
        self._job.stopped.connect(self._on_job_stopped)

    @property
    def running(self) -> bool:
        """Return whether a file is being written."""
        return self._job.running

    def ask(self, *, archived: bool) -> None:
        """Ask where the file shall lie, with the archived customers or without; one export runs at a time."""
        if not self._job.running:
            self._archived = archived
            day = local_day(self._desk.clock.now())
            kinds = (_("CSV file (*.csv)"), _("Address book (*.vcf)"))
            self.files.ask_to_write(_("Export customers"), kinds, f"{_('customers')}-{day:%Y-%m-%d}.csv")

    @Slot(object)
    def write(self, file: Path) -> None:
        """Write all customers into a file; its ending says of which kind."""
        self._file = file
        self.bar.notice.clear()
        self.bar.progress.begin(_("Customers are exported …"))
        self._job.run(Export(self._desk, file, self._archived), self._on_exported, self._on_failed)

    def _on_job_progressed(self, advance: Advance) -> None:
        self.bar.progress.show_progress(advance.done, advance.total)

    def _on_job_stopped(self) -> None:
        self.bar.progress.end()
        self.bar.notice.show_notice(_("Export stopped. No file was written."), icon="info")

    def _on_exported(self, count: int) -> None:
        self.bar.progress.end()
        words = {"count": text.number(count), "file": self._file.name}
        sentence = ngettext(
            "%(count)s customer written to %(file)s", "%(count)s customers written to %(file)s", count
        )
        self.bar.notice.show_notice(sentence % words, icon="check", link=_("Open folder"), tone="green")

    def _on_failed(self, error: Exception) -> None:
        self.bar.progress.end()
        if not isinstance(error, DeskError):
            raise error
        self.bar.notice.show_notice(explain(error), icon="warning", tone="red")

    def _on_notice_link_activated(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file.parent)))
