"""Print the paper, keep a copy of it, or open it in the program that the system has for PDF files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services import files
from laverma_desk.ui.file_choice import FileChoice
from laverma_desk.ui.report.print_job import PrintJob, a4_printer
from laverma_desk.ui.surroundings import Surroundings


class PaperActions(QObject):
    """Works on the paper that was shown last. Emits `told(sentence, went_well)`."""

    told = Signal(str, bool)

    def __init__(self, surroundings: Surroundings, window: QWidget, parent: QObject) -> None:
        """Have no paper yet; dialogs open above `window`."""
        super().__init__(parent)
        self._desk = surroundings.desk
        self._window = window
        self._name, self._pdf = "", b""
        self._printer: QPrinter | None = None
        self._files = FileChoice(window, self)
        self._files.chosen.connect(self._on_file_chosen)

    def set_paper(self, name: str, pdf: bytes) -> None:
        """Work on this paper from now on."""
        self._name, self._pdf = name, pdf

    def open_copy(self) -> None:
        """Show the paper in the system's own program; where there is none, say where it lies."""
        if not self._pdf:
            return
        try:
            path = files.copy_to_look_at(self._desk, self._name, self._pdf)
        except DeskError as error:
            self.told.emit(explain(error), False)
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.told.emit(_("No program opened the file. It lies here: %(file)s") % {"file": path}, False)

    def save(self) -> None:
        """Ask where a copy shall lie."""
        if self._pdf:
            self._files.ask_to_write(_("Save a copy"), ("PDF (*.pdf)",), self._name)

    def print(self) -> None:
        """Ask for a printer."""
        if not self._pdf or self._printer is not None:
            return
        self._printer = a4_printer(self._name)
        dialog = QPrintDialog(self._printer, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.accepted.connect(self._on_printer_chosen)
        dialog.rejected.connect(self._on_print_rejected)
        QDialog.open(dialog)

    def _on_file_chosen(self, file: Path) -> None:
        try:
            path = files.save_file(self._desk, file, self._pdf)
        except DeskError as error:
            self.told.emit(explain(error), False)
        else:
            self.told.emit(_("Saved as %(file)s.") % {"file": path.name}, True)

    def _on_printer_chosen(self) -> None:
        if self._printer is None:
            return
        job = PrintJob(self._pdf, self._printer, self)
        job.finished.connect(self._on_job_finished)
        job.finished.connect(job.deleteLater)
        job.start()

    def _on_print_rejected(self) -> None:
        self._printer = None

    def _on_job_finished(self, done: bool) -> None:
        self._printer = None
        if not done:
            self.told.emit(_("The printer did not take the paper. Check it and print again."), False)
