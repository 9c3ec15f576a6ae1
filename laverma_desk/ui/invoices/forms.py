"""The forms that take the paper's place: made when they are first wanted, one of them open at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.errors import DeskError
from laverma_desk.services.invoicing.register import InvoiceRow
from laverma_desk.ui.invoices.cancel.controller import CancelFormController
from laverma_desk.ui.invoices.draft.controller import DraftFormController
from laverma_desk.ui.invoices.dunning.controller import DunningController
from laverma_desk.ui.invoices.panel import InvoicesPanel
from laverma_desk.ui.invoices.payment.controller import PaymentFormController
from laverma_desk.ui.invoices.send.controller import SendFormController
from laverma_desk.ui.invoices.send.many_controller import SendManyController
from laverma_desk.ui.invoices.statement.controller import StatementFormController
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.surroundings import Surroundings

F = TypeVar(
    "F",
    CancelFormController,
    DraftFormController,
    DunningController,
    PaymentFormController,
    SendFormController,
    SendManyController,
    StatementFormController,
)


class Form(Protocol):
    """What each of them is."""

    @property
    def panel(self) -> QWidget:
        """Return the form as it is seen."""

    def keys(self) -> KeyMap:
        """Return what keys do while it is open."""


class Forms(QObject):
    """Emits `finished(Outcome)` and `closed` of whichever form is open, and `refused(DeskError)`."""

    finished = Signal(object)
    closed = Signal()
    refused = Signal(object)

    def __init__(self, surroundings: Surroundings, panel: InvoicesPanel, parent: QObject) -> None:
        """Have no form yet."""
        super().__init__(parent)
        self._surroundings, self._panel = surroundings, panel
        self._made: dict[type[QObject], Any] = {}
        self.current: Form | None = None

    @property
    def is_open(self) -> bool:
        """Return whether a form stands in the paper's place."""
        return self.current is not None

    def keys(self) -> KeyMap:
        """Return the keys of the open form."""
        return self.current.keys() if self.current else {}

    def edit_draft(self, draft_id: int) -> None:
        """Open the form of a draft."""
        form = self._form(DraftFormController)
        self._open(form, lambda: form.show_for(draft_id))

    def book_payment(self, invoice_id: int) -> None:
        """Open the form of a payment."""
        form = self._form(PaymentFormController)
        self._open(form, lambda: form.show_for(invoice_id))

    def cancel_invoice(self, invoice_id: int) -> None:
        """Open the form of a cancellation."""
        form = self._form(CancelFormController)
        self._open(form, lambda: form.show_for(invoice_id))

    def send(self, invoice_id: int) -> None:
        """Open the form of the mail that carries an invoice."""
        form = self._form(SendFormController)
        self._open(form, lambda: form.show_for(invoice_id))

    def send_many(self, invoices: Sequence[InvoiceRow]) -> None:
        """Open the list of what is to be sent, each with its address."""
        form = self._form(SendManyController)
        self._open(form, lambda: form.show_for(invoices))

    def remind(self, customer_id: int) -> None:
        """Open the list of those who have not paid in time, at a customer where that one is among them."""
        form = self._form(DunningController)
        self._open(form, lambda: form.show_overdue(customer_id))

    def write_statement(self, customer_id: int | None) -> None:
        """Open the form of a statement."""
        form = self._form(StatementFormController)
        self._open(form, lambda: form.show_for(customer_id))

    def _form(self, kind: type[F]) -> F:
        if kind not in self._made:
            made = kind(self._surroundings, self)
            made.finished.connect(self._on_finished)
            made.closed.connect(self._on_closed)
            self._made[kind] = made
        found: F = self._made[kind]
        return found

    def _open(self, form: Form, show: Callable[[], object]) -> None:
        before, self.current = self.current, form
        self._panel.show_form(form.panel)
        try:
            show()
        except DeskError as error:
            self.current = before
            if before is None:
                self._panel.show_paper()
            else:
                self._panel.show_form(before.panel)
            self.refused.emit(error)

    def _on_finished(self, outcome: object) -> None:
        self._shut()
        self.finished.emit(outcome)

    def _on_closed(self) -> None:
        if self._shut():
            self.closed.emit()

    def _shut(self) -> bool:
        was_open, self.current = self.current is not None, None
        self._panel.show_paper()
        return was_open
