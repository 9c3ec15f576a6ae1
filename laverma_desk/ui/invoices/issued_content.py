"""The rows of what was issued: unpaid, paid, or cancelled."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from laverma_desk import text
from laverma_desk.i18n import _
from laverma_desk.services.invoicing.register import InvoiceRow, InvoiceState
from laverma_desk.ui.invoice_looks import state_look
from laverma_desk.ui.invoices.rows import Foot, Kind, Row, RowKey, Tab
from laverma_desk.ui.invoices.words import (
    below_invoice,
    documents_counted,
    invoices_counted,
    open_amount,
)
from laverma_desk.ui.look import Look


class IssuedContent:
    """Turns issued documents into rows and sums; only the overdue ones where that is asked for."""

    def __init__(self, tab: Tab, invoices: Sequence[InvoiceRow], *, only_overdue: bool = False) -> None:
        """Lay out which rows there are."""
        self._tab = tab
        overdue = [one for one in invoices if one.state is InvoiceState.OVERDUE]
        self.overdue = len({one.customer_id for one in overdue})
        shown = overdue if only_overdue else invoices
        self.invoices = {one.id: one for one in shown}
        self.keys = [RowKey(Kind.INVOICE, one) for one in self.invoices]

    def row(self, place: int) -> Row:
        """Return the words of a row."""
        key = self.keys[place]
        one = self.invoices[key.id]
        return Row(
            key=key,
            title=one.customer_name,
            amount=open_amount(one),
            below=Look(below_invoice(one)),
            aside=state_look(one),
            sent=one.sent,
        )

    def ticks(self) -> Qt.CheckState:
        """Return that nothing is ticked here."""
        return Qt.CheckState.Unchecked

    def foot(self) -> Foot:
        """Return the sum of what is shown, and the ways to send what was not sent and to remind."""
        if not self.invoices:
            return Foot("", "")
        if self._tab is Tab.CANCELLED:
            return Foot(documents_counted(len(self.invoices)), "")
        if self._tab is Tab.PAID:
            shown = self.invoices.values()
            return Foot(invoices_counted(len(shown)), text.money(sum(one.gross_cents for one in shown)))
        cents = sum(one.open_cents for one in self.invoices.values())
        words = invoices_counted(len(self.invoices))
        amount = _("%(amount)s open") % {"amount": text.money(cents)}
        unsent = len(self.unsent())
        return Foot(
            words,
            amount,
            label=_("Send (%(n)s)") % {"n": text.number(unsent)} if unsent else "",
            icon="send",
            filled=True,
            second=_("Remind (%(n)s)") % {"n": text.number(self.overdue)} if self.overdue else "",
        )

    def unsent(self) -> list[InvoiceRow]:
        """Return the shown invoices that were never sent, the oldest first."""
        return [one for one in reversed(self.invoices.values()) if not one.sent]
