"""What the form says of an invoice, and of what an amount makes of it."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.domain.invoice_register import InvoiceRow, InvoiceState
from laverma_desk.i18n import _
from laverma_desk.services.invoicing.payments import Balance
from laverma_desk.ui.customers.fact_rows import Fact

_NAMED = 3
"""How many other open invoices are named for money that is too much."""


def facts_of(row: InvoiceRow, balance: Balance) -> list[Fact]:
    """Return what the invoice comes to."""
    facts = [
        Fact(_("Customer"), row.customer_name),
        Fact(_("Invoice amount"), text.money(row.gross_cents)),
        Fact(_("Paid"), text.money(balance.paid_cents), absent=not balance.paid_cents),
        Fact(_("Still open"), text.money(balance.open_cents), absent=not balance.open_cents),
    ]
    if balance.overpaid_cents:
        facts[3] = Fact(_("To be paid back"), text.money(balance.overpaid_cents))
    if row.due_on is not None and row.state is not InvoiceState.CANCELLED:
        facts.insert(2, Fact(_("Due on"), text.date(row.due_on)))
    return facts


def usual_cents(balance: Balance) -> int:
    """Return the amount that the form begins with: what is open, or what has to go back."""
    return balance.open_cents or -balance.overpaid_cents


def result_of(balance: Balance, cents: int) -> tuple[str, str]:
    """Return what an amount makes of the invoice, and the tone to say it in."""
    after = balance.after(cents)
    if cents == 0:
        return "", "muted"
    if cents < 0:
        amount = {"amount": text.money(-cents)}
        return _("%(amount)s go back to the customer.") % amount, "muted"
    if after.overpaid_cents:
        return _too_much(balance, after)
    if after.open_cents:
        return _("%(amount)s stay open.") % {"amount": text.money(after.open_cents)}, "muted"
    return _("With this the invoice is paid."), "green"


def _too_much(balance: Balance, after: Balance) -> tuple[str, str]:
    amount = {"amount": text.money(after.overpaid_cents)}
    if balance.cancelled:
        return _("The invoice is cancelled: all of it has to go back, %(amount)s.") % amount, "amber"
    if after.overpaid_cents <= balance.charged_cents:
        return _(
            "With this the invoice is paid, and %(amount)s of the fee and interest that a letter asks."
        ) % amount, "green"
    if balance.elsewhere:
        words = amount | {"numbers": text.list_sentence(list(balance.elsewhere[:_NAMED]))}
        return _("%(amount)s more than is open here. Book the rest for %(numbers)s.") % words, "amber"
    return _(
        "%(amount)s more than is open. Check the amount, or pay back what is too much."
    ) % amount, "amber"


def recorded(row: InvoiceRow, cents: int) -> str:
    """Return what was written down."""
    words = {"amount": text.money(abs(cents)), "number": row.number}
    if cents < 0:
        return _("Repayment of %(amount)s recorded for %(number)s.") % words
    return _("Payment of %(amount)s recorded for %(number)s.") % words
