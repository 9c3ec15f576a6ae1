"""Asks for a file, to be read or to be written; the only dialog there is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget


class FileChoice(QObject):
    """Emits `chosen(Path)`."""

    chosen = Signal(object)

    def __init__(self, window: QWidget, parent: QObject) -> None:
        """Be ready; nothing is asked yet."""
        super().__init__(parent)
        self._window = window
        self._dialog: QFileDialog | None = None

    @property
    def dialog(self) -> QFileDialog | None:
        """Return the chooser that is open."""
        return self._dialog

    def ask_to_read(self, title: str, kinds: Sequence[str]) -> None:
        """Ask for a file that is there."""
        self._open(title, kinds, "")

    def ask_to_write(self, title: str, kinds: Sequence[str], name: str) -> None:
        """Ask where a file shall lie; the ending follows the kind that is chosen."""
        self._open(title, kinds, name)

    def _open(self, title: str, kinds: Sequence[str], name: str) -> None:
        if self._dialog is not None:
            return
        places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = QDir(places[0]) if places else QDir.home()
        dialog = QFileDialog(self._window, title, folder.filePath(name) if name else folder.path())
        dialog.setNameFilters(list(kinds))
        if name:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.selectFile(name)
            dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
            dialog.filterSelected.connect(self._on_filter_selected)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.finished.connect(self._on_dialog_finished)
        self._dialog = dialog
        dialog.open()

    def _on_filter_selected(self, kind: str) -> None:
        ending = kind.rpartition("*.")[2].removesuffix(")")
        if self._dialog is not None:
            self._dialog.setDefaultSuffix(ending)
            current = self._dialog.selectedFiles()
            if current:
                self._dialog.selectFile(Path(current[0]).with_suffix(f".{ending}").name)

    def _on_file_selected(self, chosen: str) -> None:
        self.chosen.emit(Path(chosen))

    def _on_dialog_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
