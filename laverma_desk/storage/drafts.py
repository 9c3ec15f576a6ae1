"""Drafts of invoices: which sessions they hold, the lines that are no sessions, and what a form set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.invoice import DraftItem, InvoiceDraft, LineKind, Unit
from laverma_desk.storage import numbers
from laverma_desk.storage.editions import renew_draft
from laverma_desk.storage.inserting import insert_row
from laverma_desk.storage.open_sessions import OpenRow, drafted_rows
from laverma_desk.storage.portions import portions
from laverma_desk.storage.tables import customer, draft_item, draft_session, invoice_draft

_NUMBERS = "draft"


def find(connection: Connection, draft_id: int) -> InvoiceDraft | None:
    """Return a draft; what was merged belongs to the record that goes on, see `every`."""
    found = _fetch(connection, invoice_draft.c.id == draft_id, drafted_rows(connection, draft_id))
    return found[0] if found else None


def every(connection: Connection) -> list[tuple[InvoiceDraft, tuple[OpenRow, ...]]]:
    """Return all drafts with their sessions, by the customer's number.

    The customer is the record that goes on today. Sessions are those that the draft still may have, the
    oldest first.
    """
    rows = drafted_rows(connection)
    held: dict[int, list[OpenRow]] = defaultdict(list)
    for draft_id, row in rows:
        held[draft_id].append(row)
    return [(one, tuple(held[one.id])) for one in _fetch(connection, None, rows)]


def _fetch(
    connection: Connection, condition: ColumnElement[bool] | None, held: Sequence[tuple[int, OpenRow]]
) -> list[InvoiceDraft]:
    sessions: dict[int, list[int]] = defaultdict(list)
    for draft_id, row in held:
        sessions[draft_id].append(row.id)
    shown = customer.alias("shown")
    head = func.coalesce(customer.c.merged_into, customer.c.id)
    statement = (
        select(invoice_draft, head.label("head"))
        .join(customer, customer.c.id == invoice_draft.c.customer_id)
        .join(shown, shown.c.id == head)
        .order_by(func.length(shown.c.number), shown.c.number, invoice_draft.c.until, invoice_draft.c.id)
    )
    if condition is not None:
        statement = statement.where(condition)
    rows = connection.execute(statement).all()
    items = _items(connection, None if condition is None else [row.id for row in rows])
    return [
        InvoiceDraft(
            id=row.id,
            customer_id=row.head,
            until=row.until,
            created_at=row.created_at,
            issued_on=row.issued_on,
            payment_days=row.payment_days,
            introduction=row.introduction,
            format=InvoiceFormat(row.format),
            attach_reports=row.attach_reports,
            session_ids=tuple(sessions[row.id]),
            items=tuple(items[row.id]),
            version=row.version,
        )
        for row in rows
    ]


def _items(connection: Connection, draft_ids: Sequence[int] | None) -> dict[int, list[DraftItem]]:
    statement = select(draft_item).order_by(draft_item.c.position, draft_item.c.id)
    if draft_ids is not None:
        statement = statement.where(draft_item.c.draft_id.in_(draft_ids))
    items: dict[int, list[DraftItem]] = defaultdict(list)
    for row in connection.execute(statement):
        items[row.draft_id].append(
            DraftItem(
                row.id, LineKind(row.kind), row.day, row.text, Decimal(row.quantity), Unit(row.unit),
                row.price_cents, row.vat_rate,
            )
        )  # fmt: skip
    return items


def remove_of(connection: Connection, family: Sequence[int]) -> None:
    """Throw away the drafts of some records."""
    mine = select(invoice_draft.c.id).where(invoice_draft.c.customer_id.in_(family))
    for draft_id in list(connection.execute(mine).scalars()):
        remove(connection, draft_id)


def insert_draft(connection: Connection, customer_id: int, until: date, at: datetime) -> int:
    """Write an empty draft and return its row, which no draft before ever had.

    Who still looks at one that is gone must not come upon another customer's.
    """
    row = numbers.take(connection, _NUMBERS, 0)
    values = {"id": row, "customer_id": customer_id, "until": until, "created_at": at}
    return insert_row(connection, invoice_draft, **values)


def hold(connection: Connection, draft_id: int, session_ids: Sequence[int]) -> None:
    """Put sessions that are open into a draft; one that a correction took from another draft leaves it."""
    for some in portions(session_ids):
        connection.execute(delete(draft_session).where(draft_session.c.session_id.in_(some)))
        connection.execute(insert(draft_session), [{"session_id": one, "draft_id": draft_id} for one in some])
    renew_draft(connection, draft_id)


def let_go(connection: Connection, draft_id: int, session_id: int) -> None:
    """Take a session out of a draft: it is open again."""
    columns = draft_session.c
    connection.execute(
        delete(draft_session).where((columns.draft_id == draft_id) & (columns.session_id == session_id))
    )
    renew_draft(connection, draft_id)


def update_draft(connection: Connection, draft_id: int, **values: Any) -> None:
    """Write some columns of a draft."""
    connection.execute(update(invoice_draft).where(invoice_draft.c.id == draft_id).values(**values))
    renew_draft(connection, draft_id)


def put_item(connection: Connection, draft_id: int, item: DraftItem) -> int | None:
    """Write an item of a draft, a new one (`id` 0) behind the others; return its row, None if it is gone."""
    values = {
        "kind": item.kind.value,
        "day": item.day,
        "text": item.text,
        "quantity": str(item.quantity),
        "unit": item.unit.value,
        "price_cents": item.price_cents,
        "vat_rate": item.vat_rate,
    }
    renew_draft(connection, draft_id)
    if item.id:
        mine = (draft_item.c.id == item.id) & (draft_item.c.draft_id == draft_id)
        known = connection.execute(update(draft_item).where(mine).values(**values)).rowcount
        return item.id if known else None
    last = connection.execute(
        select(func.max(draft_item.c.position)).where(draft_item.c.draft_id == draft_id)
    ).scalar()
    return insert_row(
        connection, draft_item, draft_id=draft_id, position=0 if last is None else last + 1, **values
    )


def remove_item(connection: Connection, draft_id: int, item_id: int) -> None:
    """Take an item out of a draft."""
    mine = (draft_item.c.id == item_id) & (draft_item.c.draft_id == draft_id)
    connection.execute(delete(draft_item).where(mine))
    renew_draft(connection, draft_id)


def remove(connection: Connection, draft_id: int) -> None:
    """Throw a draft away with its items; its sessions are free."""
    connection.execute(delete(draft_session).where(draft_session.c.draft_id == draft_id))
    connection.execute(delete(draft_item).where(draft_item.c.draft_id == draft_id))
    connection.execute(delete(invoice_draft).where(invoice_draft.c.id == draft_id))
