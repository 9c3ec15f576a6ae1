"""Why a session can be free, and whether the customer reads it on the invoice."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.i18n import _
from laverma_desk.services import checks
from laverma_desk.services.changes import Done
from laverma_desk.services.setup import house
from laverma_desk.services.setup.house import House
from laverma_desk.ui.settings.entry_list import Entry
from laverma_desk.ui.settings.list_form import ROWS, ListForm, Row
from laverma_desk.ui.settings.list_section import ListSection
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.segmented import Segment, SegmentedControl
from laverma_desk.ui.widgets.text_field import TextField

_INVOICE, _INTERNAL = "invoice", "internal"


class ReasonsForm(ListForm):
    """Name of each reason, and where it shows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, name=_("Reasons"), add=_("New reason"), visible_rows=7)
        self._where = {
            _INVOICE: _("on the invoice with %(amount)s") % {"amount": text.money(0)},
            _INTERNAL: _("stays internal"),
        }
        shows = SegmentedControl(
            [Segment(key, words) for key, words in self._where.items()],
            self,
            name=_("Where the reason shows"),
        )
        name = self.labeled("name", _("Reason"), TextField(self))
        self.add_row((name, 1), above=24)
        self.column.addSpacing(16)
        self.column.addWidget(Label(_("Where the reason shows"), self, px=13, weight=500, line=16))
        self.column.addSpacing(8)
        self.column.addWidget(shows)
        self.take("shows", shows)

    def entry_of(self, row: Row, place: int) -> Entry:  # noqa: ARG002 (reasons have no keys)
        """Show the reason, and where it shows."""
        return Entry(str(row["name"]).strip() or _("New reason"), self._where[str(row["shows"])])

    def blank(self) -> Row:
        """Return a reason without a name."""
        return {"number": None, "name": "", "shows": _INVOICE}

    def is_left_out(self, row: Row) -> bool:
        """Leave out a new reason without a name."""
        return row["number"] is None and not str(row["name"]).strip()


class ReasonsSection(ListSection):
    """The reasons in their order."""

    def stored(self, house_: House) -> dict[str, Any]:
        """Return the reasons that can be chosen."""
        rows = [
            {"number": one.id, "name": one.name, "shows": _INVOICE if one.on_invoice else _INTERNAL}
            for one in house_.free_reasons
        ]
        return {ROWS: rows}

    def checked(self, name: str, typed: Any) -> Any:
        """Want a name."""
        return checks.required(typed, name) if name == "name" else typed

    def together(self, values: dict[str, Any]) -> Any:
        """Refuse a name that stands twice."""
        checks.each_once([row["name"] for row in values[ROWS]], "name")
        return values

    def write(self, prepared: dict[str, Any]) -> Done[Any]:
        """Keep the reasons."""
        wanted = [(row["number"], row["name"], row["shows"] == _INVOICE) for row in prepared[ROWS]]
        return house.save_free_reasons(self.surroundings.desk, wanted)


def reasons_section(surroundings: Surroundings, parent: QObject) -> Section:
    """Make the page for reasons."""
    return ReasonsSection("reasons", ReasonsForm(), surroundings, parent)
