"""What becomes one when two records turn out to be the same practice."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select, update

from laverma_desk.storage.tables import contact, customer, session, workstation


def move_contact(connection: Connection, contact_id: int, customer_id: int) -> None:
    """Give a person to another practice, behind its own people."""
    last = connection.execute(
        select(func.max(contact.c.position)).where(contact.c.customer_id == customer_id)
    ).scalar()
    position = 0 if last is None else last + 1
    connection.execute(
        update(contact).where(contact.c.id == contact_id).values(customer_id=customer_id, position=position)
    )


def move_workstation(connection: Connection, workstation_id: int, customer_id: int) -> None:
    """Give a machine to another practice; its sessions stay with the record they were held for."""
    connection.execute(
        update(workstation).where(workstation.c.id == workstation_id).values(customer_id=customer_id)
    )


def retire_workstation(connection: Connection, workstation_id: int) -> None:
    """Archive a machine whose IDs have gone over to its namesake."""
    connection.execute(
        update(workstation).where(workstation.c.id == workstation_id).values(archived=True, partner_id="")
    )


def merge_into(connection: Connection, other_id: int, survivor_id: int) -> None:
    """Archive a record as part of another, and with it those that were merged into it before."""
    connection.execute(
        update(customer)
        .where((customer.c.id == other_id) | (customer.c.merged_into == other_id))
        .values(merged_into=survivor_id, archived=True)
    )


def count_sessions(connection: Connection, family: Sequence[int]) -> int:
    """Return how many sessions some records have."""
    return int(
        connection.execute(
            select(func.count()).select_from(session).where(session.c.customer_id.in_(family))
        ).scalar_one()
    )


def open_session(connection: Connection, family: Sequence[int]) -> str | None:
    """Return the number of a session of some records that has not ended."""
    found = connection.execute(
        select(session.c.number)
        .where(session.c.customer_id.in_(family) & (session.c.state != "ended"))
        .order_by(session.c.id)
        .limit(1)
    ).scalar()
    return None if found is None else str(found)
