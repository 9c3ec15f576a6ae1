"""What an electronic invoice needs to know."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.customers import words
from laverma_desk.ui.customers.card_form import CardForm
from laverma_desk.ui.customers.choice_field import choice_field


class InvoiceForm(CardForm):
    """The fields of the card „E-Rechnung“."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        formats = choice_field(words.invoice_formats(), self, _("Format"))
        self.rows(
            (self.labeled("invoice_format", _("Format"), formats),),
            (self.text_field("vat_id", _("VAT ID"), placeholder="DE123456788"),),
            (self.text_field("leitweg_id", _("Leitweg-ID"), _("Only for public bodies.")),),
            (
                self.text_field(
                    "electronic_address",
                    _("Electronic address"),
                    _("A mail address, or scheme and ID like 0204:…"),
                ),
            ),
        )
        self.add_foot()
