"""What the tax adviser tells the house, at work: accounts are checked by the number of their digits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from laverma_desk.domain.bookkeeping import (
    CLIENTS,
    CONSULTANTS,
    BookkeepingSettings,
    Chart,
    RevenueAccount,
    chart_bank,
    chart_revenue,
    check_bookkeeping,
    debtor_range,
    general_range,
)
from laverma_desk.services import checks
from laverma_desk.services.changes import Done
from laverma_desk.services.datev import settings as kept
from laverma_desk.services.setup.house import House
from laverma_desk.ui.settings.bookkeeping_form import BookkeepingForm
from laverma_desk.ui.settings.revenue_accounts import field_of, way_of
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.surroundings import Surroundings

_NUMBERS = frozenset({"consultant", "client", "bank", "first_debtor"})


class BookkeepingSection(Section):
    """`BookkeepingSettings`, each field under its name, each account of revenue in a field of its own."""

    def __init__(self, form: BookkeepingForm, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__("bookkeeping", form, surroundings, parent)
        self._bookkeeping_form = form

    def stored(self, house_: House) -> dict[str, Any]:  # noqa: ARG002 (kept beside the house's other values)
        """Return the settings, and have a field for each way in which something is taxed."""
        desk = self.surroundings.desk
        found, ways = kept.bookkeeping(desk), kept.ways_of_taxing(desk)
        self._bookkeeping_form.show_ways(ways)
        accounts = {(one.category, one.rate): one.account for one in found.revenue}
        values = {name: value for name, value in vars(found).items() if name != "revenue"}
        return values | {field_of(way): accounts.get(way) for way in ways}

    def shown(self, name: str, value: Any) -> object:
        """Show numbers in figures."""
        if name in _NUMBERS or way_of(name) is not None:
            return "" if value is None else str(value)
        return value

    def checked(self, name: str, typed: Any) -> Any:
        """Check a field; an empty one is the chart's account, or not known yet."""
        if name in _NUMBERS or way_of(name) is not None:
            return checks.whole_number(typed, name, *self._bounds(name)) if typed.strip() else None
        return Chart(typed) if name == "chart" else typed  # Qt hands it back as the text it is made of

    def together(self, values: dict[str, Any]) -> BookkeepingSettings:
        """Return the settings."""
        revenue = [
            RevenueAccount(*way, account)
            for name, account in values.items()
            if (way := way_of(name)) is not None and account is not None
        ]
        rest = {name: value for name, value in values.items() if way_of(name) is None}
        settings = BookkeepingSettings(**rest, revenue=tuple(revenue))
        check_bookkeeping(settings)
        return settings

    def write(self, prepared: BookkeepingSettings) -> Done[Any]:
        """Keep the settings."""
        return kept.save_bookkeeping(self.surroundings.desk, prepared)

    def follow(self) -> None:
        """Show in the empty fields what the chart says, with as many digits as accounts have."""
        settings, form = self._chosen(), self._bookkeeping_form
        form.show_usual("bank", chart_bank(settings))
        form.show_usual("first_debtor", debtor_range(settings)[0])
        for name in form.names():
            way = way_of(name)
            if way is not None:
                form.show_usual(name, chart_revenue(settings, *way))

    def _chosen(self) -> BookkeepingSettings:
        values = self.form.values()
        chart, length = values["chart"], values["account_length"]
        plain = BookkeepingSettings()
        return replace(
            plain,
            chart=plain.chart if chart is None else Chart(str(chart)),
            account_length=length if isinstance(length, int) else plain.account_length,
        )

    def _bounds(self, name: str) -> tuple[int, int]:
        if name == "first_debtor":
            return debtor_range(self._chosen())
        return {"consultant": CONSULTANTS, "client": CLIENTS}.get(name, general_range(self._chosen()))


def bookkeeping_section(surroundings: Surroundings, parent: QObject) -> Section:
    """Make the page for what the tax adviser says."""
    return BookkeepingSection(BookkeepingForm(), surroundings, parent)
