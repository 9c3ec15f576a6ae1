"""Gives an issued invoice out as a file under a name that stays the same: its PDF, or the XML."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from laverma_desk.documents.invoice_file_name import invoice_file_name
from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services import copies
from laverma_desk.ui.invoices.papers import Paper


class ExportController(QObject):
    """Asks for a file and writes the stored bytes into it. Emits `told(sentence, went_well)`."""

    told = Signal(str, bool)

    def __init__(self, window: QWidget, parent: QObject) -> None:
        """Open dialogs above `window`."""
        super().__init__(parent)
        self._window = window
        self._dialog: QFileDialog | None = None
        self._paper: Paper | None = None
        self._folder = Path()

    def ask(self, paper: Paper, *, xml_first: bool) -> None:
        """Ask where a document shall lie; `xml_first` is for one whose PDF is only a picture of it."""
        if self._dialog is not None:
            return
        self._paper = paper
        kinds = [(".pdf", _("PDF file (*.pdf)"))]
        if paper.xml is not None:
            kinds.insert(0 if xml_first else 1, (".xml", _("E-invoice as XML (*.xml)")))
        places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = QDir(places[0]) if places else QDir.home()
        name = invoice_file_name(paper.name, kinds[0][0])
        filters = ";;".join(words for _ending, words in kinds)
        dialog = QFileDialog(self._window, _("Export e-invoice"), folder.filePath(name), filters)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kinds[0][0][1:])
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.filterSelected.connect(self._on_filter_selected)
        dialog.finished.connect(self._on_dialog_finished)
        self._dialog = dialog
        dialog.open()

    def open_folder(self) -> None:
        """Show the folder of what was exported last."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _on_filter_selected(self, chosen: str) -> None:
        if self._dialog is None or self._paper is None:
            return
        ending = ".xml" if "*.xml" in chosen else ".pdf"
        self._dialog.setDefaultSuffix(ending[1:])
        self._dialog.selectFile(invoice_file_name(self._paper.name, ending))

    def _on_file_selected(self, chosen: str) -> None:
        if self._paper is None:
            return
        path = Path(chosen)
        as_xml = path.suffix.lower() == ".xml" and self._paper.xml is not None
        content = self._paper.xml if as_xml and self._paper.xml is not None else self._paper.pdf
        if not as_xml and path.suffix.lower() != ".pdf":
            path = path.with_name(f"{path.name}.pdf")
        try:
            path = copies.save_copy(path, content)
        except DeskError as error:
            self.told.emit(explain(error), False)
            return
        self._folder = path.parent
        self.told.emit(_("Saved as %(file)s.") % {"file": path.name}, True)

    def _on_dialog_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
