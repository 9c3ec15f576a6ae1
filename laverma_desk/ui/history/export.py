"""The export of the history: what the filter shows, as a table or a workbook."""

from __future__ import annotations

from typing import Literal

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.history import HistoryFilter
from laverma_desk.i18n import _
from laverma_desk.services import history
from laverma_desk.services.desk import Desk
from laverma_desk.ui.file_export import ExportWish
from laverma_desk.ui.history.words import count_words

Kind = Literal["csv", "xlsx"]


def export_wish(desk: Desk, wanted: HistoryFilter, kind: Kind) -> ExportWish:
    """Return the export of the sessions that a filter shows."""
    kinds = {"csv": _("CSV file (*.csv)"), "xlsx": _("Excel workbook (*.xlsx)")}
    return ExportWish(
        title=_("Export sessions"),
        name=f"{_('history')}-{local_day(desk.clock.now()):%Y-%m-%d}.{kind}",
        kinds=(kinds[kind],),
        doing=_("Sessions are exported …"),
        write=lambda file, progress, cancelled: history.export_history(
            desk, wanted, file, kind, progress, cancelled
        ),
        written=_written,
    )


def _written(count: int, file: str) -> str:
    words = {"file": file, "sessions": count_words(count)}
    return _("Exported to %(file)s: %(sessions)s.") % words
