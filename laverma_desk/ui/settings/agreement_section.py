"""The house's form of agreement at work: a PDF is stored as soon as it is chosen, words with the others."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from laverma_desk import text
from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.agreements import template
from laverma_desk.services.agreements.agreement_file import AgreementFile, FileProblem, read_agreement_file
from laverma_desk.services.agreements.stored_file import open_template
from laverma_desk.services.agreements.template import AgreementTemplate
from laverma_desk.services.changes import Done
from laverma_desk.services.setup.house import House
from laverma_desk.ui.file_choice import FileChoice
from laverma_desk.ui.file_problem import file_problem_sentence
from laverma_desk.ui.settings.agreement_form import AgreementForm
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.surroundings import Surroundings

_CHECKS = {"subject": template.check_subject, "body": template.check_body}


class AgreementSection(Section):
    """Template and mail."""

    tidies = False  # the caret and the blank before it are where the next placeholder will stand

    def __init__(self, form: AgreementForm, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__("agreement", form, surroundings, parent)
        self._row = form.template
        self._files = FileChoice(form, self)
        self._files.chosen.connect(self.take_file)
        self._row.choose_requested.connect(self._on_choose_requested)
        self._row.open_requested.connect(self._on_open_requested)

    def stored(self, house_: House) -> dict[str, Any]:  # noqa: ARG002 (kept beside the house's other values)
        """Return the words of the mail, and show the template."""
        kept = template.read_template(self.surroundings.desk)
        self._show(kept)
        return {"subject": kept.subject, "body": kept.body}

    def checked(self, name: str, typed: Any) -> Any:
        """Refuse placeholders that nobody fills in, and empty fields."""
        return _CHECKS[name](typed)

    def write(self, prepared: dict[str, Any]) -> Done[Any]:
        """Keep the words."""
        return template.save_wording(self.surroundings.desk, prepared["subject"], prepared["body"])

    def _show(self, kept: AgreementTemplate) -> None:
        name, size = (kept.file.name, text.file_size(kept.file.size)) if kept.file else ("", "")
        self._row.show_file(name, size)

    # --- the PDF

    @Slot()
    def _on_choose_requested(self) -> None:
        self._files.ask_to_read(_("DPA template as PDF"), (_("PDF files (*.pdf)"),), "")

    @Slot(object)
    def take_file(self, file: Path) -> None:
        """Read a chosen file beside the window's work and store it as the template."""
        self._row.show_error("")
        work = partial(read_agreement_file, file)
        self.surroundings.background.run(self, work, self._on_file_read, self._on_failed)

    def _on_file_read(self, answer: AgreementFile | FileProblem) -> None:
        if isinstance(answer, FileProblem):
            self._row.show_error(file_problem_sentence(answer))
            return
        work = partial(template.keep_template_file, self.surroundings.desk, answer)
        self.surroundings.background.run(self, work, self._on_kept, self._on_failed)

    def _on_kept(self, done: Done[AgreementTemplate]) -> None:
        self._show(self.surroundings.bus.publish(done))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._row.show_error(explain(error))

    @Slot()
    def _on_open_requested(self) -> None:
        self._row.show_error("")
        try:
            path = open_template(self.surroundings.desk)
        except DeskError as error:
            self._row.show_error(explain(error))
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._row.show_error(_("No program opened the file. It lies here: %(file)s") % {"file": path})


def agreement_section(surroundings: Surroundings, parent: QObject) -> Section:
    """Make the page for the house's form of agreement."""
    return AgreementSection(AgreementForm(), surroundings, parent)
