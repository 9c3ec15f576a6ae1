"""Practices with their people, machines and prices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, delete, func, insert, or_, select, update

from laverma_desk.domain.customer import Contact, Customer, InvoiceFormat, Salutation, Tool, Workstation
from laverma_desk.domain.tariff import CustomerTariff, Rounding
from laverma_desk.storage import numbers
from laverma_desk.storage.inserting import insert_row
from laverma_desk.storage.portions import portions
from laverma_desk.storage.tables import contact, customer, customer_change, customer_tariff, workstation

CUSTOMER_COLUMNS = [column for column in customer.c if column.name not in {"created_at", "version"}]
"""The columns of a record, as `to_customer` takes them."""

# Built once: to put a statement together takes longer than to ask it.
_ROW: BindParameter[int] = bindparam("row")
_FIND = select(*CUSTOMER_COLUMNS).where(customer.c.id == _ROW)
_HEAD = select(func.coalesce(customer.c.merged_into, customer.c.id)).where(customer.c.id == _ROW)
FAMILY = select(customer.c.id).where(
    or_(customer.c.id == _HEAD.scalar_subquery(), customer.c.merged_into == _HEAD.scalar_subquery())
)
"""The rows that make up the practice `row`, to be asked for with what belongs to them."""

_LOCKED = (
    select(customer.c.id)
    .where(customer.c.restricted_at.is_not(None), customer.c.erased_at.is_(None))
    .order_by(customer.c.id)
)
_CONTACTS = select(contact).where(contact.c.customer_id == _ROW).order_by(contact.c.position, contact.c.id)
_IN_USE = (
    select(workstation)
    .where(workstation.c.customer_id == _ROW, workstation.c.archived.is_(False))
    .order_by(workstation.c.id)
)
_WORKSTATION = select(workstation).where(workstation.c.id == _ROW)
_OWN_TARIFFS = (
    select(customer_tariff)
    .where(customer_tariff.c.customer_id == _ROW)
    .order_by(customer_tariff.c.valid_from)
)


def customer_of(**values: Any) -> Customer:
    """Return the record of the values of CUSTOMER_COLUMNS."""
    return Customer(**values | {"invoice_format": InvoiceFormat(values["invoice_format"])})


def to_customer(row: Row[Any]) -> Customer:
    """Return the record of a row of CUSTOMER_COLUMNS."""
    return customer_of(**row._mapping)  # noqa: SLF001 (SQLAlchemy's public name)


def to_contact(row: Row[Any]) -> Contact:
    """Return the person of a row of the table."""
    return Contact(
        row.id, row.name, row.role, Salutation(row.salutation), row.phone, row.email, row.mobile,
        row.gets_reports, row.gets_invoices, row.signs_agreement,
    )  # fmt: skip


def contact_values(one: Contact) -> dict[str, Any]:
    """Return a person's columns without the row."""
    return {name: value for name, value in vars(one).items() if name != "id"} | {
        "salutation": one.salutation.value
    }


def customer_values(one: Customer) -> dict[str, Any]:
    """Return a record's columns without the row."""
    return {name: value for name, value in vars(one).items() if name != "id"} | {
        "invoice_format": one.invoice_format.value
    }


def workstation_of(**values: Any) -> Workstation:
    """Return the machine of the values of its columns."""
    return Workstation(**values | {"tool": Tool(values["tool"])})


def to_workstation(row: Row[Any]) -> Workstation:
    """Return the machine of a row of the table."""
    return workstation_of(**row._mapping)  # noqa: SLF001


def every_customer(connection: Connection) -> list[Customer]:
    """Return all practices that are not archived, by name."""
    rows = connection.execute(
        select(*CUSTOMER_COLUMNS)
        .where(customer.c.archived.is_(False))
        .order_by(customer.c.name, customer.c.id)
    )
    return [to_customer(row) for row in rows]


def every_workstation(connection: Connection) -> list[Workstation]:
    """Return all machines that are not archived, in the order of their practices."""
    rows = connection.execute(
        select(workstation)
        .where(workstation.c.archived.is_(False))
        .order_by(workstation.c.customer_id, workstation.c.id)
    )
    return [to_workstation(row) for row in rows]


def survivor(connection: Connection, customer_id: int) -> int:
    """Return the record that goes on for one: itself, unless it was merged into another."""
    found = connection.execute(_HEAD, {"row": customer_id}).scalar()
    return customer_id if found is None else int(found)


def family(connection: Connection, customer_id: int) -> list[int]:
    """Return the rows that make up a practice, whichever of them is asked for.

    They are the record that goes on and those that were merged into it.
    """
    return sorted(connection.execute(FAMILY, {"row": customer_id}).scalars())


def locked(connection: Connection) -> list[int]:
    """Return the records that data protection has locked, not yet erased: in no list and no search."""
    return list(connection.execute(_LOCKED).scalars())


def find(connection: Connection, customer_id: int) -> Customer | None:
    """Return a practice by its row."""
    row = connection.execute(_FIND, {"row": customer_id}).one_or_none()
    return None if row is None else to_customer(row)


def find_by_number(connection: Connection, number: str) -> Customer | None:
    """Return a practice by its customer number."""
    row = connection.execute(select(*CUSTOMER_COLUMNS).where(customer.c.number == number)).one_or_none()
    return None if row is None else to_customer(row)


