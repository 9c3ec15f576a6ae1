"""Asks for a file or a folder, to be read or to be written; the system's only dialog beside the printer's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget


class FileChoice(QObject):
    """Emits `chosen(Path)`. One dialog is open at a time; to ask again meanwhile does nothing."""

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

    def ask_to_read(self, title: str, kinds: Sequence[str], folder: str | None = None) -> None:
        """Ask for a file that is there, in a folder: None the documents, "" where somebody chose last."""
        if self._dialog is None:
            dialog = self._new_dialog(title, _documents().path() if folder is None else folder)
            dialog.setNameFilters(list(kinds))
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.open()

    def ask_to_write(self, title: str, kinds: Sequence[str], name: str) -> None:
        """Ask where a file shall lie; the ending follows the kind that is chosen."""
        if self._dialog is None:
            dialog = self._new_dialog(title, _documents().filePath(name))
            dialog.setNameFilters(list(kinds))
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.selectFile(name)
            dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
            dialog.filterSelected.connect(self._on_filter_selected)
            dialog.open()

    def ask_for_folder(self, title: str, folder: str | None = None) -> None:
        """Ask for a folder that is there, beginning in one: None the documents."""
        if self._dialog is None:
            dialog = self._new_dialog(title, _documents().path() if folder is None else folder)
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
            dialog.open()

    def _new_dialog(self, title: str, place: str) -> QFileDialog:
        self._dialog = QFileDialog(self._window, title, place)
        self._dialog.fileSelected.connect(self._on_file_selected)
        self._dialog.finished.connect(self._on_dialog_finished)
        return self._dialog

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


def _documents() -> QDir:
    """Return the documents, or the home where there is no such folder; never where the program was begun."""
    places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
    return next((QDir(place) for place in places if QDir(place).exists()), QDir.home())
