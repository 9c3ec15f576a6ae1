"""How an issued document stands, wherever it is listed."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.i18n import _
from laverma_desk.services.invoicing.register import InvoiceRow, InvoiceState
from laverma_desk.ui.look import Look


def surplus(row: InvoiceRow) -> str:
    """Return how much came in that is not owed."""
    amount = {"amount": text.money(row.surplus_cents)}
    if row.state is InvoiceState.CANCELLED:
        return _("%(amount)s to pay back") % amount
    return _("%(amount)s too much") % amount


def state_look(row: InvoiceRow) -> Look:
    """Return how a document stands, for its row."""
    reminders = {1: _("reminded"), 2: _("first dunning letter"), 3: _("last dunning letter")}
    if row.surplus_cents:
        return Look(surplus(row), "warning", "amber")
    if row.state is InvoiceState.OVERDUE and row.reminder_level:
        return Look(reminders.get(row.reminder_level, _("overdue")), "warning", "red")
    return {
        InvoiceState.OPEN: Look(_("unpaid")),
        InvoiceState.PART_PAID: Look(_("partly paid"), "clock", "amber"),
        InvoiceState.OVERDUE: Look(_("overdue"), "warning", "red"),
        InvoiceState.PAID: Look(_("paid"), "check", "green"),
        InvoiceState.CANCELLED: Look(_("cancelled"), "cancel", "muted"),
        InvoiceState.CANCELLATION: Look(_("cancellation invoice"), "undo", "muted"),
    }[row.state]
