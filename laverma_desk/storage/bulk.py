"""Customers by the thousand: read by the group, written by executemany, never one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, insert, select, update

from laverma_desk.domain.customer import Contact, Customer, Workstation
from laverma_desk.storage.customers import (
    CUSTOMER_COLUMNS,
    contact_values,
    customer_values,
    next_row,
    to_contact,
    to_customer,
    to_workstation,
)
from laverma_desk.storage.tables import agreement, contact, customer, workstation


def customers_by_number(connection: Connection, numbers: Sequence[str]) -> dict[str, Customer]:
    """Return the customers that have one of some hundred numbers."""
    rows = connection.execute(select(*CUSTOMER_COLUMNS).where(customer.c.number.in_(numbers)))
    return {row.number: to_customer(row) for row in rows}


def insert_customers(connection: Connection, new: Sequence[Customer], at: datetime) -> dict[str, int]:
    """Write new customers (their `id` is ignored) and return number → row."""
    if not new:
        return {}
    statement = insert(customer).returning(customer.c.number, customer.c.id)
    places = enumerate(new, next_row(connection))
    values = [customer_values(one) | {"id": place, "created_at": at} for place, one in places]
    rows = connection.execute(statement, values)
    return {row.number: row.id for row in rows}


def update_customers(connection: Connection, changed: Sequence[Customer]) -> None:
    """Write customers' records anew."""
    update_rows(connection, customer, [customer_values(one) | {"id": one.id} for one in changed])


def workstations_of(connection: Connection, customer_ids: Sequence[int]) -> list[Workstation]:
    """Return the machines of some hundred customers, archived ones included."""
    theirs = select(workstation).where(workstation.c.customer_id.in_(customer_ids))
    return [to_workstation(row) for row in connection.execute(theirs.order_by(workstation.c.id))]


def insert_workstations(connection: Connection, new: Sequence[Workstation]) -> None:
    """Write new machines (their `id` is ignored)."""
    if new:
        connection.execute(insert(workstation), [_without_id(one) | {"tool": one.tool.value} for one in new])


def update_workstations(connection: Connection, changed: Sequence[Workstation]) -> None:
    """Write machines' records anew."""
    update_rows(connection, workstation, [vars(one) | {"tool": one.tool.value} for one in changed])


def contacts_of(connection: Connection, customer_ids: Sequence[int]) -> list[tuple[int, Contact]]:
    """Return the people of some hundred customers as (customer, contact), in their order."""
    rows = connection.execute(
        select(contact)
        .where(contact.c.customer_id.in_(customer_ids))
        .order_by(contact.c.customer_id, contact.c.position)
    )
    return [(row.customer_id, to_contact(row)) for row in rows]


def insert_contacts(connection: Connection, new: Sequence[tuple[int, int, Contact]]) -> None:
    """Write new people as (customer, position, contact)."""
    if new:
        rows = [
            contact_values(one) | {"customer_id": customer_id, "position": position}
            for customer_id, position, one in new
        ]
        connection.execute(insert(contact), rows)


def update_contacts(connection: Connection, changed: Sequence[Contact]) -> None:
    """Write people's records anew."""
    update_rows(connection, contact, [contact_values(one) | {"id": one.id} for one in changed])


def agreement_days_of(
    connection: Connection, customer_ids: Sequence[int]
) -> dict[tuple[int, date, date | None], tuple[int, date | None]]:
    """Return (customer, first day, last day) → (row, ending day) of the agreements of some customers.

    Those of records that went into one of them are its own.
    """
    owner = func.coalesce(customer.c.merged_into, customer.c.id)
    columns = agreement.c
    rows = connection.execute(
        select(columns.id, owner.label("owner"), columns.valid_from, columns.valid_until, columns.ended_on)
        .join(customer, customer.c.id == columns.customer_id)
        .where(owner.in_(customer_ids))
    )
    return {(row.owner, row.valid_from, row.valid_until): (row.id, row.ended_on) for row in rows}


def insert_agreements(
    connection: Connection, new: Iterable[tuple[int, date, date | None, date | None]], at: datetime
) -> None:
    """Append agreements as (customer, first day, last day, ending day); earlier ones stay as they are."""
    rows = [
        {"customer_id": owner, "valid_from": begin, "valid_until": end, "ended_on": ended, "created_at": at}
        for owner, begin, end, ended in new
    ]
    if rows:
        connection.execute(insert(agreement), rows)


def end_agreements(connection: Connection, ended: Sequence[tuple[int, date]]) -> None:
    """Note of agreements that run that they were cancelled, as (row, ending day)."""
    update_rows(connection, agreement, [{"id": row, "ended_on": day} for row, day in ended])


def _without_id(record: Any) -> dict[str, Any]:
    # Not `dataclasses.asdict`, which copies each value and takes ten times as long.
    return {name: value for name, value in vars(record).items() if name != "id"}


def update_rows(connection: Connection, table: Table, records: Sequence[dict[str, Any]]) -> None:
    """Write records by their `id`, all of the same columns, with one prepared statement."""
    if not records:
        return
    columns = [name for name in records[0] if name != "id"]
    statement = (
        update(table)
        .where(table.c.id == bindparam("row_id"))
        .values({name: bindparam(f"new_{name}") for name in columns})
    )
    rows = [{"row_id": one["id"]} | {f"new_{name}": one[name] for name in columns} for one in records]
    connection.execute(statement, rows)
