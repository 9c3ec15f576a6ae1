"""What a customer pays: own tariffs, a visit, within how many days, and on which account."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.services.customers.customer_record import OwnTariffDraft, VisitPrice
from laverma_desk.ui.customers.card_form import CardForm
from laverma_desk.ui.customers.choice_field import choice_field
from laverma_desk.ui.customers.tariff_rows import TariffRows
from laverma_desk.ui.customers.words import roundings
from laverma_desk.ui.settings.inputs import Input

TARIFFS = "tariffs"


class _TariffsInput(Input):
    """All rows as one field."""

    def __init__(self, rows: TariffRows) -> None:
        super().__init__(TARIFFS, rows)
        self._rows = rows
        rows.edited.connect(self._on_edited)

    def value(self) -> object:
        """Return the rows as drafts."""
        return self._rows.drafts()

    def show_value(self, value: object) -> None:
        """Show these drafts."""
        self._rows.show_drafts(cast("tuple[OwnTariffDraft, ...]", value))

    def words(self, value: object) -> str:
        """Return a line for each tariff."""
        names = dict(roundings())
        return "\n".join(
            ", ".join(part for part in (one.valid_from, one.price, names.get(one.rounding, "")) if part)
            for one in cast("tuple[OwnTariffDraft, ...]", value)
        )


class TermsForm(CardForm):
    """The fields of the card „Tarif und Anfahrt“; those of a visit follow how it is paid."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tariffs = TariffRows(self)
        made = _TariffsInput(self.tariffs)
        made.edited.connect(self._on_input_edited)
        self._inputs[TARIFFS] = made
        self.tariffs.left.connect(self.field_left)
        self.column.addSpacing(4)
        self.column.addWidget(self.tariffs)
        visits = [
            (VisitPrice.NONE.value, _("not agreed")),
            (VisitPrice.FLAT.value, _("flat price")),
            (VisitPrice.TRAVEL.value, _("travel plus hourly rate")),
        ]
        self.rows((self.labeled("visit", _("On site"), choice_field(visits, self, _("On site"))),))
        self._visit = {
            "flat": self.text_field("flat", _("Flat price"), trailing="€"),
            "travel": self.text_field("travel", _("Travel"), trailing="€"),
            "hourly": self.text_field("hourly", _("Each hour"), trailing="€"),
        }
        self.add_row(*((field, 1) for field in self._visit.values()), above=12)
        self.add_row(
            (self.text_field("km", _("Distance"), trailing="km"), 1),
            (self.text_field("payment_days", _("Days to pay")), 1),
            above=12,
        )
        account = self.text_field("debtor_account", _("Debtor account"), _("As the tax adviser knows them."))
        self.add_row((account, 1), above=12)
        self.add_foot()
        self.edited.connect(self._on_edited)
        self._follow()

    def show_values(self, values: object) -> None:
        """Show values, and the fields that belong to them."""
        super().show_values(values)  # type: ignore[arg-type]
        self._follow()

    def show_error(self, name: str, sentence: str) -> None:
        """Show what is wrong, also in a row of the tariffs."""
        if ":" in name:
            self._errors[name] = sentence
            self.tariffs.show_error(name, sentence)
        elif name == TARIFFS:
            self._errors[name] = sentence
            self.show_problem(sentence)
        else:
            super().show_error(name, sentence)

    def clear_errors(self) -> None:
        """Take all errors away."""
        for name in list(self._errors):
            self.show_error(name, "")
        super().clear_errors()

    def focus_field(self, name: str) -> None:
        """Put the focus into a field, also in a row of the tariffs."""
        if ":" in name:
            self.tariffs.focus(name)
        else:
            super().focus_field(name)

    def _on_edited(self, name: str) -> None:
        if name == "visit":
            self._follow()

    def _follow(self) -> None:
        visit = self.text("visit")
        self._visit["flat"].setVisible(visit == VisitPrice.FLAT.value)
        self._visit["travel"].setVisible(visit == VisitPrice.TRAVEL.value)
        self._visit["hourly"].setVisible(visit == VisitPrice.TRAVEL.value)
