"""The rows of an audit, table by table; none is held in memory but the one that is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, func, literal, not_, null, select

from laverma_desk.domain.document_number import NumberKind
from laverma_desk.storage.setting_changes import every_setting_change
from laverma_desk.storage.tables import (
    customer,
    customer_change,
    free_reason,
    invoice,
    invoice_line,
    number_range,
    payment,
    reminder,
    reminder_invoice,
    segment,
    session,
    session_change,
    vat_rate,
)
from laverma_desk.storage.tax_audit_rows import (
    AuditedChange,
    AuditedCustomer,
    AuditedInvoice,
    AuditedLine,
    AuditedPayment,
    AuditedRange,
    AuditedRate,
    AuditedReminder,
    AuditedReminderLine,
    AuditedSession,
    AuditedVat,
)
from laverma_desk.storage.tax_audit_scope import Scope

_AT_ONCE = 1000
_EVERY_YEAR = 0


def expected(connection: Connection, scope: Scope) -> int:
    """Return about how many rows there are, to say how far an export is: of the tables that grow large."""

    def count(table: FromClause, condition: ColumnElement[bool]) -> int:
        return int(connection.execute(select(func.count()).select_from(table).where(condition)).scalar_one())

    documents = count(invoice, scope.issued())
    lined = invoice_line.join(invoice, invoice.c.id == invoice_line.c.invoice_id)
    return (
        count(session, scope.held())
        + count(lined, scope.issued())
        + count(payment, scope.paid())
        # Each has a row of its own, and one of its VAT at least.
        + 2 * documents
    )


def customers(connection: Connection, scope: Scope) -> Iterator[AuditedCustomer]:
    """Yield records in the order of their numbers, also locked, erased and merged ones."""
    head = customer.alias("head")
    one = customer.c
    asked = (
        select(
            one.number, one.name, one.street, one.postcode, one.city, one.country, one.vat_id,
            one.debtor_account, head.c.number, one.created_at, one.restricted_at, one.erased_at,
        )
        .outerjoin(head, head.c.id == one.merged_into)
        .where(one.id.in_(scope.customers()))
        .order_by(one.number)
    )  # fmt: skip
    return map(AuditedCustomer._make, _each(connection, asked))


def invoices(connection: Connection, scope: Scope) -> Iterator[AuditedInvoice]:
    """Yield documents in the order of their chain."""
    original = invoice.alias("original")
    one = invoice.c
    asked = (
        select(
            one.number, scope.issued(), one.id, one.kind, one.issued_on, one.issued_at, customer.c.number,
            one.customer_name, one.first, one.last, one.due_on, one.net_cents, one.vat_cents, one.gross_cents,
            original.c.number, one.reason, one.supporter_name, one.format, one.record, one.record_sha256,
            one.pdf_sha256, one.xml_sha256, one.chain_sha256, one.erased_at,
        )
        .join(customer, customer.c.id == one.customer_id)
        .outerjoin(original, original.c.id == one.cancels_id)
        .where(one.id.in_(scope.invoices()))
        .order_by(one.id)
    )  # fmt: skip
    return map(AuditedInvoice._make, _each(connection, asked))


def vat_sums(connection: Connection, scope: Scope) -> Iterator[AuditedVat]:
    """Yield what documents of the period come to by category and rate, in the order of their chain."""
    line = invoice_line.c
    asked = (
        select(invoice.c.number, line.vat_category, line.vat_rate, func.sum(line.net_cents))
        .join(invoice, invoice.c.id == line.invoice_id)
        .where(scope.issued())
        .group_by(invoice.c.id, line.vat_category, line.vat_rate)
        .order_by(invoice.c.id, line.vat_category, line.vat_rate)
    )
    return map(AuditedVat._make, _each(connection, asked))


def lines(connection: Connection, scope: Scope) -> Iterator[AuditedLine]:
    """Yield the lines of documents of the period as they stand on them."""
    line = invoice_line.c
    asked = (
        select(
            invoice.c.number, line.position, line.kind, session.c.number, line.day, line.text, line.quantity,
            line.unit, line.price_cents, line.base, line.net_cents, line.vat_category, line.vat_rate,
        )
        .join(invoice, invoice.c.id == line.invoice_id)
        .outerjoin(session, session.c.id == line.session_id)
        .where(scope.issued())
        .order_by(line.invoice_id, line.position)
    )  # fmt: skip
    return map(AuditedLine._make, _each(connection, asked))


def payments(connection: Connection, scope: Scope) -> Iterator[AuditedPayment]:
    """Yield entries of the period in the order in which they were written down."""
    one = payment.c
    asked = (
        select(
            one.id, invoice.c.number, one.paid_on, one.cents, one.note, one.who, one.created_at,
            one.takes_back_id,
        )
        .join(invoice, invoice.c.id == one.invoice_id)
        .where(scope.paid())
        .order_by(one.id)
    )  # fmt: skip
    return map(AuditedPayment._make, _each(connection, asked))


def sessions(connection: Connection, scope: Scope) -> Iterator[AuditedSession]:
    """Yield sessions of the period by their begin, then others that its documents bill."""
    one = session.c
    of_period = _session_query(within=True).where(scope.held()).order_by(one.day, one.begin, one.id)
    others = _session_query(within=False).where(one.id.in_(scope.on_lines()), not_(scope.held()))
    for asked in (of_period, others.order_by(one.id)):
        yield from map(AuditedSession._make, _each(connection, asked))


def _session_query(*, within: bool) -> Select[Any]:
    one = session.c
    last_end = (
        select(segment.c.end)
        .where(segment.c.session_id == one.id)
        .order_by(segment.c.position.desc())
        .limit(1)
        .correlate(session)
        .scalar_subquery()
    )
    return (
        select(
            one.number, literal(within), customer.c.number, one.customer_name, one.workstation_name, one.day,
            one.begin, last_end, one.seconds, one.billed_seconds, one.price_cents, one.rounding,
            one.net_cents, one.vat_rate, one.billable, free_reason.c.name, one.not_possible,
            one.supporter_name, one.invoice_number, one.origin, one.created_at,
        )
        .join(customer, customer.c.id == one.customer_id)
        .outerjoin(free_reason, free_reason.c.id == one.free_reason_id)
    )  # fmt: skip


def changes(connection: Connection, scope: Scope) -> Iterator[AuditedChange]:
    """Yield the logs of the sessions and records that the other tables hold, and that of the settings.

    All lines, whenever they were written: what was set before the period may count in it.
    """
    log, owner = session_change.c, customer.c
    of_sessions = (
        select(
            log.id, session.c.number, owner.number, log.at, log.who, log.field, log.old, log.new, log.reason
        )
        .select_from(session_change)
        .join(session, session.c.id == log.session_id)
        .join(customer, owner.id == session.c.customer_id)
        .where(scope.held() | session.c.id.in_(scope.on_lines()))
        .order_by(log.id)
    )
    log = customer_change.c
    of_customers = (
        select(log.id, null(), owner.number, log.at, log.who, log.field, log.old, log.new, log.reason)
        .select_from(customer_change)
        .join(customer, owner.id == log.customer_id)
        .where(owner.id.in_(scope.customers()))
        .order_by(log.id)
    )
    for asked in (of_sessions, of_customers):
        for row in _each(connection, asked):
            yield AuditedChange(*row)
    for one in every_setting_change(connection):
        what = one.what
        field = f"{what.section}.{what.field}"
        yield AuditedChange(
            one.number, None, None, one.at, one.who, field, what.old, what.new, "", what.subject
        )


def reminders(connection: Connection, scope: Scope) -> Iterator[AuditedReminder]:
    """Yield letters of the period in the order in which they were issued."""
    one = reminder.c
    asked = (
        select(
            one.number, customer.c.number, one.level, one.issued_on, one.counted_until, one.due_on,
            one.open_cents, one.fee_cents, one.interest_cents, one.created_at,
        )
        .join(customer, customer.c.id == one.customer_id)
        .where(scope.reminded())
        .order_by(one.id)
    )  # fmt: skip
    return map(AuditedReminder._make, _each(connection, asked))


def reminder_lines(connection: Connection, scope: Scope) -> Iterator[AuditedReminderLine]:
    """Yield the invoices that letters of the period name."""
    asked = (
        select(reminder.c.number, invoice.c.number, reminder_invoice.c.open_cents)
        .select_from(reminder_invoice)
        .join(reminder, reminder.c.id == reminder_invoice.c.reminder_id)
        .join(invoice, invoice.c.id == reminder_invoice.c.invoice_id)
        .where(scope.reminded())
        .order_by(reminder.c.id, invoice.c.id)
    )
    return map(AuditedReminderLine._make, _each(connection, asked))


def rates(connection: Connection, scope: Scope) -> Iterator[AuditedRate]:
    """Yield the rates of VAT that were known up to the end of the period."""
    asked = (
        select(vat_rate.c.valid_from, vat_rate.c.rate)
        .where(vat_rate.c.valid_from <= scope.last)
        .order_by(vat_rate.c.valid_from)
    )
    return map(AuditedRate._make, _each(connection, asked))


def ranges(connection: Connection, scope: Scope) -> Iterator[AuditedRange]:
    """Yield the ranges from which documents of the period's years have their numbers."""
    one = number_range.c
    years = and_(one.year >= scope.first.year, one.year <= scope.last.year) | (one.year == _EVERY_YEAR)
    asked = (
        select(one.kind, one.year, one.last)
        .where(one.kind.in_([kind.value for kind in NumberKind]), years)
        .order_by(one.kind, one.year)
    )
    return map(AuditedRange._make, _each(connection, asked))


def _each(connection: Connection, asked: Select[Any]) -> Iterator[Any]:
    found = connection.execute(asked.execution_options(yield_per=_AT_ONCE))
    try:
        yield from found
    finally:
        found.close()
