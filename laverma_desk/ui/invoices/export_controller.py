"""Gives an issued invoice out as a file under a name that stays the same: its PDF, or the XML."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.file_names import invoice_file_name
from laverma_desk.i18n import _
from laverma_desk.services import files
from laverma_desk.services.desk import Desk
from laverma_desk.ui.file_choice import FileChoice
from laverma_desk.ui.invoices.papers import Paper


class ExportController(QObject):
    """Asks for a file and writes the stored bytes into it. Emits `told(sentence, went_well)`."""

    told = Signal(str, bool)

    def __init__(self, desk: Desk, window: QWidget, parent: QObject) -> None:
        """Open dialogs above `window`."""
        super().__init__(parent)
        self._desk = desk
        self._files = FileChoice(window, self)
        self._files.chosen.connect(self._on_file_chosen)
        self._paper: Paper | None = None
        self._folder = Path()

    def ask(self, paper: Paper, *, xml_first: bool) -> None:
        """Ask where a document shall lie; `xml_first` is for one whose PDF is only a picture of it."""
        if self._files.dialog is not None:
            return
        self._paper = paper
        kinds = [(".pdf", _("PDF file (*.pdf)"))]
        if paper.xml is not None:
            kinds.insert(0 if xml_first else 1, (".xml", _("E-invoice as XML (*.xml)")))
        name = invoice_file_name(paper.name, kinds[0][0])
        title = _("Save PDF") if paper.xml is None else _("Export e-invoice")
        self._files.ask_to_write(title, [words for _ending, words in kinds], name)

    def open_folder(self) -> None:
        """Show the folder of what was exported last."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _on_file_chosen(self, path: Path) -> None:
        if self._paper is None:
            return
        as_xml = path.suffix.lower() == ".xml" and self._paper.xml is not None
        content = self._paper.xml if as_xml and self._paper.xml is not None else self._paper.pdf
        if not as_xml and path.suffix.lower() != ".pdf":
            path = path.with_name(f"{path.name}.pdf")
        try:
            path = files.save_file(self._desk, path, content)
        except DeskError as error:
            self.told.emit(explain(error), False)
            return
        self._folder = path.parent
        self.told.emit(_("Saved as %(file)s.") % {"file": path.name}, True)
