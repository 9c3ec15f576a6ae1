"""What to say of a file that cannot be kept as an agreement or as its template."""

from __future__ import annotations

from laverma_desk.i18n import _
from laverma_desk.services.agreements.agreement_file import FileProblem


def file_problem_sentence(problem: FileProblem) -> str:
    """Return why a chosen file was not taken."""
    return {
        FileProblem.UNREADABLE: _("The file cannot be read. Check its permissions."),
        FileProblem.NOT_PDF: _("The file is no PDF."),
        FileProblem.TOO_LARGE: _("The file is larger than 20 MB."),
    }[problem]
