"""The form of a payment at work: nothing is written before it is asked for, and nothing is rubbed out."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.domain.invoice_register import InvoiceRow
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.changes import Topic
from laverma_desk.services.invoicing import payments, register
from laverma_desk.services.invoicing.payments import Balance
from laverma_desk.ui.invoices.form.money_words import signed_cents, typed_amount
from laverma_desk.ui.invoices.form.outcome import Outcome
from laverma_desk.ui.invoices.payment import words
from laverma_desk.ui.invoices.payment.panel import AMOUNT, NOTE, PAID_ON, PaymentPanel, TakenBack
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.settings.form import Values
from laverma_desk.ui.surroundings import Surroundings


class PaymentFormController(QObject):
    """Emits `finished(Outcome)` when a payment was written down, `closed` when the form was left.

    What was typed when the form was left is there again when the same invoice is shown once more.
    """

    finished = Signal(object)
    closed = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Build the form; `show_for` fills it."""
        super().__init__(parent)
        self._surroundings, self._desk = surroundings, surroundings.desk
        self._panel = PaymentPanel()
        self._row: InvoiceRow | None = None
        self._balance = Balance(0, 0, False)
        self._kept: dict[int, Values] = {}
        self._begun: Values = {}
        self._panel.stepped.connect(self.save)
        self._panel.left.connect(self.close)
        self._panel.take_back_wanted.connect(self._on_take_back_wanted)
        self._panel.form.edited.connect(self._on_form_edited)
        surroundings.bus.changed.connect(self._on_bus_changed)

    @property
    def panel(self) -> QWidget:
        """Return the form."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return what keys do while the form is in front."""
        return {"Ctrl+Return": self.save, "Ctrl+S": self.save, "Escape": self.close}

    def show_for(self, invoice_id: int) -> None:
        """Show an invoice. Raises RuleBroken INVOICE_UNKNOWN, PAYMENT_ON_CANCELLATION."""
        self._keep_typed()
        self._read(invoice_id)
        form = self._panel.form
        form.clear_errors()
        self._panel.tell("")
        usual = words.usual_cents(self._balance)
        amount = typed_amount(usual) if usual else ""
        form.show_values({PAID_ON: local_day(self._desk.clock.now()), AMOUNT: amount, NOTE: ""})
        self._begun = form.values()
        kept = self._kept.pop(invoice_id, None)
        if kept is not None:
            form.show_values(kept)
            self._panel.tell(_("Not recorded yet: this was typed before."), "muted")
        self._show_result()
        self._panel.scroll_up()
        form.focus_field(AMOUNT)
        form.amount.selectAll()

    def save(self) -> None:
        """Write the payment down, or go to the field that is wrong; a reason that is asked for goes first."""
        asking = self._panel.asking_row()
        if asking is not None:
            asking.confirm()
            return
        if self._row is None:
            return
        self._panel.form.clear_errors()
        try:
            day = self._panel.form.value(PAID_ON)
            if not isinstance(day, date):
                raise RuleBroken(Rule.DATE_INVALID, field=PAID_ON, value=str(day))
            cents = signed_cents(self._panel.form.text(AMOUNT), AMOUNT)
            note = self._panel.form.text(NOTE)
            done = payments.add_payment(self._desk, self._row.id, cents, day, note)
        except DeskError as error:
            self._show_problem(error)
            return
        outcome = Outcome(words.recorded(self._row, cents), self._row.id, customer_id=self._row.customer_id)
        self._row = None
        self._surroundings.bus.publish(done)
        self.finished.emit(outcome)

    def close(self) -> None:
        """Take a question back, else leave the form; what was typed is kept."""
        asking = self._panel.asking_row()
        if asking is not None:
            asking.close_question()
            return
        self._keep_typed()
        self._row = None
        self.closed.emit()

    def _keep_typed(self) -> None:
        if self._row is not None and self._panel.form.values() != self._begun:
            self._kept[self._row.id] = self._panel.form.values()

    # --- what the form shows

    def _read(self, invoice_id: int) -> None:
        self._row = register.read_invoice(self._desk, invoice_id).row
        self._balance = payments.balance(self._desk, invoice_id)
        entries = payments.payments_of(self._desk, invoice_id)
        undone = {one.takes_back for one in entries}
        title = _("Payment for %(number)s") % {"number": self._row.number}
        subtitle = _("Invoice of %(day)s") % {"day": text.date(self._row.issued_on)}
        self._panel.show_heading(title, subtitle)
        self._panel.show_facts(words.facts_of(self._row, self._balance))
        self._panel.show_payments([(one, one.takes_back is None and one.id not in undone) for one in entries])

    def _show_result(self) -> None:
        try:
            cents = signed_cents(self._panel.form.text(AMOUNT), AMOUNT)
        except RuleBroken:
            cents = 0
        self._panel.show_result(*words.result_of(self._balance, cents))

    def _show_problem(self, error: DeskError) -> None:
        if error.field in self._panel.form.names():
            self._panel.form.show_error(str(error.field), explain(error))
            self._panel.form.focus_field(str(error.field))
        else:
            self._panel.tell(explain(error))

    def _on_form_edited(self, _name: str) -> None:
        self._panel.tell("")
        self._show_result()

    def _on_take_back_wanted(self, wanted: TakenBack) -> None:
        try:
            done = payments.take_back(self._desk, wanted.payment_id, wanted.reason)
        except DeskError as error:
            row = self._panel.asking_row()
            if error.field == "reason" and row is not None:
                row.show_error(explain(error))
            else:
                self._panel.tell(explain(error))
            return
        self._surroundings.bus.publish(done)
        if self._row is not None:
            # The amount follows what is open now, unless a person has already typed another one.
            self.show_for(self._row.id)
        self._panel.tell(_("Payment taken back. Both entries stay in the list."), "green")

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        waiting = self._panel.isVisible() and self._panel.asking_row() is None
        if self._row is None or not waiting or Topic.INVOICES not in topics:
            return
        self._read(self._row.id)
        self._show_result()
