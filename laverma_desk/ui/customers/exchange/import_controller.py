"""The import at work: from the file to the customers, each step only after the one before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.rights import Right
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.changes import Done
from laverma_desk.services.importing.customer_source import CustomerSource
from laverma_desk.services.importing.customers import ExaminedCustomers, ImportedCustomers
from laverma_desk.services.importing.foreign import ForeignTable, MappedFile
from laverma_desk.services.importing.vcards import open_cards
from laverma_desk.services.problems import FileRefused
from laverma_desk.services.rights_words import missing
from laverma_desk.ui.customers.exchange.import_panel import ImportPanel
from laverma_desk.ui.customers.exchange.step_head import Step
from laverma_desk.ui.customers.exchange.words import headings_of
from laverma_desk.ui.customers.exchange.works import Examine, Import, Open, Opened
from laverma_desk.ui.file_choice import FileChoice
from laverma_desk.ui.long_job import Advance, LongJob
from laverma_desk.ui.surroundings import Surroundings


class ImportController(QObject):
    """Emits `closed` when the user is done or leaves."""

    closed = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Make the panel; no file is chosen yet."""
        super().__init__(parent)
        self._desk, self._bus = surroundings.desk, surroundings.bus
        self.panel = ImportPanel()
        self.files = FileChoice(self.panel, self)
        self._job = LongJob(surroundings.background, self)
        self._file = Path()
        self._table: ForeignTable | None = None
        self._source: CustomerSource | None = None
        self.panel.preview.go.forbid(missing(surroundings.rights, Right.CALLS))
        self._connect()

    def _connect(self) -> None:
        panel = self.panel
        panel.choosing.file_wanted.connect(self.ask)
        panel.mapping.back_requested.connect(self.ask)
        panel.mapping.accepted.connect(self._on_mapping_accepted)
        panel.preview.back_requested.connect(self._on_preview_back_requested)
        panel.preview.reload_requested.connect(self._on_reload_requested)
        panel.preview.accepted.connect(self._on_preview_accepted)
        panel.result.another_requested.connect(self.ask)
        panel.result.left.connect(self.closed)
        panel.progress.cancelled.connect(self._job.cancel)
        self.files.chosen.connect(self.take)
        self._job.progressed.connect(self._on_job_progressed)
        self._job.stopped.connect(self._on_job_stopped)

    @property
    def running(self) -> bool:
        """Return whether a file is being read or written."""
        return self._job.running

    def begin(self) -> None:
        """Start anew with the first step, unless an import runs."""
        if not self._job.running:
            self.panel.choosing.show_problem("")
            self.panel.show_step(self.panel.choosing)

    @Slot()
    def ask(self) -> None:
        """Ask for a file."""
        if not self._job.running:
            kinds = (_("Tables and address books (*.csv *.tsv *.txt *.vcf)"), _("All files (*)"))
            self.files.ask_to_read(_("Import customers"), kinds)

    @Slot(object)
    def take(self, file: Path) -> None:
        """Look at a file."""
        self._file = file
        self._run(_("The file is read …"), Open(self._desk, file), self._on_opened)

    def step_back(self) -> bool:
        """Go one step back; return whether there was one, or something long still runs."""
        if self._job.running:
            return True
        if self.panel.step() is self.panel.preview:
            self._on_preview_back_requested()
            return True
        if self.panel.step() is self.panel.mapping:
            self._show(self.panel.choosing)
            return True
        return False

    def step_on(self) -> None:
        """Do what the filled button of the step does."""
        if self._job.running:
            return
        panel = self.panel
        buttons: dict[QWidget, QPushButton] = {
            panel.choosing: panel.choosing.choose,
            panel.mapping: panel.mapping.preview,
            panel.preview: panel.preview.go,
        }
        button = buttons.get(panel.step(), panel.result.done)
        button.click()

    # --- steps

    def _show(self, step: Any) -> None:
        self.panel.show_step(step)
        step.take_focus()

    def _on_opened(self, opened: Opened) -> None:
        self._end()
        self._table, self._source = opened.table, opened.source
        self.panel.choosing.show_problem("")
        if opened.table is None:
            self._examine()
            return
        step = self.panel.mapping
        hint = (
            _("As you said it the last time for such a file.")
            if opened.remembered
            else _("Proposed from the headings and what stands below them. Change what is wrong.")
        )
        step.head.show_words(self._file.name, hint)
        step.show_headings(opened.table.headings, opened.mapping or {})
        self._show(step)

    @Slot()
    def _on_mapping_accepted(self) -> None:
        if self._table is not None:
            self._source = MappedFile(self._table, self.panel.mapping.mapping())
            self._examine()

    def _examine(self) -> None:
        if self._source is not None:
            self._run(_("The file is checked …"), Examine(self._desk, self._source), self._on_examined)

    def _on_examined(self, seen: ExaminedCustomers) -> None:
        self._end()
        source = self._source
        numbered = bool(source and source.numbered)
        self.panel.preview.show_examined(self._file.name, seen, self._headings(), numbered=numbered)
        self._show(self.panel.preview)

    def _headings(self) -> dict[str, str]:
        return headings_of(self._source.mapping) if isinstance(self._source, MappedFile) else {}

    @Slot()
    def _on_preview_back_requested(self) -> None:
        step: Step = self.panel.choosing if self._table is None else self.panel.mapping
        self._show(step)

    @Slot()
    def _on_reload_requested(self) -> None:
        if isinstance(self._source, MappedFile):
            self._run(_("The file is read …"), Open(self._desk, self._file), self._on_reopened)
        elif self._source is not None:
            self._source = open_cards(self._file)
            self._examine()

    def _on_reopened(self, opened: Opened) -> None:
        self._end()
        before = self._source
        self._table = opened.table
        if opened.table is not None and isinstance(before, MappedFile):
            keys = {one.key for one in opened.table.headings}
            kept = {key: target for key, target in before.mapping.items() if key in keys}
            self._source = MappedFile(opened.table, kept)
        self._examine()

    @Slot()
    def _on_preview_accepted(self) -> None:
        if self._source is not None:
            self._run(_("Customers are imported …"), Import(self._desk, self._source), self._on_imported)

    def _on_imported(self, result: Done[ImportedCustomers]) -> None:
        self._end()
        self.panel.result.show_result(self._file.name, result.value)
        self._show(self.panel.result)
        self._bus.publish(result)

    # --- what runs

    def _run(self, words: str, work: Any, on_success: Any) -> None:
        if self._job.running:
            return
        self.panel.set_busy(True)
        self.panel.progress.begin(words)
        self.panel.progress.setFocus(Qt.FocusReason.OtherFocusReason)
        self._job.run(work, on_success, self._on_failed)

    def _end(self) -> None:
        self.panel.progress.end()
        self.panel.set_busy(False)

    def _on_job_progressed(self, advance: Advance) -> None:
        self.panel.progress.show_progress(advance.done // 2, advance.total // 2)

    def _on_job_stopped(self) -> None:
        self._end()
        step = self.panel.step()
        if step is self.panel.choosing:
            self.panel.choosing.show_problem(_("Stopped. Nothing was imported."))
        self._show(step)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, FileRefused):
            self._examine()  # The desk or the file has changed since the preview.
        elif isinstance(error, DeskError):
            self.panel.choosing.show_problem(explain(error))
            self._show(self.panel.choosing)
        else:
            raise error
