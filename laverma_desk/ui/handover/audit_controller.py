"""The export for a tax audit."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from laverma_desk import text
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.desk import Desk
from laverma_desk.services.jobs import Cancelled, Progress
from laverma_desk.services.tax_audit.exporting import GdpduResult, export_gdpdu
from laverma_desk.ui.handover.audit_card import AuditCard
from laverma_desk.ui.handover.export_run import ExportRun, FolderWish
from laverma_desk.ui.surroundings import Surroundings


class AuditController(QObject):
    """Connects the card with the service."""

    def __init__(self, surroundings: Surroundings, card: AuditCard, parent: QObject) -> None:
        """Be ready."""
        super().__init__(parent)
        self._desk, self._card = surroundings.desk, card
        self.exports = ExportRun(surroundings, card, card.foot, self)
        card.foot.export_wanted.connect(self.export)

    @Slot()
    def export(self) -> None:
        """Ask where the data shall lie."""
        first, last = self._card.period.days()
        self.exports.ask(
            FolderWish(
                title=_("Folder for the tax audit"),
                doing=_("Data for the tax audit are exported …"),
                write=partial(_write, self._desk, (first, last)),
                written=_written,
                folder=_folder,
            )
        )


def _write(
    desk: Desk, days: tuple[date, date], folder: Path, progress: Progress, cancelled: Cancelled
) -> GdpduResult:
    return export_gdpdu(desk, *days, folder, progress=progress, cancelled=cancelled)


def _written(result: GdpduResult) -> str:
    rows = sum(count for _file, count in result.rows)
    words = ngettext(
        "%(tables)s tables with %(n)s row written to %(folder)s.",
        "%(tables)s tables with %(n)s rows written to %(folder)s.",
        rows,
    )
    return words % {
        "tables": text.number(len(result.rows)),
        "n": text.number(rows),
        "folder": result.folder.name,
    }


def _folder(result: GdpduResult) -> Path:
    return result.folder
