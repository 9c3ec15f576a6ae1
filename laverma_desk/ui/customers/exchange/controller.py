"""Import and export of customers, for the page of the customers to hang up."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from laverma_desk.ui.customers.exchange.export import export_wish
from laverma_desk.ui.customers.exchange.export_bar import ExportBar
from laverma_desk.ui.customers.exchange.import_controller import ImportController
from laverma_desk.ui.customers.exchange.import_panel import ImportPanel
from laverma_desk.ui.file_export import FileExport
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.surroundings import Surroundings


class ExchangeController(QObject):
    """`import_panel` takes the page's place; `export_bar` stands above the page.

    Emits `closed` when the import panel may go. The panels belong to whoever puts them into a layout.
    """

    closed = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Make the bar; the panel is made when it is first asked for."""
        super().__init__(parent)
        self._surroundings = surroundings
        self._importing: ImportController | None = None
        self.export_bar = bar = ExportBar()
        self.exporting = FileExport(surroundings, bar, bar.progress, bar.notice, self)

    @property
    def importing(self) -> ImportController:
        """Return the import at work."""
        if self._importing is None:
            self._importing = ImportController(self._surroundings, self)
            self._importing.closed.connect(self.closed)
        return self._importing

    @property
    def import_panel(self) -> ImportPanel:
        """Return the panel of the import."""
        return self.importing.panel

    def keys(self) -> KeyMap:
        """Return what keys do while the import panel is in front."""
        return {"Ctrl+Return": self.importing.step_on, "Escape": self._on_escape}

    def areas(self) -> list[QWidget]:
        """Return what F6 steps through."""
        return [self.import_panel]

    @Slot()
    def begin_import(self) -> None:
        """Start with the choice of a file, unless an import runs: that goes on."""
        self.importing.begin()

    @Slot()
    def begin_export(self) -> None:
        """Ask for a file and write all customers into it that are not archived."""
        self.exporting.ask(export_wish(self._surroundings.desk, archived=False))

    @Slot()
    def begin_full_export(self) -> None:
        """Ask for a file and write all customers into it, archived ones too."""
        self.exporting.ask(export_wish(self._surroundings.desk, archived=True))

    def _on_escape(self) -> None:
        if not self.importing.step_back():
            self.closed.emit()
