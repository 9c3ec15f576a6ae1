"""Lists of issued documents with what was paid, sent and reminded, each read in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, select

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.folding import fold
from laverma_desk.domain.invoice import InvoiceKind
from laverma_desk.domain.invoice_register import InvoiceCounts, InvoiceRow, InvoiceTab, state_of
from laverma_desk.domain.message import MessageState
from laverma_desk.storage.literals import YES
from laverma_desk.storage.open_sessions import open_statement
from laverma_desk.storage.tables import (
    customer,
    invoice,
    invoice_draft,
    message,
    payment,
    reminder,
    reminder_invoice,
    session,
)

_ON_ITS_WAY = tuple(
    one.value for one in (MessageState.WAITING, MessageState.SENDING, MessageState.HANDED_OVER)
)
_taking_back = invoice.alias("taking_back")
_taken_back = invoice.alias("taken_back")

_PAID = (
    select(func.coalesce(func.sum(payment.c.cents), 0))
    .where(payment.c.invoice_id == invoice.c.id)
    .scalar_subquery()
)
_LEVEL = (
    select(func.coalesce(func.max(reminder.c.level), 0))
    .select_from(reminder_invoice.join(reminder))
    .where(reminder_invoice.c.invoice_id == invoice.c.id)
    .scalar_subquery()
)
_CHARGED = (
    select(func.coalesce(func.max(reminder.c.fee_cents + reminder.c.interest_cents), 0))
    .select_from(reminder_invoice.join(reminder))
    .where(reminder_invoice.c.invoice_id == invoice.c.id)
    .scalar_subquery()
)
_SENT = exists().where((message.c.invoice_id == invoice.c.id) & message.c.state.in_(_ON_ITS_WAY))
_IS_INVOICE = invoice.c.kind == InvoiceKind.INVOICE.value
_ON_TAB: dict[InvoiceTab, ColumnElement[bool]] = {
    InvoiceTab.ISSUED: _IS_INVOICE & _taking_back.c.id.is_(None) & (invoice.c.gross_cents > _PAID),
    InvoiceTab.PAID: _IS_INVOICE & _taking_back.c.id.is_(None) & (invoice.c.gross_cents <= _PAID),
    InvoiceTab.CANCELLED: ~_IS_INVOICE | _taking_back.c.id.is_not(None),
}


def _statement() -> Select[Any]:
    return (
        select(
            invoice.c.id,
            invoice.c.number,
            invoice.c.kind,
            invoice.c.customer_id,
            invoice.c.customer_name,
            customer.c.number.label("customer_number"),
            invoice.c.issued_on,
            invoice.c.due_on,
            invoice.c.gross_cents,
            invoice.c.net_cents,
            invoice.c.format,
            func.coalesce(_taking_back.c.number, "").label("cancelled_by"),
            func.coalesce(_taken_back.c.number, "").label("cancels"),
            _PAID.label("paid_cents"),
            _LEVEL.label("level"),
            _CHARGED.label("charged_cents"),
            _SENT.label("sent"),
        )
        .join(customer, customer.c.id == invoice.c.customer_id)
        .outerjoin(_taking_back, _taking_back.c.cancels_id == invoice.c.id)
        .outerjoin(_taken_back, _taken_back.c.id == invoice.c.cancels_id)
    )


def rows(connection: Connection, tab: InvoiceTab, today: date, text: str = "") -> tuple[InvoiceRow, ...]:
    """Return a list, the newest document first; `text` is looked for in numbers and customers."""
    found = connection.execute(
        _statement().where(_ON_TAB[tab]).order_by(invoice.c.issued_on.desc(), invoice.c.id.desc())
    )
    wanted = fold(text.strip())
    return tuple(_row(one, today) for one in found if not wanted or _speaks_of(one, wanted))


def last_of(connection: Connection, family: Sequence[int], today: date, many: int) -> tuple[InvoiceRow, ...]:
    """Return the newest documents of some records, the newest first."""
    found = connection.execute(
        _statement()
        .where(invoice.c.customer_id.in_(family))
        .order_by(invoice.c.issued_on.desc(), invoice.c.id.desc())
        .limit(many)
    )
    return tuple(_row(one, today) for one in found)


def unpaid_of(connection: Connection, family: Sequence[int]) -> list[tuple[int, str]]:
    """Return row and number of each invoice of some records that is not paid in full, the oldest first."""
    found = connection.execute(
        _statement()
        .where(_ON_TAB[InvoiceTab.ISSUED], invoice.c.customer_id.in_(family))
        .order_by(invoice.c.issued_on, invoice.c.id)
    )
    return [(one.id, one.number) for one in found]


def row(connection: Connection, invoice_id: int, today: date) -> InvoiceRow | None:
    """Return one document as lists show it."""
    found = connection.execute(_statement().where(invoice.c.id == invoice_id)).one_or_none()
    return None if found is None else _row(found, today)


def counts(connection: Connection, until: date) -> InvoiceCounts:
    """Return how many documents stand in each list, and how many customers have something to bill."""

    def many(tab: InvoiceTab) -> int:
        joined = invoice.outerjoin(_taking_back, _taking_back.c.cancels_id == invoice.c.id)
        return int(
            connection.execute(select(func.count()).select_from(joined).where(_ON_TAB[tab])).scalar_one()
        )

    return InvoiceCounts(
        open=_open_customers(connection, until),
        drafts=int(connection.execute(select(func.count()).select_from(invoice_draft)).scalar_one()),
        issued=many(InvoiceTab.ISSUED),
        paid=many(InvoiceTab.PAID),
        cancelled=many(InvoiceTab.CANCELLED),
    )


def _open_customers(connection: Connection, until: date) -> int:
    waiting = open_statement(until).where(session.c.billable == YES).order_by(None).subquery()
    return int(connection.execute(select(func.count(waiting.c.head.distinct()))).scalar_one())


def _speaks_of(one: Row[Any], wanted: str) -> bool:
    return any(wanted in fold(said) for said in (one.number, one.customer_name, one.customer_number))


def _row(one: Row[Any], today: date) -> InvoiceRow:
    kind = InvoiceKind(one.kind)
    return InvoiceRow(
        id=one.id,
        number=one.number,
        kind=kind,
        customer_id=one.customer_id,
        customer_name=one.customer_name,
        issued_on=one.issued_on,
        due_on=one.due_on,
        gross_cents=one.gross_cents,
        net_cents=one.net_cents,
        paid_cents=one.paid_cents,
        state=state_of(
            kind=kind,
            cancelled=bool(one.cancelled_by),
            gross_cents=one.gross_cents,
            paid_cents=one.paid_cents,
            due_on=one.due_on,
            today=today,
        ),
        sent=bool(one.sent),
        format=InvoiceFormat(one.format),
        cancelled_by=one.cancelled_by,
        cancels=one.cancels,
        reminder_level=one.level,
        charged_cents=one.charged_cents,
    )
