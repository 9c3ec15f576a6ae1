"""What a minute costs, and from when on."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.tariff import Tariff, tariff_on
from laverma_desk.domain.vat import rate_on
from laverma_desk.services import checks
from laverma_desk.services.changes import Done
from laverma_desk.services.setup import house
from laverma_desk.services.setup.house import House
from laverma_desk.ui.settings.list_form import ROWS, Row
from laverma_desk.ui.settings.list_section import ListSection
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.settings.tariff_form import TariffForm
from laverma_desk.ui.settings.tariff_words import checked_tariff_field, read_tariff, shown_tariff_field
from laverma_desk.ui.surroundings import Surroundings


class TariffSection(ListSection):
    """The dated tariffs, the oldest first."""

    def __init__(self, form: TariffForm, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__("tariff", form, surroundings, parent)
        self._tariff_form = form
        self._house: House | None = None
        form.list.entry_chosen.connect(self._on_entry_chosen)

    def stored(self, house_: House) -> dict[str, Any]:
        """Return the tariffs, and prepare what a new one begins with."""
        today = local_day(self.surroundings.desk.clock.now())
        self._house = house_
        self._tariff_form.today = today
        later = (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        self._tariff_form.offer({**_row(tariff_on(today, house_.tariffs)), "valid_from": later})
        return {ROWS: [_row(one) for one in house_.tariffs]}

    def checked(self, name: str, typed: Any) -> Any:
        """Check a field of the chosen tariff."""
        return checked_tariff_field(name, typed)

    def shown(self, name: str, value: Any) -> object:
        """Show a checked field as it is usually written."""
        return shown_tariff_field(name, value)

    def together(self, values: dict[str, Any]) -> Any:
        """Refuse two tariffs that begin on the same day."""
        checks.each_once([row["valid_from"] for row in values[ROWS]], "valid_from")
        return sorted((_tariff(row) for row in values[ROWS]), key=lambda one: one.valid_from)

    def write(self, prepared: list[Tariff]) -> Done[Any]:
        """Keep these tariffs and no other."""
        return house.save_tariffs(self.surroundings.desk, prepared)

    def follow(self) -> None:
        """Show what the chosen tariff comes to."""
        form = self._tariff_form
        if form.current() < 0:
            return
        row = form.rows()[form.current()]
        reading = read_tariff(row, self._vat_rate(row["valid_from"]))
        form.prices.gross.setText(reading.gross)
        form.rounding.show_amounts(reading.tariffs)
        form.rule.show_rule(reading.rule)

    def _vat_rate(self, begins: object) -> Decimal | None:
        """Return the rate that is charged under a tariff: that of today, or of its first day if later."""
        if self._house is None or self._house.company.small_business:
            return None
        today = self._tariff_form.today
        day = max(begins, today) if isinstance(begins, dt.date) else today
        return rate_on(day, self._house.vat_rates)

    def _on_entry_chosen(self, _place: int) -> None:
        self.follow()


def _row(one: Tariff) -> Row:
    return {
        "valid_from": one.valid_from,
        "price": shown_tariff_field("price", one.price_cents),
        "rounding": one.rounding,
        "minimum_seconds": str(one.minimum_seconds),
        "free_seconds": str(one.free_seconds),
    }


def _tariff(row: dict[str, Any]) -> Tariff:
    return Tariff(
        valid_from=row["valid_from"],
        price_cents=row["price"],
        rounding=row["rounding"],
        minimum_seconds=row["minimum_seconds"],
        free_seconds=row["free_seconds"],
    )


def tariff_section(surroundings: Surroundings, parent: QObject) -> Section:
    """Make the page for tariffs."""
    return TariffSection(TariffForm(), surroundings, parent)
