"""The form of a payment as it is seen: what is open, what came in, and what came in before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from laverma_desk.domain.invoice import Payment
from laverma_desk.i18n import _
from laverma_desk.ui.customers.fact_rows import Fact, FactRows
from laverma_desk.ui.invoices.form.frame import FormFrame
from laverma_desk.ui.invoices.payment.payment_row import PaymentRow
from laverma_desk.ui.settings.form import Form
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.date_field import DateField
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.text_field import TextField

PAID_ON, AMOUNT, NOTE = "paid_on", "cents", "note"


@dataclass(frozen=True)
class TakenBack:
    """Which payment is to be taken back, and why."""

    payment_id: int
    reason: str


class PaymentForm(Form):
    """Day, amount and note; below them what follows from the amount."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, widest=16_777_215)
        self.day = DateField(self)
        self.amount = TextField(self, trailing="€")
        self.note = TextField(self, placeholder=_("For example: bank statement 3"))
        self.note.setMaxLength(300)
        self.add_row(
            (self.labeled(PAID_ON, _("Received on"), self.day), 1),
            (self.labeled(AMOUNT, _("Amount"), self.amount), 1),
            above=0,
        )
        self.result = Label("", self, px=13, line=20, wrap=True)
        self.column.addSpacing(8)
        self.column.addWidget(self.result)
        self.add_row((self.labeled(NOTE, _("Note"), self.note), 1), above=12)


class PaymentPanel(FormFrame):
    """Emits `take_back_wanted(TakenBack)`."""

    take_back_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Record payment"), parent)
        self.rows: list[PaymentRow] = []
        facts, entry = Card(self, padding=16), Card(self, padding=16)
        self._facts = FactRows(facts)
        facts.body.addWidget(self._facts)
        self.form = PaymentForm(entry)
        entry.body.addWidget(self.form)
        self._before = Card(self, padding=16)
        self._before.body.addWidget(Label(_("Payments so far"), self, weight=600, line=24))
        self._before.body.addSpacing(8)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._before.body.addLayout(self._list)
        self.setFocusProxy(self.form.amount)
        for card in (facts, entry, self._before):
            self.body.addWidget(card)
        self.body.addStretch(1)
        self.body.setSpacing(16)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show what the invoice comes to."""
        self._facts.show_facts(facts)

    def facts(self) -> list[tuple[str, str]]:
        """Return what is shown of the invoice."""
        return self._facts.facts()

    def show_result(self, sentence: str, tone: str) -> None:
        """Say what becomes of the invoice with this amount."""
        self.form.result.setText(sentence)
        self.form.result.set_tone(tone)

    def show_payments(self, payments: Sequence[tuple[Payment, bool]]) -> None:
        """Show what came in before; the flag says whether it can still be taken back."""
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [PaymentRow(one, open_to_change=free, parent=self) for one, free in payments]
        for row in self.rows:
            row.taken_back.connect(self._on_row_taken_back)
            row.asked.connect(self._on_row_asked)
            self._list.addWidget(row)
        self._before.setVisible(bool(self.rows))

    def asking_row(self) -> PaymentRow | None:
        """Return the row in which a reason is asked for, if there is one."""
        return next((row for row in self.rows if row.is_asking()), None)

    def _on_row_asked(self) -> None:
        # Only the next turn of the event loop knows where the question stands.
        QTimer.singleShot(0, self, self._reveal_question)

    def _reveal_question(self) -> None:
        row = self.asking_row()
        if row is not None:
            self.reveal(row)

    def _on_row_taken_back(self, payment_id: int, reason: str) -> None:
        self.take_back_wanted.emit(TakenBack(payment_id, reason))
