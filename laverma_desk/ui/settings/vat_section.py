"""The rates of VAT, each from its day on; a service has the rate of its day, whenever it is billed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.vat import VatRate
from laverma_desk.i18n import _
from laverma_desk.services import checks
from laverma_desk.services.changes import Done
from laverma_desk.services.setup import house_billing
from laverma_desk.services.setup.house import House
from laverma_desk.ui.settings.entry_list import Entry
from laverma_desk.ui.settings.list_form import ROWS, ListForm, Row
from laverma_desk.ui.settings.list_section import ListSection
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.widgets.date_field import DateField
from laverma_desk.ui.widgets.text_field import TextField


class VatForm(ListForm):
    """First day and rate of each entry."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            parent, name=_("Rates of VAT"), add=_("New rate from a date on"), movable=False, visible_rows=5
        )
        self.today = self.later = dt.date.max
        begins = self.labeled("valid_from", _("Valid from"), DateField(self))
        rate = self.labeled("rate", _("VAT"), TextField(self, trailing="%", trailing_px=14))
        self.add_row((begins, 200), (rate, 136), (QWidget(self), 288), above=24)
        self.note = Prose("", self, px=13, tone="muted")
        self.column.addSpacing(16)
        self.column.addWidget(self.note)

    def entry_of(self, row: Row, place: int) -> Entry:
        """Show from when on, the rate, and which one counts today."""
        day = row["valid_from"]
        begun = [other["valid_from"] for other in self.rows()]
        latest = max((one for one in begun if isinstance(one, dt.date) and one <= self.today), default=None)
        counts = day == latest or (latest is None and place == 0)
        since = _("No day yet")
        if isinstance(day, dt.date):
            since = _("From %(date)s on") % {"date": text.date(day)}
        return Entry(since, _rate_words(row["rate"]), _("counts today") if counts else "")

    def blank(self) -> Row:
        """Return a rate without its figure, from the first day of next month on."""
        return {"valid_from": self.later, "rate": ""}

    def is_left_out(self, row: Row) -> bool:  # noqa: ARG002 (a rate that was added is meant)
        """Leave out none."""
        return False

    def removable(self) -> str | None:
        """Keep the last one: no service is without a rate."""
        return _("One rate has to stay.") if len(self.rows()) == 1 else None


class VatSection(ListSection):
    """The dated rates, the oldest first."""

    def __init__(self, form: VatForm, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__("vat", form, surroundings, parent)
        self._vat_form = form

    def stored(self, house_: House) -> dict[str, Any]:
        """Return the rates, and say it where none of them is charged."""
        today = local_day(self.surroundings.desk.clock.now())
        self._vat_form.today = today
        self._vat_form.later = (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        self._vat_form.note.setText(
            _("As a small business you show no VAT. These rates count once you no longer are one.")
            if house_.company.small_business
            else _("What is already invoiced keeps its rate.")
        )
        return {
            ROWS: [{"valid_from": one.valid_from, "rate": text.number(one.rate)} for one in house_.vat_rates]
        }

    def shown(self, name: str, value: Any) -> object:
        """Show a rate as it is usually written."""
        return text.number(value) if name == "rate" else value

    def checked(self, name: str, typed: Any) -> Any:
        """Check a field of the chosen rate."""
        if name == "rate":
            return checks.percent(typed, name)
        return typed if not isinstance(typed, str) else checks.day(typed, name)

    def together(self, values: dict[str, Any]) -> Any:
        """Refuse two rates that begin on the same day."""
        checks.each_once([row["valid_from"] for row in values[ROWS]], "valid_from")
        rates = (VatRate(row["valid_from"], row["rate"]) for row in values[ROWS])
        return sorted(rates, key=lambda one: one.valid_from)

    def write(self, prepared: list[VatRate]) -> Done[Any]:
        """Keep these rates and no other."""
        return house_billing.save_vat_rates(self.surroundings.desk, prepared)


def _rate_words(typed: object) -> str:
    try:
        return text.percent(checks.percent(str(typed), "rate"))
    except DeskError:
        return ""


def vat_section(surroundings: Surroundings, parent: QObject) -> Section:
    """Make the page for VAT."""
    return VatSection(VatForm(), surroundings, parent)
