"""What the tax office and the bank know the house by."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk import text
from laverma_desk.i18n import _
from laverma_desk.services.invoicing.taxing import RECEIPT_WORDS_FROM
from laverma_desk.ui.settings.form import Form
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.check_box import CheckBox
from laverma_desk.ui.widgets.text_field import TextField

_INDENT = 28


class TaxForm(Form):
    """Tax numbers and bank account, named as in `Company`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add_heading(_("Tax"), above=0)
        self.add_row(
            (self.labeled("tax_number", _("Tax number"), TextField(self)), 320),
            (self.labeled("tax_office", _("Tax office"), TextField(self)), 320),
            above=8,
        )
        self.add_row((self.labeled("vat_id", _("VAT ID"), TextField(self)), 320), (QWidget(self), 320))
        self._add_box(
            "small_business",
            _("Small business under § 19 UStG"),
            _("Reports, invoices and amounts then show no VAT; reports and invoices name the reason for it."),
        )
        self._add_box(
            "vat_on_receipt",
            _("VAT is owed when the customer has paid (§ 20 UStG)"),
            _(
                "Invoices from %(date)s on then carry the words that the law asks for from that day on: "
                "„Versteuerung nach vereinnahmten Entgelten“."
            )
            % {"date": text.date(RECEIPT_WORDS_FROM)},
        )
        self.add_heading(_("Bank account"))
        self.add_row(
            (
                self.labeled(
                    "account_holder",
                    _("Account holder"),
                    TextField(self),
                    _("Exactly as the bank knows the name, or transfers come back."),
                ),
                1,
            ),
            above=8,
        )
        self.add_row(
            (self.labeled("iban", _("IBAN"), TextField(self)), 432),
            (self.labeled("bic", _("BIC"), TextField(self)), 208),
        )
        self.add_row((self.labeled("bank", _("Bank"), TextField(self)), 1))

    def _add_box(self, name: str, words: str, consequence: str) -> None:
        box = CheckBox(words, self)
        self.take(name, box)
        self.column.addSpacing(16)
        self.column.addWidget(box)
        follows = Prose(consequence, self, px=13, tone="muted")
        box.setAccessibleDescription(consequence)
        beside = QHBoxLayout()
        beside.addSpacing(_INDENT)
        beside.addWidget(follows, 1)
        self.column.addLayout(beside)
