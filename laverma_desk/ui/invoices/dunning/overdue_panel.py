"""The list of the customers who are late."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.services.invoicing.reminders import OverdueCustomer
from laverma_desk.ui.invoices.dunning import words
from laverma_desk.ui.invoices.dunning.customer_row import CustomerRow
from laverma_desk.ui.invoices.form.frame import FormFrame
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.label import Label


class OverduePanel(FormFrame):
    """Emits `customer_opened(customer's row)`."""

    customer_opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Show letter"), parent, icon="eye")
        self.rows: list[CustomerRow] = []
        self._card = Card(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._card.body.addLayout(self._list)
        self._empty = Label(_("No invoice is overdue."), self, tone="muted")
        self.body.addWidget(self._card)
        self.body.addWidget(self._empty)
        self.body.addStretch(1)
        self.stepped.connect(self._on_stepped)
        self.show_customers(())

    def show_customers(self, customers: Sequence[OverdueCustomer]) -> None:
        """Show these customers; the focus stays with the one that had it, or goes to who is there now."""
        known = tuple(customers)
        if known and [row.customer for row in self.rows] == list(known):
            return
        held = next((place for place, row in enumerate(self.rows) if row.hasFocus()), None)
        focused = 0 if held is None else self.rows[held].customer.customer_id
        for old in self.rows:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = [CustomerRow(one, self) for one in known]
        for row in self.rows:
            row.last = row is self.rows[-1]
            row.opened.connect(self.customer_opened)
            self._list.addWidget(row)
        self.setFocusProxy(self.rows[0] if self.rows else self.back)
        self.show_heading(_("Overdue invoices"), words.summary(known))
        self._card.setVisible(bool(known))
        self._empty.setVisible(not known)
        self.step.setVisible(bool(known))
        if held is not None:
            there = any(row.customer.customer_id == focused for row in self.rows)
            behind = self.rows[min(held, len(self.rows) - 1)].customer.customer_id if self.rows else 0
            self.focus_row(focused if there else behind)

    def focus_row(self, customer_id: int) -> None:
        """Put the focus on a customer, else on the first one."""
        found = [row for row in self.rows if row.customer.customer_id == customer_id] or self.rows[:1]
        if found:
            self._list.activate()  # Rows that were just made have no place to be scrolled to yet.
            self.bring_into_view(found[0])
        else:
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_current(self) -> None:
        """Open the letter to the customer that has the focus, else to the first one."""
        row = next((one for one in self.rows if one.hasFocus()), self.rows[0] if self.rows else None)
        if row is not None:
            self.customer_opened.emit(row.customer.customer_id)

    def _on_stepped(self) -> None:
        self.open_current()
