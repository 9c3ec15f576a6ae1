"""The tables that tell of changes, each with what says when, who, on what, and from what to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Text, cast, false, literal, or_, select, true

from laverma_desk.domain.change_log import NOT_CORRECTIONS, ChangeKind
from laverma_desk.domain.invoice import InvoiceKind
from laverma_desk.storage.tables import (
    customer,
    customer_change,
    invoice,
    payment,
    session,
    session_change,
    setting_change,
)

CANCELLED, PAID = "cancelled", "paid"
"""The fields of a change whose kind is CANCELLATION or PAYMENT."""

_NOTHING: ColumnElement[str] = literal("")
_EVERY_ROW: ColumnElement[bool] = true()
_LOCKED = or_(customer.c.restricted_at.is_not(None), customer.c.erased_at.is_not(None))


@dataclass(frozen=True)
class Source:
    """A table that tells of changes.

    `joined` is what it has to be joined with to be shown. A text is looked for in `named`, and in `said`
    unless the customer is `locked`.
    """

    row: ColumnElement[int]
    at: ColumnElement[datetime]
    who: ColumnElement[str]
    field: ColumnElement[str]
    joined: FromClause
    subject: ColumnElement[str]
    old: ColumnElement[str]
    new: ColumnElement[str]
    reason: ColumnElement[str]
    named: tuple[ColumnElement[str], ...]
    said: tuple[ColumnElement[str], ...]
    customer_number: ColumnElement[str] = customer.c.number
    customer_name: ColumnElement[str] = customer.c.name
    locked: ColumnElement[bool] = _LOCKED
    always: ColumnElement[bool] = _EVERY_ROW

    def shown(self) -> Select[Any]:
        """Return the query for changes as they are shown."""
        columns: list[ColumnElement[Any]] = [
            self.row.label("id"),
            self.at.label("at"),
            self.who.label("who"),
            self.subject.label("subject"),
            self.customer_number.label("customer_number"),
            self.customer_name.label("customer_name"),
            self.field.label("field"),
            self.old.label("old"),
            self.new.label("new"),
            self.reason.label("reason"),
            self.locked.label("locked"),
        ]
        return select(*columns).select_from(self.joined)


def _sessions() -> Source:
    log = session_change.c
    return Source(
        row=log.id,
        at=log.at,
        who=log.who,
        field=log.field,
        joined=session_change.join(session).join(customer, customer.c.id == session.c.customer_id),
        subject=session.c.number,
        old=log.old,
        new=log.new,
        reason=log.reason,
        named=(session.c.number, customer.c.number),
        said=(customer.c.name, log.old, log.new, log.reason),
    )


def _customers() -> Source:
    log = customer_change.c
    return Source(
        row=log.id,
        at=log.at,
        who=log.who,
        field=log.field,
        joined=customer_change.outerjoin(customer, customer.c.id == log.customer_id),
        subject=_NOTHING,
        old=log.old,
        new=log.new,
        reason=log.reason,
        named=(customer.c.number,),
        said=(customer.c.name, log.old, log.new, log.reason),
    )


def _cancellations() -> Source:
    original = invoice.alias("original")
    one = invoice.c
    return Source(
        row=one.id,
        at=one.issued_at,
        who=one.supporter_name,
        field=literal(CANCELLED),
        joined=invoice.join(customer).join(original, original.c.id == one.cancels_id),
        subject=original.c.number,
        old=cast(original.c.gross_cents, Text),
        new=one.number,
        reason=one.reason,
        named=(one.number, original.c.number, customer.c.number),
        said=(customer.c.name, one.reason),
        always=one.kind == InvoiceKind.CANCELLATION.value,
    )


def _payments() -> Source:
    taken_back = payment.alias("taken_back")
    one = payment.c
    return Source(
        row=one.id,
        at=one.created_at,
        who=one.who,
        field=literal(PAID),
        joined=payment.join(invoice).join(customer).join(taken_back, taken_back.c.id == one.takes_back_id),
        subject=invoice.c.number,
        old=cast(taken_back.c.cents, Text),
        new=cast(taken_back.c.paid_on, Text),
        reason=one.note,
        named=(invoice.c.number, customer.c.number),
        said=(customer.c.name, one.note),
        always=one.takes_back_id.is_not(None),
    )


def _settings() -> Source:
    log = setting_change.c
    return Source(
        row=log.id,
        at=log.at,
        who=log.who,
        field=log.section + "." + log.field,
        joined=setting_change,
        subject=log.subject,
        old=log.old,
        new=log.new,
        reason=_NOTHING,
        named=(),
        said=(log.subject, log.old, log.new),
        customer_number=_NOTHING,
        customer_name=_NOTHING,
        locked=false(),
    )


SESSION, CUSTOMER, CANCELLATION, PAYMENT, SETTING = range(5)

SOURCES = (_sessions(), _customers(), _cancellations(), _payments(), _settings())

OF_KIND: Mapping[ChangeKind, tuple[int, ColumnElement[bool]]] = {
    ChangeKind.CORRECTION: (SESSION, session_change.c.field.not_in(NOT_CORRECTIONS)),
    ChangeKind.COURSE: (SESSION, session_change.c.field.in_(NOT_CORRECTIONS)),
    ChangeKind.CUSTOMER: (CUSTOMER, _EVERY_ROW),
    ChangeKind.CANCELLATION: (CANCELLATION, _EVERY_ROW),
    ChangeKind.PAYMENT: (PAYMENT, _EVERY_ROW),
    ChangeKind.SETTING: (SETTING, _EVERY_ROW),
}
"""In which table the changes of a kind stand, and which of its rows they are."""


def kind_of(source: int, field: str) -> ChangeKind:
    """Return the kind of a change by its table and field."""
    if source == SESSION:
        return ChangeKind.COURSE if field in NOT_CORRECTIONS else ChangeKind.CORRECTION
    return next(kind for kind, (number, _rows) in OF_KIND.items() if number == source)
