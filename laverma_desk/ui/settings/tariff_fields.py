"""The price of a minute, what it is with VAT, the rounding, and the sentence that is printed about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.settings.form import GAP, Form
from laverma_desk.ui.settings.prose import Prose
from laverma_desk.ui.settings.rounding_choice import RoundingChoice
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.mark import IconMark
from laverma_desk.ui.widgets.text_field import TextField

_PRICE = 200


class PriceRow(QWidget):
    """The price, and what a customer pays with VAT; the field belongs to the form."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        price = TextField(self, trailing="€", trailing_px=14)
        self.price = form.labeled("price", _("Price per minute, net"), price)
        self.price.setFixedWidth(_PRICE)
        self.gross = Label("", self, tone="muted", line=40)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.price, 0, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()
        beside.addSpacing(24)
        beside.addWidget(self.gross)
        beside.addStretch(1)
        row.addLayout(beside, 1)


class RuleNote(QWidget):
    """What the customer reads about the rounding, word for word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark = IconMark("info", self, size=20, tone="muted")
        lead = Label(_("The rule stands on every report and every invoice:"), self)
        self._quote = Prose("", self, tone="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(lead)
        words.addWidget(self._quote)
        row.addLayout(words, 1)

    def show_rule(self, sentence: str) -> None:
        """Show the printed sentence in quotation marks."""
        self._quote.setText(f"„{sentence}“")

    def rule(self) -> str:
        """Return the sentence as it is shown."""
        return self._quote.text()


class TariffFields(Form):
    """What the first tariff is asked for: price and rounding."""

    def __init__(self, parent: QWidget | None = None, *, widest: int) -> None:
        super().__init__(parent, widest=widest)
        self.prices = PriceRow(self)
        self.rounding = RoundingChoice(self)
        self.rule = RuleNote(self)
        self.take("rounding", self.rounding)
        self.column.addWidget(self.prices)
        self.add_error_line("price")
        self.column.addSpacing(32)
        self.column.addWidget(self.rounding)
        self.column.addSpacing(24)
        self.column.addWidget(self.rule)
