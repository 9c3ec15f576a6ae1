"""Carries out what data protection asks for: the archive beside everything else, the erasure in place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.changes import Topic
from laverma_desk.services.customers.customer_record import CustomerRecord, read_record
from laverma_desk.services.desk import Desk
from laverma_desk.services.jobs import Cancelled, Progress
from laverma_desk.services.privacy.erasure import erase, erase_due, preview_erasure, restricted
from laverma_desk.services.privacy.export import export_contact, export_customer, suggested_name
from laverma_desk.ui import reading_order
from laverma_desk.ui.customers.privacy.panel import PrivacyPanel
from laverma_desk.ui.customers.privacy.words import going_lines, kept_lines, locked_sentence, row_words
from laverma_desk.ui.file_choice import FileChoice
from laverma_desk.ui.long_job import Advance, LongJob
from laverma_desk.ui.page import KeyMap
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


class PrivacyController(QObject):
    """Shows one customer's place. Emits `closed` when somebody wants to go back."""

    closed = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Build the panel, empty."""
        super().__init__(parent)
        self._surroundings, self._desk = surroundings, surroundings.desk
        self._panel = PrivacyPanel()
        self._job = LongJob(surroundings.background, self)
        self.files = FileChoice(self._panel, self)
        self._customer_id = 0
        self._contact_id = 0
        self._file = Path()
        panel = self._panel
        self.files.chosen.connect(self._on_file_chosen)
        panel.access.export_requested.connect(self._on_export_requested)
        panel.access.progress.cancelled.connect(self._job.cancel)
        panel.erasure.erase_requested.connect(self._on_erase_requested)
        panel.locked.opened.connect(self.begin)
        panel.locked.due_requested.connect(self._on_due_requested)
        self._job.progressed.connect(self._on_job_progressed)
        self._job.stopped.connect(self._on_job_stopped)
        surroundings.bus.changed.connect(self._on_bus_changed)

    @property
    def panel(self) -> QWidget:
        """Return the panel."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return what keys do while this place is in front."""
        return {"Escape": self.closed.emit}

    @Slot(int)
    def begin(self, customer_id: int) -> None:
        """Show the place of a customer, locked ones too."""
        self._customer_id = customer_id
        self._panel.access.tell("")
        self._panel.erasure.clear()
        self._show()
        self._panel.verticalScrollBar().setValue(0)
        self._panel.access.whom.setFocus()

    def begin_locked(self) -> None:
        """Show who is locked, of whomever a record may be in front."""
        self._customer_id = 0
        self._show()
        reading_order.enter(self._panel.locked)

    # --- what is shown

    def _show(self) -> None:
        for card in (self._panel.access, self._panel.erasure):
            card.setVisible(bool(self._customer_id))
        self._show_locked()
        if not self._customer_id:
            self._panel.show_title(_("Data protection"), "")
            return
        record = read_record(self._desk, self._customer_id)
        one = record.customer
        self._panel.show_title(_("Data protection"), f"{one.number} {one.name}")
        self._show_people(record)
        self._show_erasure()

    def _show_people(self, record: CustomerRecord) -> None:
        people = [(one.id, one.name) for one in record.contacts]
        self._panel.access.show_people(_("The whole practice"), people)

    def _show_erasure(self) -> None:
        try:
            preview = preview_erasure(self._desk, self._customer_id)
        except DeskError as error:
            self._panel.erasure.show_blocked(explain(error))
            return
        locked = preview.customer.restricted_at is not None
        if preview.customer.erased_at is not None:
            sentence = _("Erased. Only the customer number is left, so that it is not given again.")
        else:
            sentence = locked_sentence(preview) if locked else _("This is what would happen today.")
        self._panel.erasure.show_preview(
            sentence, going_lines(preview), kept_lines(preview), can_erase=not locked
        )

    def _show_locked(self) -> None:
        found = restricted(self._desk)
        self._panel.locked.setVisible(bool(found) or not self._customer_id)
        lines = [(one.customer.id, *row_words(one)) for one in found]
        self._panel.locked.show_customers(lines, due=sum(one.anything_goes for one in found))

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if self._panel.isVisible() and topics - {Topic.HOUSE}:
            self._show()

    # --- the archive

    def _on_export_requested(self, contact_id: int) -> None:
        if self.files.dialog is not None or self._job.running:
            return
        self._contact_id = contact_id
        self._panel.access.tell("")
        whom = self._panel.access.whom
        name = whom.currentText() if contact_id else read_record(self._desk, self._customer_id).customer.name
        kinds = (_("ZIP archive (*.zip)"),)
        self.files.ask_to_write(_("Save access file"), kinds, suggested_name(self._desk, name))

    def _on_file_chosen(self, file: Path) -> None:
        self._file = file
        self._panel.access.set_busy(True)
        self._panel.access.progress.begin(_("Access file is written …"))
        work = _Export(self._desk, self._customer_id, self._contact_id, self._file)
        self._job.run(work, self._on_exported, self._on_export_failed)

    def _on_job_progressed(self, advance: Advance) -> None:
        self._panel.access.progress.show_progress(advance.done, advance.total)

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
        self._panel.access.progress.end()
        self._panel.access.set_busy(False)
        self._panel.access.tell(sentence, failed=failed)

    # --- the erasure

    def _on_erase_requested(self, number: str, reason: str) -> None:
        card = self._panel.erasure
        try:
            done = erase(self._desk, self._customer_id, number, reason)
        except DeskError as error:
            if error.field in ("number", "reason"):
                card.show_error(error.field, explain(error))
            else:
                card.tell(explain(error))
            return
        card.clear()
        self._surroundings.bus.publish(done)
        self._show()
        self._panel.access.whom.setFocus()

    def _on_due_requested(self) -> None:
        try:
            done = erase_due(self._desk)
        except DeskError as error:
            self._panel.locked.tell(explain(error))
            return
        self._surroundings.bus.publish(done)
        self._show()
        reading_order.enter(self._panel.locked) or reading_order.enter(self._panel.window())
