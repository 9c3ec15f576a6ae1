"""The export of the customers: as a table or as an address book."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.desk import Desk
from laverma_desk.services.exporting.customers import export_customers
from laverma_desk.ui.file_export import ExportWish


def export_wish(desk: Desk, *, archived: bool) -> ExportWish:
    """Return the export of all customers, with the archived ones or without."""
    return ExportWish(
        title=_("Export customers"),
        name=f"{_('customers')}-{local_day(desk.clock.now()):%Y-%m-%d}.csv",
        kinds=(_("CSV file (*.csv)"), _("Address book (*.vcf)")),
        doing=_("Customers are exported …"),
        write=lambda file, progress, cancelled: export_customers(
            desk, file, archived=archived, progress=progress, cancelled=cancelled
        ),
        written=_written,
    )


def _written(count: int, file: str) -> str:
    sentence = ngettext(
        "%(count)s customer written to %(file)s", "%(count)s customers written to %(file)s", count
    )
    return sentence % {"count": text.number(count), "file": file}
