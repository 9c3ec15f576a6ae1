"""The tariffs of the house, each from its day on, with everything that belongs to one."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.tariff import FIRST_DAY, Rounding
from laverma_desk.i18n import _
from laverma_desk.ui.settings.entry_list import Entry
from laverma_desk.ui.settings.form import WIDEST
from laverma_desk.ui.settings.list_form import ListForm, Row
from laverma_desk.ui.settings.rounding_choice import RoundingChoice
from laverma_desk.ui.settings.tariff_fields import PriceRow, RuleNote
from laverma_desk.ui.widgets.date_field import DateField
from laverma_desk.ui.widgets.text_field import TextField


class TariffForm(ListForm):
    """The dated tariffs, the chosen one below. What follows from its price is shown by who counts it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            parent, name=_("Tariffs"), add=_("New tariff from a date on"), movable=False, visible_rows=4
        )
        self.setMaximumWidth(WIDEST)
        self.today = dt.date.max
        self._next: Row = {}
        begins = self.labeled("valid_from", _("Valid from"), DateField(self))
        begins.setFixedWidth(200)
        self.column.addSpacing(24)
        self.column.addWidget(begins)
        self.add_error_line("valid_from")
        self.column.addSpacing(16)
        self.prices = PriceRow(self)
        self.column.addWidget(self.prices)
        self.add_error_line("price")
        self.column.addSpacing(24)
        self.rounding = RoundingChoice(self)
        self.take("rounding", self.rounding)
        self.column.addWidget(self.rounding)
        minimum = self.labeled(
            "minimum_seconds",
            _("At least, in seconds"),
            TextField(self),
            _("A shorter session counts as long as this."),
        )
        free = self.labeled(
            "free_seconds",
            _("Free at the beginning, in seconds"),
            TextField(self),
            _("They cost nothing in any session."),
        )
        self.add_row((minimum, 1), (free, 1), above=24)
        self.rule = RuleNote(self)
        self.column.addSpacing(24)
        self.column.addWidget(self.rule)

    def entry_of(self, row: Row, place: int) -> Entry:
        """Show from when on, what a minute costs, and which tariff counts today."""
        day = row["valid_from"]
        begun = [other["valid_from"] for other in self.rows()]
        latest = max((one for one in begun if isinstance(one, dt.date) and one <= self.today), default=None)
        counts = day == latest or (latest is None and place == 0)
        price = _("%(price)s per minute") % {"price": f"{row['price']}{text.NBSP}€"}
        return Entry(_since(day), price, _("counts today") if counts else "")

    def offer(self, row: Row) -> None:
        """Let a new tariff begin with these values."""
        self._next = row

    def blank(self) -> Row:
        """Return a new tariff: that of today, from a later day on."""
        return dict(self._next) if self._next else _no_tariff()

    def is_left_out(self, row: Row) -> bool:  # noqa: ARG002 (a tariff that was added is meant)
        """Leave out none."""
        return False

    def removable(self) -> str | None:
        """Keep the last one: no session is without a price."""
        return _("One tariff has to stay.") if len(self.rows()) == 1 else None


def _since(day: object) -> str:
    if not isinstance(day, dt.date):
        return _("No day yet")
    if day <= FIRST_DAY:
        return _("From the beginning")
    return _("From %(date)s on") % {"date": text.date(day)}


def _no_tariff() -> Row:
    return {
        "valid_from": FIRST_DAY,
        "price": "",
        "rounding": Rounding.STARTED_MINUTE,
        "minimum_seconds": "0",
        "free_seconds": "0",
    }
