"""What the sample house has billed so far: paid, overdue, paid in part, cancelled, and one draft."""

from __future__ import annotations

from datetime import date, timedelta

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.services.demo.calls import DAYS_BACK
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing.cancelling import cancel_invoice
from laverma_desk.services.invoicing.drafts import DraftChange, DraftWish, change_draft, create_drafts
from laverma_desk.services.invoicing.issuing import issue_invoice
from laverma_desk.services.invoicing.open_sessions import OpenCustomer, open_customers
from laverma_desk.services.invoicing.payments import add_payment
from laverma_desk.services.invoicing.register import IssuedInvoice

_BILLED_DAYS_AGO = 16
_NEVER_BILLED_YET = ("10017", "10018")
"""Customer numbers of the practices whose month is still to be billed: the ones of the first calls."""


def write_invoices(desk: Desk) -> None:
    """Bill some early sessions of the sample practices; one draft waits."""
    today = local_day(desk.clock.now())
    _bill_earlier(desk, today - timedelta(days=DAYS_BACK))
    issued_on = today - timedelta(days=_BILLED_DAYS_AGO)
    early = [one for one in open_customers(desk, issued_on) if one.number not in _NEVER_BILLED_YET]
    paid, part_paid, overdue, later, wrong, draft = early[:6]
    due, longer = 14, 30
    first = _issue(desk, paid, issued_on, due)
    add_payment(desk, first.row.id, first.row.gross_cents, today - timedelta(days=3))
    second = _issue(desk, part_paid, issued_on, due)
    add_payment(desk, second.row.id, second.row.gross_cents // 2, today - timedelta(days=5))
    _issue(desk, overdue, issued_on, due)
    _issue(desk, later, issued_on, longer)
    fifth = _issue(desk, wrong, issued_on, due)
    cancel_invoice(desk, fifth.row.id, "Falscher Rechnungsempfänger", issued_on)
    _draft(desk, draft, today)


def _bill_earlier(desk: Desk, issued_on: date) -> None:
    """Bill the calls of the months before, one invoice for each practice, and book what it pays."""
    early = open_customers(desk, issued_on - timedelta(days=1))
    for one in sorted(early, key=lambda one: one.number):
        issued = _issue(desk, one, issued_on, payment_days=14)
        add_payment(desk, issued.row.id, issued.row.gross_cents, issued_on + timedelta(days=9))


def _issue(desk: Desk, one: OpenCustomer, issued_on: date, payment_days: int) -> IssuedInvoice:
    # Sample invoices are plain PDFs: an electronic one takes longer to check than the demo to start.
    change = DraftChange(issued_on=issued_on, payment_days=payment_days, format=InvoiceFormat.PDF)
    draft = _draft(desk, one, issued_on)
    change_draft(desk, draft, change)
    return issue_invoice(desk, draft).value


def _draft(desk: Desk, one: OpenCustomer, until: date) -> int:
    wish = DraftWish(one.customer_id, tuple(session.id for session in one.sessions))
    return create_drafts(desk, [wish], until).value[0]
