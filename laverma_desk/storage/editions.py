"""The versions of what two people may edit at once: each write counts one up, an editor says which it saw."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Table, select, update

from laverma_desk.storage.portions import portions
from laverma_desk.storage.tables import customer, invoice_draft, session


def customer_version(connection: Connection, customer_id: int) -> int:
    """Return the version of a customer's record with its people, machines, terms and agreements; 0: gone."""
    return _version(connection, customer, customer_id)


def session_version(connection: Connection, session_id: int) -> int:
    """Return the version of a session; 0: gone."""
    return _version(connection, session, session_id)


def draft_version(connection: Connection, draft_id: int) -> int:
    """Return the version of a draft with its sessions and items; 0: gone."""
    return _version(connection, invoice_draft, draft_id)


def renew_customers(connection: Connection, customer_ids: Iterable[int]) -> None:
    """Count records one up: something of theirs was written."""
    for some in portions(dict.fromkeys(customer_ids)):
        connection.execute(
            update(customer).where(customer.c.id.in_(some)).values(version=customer.c.version + 1)
        )


def renew_sessions(connection: Connection, session_ids: Iterable[int]) -> None:
    """Count sessions one up that many were written at once."""
    for some in portions(session_ids):
        connection.execute(
            update(session).where(session.c.id.in_(some)).values(version=session.c.version + 1)
        )


def renew_draft(connection: Connection, draft_id: int) -> None:
    """Count a draft one up: something of it was written."""
    mine = invoice_draft.c.id == draft_id
    connection.execute(update(invoice_draft).where(mine).values(version=invoice_draft.c.version + 1))


def _version(connection: Connection, table: Table, row: int) -> int:
    return int(connection.execute(select(table.c.version).where(table.c.id == row)).scalar() or 0)
