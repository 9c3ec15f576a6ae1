"""The pages about the house itself: address, tax numbers, bank account; one record behind both."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from laverma_desk import text
from laverma_desk.services import checks
from laverma_desk.services.changes import Done
from laverma_desk.services.setup import house
from laverma_desk.services.setup.house import House
from laverma_desk.services.setup.setup_keys import SECTIONS
from laverma_desk.ui.settings.company_form import CompanyForm
from laverma_desk.ui.settings.section import Section
from laverma_desk.ui.settings.tax_form import TaxForm
from laverma_desk.ui.surroundings import Surroundings

_CHECKS = {**SECTIONS["company"], "slogan": checks.one_line}


class _CompanyFields(Section):
    """Some fields of the company; the others stay as they are."""

    def stored(self, house_: House) -> dict[str, Any]:
        """Return the company's values for the fields of this form."""
        return {name: getattr(house_.company, name) for name in self.form.names()}

    def checked(self, name: str, typed: Any) -> Any:
        """Check by the same rules as a setup file."""
        return _CHECKS[name](typed, name)

    def write(self, prepared: dict[str, Any]) -> Done[Any]:
        """Keep the fields of this form."""
        desk = self.surroundings.desk
        return house.save_company(desk, replace(house.read_house(desk).company, **prepared))


class CompanySection(_CompanyFields):
    """Name and address."""

    def __init__(self, form: CompanyForm, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__("company", form, surroundings, parent)
        self._company_form = form

    def stored(self, house_: House) -> dict[str, Any]:
        """Return the values, and let the form know the country."""
        self._company_form.show_country(house_.company.country)
        return super().stored(house_)

    def checked(self, name: str, typed: Any) -> Any:
        """Check the postcode by the rules of its country."""
        value = super().checked(name, typed)
        if name == "postcode" and value:
            return checks.postcode(value, str(self.form.value("country")), name)
        return value


class TaxSection(_CompanyFields):
    """Tax numbers and bank account."""

    def __init__(self, form: TaxForm, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__("tax", form, surroundings, parent)

    def shown(self, name: str, value: Any) -> object:
        """Show an IBAN in groups of four."""
        return text.iban(value) if name == "iban" else value


def company_section(surroundings: Surroundings, parent: QObject) -> Section:
    """Make the page for name and address."""
    return CompanySection(CompanyForm(), surroundings, parent)


def tax_section(surroundings: Surroundings, parent: QObject) -> Section:
    """Make the page for tax numbers and bank account."""
    return TaxSection(TaxForm(), surroundings, parent)
