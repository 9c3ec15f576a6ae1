"""Money for an invoice: written down on the day it came, in parts if need be, and never rubbed out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import InvoiceKind, Payment
from laverma_desk.services import checks
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage import customers
from laverma_desk.storage import payments as stored
from laverma_desk.storage.database import Connection
from laverma_desk.storage.invoice_lists import unpaid_of
from laverma_desk.storage.payments import PayableInvoice

_HIGHEST_CENTS = 10_000_000_00


@dataclass(frozen=True)
class Balance:
    """How an invoice stands, in cents: asked (nothing where it is cancelled), paid, and what is left.

    `open_cents` is never negative; `overpaid_cents` is what may go back. `charged_cents`: fee and interest
    that a letter asks on top of its invoices; they may come in with the invoice. `elsewhere`: the numbers of
    the customer's other invoices that are open, for money that came for several at once.
    """

    asked_cents: int
    paid_cents: int
    cancelled: bool
    charged_cents: int = 0
    elsewhere: tuple[str, ...] = ()

    @property
    def open_cents(self) -> int:
        """Return what is still to be paid."""
        return max(0, self.asked_cents - self.paid_cents)

    @property
    def overpaid_cents(self) -> int:
        """Return what came in beyond what is asked."""
        return max(0, self.paid_cents - self.asked_cents)

    def after(self, cents: int) -> Balance:
        """Return how the invoice would stand after an entry, to point out what it leads to."""
        return replace(self, paid_cents=self.paid_cents + cents)


def balance(desk: Desk, invoice_id: int) -> Balance:
    """Return how an invoice stands. Raises RuleBroken INVOICE_UNKNOWN, PAYMENT_ON_CANCELLATION."""
    with desk.database.read() as connection:
        found = payable_on(connection, invoice_id)
        family = customers.family(connection, customers.survivor(connection, found.customer_id))
        others = [number for row, number in unpaid_of(connection, family) if row != invoice_id]
        return replace(balance_on(connection, found), elsewhere=tuple(others))


def payments_of(desk: Desk, invoice_id: int) -> tuple[Payment, ...]:
    """Return the entries of an invoice in the order in which they were written."""
    with desk.database.read() as connection:
        return stored.payments_of(connection, invoice_id)


def add_payment(desk: Desk, invoice_id: int, cents: int, paid_on: date, note: str = "") -> Done[Payment]:
    """Write down money for an invoice: a part, all of it, or more, which `Balance.after` points out.

    Negative cents are money that went back: at most what is overpaid, which is everything that was paid
    where the invoice is cancelled. Raises RuleBroken INVOICE_UNKNOWN, PAYMENT_ON_CANCELLATION (it takes
    another document back, nobody pays it), PAYMENT_WITHOUT_AMOUNT, AMOUNT_INVALID and REFUND_TOO_HIGH at
    `cents`, PAYMENT_IN_FUTURE and PAYMENT_BEFORE_INVOICE at `paid_on`, TEXT_TOO_LONG at `note`.
    """
    words = checks.one_line(note, "note")
    now = desk.clock.now()
    _check_cents(cents)
    if paid_on > local_day(now):
        raise RuleBroken(Rule.PAYMENT_IN_FUTURE, field="paid_on")
    with desk.database.write() as connection:
        found = payable_on(connection, invoice_id)
        if paid_on < found.issued_on:
            raise RuleBroken(
                Rule.PAYMENT_BEFORE_INVOICE,
                field="paid_on",
                number=found.number,
                day=text.date(found.issued_on),
            )
        _check_refund(balance_on(connection, found), cents)
        entry = stored.insert_payment(
            connection,
            invoice_id,
            paid_on=paid_on,
            cents=cents,
            note=words,
            who=house_on(connection).supporter_name,
            created_at=now,
        )
    return done(entry, Topic.INVOICES)


def take_back(desk: Desk, payment_id: int, reason: str) -> Done[Payment]:
    """Undo an entry by one of the same day with the opposite sign; both stay.

    Raises RuleBroken REASON_MISSING, TEXT_TOO_LONG at `reason`, PAYMENT_UNKNOWN, PAYMENT_TAKEN_BACK (it was
    undone before, or itself undoes another one), PAYMENT_REFUNDED (it went back already: that first).
    """
    words = checks.one_line(reason, "reason")
    if not words:
        raise RuleBroken(Rule.REASON_MISSING, field="reason")
    with desk.database.write() as connection:
        found = stored.find(connection, payment_id)
        if found is None:
            raise RuleBroken(Rule.PAYMENT_UNKNOWN)
        if found.takes_back is not None or stored.is_taken_back(connection, payment_id):
            raise RuleBroken(Rule.PAYMENT_TAKEN_BACK)
        if stored.paid_cents(connection, found.invoice_id) < found.cents:
            raise RuleBroken(Rule.PAYMENT_REFUNDED)
        entry = stored.insert_payment(
            connection,
            found.invoice_id,
            paid_on=found.paid_on,
            cents=-found.cents,
            note=words,
            who=house_on(connection).supporter_name,
            created_at=desk.clock.now(),
            takes_back=payment_id,
        )
    return done(entry, Topic.INVOICES)


def payable_on(connection: Connection, invoice_id: int) -> PayableInvoice:
    """Return an invoice that can be paid. Raises RuleBroken INVOICE_UNKNOWN, PAYMENT_ON_CANCELLATION."""
    found = stored.payable(connection, invoice_id)
    if found is None:
        raise RuleBroken(Rule.INVOICE_UNKNOWN, number=invoice_id)
    if found.kind is InvoiceKind.CANCELLATION:
        raise RuleBroken(Rule.PAYMENT_ON_CANCELLATION, number=found.number)
    return found


def balance_on(connection: Connection, found: PayableInvoice) -> Balance:
    """Return how an invoice stands as one transaction sees it."""
    asked = 0 if found.cancelled else found.gross_cents
    charged = 0 if found.cancelled else stored.charges(connection, found.id)
    return Balance(asked, stored.paid_cents(connection, found.id), found.cancelled, charged)


def _check_cents(cents: int) -> None:
    if cents == 0:
        raise RuleBroken(Rule.PAYMENT_WITHOUT_AMOUNT, field="cents")
    if abs(cents) > _HIGHEST_CENTS:
        raise RuleBroken(Rule.AMOUNT_INVALID, field="cents")


def _check_refund(now: Balance, cents: int) -> None:
    if cents < 0 and -cents > now.overpaid_cents:
        raise RuleBroken(Rule.REFUND_TOO_HIGH, field="cents", most=text.money(now.overpaid_cents))
