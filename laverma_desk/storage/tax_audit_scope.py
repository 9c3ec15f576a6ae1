"""Which rows belong to an audit of some days: what happened in them, and whatever that refers to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select, union

from laverma_desk.storage.literals import ENDED
from laverma_desk.storage.tables import (
    customer,
    invoice,
    invoice_line,
    payment,
    reminder,
    reminder_invoice,
    session,
)

Ids = Select[tuple[int]]


@dataclass(frozen=True)
class Scope:
    """The days of an audit, both included. All conditions together are closed: nothing refers outside."""

    first: date
    last: date

    def issued(self) -> ColumnElement[bool]:
        """Return the condition that a document was issued in the period."""
        return invoice.c.issued_on.between(self.first, self.last)

    def paid(self) -> ColumnElement[bool]:
        """Return the condition that money came in, or went back, in the period."""
        return payment.c.paid_on.between(self.first, self.last)

    def reminded(self) -> ColumnElement[bool]:
        """Return the condition that a letter is of the period."""
        return reminder.c.issued_on.between(self.first, self.last)

    def held(self) -> ColumnElement[bool]:
        """Return the condition that a session of the period has ended."""
        return and_(session.c.state == ENDED, session.c.day.between(self.first, self.last))

    def on_lines(self) -> Ids:
        """Return the sessions that documents of the period bill or take back, whenever they were."""
        return (
            select(invoice_line.c.session_id)
            .join(invoice, invoice.c.id == invoice_line.c.invoice_id)
            .where(self.issued(), invoice_line.c.session_id.is_not(None))
        )

    def invoices(self) -> Ids:
        """Return the documents of the period and those that anything of it names.

        That is a payment, a letter, a session, or the cancellation of one of them.
        """
        numbers_of_lines = select(session.c.invoice_number).where(
            session.c.id.in_(self.on_lines()), session.c.invoice_number.is_not(None)
        )
        numbers_of_days = (
            select(session.c.invoice_number)
            .where(self.held(), session.c.invoice_number.is_not(None))
            .distinct()
        )
        reminded = (
            select(reminder_invoice.c.invoice_id)
            .join(reminder, reminder.c.id == reminder_invoice.c.reminder_id)
            .where(self.reminded())
        )
        named = union(
            select(invoice.c.id).where(self.issued()),
            select(payment.c.invoice_id).where(self.paid()),
            reminded,
            select(invoice.c.id).where(invoice.c.number.in_(numbers_of_lines)),
            select(invoice.c.id).where(invoice.c.number.in_(numbers_of_days)),
        ).cte("named")
        taken_back = select(invoice.c.cancels_id).where(
            invoice.c.id.in_(select(named.c.id)), invoice.c.cancels_id.is_not(None)
        )
        return _ids(union(select(named.c.id), taken_back))

    def customers(self) -> Ids:
        """Return the records that anything of the period names, and those that go on for them."""
        named = union(
            select(session.c.customer_id).where(self.held()).distinct(),
            select(session.c.customer_id).where(session.c.id.in_(self.on_lines())),
            select(invoice.c.customer_id).where(invoice.c.id.in_(self.invoices())),
            select(reminder.c.customer_id).where(self.reminded()),
        ).cte("owners")
        going_on = select(customer.c.merged_into).where(
            customer.c.id.in_(select(named.c.customer_id)), customer.c.merged_into.is_not(None)
        )
        return _ids(union(select(named.c.customer_id), going_on))


def _ids(found: Any) -> Ids:
    return select(found.subquery().c[0])