def contacts_of(connection: Connection, customer_id: int) -> tuple[Contact, ...]:
    """Return a practice's people in their order."""
    return tuple(to_contact(row) for row in connection.execute(_CONTACTS, {"row": customer_id}))


def workstations_of(connection: Connection, customer_id: int) -> tuple[Workstation, ...]:
    """Return a practice's machines in use."""
    return tuple(to_workstation(row) for row in connection.execute(_IN_USE, {"row": customer_id}))


def find_workstation(connection: Connection, workstation_id: int) -> Workstation | None:
    """Return a machine by its row."""
    row = connection.execute(_WORKSTATION, {"row": workstation_id}).one_or_none()
    return None if row is None else to_workstation(row)


def tariffs_of(connection: Connection, customer_id: int) -> tuple[CustomerTariff, ...]:
    """Return what a practice pays instead of the house's tariff."""
    rows = connection.execute(_OWN_TARIFFS, {"row": customer_id})
    return tuple(
        CustomerTariff(row.valid_from, row.price_cents, Rounding(row.rounding) if row.rounding else None)
        for row in rows
    )


def put_customer_tariff(connection: Connection, customer_id: int, one: CustomerTariff) -> None:
    """Write a practice's own price or rule; one with the same first day is replaced."""
    connection.execute(
        delete(customer_tariff).where(
            (customer_tariff.c.customer_id == customer_id) & (customer_tariff.c.valid_from == one.valid_from)
        )
    )
    connection.execute(
        insert(customer_tariff).values(
            customer_id=customer_id,
            valid_from=one.valid_from,
            price_cents=one.price_cents,
            rounding=one.rounding.value if one.rounding else None,
        )
    )


def next_number(connection: Connection) -> str:
    """Take the next free customer number."""
    while True:
        number = str(numbers.take(connection, numbers.CUSTOMERS, 0, numbers.FIRST_CUSTOMER))
        if find_by_number(connection, number) is None:
            return number


def insert_customer(connection: Connection, one: Customer, at: datetime) -> int:
    """Write a new practice (its `id` is ignored) and return its row."""
    return insert_row(connection, customer, id=next_row(connection), **customer_values(one), created_at=at)


def next_row(connection: Connection) -> int:
    """Return a row that no record has or ever had.

    SQLite gives the last one out again, and the log of a record that was deleted stays under its row.
    """
    known = (func.max(customer.c.id), func.max(customer_change.c.customer_id))
    return 1 + max(connection.execute(select(one)).scalar() or 0 for one in known)


def update_customer(connection: Connection, one: Customer) -> None:
    """Write a practice's record anew."""
    connection.execute(update(customer).where(customer.c.id == one.id).values(**customer_values(one)))


def put_workstation(connection: Connection, one: Workstation) -> int:
    """Write a machine, known by practice and name, and return its row."""
    where = (workstation.c.customer_id == one.customer_id) & (workstation.c.name == one.name)
    known = connection.execute(select(workstation.c.id).where(where)).scalar()
    values = {
        "tool": one.tool.value,
        "partner_id": one.partner_id,
        "archived": one.archived,
        "place": one.place,
    }
    if known is not None:
        connection.execute(update(workstation).where(workstation.c.id == known).values(**values))
        return int(known)
    return insert_row(connection, workstation, customer_id=one.customer_id, name=one.name, **values)


def several(connection: Connection, rows: Collection[int]) -> dict[int, Customer]:
    """Return records by their rows."""
    found: dict[int, Customer] = {}
    for some in portions(rows):
        statement = select(*CUSTOMER_COLUMNS).where(customer.c.id.in_(some))
        found.update((row.id, to_customer(row)) for row in connection.execute(statement))
    return found


def contacts_among(connection: Connection, rows: Collection[int]) -> dict[int, list[Contact]]:
    """Return the people of some records, each record's in their order; one without any is left out."""
    found: dict[int, list[Contact]] = defaultdict(list)
    for some in portions(rows):
        theirs = select(contact).where(contact.c.customer_id.in_(some))
        statement = theirs.order_by(contact.c.position, contact.c.id)
        for row in connection.execute(statement):
            found[row.customer_id].append(to_contact(row))
    return found


def merged_heads(connection: Connection) -> dict[int, int]:
    """Return for each record that was merged into another the one that goes on for it."""
    statement = select(customer.c.id, customer.c.merged_into).where(customer.c.merged_into.is_not(None))
    return {row.id: row.merged_into for row in connection.execute(statement)}


def put_contact(connection: Connection, customer_id: int, one: Contact) -> int:
    """Write a person, known by practice and name, and return the row."""
    where = (contact.c.customer_id == customer_id) & (contact.c.name == one.name)
    known = connection.execute(select(contact.c.id).where(where)).scalar()
    values = contact_values(one)
    del values["name"]
    if known is not None:
        connection.execute(update(contact).where(contact.c.id == known).values(**values))
        return int(known)
    last = connection.execute(
        select(contact.c.position)
        .where(contact.c.customer_id == customer_id)
        .order_by(contact.c.position.desc())
        .limit(1)
    ).scalar()
    return insert_row(
        connection,
        contact,
        customer_id=customer_id,
        name=one.name,
        position=0 if last is None else last + 1,
        **values,
    )
