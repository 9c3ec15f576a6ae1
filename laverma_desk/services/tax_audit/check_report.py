"""The result of a check as a file: a text, or a paper."""

from __future__ import annotations

from pathlib import Path

from laverma_desk import i18n
from laverma_desk.i18n import _
from laverma_desk.services.desk import Desk
from laverma_desk.services.files import save_file
from laverma_desk.services.setup.house import read_house
from laverma_desk.services.tax_audit import check_words
from laverma_desk.services.tax_audit.checking import CheckResult


def write_report(desk: Desk, result: CheckResult, file: Path) -> None:
    """Write a result in the language of the window, a PDF where the name ends so, else a text (UTF-8).

    Raises RuleBroken FILE_IS_THE_DESK, OutsideTrouble FILE_UNWRITABLE, DISK_FULL.
    """
    if file.suffix.lower() == ".pdf":
        save_file(desk, file, _paper(desk, result))
    else:
        save_file(desk, file, report_text(desk, result).encode())


def report_text(desk: Desk, result: CheckResult) -> str:
    """Return a result as a text to be pasted somewhere."""
    return check_words.report(result, read_house(desk).company.name)


def _paper(desk: Desk, result: CheckResult) -> bytes:
    from laverma_desk.documents.check_pdf import CheckPaper, render_check  # noqa: PLC0415 (fpdf2 is slow)

    more = result.count - len(result.findings)
    return render_check(
        CheckPaper(
            company=read_house(desk).company,
            language=i18n.current(),
            made_at=result.at,
            title=_("Check of the chain of documents"),
            checked=check_words.checked(result),
            verdict=check_words.verdict(result),
            findings=[(check_words.sentence(one), check_words.remedy(one)) for one in result.findings],
            more=check_words.more_line(more) if more else "",
        )
    )
