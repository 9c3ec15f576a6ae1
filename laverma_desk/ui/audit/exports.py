"""The files of the page: the result of a check, the changes, and the draft of the procedures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from laverma_desk import text
from laverma_desk.domain.change_log import ChangeFilter
from laverma_desk.domain.clock import local_day
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.desk import Desk
from laverma_desk.services.files import save_file
from laverma_desk.services.jobs import Cancelled, Progress, go_on_unless
from laverma_desk.services.tax_audit.changes import export_changes
from laverma_desk.services.tax_audit.check_report import write_report
from laverma_desk.services.tax_audit.checking import CheckResult
from laverma_desk.services.tax_audit.procedures import procedures_pdf
from laverma_desk.ui.file_export import ExportWish


def result_wish(desk: Desk, result: CheckResult) -> ExportWish:
    """Return the export of a result, as a paper or a text."""

    def write(file: Path, _progress: Progress, _cancelled: Cancelled) -> int:
        write_report(desk, result, file)
        return 1

    return ExportWish(
        title=_("Save the result"),
        name=f"{_('check')}-{local_day(result.at):%Y-%m-%d}.pdf",
        kinds=(_("PDF file (*.pdf)"), _("Text file (*.txt)")),
        doing=_("The result is saved …"),
        write=write,
        written=_saved,
    )


def changes_wish(desk: Desk, wanted: ChangeFilter) -> ExportWish:
    """Return the export of the changes that a filter shows."""
    return ExportWish(
        title=_("Export the changes"),
        name=f"{_('changes')}-{local_day(desk.clock.now()):%Y-%m-%d}.csv",
        kinds=(_("CSV file (*.csv)"),),
        doing=_("Changes are exported …"),
        write=lambda file, progress, cancelled: export_changes(desk, wanted, file, progress, cancelled),
        written=_exported,
    )


def draft_wish(desk: Desk, keep: Callable[[bytes], None]) -> ExportWish:
    """Return the making of a draft; `keep` is given its bytes, off the window's thread, once it is saved."""

    def write(file: Path, _progress: Progress, cancelled: Cancelled) -> int:
        pdf = procedures_pdf(desk)
        go_on_unless(cancelled)
        save_file(desk, file, pdf)
        keep(pdf)
        return 1

    return ExportWish(
        title=_("Save the draft"),
        name=f"{_('Description of procedures')}-{local_day(desk.clock.now()):%Y-%m-%d}.pdf",
        kinds=(_("PDF file (*.pdf)"),),
        doing=_("The draft is made …"),
        write=write,
        written=_saved,
    )


def count_words(count: int) -> str:
    """Return how many changes these are."""
    return ngettext("%(n)s change", "%(n)s changes", count) % {"n": text.number(count)}


def _exported(count: int, file: str) -> str:
    return _("Exported to %(file)s: %(changes)s.") % {"file": file, "changes": count_words(count)}


def _saved(_count: int, file: str) -> str:
    return _("Saved as %(file)s.") % {"file": file}
