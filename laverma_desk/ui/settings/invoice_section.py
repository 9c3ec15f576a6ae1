"""The patterns of the numbers with an example that follows, days to pay, and the house's own format."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.company import InvoiceSettings
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.document_number import (
    FIELDS,
    NumberKind,
    check_format,
    check_formats,
    filled,
)
from laverma_desk.domain.errors import RuleBroken
from laverma_desk.services import checks
from laverma_desk.services.changes import Done
from laverma_desk.services.setup import house_billing
from laverma_desk.services.setup.house import House
from laverma_desk.services.setup.setup_keys import LONGEST_PAYMENT_DAYS
from laverma_desk.ui.settings.invoice_form import InvoiceForm
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.surroundings import Surroundings


class InvoiceSection(Section):
    """`InvoiceSettings`, each field under its name."""

    def __init__(self, form: InvoiceForm, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__("invoice", form, surroundings, parent)
        self._invoice_form = form

    def stored(self, house_: House) -> dict[str, Any]:
        """Return the settings."""
        return {name: getattr(house_.invoice, name) for name in self.form.names()}

    def shown(self, name: str, value: Any) -> object:
        """Show the days in figures."""
        return str(value) if name == "payment_days" else value

    def checked(self, name: str, typed: Any) -> Any:
        """Check a field."""
        match name:
            case "payment_days":
                return checks.whole_number(typed, name, 0, LONGEST_PAYMENT_DAYS)
            case "format":
                return InvoiceFormat(typed)  # Qt hands an enumeration back as the text it is made of
            case _:
                return check_format(checks.required(typed, name), name)

    def together(self, values: dict[str, Any]) -> Any:
        """Refuse patterns that can give the same number twice."""
        settings = InvoiceSettings(**values)
        check_formats(settings)
        return settings

    def write(self, prepared: InvoiceSettings) -> Done[Any]:
        """Keep the settings."""
        return house_billing.save_invoice_settings(self.surroundings.desk, prepared)

    def follow(self) -> None:
        """Show what each pattern makes of the first document of this year."""
        year = local_day(self.surroundings.desk.clock.now()).year
        for kind in NumberKind:
            try:
                pattern = check_format(self.form.text(FIELDS[kind]), FIELDS[kind])
            except RuleBroken:
                self._invoice_form.show_example(kind, "")
            else:
                self._invoice_form.show_example(kind, filled(pattern, year, 1))


def invoice_section(surroundings: Surroundings, parent: QObject) -> Section:
    """Make the page for invoices."""
    return InvoiceSection(InvoiceForm(), surroundings, parent)
