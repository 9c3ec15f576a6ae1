"""What the desk holds of a customer's invoices, and how the words are taken out once no law keeps them.

Numbers, days, sums and hashes stay: they tell of nobody, and the chain can still be checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Select, select, update

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.retention import ERASED
from laverma_desk.storage.erasing import erase_documents, erase_sessions
from laverma_desk.storage.sealing import unsealed
from laverma_desk.storage.tables import (
    invoice,
    invoice_line,
    message,
    payment,
    reminder,
    reminder_invoice,
    session,
)

_NEVER_SENT = (MessageState.FAILED.value, MessageState.DISCARDED.value)


@dataclass(frozen=True)
class HeldInvoice:
    """A document with the last day on which anything happened to it; `erased`: its words are gone."""

    id: int
    number: str
    last: date
    erased: bool


def invoices_of(connection: Connection, family: Sequence[int]) -> list[HeldInvoice]:
    """Return the invoices and cancellations of records in the order in which they were issued.

    Payments, reminders, mails and a cancellation are evidence about an invoice and count for its last day.
    """
    rows = connection.execute(
        select(invoice.c.id, invoice.c.number, invoice.c.issued_on, invoice.c.cancels_id, invoice.c.erased_at)
        .where(invoice.c.customer_id.in_(family))
        .order_by(invoice.c.id)
    ).all()
    last: dict[int, date] = {row.id: row.issued_on for row in rows}

    def happened(number: int, day: date) -> None:
        last[number] = max(last[number], day)

    own = select(invoice.c.id).where(invoice.c.customer_id.in_(family))
    for number, day in connection.execute(_days(payment.c.invoice_id, payment.c.paid_on, own)):
        happened(number, day)
    reminded = _days(reminder_invoice.c.invoice_id, reminder.c.issued_on, own).join(
        reminder, reminder.c.id == reminder_invoice.c.reminder_id
    )
    for number, day in connection.execute(reminded):
        happened(number, day)
    mailed = _days(message.c.invoice_id, message.c.created_at, own).where(message.c.state.not_in(_NEVER_SENT))
    for number, at in connection.execute(mailed):
        happened(number, local_day(at))
    for row in rows:
        if row.cancels_id is not None:
            both = max(last[row.id], last.get(row.cancels_id, row.issued_on))
            last[row.id] = last[row.cancels_id] = both
    return [HeldInvoice(row.id, row.number, last[row.id], row.erased_at is not None) for row in rows]


def _days(number: Column[Any], day: Column[Any], own: Select[tuple[int]]) -> Select[Any]:
    return select(number, day).where(number.in_(own))


def erase_invoices(connection: Connection, numbers: Sequence[int], at: datetime) -> None:
    """Take the words out of invoices, their papers, payments and reminders, and the sessions they bill.

    A reminder goes with the last of its invoices. To be called for those whose time is over.
    """
    if not numbers:
        return
    chosen = invoice.c.id.in_(numbers)
    rows = connection.execute(
        select(invoice.c.number, invoice.c.pdf_id, invoice.c.xml_id).where(chosen)
    ).all()
    with unsealed(connection, "invoice_no_update"):
        connection.execute(
            update(invoice).where(chosen).values(record="", customer_name=ERASED, reason="", erased_at=at)
        )
    with unsealed(connection, "invoice_line_no_update"):
        connection.execute(
            update(invoice_line).where(invoice_line.c.invoice_id.in_(numbers)).values(text=ERASED)
        )
    with unsealed(connection, "payment_no_update"):
        connection.execute(update(payment).where(payment.c.invoice_id.in_(numbers)).values(note=""))
    papers = [one for row in rows for one in (row.pdf_id, row.xml_id) if one is not None]
    erase_documents(connection, papers + _erase_reminders(connection, numbers))
    _erase_billed_sessions(connection, [row.number for row in rows])


def _erase_reminders(connection: Connection, numbers: Sequence[int]) -> list[int]:
    """Blank the reminders that speak of erased invoices alone, and return their papers."""
    alive = (
        select(reminder_invoice.c.reminder_id)
        .join(invoice, invoice.c.id == reminder_invoice.c.invoice_id)
        .where(invoice.c.erased_at.is_(None))
    )
    touched = select(reminder_invoice.c.reminder_id).where(reminder_invoice.c.invoice_id.in_(numbers))
    rows = connection.execute(
        select(reminder.c.id, reminder.c.pdf_id).where(
            reminder.c.id.in_(touched) & reminder.c.id.not_in(alive)
        )
    ).all()
    if rows:
        with unsealed(connection, "reminder_no_update"):
            connection.execute(
                update(reminder).where(reminder.c.id.in_([row.id for row in rows])).values(record="")
            )
    return [row.pdf_id for row in rows]


def _erase_billed_sessions(connection: Connection, invoice_numbers: Sequence[str]) -> None:
    billed = list(
        connection.execute(
            select(session.c.id).where(session.c.invoice_number.in_(invoice_numbers))
        ).scalars()
    )
    if billed:
        with unsealed(connection, "session_locked"):
            erase_sessions(connection, billed)
