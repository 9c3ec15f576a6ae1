"""How invoices are numbered, when they are due, and as what they are sent."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.document_number import FIELDS, NumberKind
from laverma_desk.i18n import _
from laverma_desk.ui.settings.form import Form
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.text_field import TextField


class InvoiceForm(Form):
    """The fields of `InvoiceSettings` by their names."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = {
            NumberKind.INVOICE: _("Invoice"),
            NumberKind.CANCELLATION: _("Cancellation invoice"),
            NumberKind.REMINDER: _("Payment reminder"),
            NumberKind.DUNNING: _("Dunning letter"),
        }
        patterns = {kind: self.labeled(FIELDS[kind], word, TextField(self)) for kind, word in words.items()}
        self.add_heading(_("Numbers"), above=0)
        self.add_row((patterns[NumberKind.INVOICE], 320), (patterns[NumberKind.CANCELLATION], 320), above=8)
        self.add_row((patterns[NumberKind.REMINDER], 320), (patterns[NumberKind.DUNNING], 320))
        self.column.addSpacing(16)
        self.column.addWidget(
            Prose(
                _(
                    "{year} is the year of the document, {seq} counts, {seq:04} counts with four digits. "
                    "Besides these, letters without accents, digits and $ & % * + - / are possible, 36 "
                    "characters in all: this is what DATEV takes. Numbers that were given stay as they are."
                ),
                self,
                px=13,
                tone="muted",
            )
        )
        self.add_heading(_("Payment and format"))
        formats = ComboBox(self)
        formats.addItem(_("PDF"), InvoiceFormat.PDF)
        formats.addItem(_("ZUGFeRD, PDF with XML"), InvoiceFormat.ZUGFERD)
        formats.addItem(_("XRechnung, XML"), InvoiceFormat.XRECHNUNG)
        self.add_row(
            (self.labeled("payment_days", _("Days to pay"), TextField(self)), 320),
            (self.labeled("format", _("Format"), formats), 320),
            above=8,
        )
        self.column.addSpacing(8)
        self.column.addWidget(
            Prose(_("Both count where a customer's record says nothing else."), self, px=13, tone="muted")
        )

    def show_example(self, kind: NumberKind, number: str) -> None:
        """Show below a pattern what the first number of a year looks like, or nothing."""
        words = _("for example %(number)s") % {"number": number} if number else ""
        self.labeled_field(FIELDS[kind]).set_hint(words)

    def example(self, kind: NumberKind) -> str:
        """Return what is shown below a pattern."""
        return self.labeled_field(FIELDS[kind]).hint()
