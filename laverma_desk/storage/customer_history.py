"""The log of what was changed on a practice's record, by whom and why; lines are appended and stay."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from laverma_desk.storage.session_history import Change
from laverma_desk.storage.tables import customer_change


def log_customer_changes(connection: Connection, customer_id: int, changes: Iterable[Change]) -> None:
    """Append lines to a practice's history."""
    rows = [vars(one) | {"customer_id": customer_id} for one in changes]
    if rows:
        from laverma_desk.storage.editions import renew_customers  # noqa: PLC0415 (no start writes)

        connection.execute(insert(customer_change), rows)
        renew_customers(connection, [customer_id])


def customer_changes_of(connection: Connection, customer_id: int) -> list[Change]:
    """Return a record's history, the oldest line first."""
    columns = customer_change.c
    rows = connection.execute(
        select(columns.at, columns.who, columns.field, columns.old, columns.new, columns.reason)
        .where(columns.customer_id == customer_id)
        .order_by(columns.id)
    )
    return [Change(*row) for row in rows]
