"""What a cancellation does, said before it is done, and what came of it."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.domain.invoice import Invoice, LineKind
from laverma_desk.domain.invoice_register import InvoiceRow
from laverma_desk.i18n import _, ngettext
from laverma_desk.ui.customers.fact_rows import Fact


def facts_of(row: InvoiceRow) -> list[Fact]:
    """Return what is to be cancelled."""
    return [
        Fact(_("Customer"), row.customer_name),
        Fact(_("Issued on"), text.date(row.issued_on)),
        Fact(_("Invoice amount"), text.money(row.gross_cents)),
    ]


def consequences(invoice: Invoice) -> list[str]:
    """Return what happens, one sentence each."""
    count = sum(line.kind is LineKind.SESSION for line in invoice.lines)
    said = [
        _("A cancellation invoice with a number of its own and negative amounts takes %(number)s back.")
        % {"number": invoice.number},
        _("%(number)s itself stays as it is; nothing is deleted.") % {"number": invoice.number},
    ]
    if count:
        free = ngettext(
            "%(n)s session is free again and can be billed anew.",
            "%(n)s sessions are free again and can be billed anew.",
            count,
        )
        said.append(free % {"n": text.number(count)})
    said.append(_("A correction is the cancellation and a new invoice."))
    return said


def payment_warning(row: InvoiceRow) -> str:
    """Return what becomes of money that came in, or nothing."""
    if row.paid_cents <= 0:
        return ""
    return _(
        "%(amount)s have been paid on this invoice. After the cancellation they have to be paid back "
        "or the payment taken back and recorded for the new invoice."
    ) % {"amount": text.money(row.paid_cents)}


def done_sentence(row: InvoiceRow, number: str) -> str:
    """Return which document came about."""
    return _("%(number)s is cancelled by %(cancellation)s.") % {
        "number": row.number,
        "cancellation": number,
    }


def following(invoice: Invoice, number: str) -> str:
    """Return what can come next."""
    if invoice.lines and all(line.kind is not LineKind.SESSION for line in invoice.lines):
        what = _("A corrected invoice starts as a draft with the same items.")
    else:
        what = _("A corrected invoice starts as a draft with the same sessions and items.")
    send = _("%(cancellation)s is in the list and can be sent from there.") % {"cancellation": number}
    return f"{what} {send}"
