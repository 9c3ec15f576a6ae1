"""The signed agreement's PDF: chosen in the system's dialog, read beside the window's work."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.services.agreements.agreement_file import AgreementFile, FileProblem, read_agreement_file
from laverma_desk.ui.background import Background
from laverma_desk.ui.file_choice import FileChoice
from laverma_desk.ui.file_problem import file_problem_sentence
from laverma_desk.ui.search.agreement_choice import AgreementChoice


class Attachment(QObject):
    """Holds the file that the agreement's row shows."""

    def __init__(
        self, background: Background, choice: AgreementChoice, window: QWidget, parent: QObject
    ) -> None:
        """Connect the row's links; dialogs belong to `window`."""
        super().__init__(parent)
        self._background, self._choice = background, choice
        self._files = FileChoice(window, self)
        self._file: AgreementFile | None = None
        self._reading = 0
        self._files.chosen.connect(self._on_file_chosen)
        choice.attach_requested.connect(self._on_attach_requested)
        choice.detach_requested.connect(self.forget)

    @property
    def file(self) -> AgreementFile | None:
        """Return the file that was read, if any."""
        return self._file

    @property
    def reading(self) -> bool:
        """Return whether a chosen file is still being read."""
        return self._reading > 0

    @Slot()
    def forget(self) -> None:
        """Take the file off the row."""
        self._file = None
        self._choice.show_file("")

    @Slot()
    def _on_attach_requested(self) -> None:
        self._files.ask_to_read(_("Attach DPA"), (_("PDF files (*.pdf)"),), "")

    @Slot(object)
    def _on_file_chosen(self, file: Path) -> None:
        self._reading += 1
        work = partial(read_agreement_file, file)
        self._background.run(self, work, self._on_file_read, self._on_file_failed)

    @Slot(object)
    def _on_file_read(self, answer: AgreementFile | FileProblem) -> None:
        self._reading -= 1
        if isinstance(answer, FileProblem):
            self._choice.show_error("", file_problem_sentence(answer))
            return
        self._file = answer
        self._choice.clear_error()
        self._choice.show_file(answer.name)

    @Slot(object)
    def _on_file_failed(self, error: Exception) -> None:
        self._reading -= 1
        raise error
