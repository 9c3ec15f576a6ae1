"""What lists show of issued documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.invoice import InvoiceKind


class InvoiceTab(StrEnum):
    """A list of issued documents: not paid yet, paid, taken back (with what took them back)."""

    ISSUED = "issued"
    PAID = "paid"
    CANCELLED = "cancelled"


class InvoiceState(StrEnum):
    """How an issued document stands. OVERDUE goes before PART_PAID."""

    OPEN = "open"
    PART_PAID = "part_paid"
    OVERDUE = "overdue"
    PAID = "paid"
    CANCELLED = "cancelled"
    CANCELLATION = "cancellation"


@dataclass(frozen=True)
class InvoiceRow:
    """One issued document in a list. Money is cents, gross but for `net_cents`.

    `sent`: a mail with it was handed over or waits. `cancelled_by` and `cancels` are numbers of other
    documents, or empty. `reminder_level` is the last one sent, 0 for none; `charged_cents` is what letters
    ask on top of the invoice, and may come in with it.
    """

    id: int
    number: str
    kind: InvoiceKind
    customer_id: int
    customer_name: str
    issued_on: date
    due_on: date | None
    gross_cents: int
    net_cents: int
    paid_cents: int
    state: InvoiceState
    sent: bool
    format: InvoiceFormat
    cancelled_by: str
    cancels: str
    reminder_level: int
    charged_cents: int = 0

    @property
    def surplus_cents(self) -> int:
        """Return what came in and is not owed: all of it where the invoice is cancelled."""
        if self.state in (InvoiceState.CANCELLED, InvoiceState.CANCELLATION):
            return max(0, self.paid_cents)
        return max(0, self.paid_cents - self.gross_cents - self.charged_cents)

    @property
    def open_cents(self) -> int:
        """Return what is still to be paid; negative is what the customer gets back.

        A cancelled invoice asks for nothing, so what was paid on it goes back; a cancellation has no
        payments of its own.
        """
        match self.state:
            case InvoiceState.CANCELLED:
                return -self.paid_cents
            case InvoiceState.CANCELLATION:
                return 0
            case _:
                return self.gross_cents - self.paid_cents


@dataclass(frozen=True)
class InvoiceCounts:
    """How much stands in each list; `open` are customers with something to bill."""

    open: int
    drafts: int
    issued: int
    paid: int
    cancelled: int


def state_of(
    *, kind: InvoiceKind, cancelled: bool, gross_cents: int, paid_cents: int, due_on: date | None, today: date
) -> InvoiceState:
    """Return how a document stands on a day. What costs nothing is paid."""
    if kind is InvoiceKind.CANCELLATION:
        return InvoiceState.CANCELLATION
    if cancelled:
        return InvoiceState.CANCELLED
    if paid_cents >= gross_cents:
        return InvoiceState.PAID
    if due_on is not None and due_on < today:
        return InvoiceState.OVERDUE
    return InvoiceState.PART_PAID if paid_cents > 0 else InvoiceState.OPEN
