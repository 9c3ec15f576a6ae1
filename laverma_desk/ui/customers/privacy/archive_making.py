"""Access (Art. 15 GDPR) at work: one archive of what is stored, made beside everything else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from laverma_desk import text
from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.customers.customer_record import read_record
from laverma_desk.services.desk import Desk
from laverma_desk.services.jobs import Cancelled, Progress
from laverma_desk.services.privacy.export import export_contact, export_customer, suggested_name
from laverma_desk.ui.customers.privacy.access_card import AccessCard
from laverma_desk.ui.file_choice import FileChoice
from laverma_desk.ui.long_job import Advance, LongJob
from laverma_desk.ui.surroundings import Surroundings


@dataclass(frozen=True)
class _Export:
    """The work of an archive: plain data alone goes to the other thread."""

    desk: Desk
    customer_id: int
    contact_id: int
    file: Path

    def __call__(self, progress: Progress, cancelled: Cancelled) -> int:
        if self.contact_id:
            return export_contact(self.desk, self.contact_id, self.file, progress, cancelled)
        return export_customer(self.desk, self.customer_id, self.file, progress, cancelled)


class ArchiveMaking(QObject):
    """Asks where the archive shall lie, writes it, and says on its card what became of it."""

    def __init__(self, surroundings: Surroundings, card: AccessCard, parent: QObject) -> None:
        """Connect the card; `begin` says whose it is."""
        super().__init__(parent)
        self._desk, self._card = surroundings.desk, card
        self._job = LongJob(surroundings.background, self)
        self.files = FileChoice(card, self)
        self._customer_id = 0
        self._contact_id = 0
        self._file = Path()
        self.files.chosen.connect(self._on_file_chosen)
        card.export_requested.connect(self._on_export_requested)
        card.progress.cancelled.connect(self._job.cancel)
        self._job.progressed.connect(self._on_job_progressed)
        self._job.stopped.connect(self._on_job_stopped)

    def begin(self, customer_id: int) -> None:
        """Offer the archive of a customer."""
        self._customer_id = customer_id
        self._card.tell("")

    def _on_export_requested(self, contact_id: int) -> None:
        if self.files.dialog is not None or self._job.running:
            return
        self._contact_id = contact_id
        self._card.tell("")
        whom = self._card.whom
        name = whom.currentText() if contact_id else read_record(self._desk, self._customer_id).customer.name
        kinds = (_("ZIP archive (*.zip)"),)
        self.files.ask_to_write(_("Save access file"), kinds, suggested_name(self._desk, name))

    def _on_file_chosen(self, file: Path) -> None:
        self._file = file
        self._card.set_busy(True)
        self._card.progress.begin(_("Access file is written …"))
        work = _Export(self._desk, self._customer_id, self._contact_id, self._file)
        self._job.run(work, self._on_exported, self._on_export_failed)

    def _on_job_progressed(self, advance: Advance) -> None:
        self._card.progress.show_progress(advance.done, advance.total)

    def _on_job_stopped(self) -> None:
        self._end_export(_("Stopped. No file was written."), failed=True)

    def _on_exported(self, count: int) -> None:
        words = ngettext(
            "Saved as %(file)s, with %(n)s file.", "Saved as %(file)s, with %(n)s files.", count
        ) % {"file": self._file.name, "n": text.number(count)}
        self._end_export(words, failed=False)

    def _on_export_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            self._end_export("", failed=True)
            raise error
        self._end_export(explain(error), failed=True)

    def _end_export(self, sentence: str, *, failed: bool) -> None:
        self._card.progress.end()
        self._card.set_busy(False)
        self._card.tell(sentence, failed=failed)
