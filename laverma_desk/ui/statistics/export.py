"""The export of the figures: what the filter shows, as a table, a workbook, a paper or a picture."""

from __future__ import annotations

from pathlib import Path

from laverma_desk.domain.statistics import StatisticsFilter
from laverma_desk.i18n import _
from laverma_desk.services.desk import Desk
from laverma_desk.services.jobs import Cancelled, Progress
from laverma_desk.services.statistics.files import Kind, suggested_name, write_statistics
from laverma_desk.ui.file_export import ExportWish


def export_wish(desk: Desk, wanted: StatisticsFilter, kind: Kind) -> ExportWish:
    """Return the export of the figures of a filter."""
    kinds: dict[Kind, str] = {
        "csv": _("CSV file (*.csv)"),
        "xlsx": _("Excel workbook (*.xlsx)"),
        "pdf": _("PDF file (*.pdf)"),
        "png": _("Picture (*.png)"),
    }

    def write(file: Path, progress: Progress, cancelled: Cancelled) -> int:
        write_statistics(desk, wanted, file, kind, progress=progress, cancelled=cancelled)
        return 1

    return ExportWish(
        title=_("Export the figures"),
        name=f"{suggested_name(wanted)}.{kind}",
        kinds=(kinds[kind],),
        doing=_("Figures are exported …"),
        write=write,
        written=_written,
    )


def _written(_count: int, file: str) -> str:
    return _("Saved as %(file)s.") % {"file": file}
