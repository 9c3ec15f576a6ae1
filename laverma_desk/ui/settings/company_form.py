"""Who the house is: what stands at the head and the foot of every report."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.i18n import _
from laverma_desk.ui.settings.form import Form
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.text_field import TextField

COUNTRIES = ("DE", "AT", "CH", "LI", "LU", "BE", "NL", "DK", "PL", "CZ", "FR", "IT")


class CompanyForm(Form):
    """Name, address and ways to reach the house, named as in `Company`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._country = ComboBox(self)
        for code in COUNTRIES:
            self._country.addItem(text.country(code), code)
        self.add_row(
            (self.labeled("name", _("Name"), TextField(self)), 320),
            (self.labeled("slogan", _("Line below the name"), TextField(self)), 320),
            above=0,
        )
        self.add_row(
            (self.labeled("street", _("Street and number"), TextField(self)), 320),
            (self.labeled("postcode", _("Postcode"), TextField(self)), 96),
            (self.labeled("city", _("City"), TextField(self)), 208),
        )
        self.add_row(
            (self.labeled("country", _("Country"), self._country), 320),
            (self.labeled("phone", _("Phone"), TextField(self)), 320),
        )
        self.add_row(
            (self.labeled("email", _("E-mail"), TextField(self)), 320),
            (self.labeled("website", _("Website"), TextField(self)), 320),
        )
        register = self.labeled(
            "register",
            _("Register entry"),
            TextField(self),
            _("As it stands on letters, for example: Amtsgericht Musterstadt, HRB 12345"),
        )
        self.add_row((register, 1))

    def show_country(self, code: str) -> None:
        """Offer a country that is not among the usual ones too."""
        if self._country.findData(code) < 0:
            self._country.addItem(text.country(code), code)
