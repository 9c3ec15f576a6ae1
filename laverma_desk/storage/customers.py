"""Practices with their people, machines, prices and agreements."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import Connection, Row, delete, insert, select, update

from laverma_desk.domain.agreement import Agreement
from laverma_desk.domain.customer import Contact, Customer, Salutation, Tool, Workstation
from laverma_desk.domain.tariff import CustomerTariff, Rounding
from laverma_desk.storage import numbers
from laverma_desk.storage.inserting import insert_row
from laverma_desk.storage.tables import agreement, contact, customer, customer_tariff, workstation

_CUSTOMER_COLUMNS = [column for column in customer.c if column.name != "created_at"]
_CONTACT_COLUMNS = [
    contact.c.id, contact.c.name, contact.c.role, contact.c.salutation, contact.c.phone, contact.c.email,
]  # fmt: skip


def _customer(row: Row[tuple[object, ...]]) -> Customer:
    return Customer(**row._mapping)  # noqa: SLF001 (SQLAlchemy's public name)


def _workstation(row: Row[tuple[object, ...]]) -> Workstation:
    values = dict(row._mapping)  # noqa: SLF001
    values["tool"] = Tool(values["tool"])
    return Workstation(**values)


def every_customer(connection: Connection) -> list[Customer]:
    """Return all practices that are not archived, by name."""
    rows = connection.execute(
        select(*_CUSTOMER_COLUMNS).where(customer.c.archived.is_(False)).order_by(customer.c.name)
    )
    return [_customer(row) for row in rows]


def every_workstation(connection: Connection) -> list[Workstation]:
    """Return all machines that are not archived, in the order of their practices."""
    rows = connection.execute(
        select(workstation)
        .where(workstation.c.archived.is_(False))
        .order_by(workstation.c.customer_id, workstation.c.id)
    )
    return [_workstation(row) for row in rows]


def every_agreement(connection: Connection) -> list[Agreement]:
    """Return all agreements, in the order of their practices."""
    return _agreements(connection, None)


def agreements_of(connection: Connection, customer_id: int) -> list[Agreement]:
    """Return a practice's agreements."""
    return _agreements(connection, customer_id)


def _agreements(connection: Connection, customer_id: int | None) -> list[Agreement]:
    columns = agreement.c
    statement = select(
        columns.id, columns.customer_id, columns.valid_from, columns.valid_until, columns.signed_on,
        columns.ended_on, columns.document_id,
    ).order_by(columns.customer_id, columns.id)  # fmt: skip
    if customer_id is not None:
        statement = statement.where(columns.customer_id == customer_id)
    return [Agreement(*row) for row in connection.execute(statement)]


def find(connection: Connection, customer_id: int) -> Customer | None:
    """Return a practice by its row."""
    row = connection.execute(select(*_CUSTOMER_COLUMNS).where(customer.c.id == customer_id)).one_or_none()
    return None if row is None else _customer(row)


def find_by_number(connection: Connection, number: str) -> Customer | None:
    """Return a practice by its customer number."""
    row = connection.execute(select(*_CUSTOMER_COLUMNS).where(customer.c.number == number)).one_or_none()
    return None if row is None else _customer(row)


def contacts_of(connection: Connection, customer_id: int) -> tuple[Contact, ...]:
    """Return a practice's people in their order."""
    rows = connection.execute(
        select(*_CONTACT_COLUMNS).where(contact.c.customer_id == customer_id).order_by(contact.c.position)
    )
    return tuple(
        Contact(row.id, row.name, row.role, Salutation(row.salutation), row.phone, row.email) for row in rows
    )


def every_contact(connection: Connection) -> list[tuple[int, str]]:
    """Return the practice and name of all people, for the search."""
    rows = connection.execute(select(contact.c.customer_id, contact.c.name).order_by(contact.c.position))
    return [(row.customer_id, row.name) for row in rows]


def workstations_of(connection: Connection, customer_id: int) -> tuple[Workstation, ...]:
    """Return a practice's machines in use."""
    rows = connection.execute(
        select(workstation)
        .where((workstation.c.customer_id == customer_id) & workstation.c.archived.is_(False))
        .order_by(workstation.c.id)
    )
    return tuple(_workstation(row) for row in rows)


def find_workstation(connection: Connection, number: int) -> Workstation | None:
    """Return a machine by its row."""
    row = connection.execute(select(workstation).where(workstation.c.id == number)).one_or_none()
    return None if row is None else _workstation(row)


def tariffs_of(connection: Connection, customer_id: int) -> tuple[CustomerTariff, ...]:
    """Return what a practice pays instead of the house's tariff."""
    rows = connection.execute(
        select(customer_tariff)
        .where(customer_tariff.c.customer_id == customer_id)
        .order_by(customer_tariff.c.valid_from)
    )
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
    values = asdict(one)
    del values["id"]
    return insert_row(connection, customer, **values, created_at=at)


def update_customer(connection: Connection, one: Customer) -> None:
    """Write a practice's record anew."""
    values = asdict(one)
    del values["id"]
    connection.execute(update(customer).where(customer.c.id == one.id).values(**values))


def put_workstation(connection: Connection, one: Workstation) -> int:
    """Write a machine, known by practice and name, and return its row."""
    where = (workstation.c.customer_id == one.customer_id) & (workstation.c.name == one.name)
    known = connection.execute(select(workstation.c.id).where(where)).scalar()
    values = {"tool": one.tool.value, "partner_id": one.partner_id, "archived": one.archived}
    if known is not None:
        connection.execute(update(workstation).where(workstation.c.id == known).values(**values))
        return int(known)
    return insert_row(connection, workstation, customer_id=one.customer_id, name=one.name, **values)


def put_contact(connection: Connection, customer_id: int, one: Contact) -> int:
    """Write a person, known by practice and name, and return the row."""
    where = (contact.c.customer_id == customer_id) & (contact.c.name == one.name)
    known = connection.execute(select(contact.c.id).where(where)).scalar()
    values = {
        "role": one.role,
        "salutation": one.salutation.value,
        "phone": one.phone,
        "email": one.email,
    }
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


def add_agreement(
    connection: Connection,
    customer_id: int,
    valid_from: date,
    valid_until: date | None,
    *,
    at: datetime,
    signed_on: date | None = None,
    document_id: int | None = None,
) -> int:
    """Append an agreement and return its row; earlier ones stay as they are."""
    return insert_row(
        connection,
        agreement,
        customer_id=customer_id,
        valid_from=valid_from,
        valid_until=valid_until,
        signed_on=signed_on,
        document_id=document_id,
        created_at=at,
    )


def end_agreement(connection: Connection, number: int, day: date) -> None:
    """Note that an agreement was cancelled, valid no more from the day on."""
    connection.execute(update(agreement).where(agreement.c.id == number).values(ended_on=day))
