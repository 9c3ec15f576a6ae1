"""The tariff of today alone, as a house is asked for it at its first start."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.tariff import Tariff, tariff_on
from laverma_desk.services.changes import Done
from laverma_desk.services.setup import house
from laverma_desk.services.setup.house import House
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.settings.tariff_fields import TariffFields
from laverma_desk.ui.settings.tariff_words import checked_tariff_field, read_tariff, shown_tariff_field
from laverma_desk.ui.surroundings import Surroundings


class FirstTariffSection(Section):
    """Price and rounding of the tariff that counts today."""

    def __init__(self, form: TariffFields, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__("tariff", form, surroundings, parent)
        self._fields = form
        self._vat_rate: Decimal | None = None

    def stored(self, house_: House) -> dict[str, Any]:
        """Return what counts today."""
        tariff = self._today(house_)
        self._vat_rate = None if house_.company.small_business else tariff.vat_rate
        return {"price": tariff.price_cents, "rounding": tariff.rounding}

    def shown(self, name: str, value: Any) -> object:
        """Show a value as it is usually written."""
        return shown_tariff_field(name, value)

    def checked(self, name: str, typed: Any) -> Any:
        """Check a field."""
        return checked_tariff_field(name, typed)

    def write(self, prepared: dict[str, Any]) -> Done[Any]:
        """Keep the tariff under its own first day."""
        desk = self.surroundings.desk
        tariff = replace(
            self._today(house.read_house(desk)),
            price_cents=prepared["price"],
            rounding=prepared["rounding"],
        )
        return house.save_tariff(desk, tariff)

    def follow(self) -> None:
        """Show what the typed price comes to."""
        reading = read_tariff(self.form.values(), self._vat_rate)
        self._fields.prices.gross.setText(reading.gross)
        self._fields.rounding.show_amounts(reading.tariffs)
        self._fields.rule.show_rule(reading.rule)

    def _today(self, house_: House) -> Tariff:
        today = local_day(self.surroundings.desk.clock.now())
        return tariff_on(today, house_.tariffs, vat=house_.vat_rates)
