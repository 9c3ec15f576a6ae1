"""What the page of a customer reads and writes beyond the call's needs: everything by its own row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, delete, exists, func, or_, select, update

from laverma_desk.domain.customer import Contact, FormerPartnerId, Tool, Workstation
from laverma_desk.storage.customers import contact_values, find_workstation
from laverma_desk.storage.former_ids import add_former_id
from laverma_desk.storage.inserting import insert_row
from laverma_desk.storage.tables import (
    agreement,
    contact,
    customer,
    customer_tariff,
    former_partner_id,
    message,
    session,
    workstation,
)


@dataclass(frozen=True)
class LastUse:
    """The house's day of a machine's latest session, and whether one has not ended."""

    day: date
    running: bool


@dataclass(frozen=True)
class IdOwner:
    """A machine that has, or had (`former`), a partner ID."""

    workstation_id: int
    workstation_name: str
    customer_name: str
    former: bool


def created_at(connection: Connection, customer_id: int) -> datetime:
    """Return when a record was made."""
    found: datetime = connection.execute(
        select(customer.c.created_at).where(customer.c.id == customer_id)
    ).scalar_one()
    return found


def all_workstations(connection: Connection, customer_id: int) -> tuple[Workstation, ...]:
    """Return a practice's machines, archived ones last."""
    rows = connection.execute(
        select(workstation)
        .where(workstation.c.customer_id == customer_id)
        .order_by(workstation.c.archived, workstation.c.id)
    )
    return tuple(Workstation(**dict(row._mapping) | {"tool": Tool(row.tool)}) for row in rows)  # noqa: SLF001 (SQLAlchemy's public name)


def last_uses(connection: Connection, family: Sequence[int]) -> dict[int, LastUse]:
    """Return when each machine of a practice was last looked after."""
    open_ = func.max(case((session.c.state != "ended", 1), else_=0))
    rows = connection.execute(
        select(session.c.workstation_id, func.max(session.c.day), open_)
        .where(session.c.customer_id.in_(family))
        .group_by(session.c.workstation_id)
    )
    return {row[0]: LastUse(row[1], bool(row[2])) for row in rows}


def insert_workstation(connection: Connection, one: Workstation) -> int:
    """Write a new machine (its `id` is ignored) and return its row."""
    values = {name: value for name, value in vars(one).items() if name != "id"}
    return insert_row(connection, workstation, **values | {"tool": one.tool.value})


def update_workstation(connection: Connection, one: Workstation, at: datetime) -> None:
    """Write a machine anew; an ID that is no longer its own is kept as a former one, until `at`."""
    before = find_workstation(connection, one.id)
    if before is not None and before.partner_id and before.partner_id != one.partner_id:
        add_former_id(connection, FormerPartnerId(one.id, before.tool, before.partner_id, at))
    values: dict[str, Any] = {
        "name": one.name, "tool": one.tool.value, "partner_id": one.partner_id, "archived": one.archived,
        "place": one.place,
    }  # fmt: skip
    connection.execute(update(workstation).where(workstation.c.id == one.id).values(**values))


def owners_of_partner_id(connection: Connection, partner_id: str, except_id: int) -> list[IdOwner]:
    """Return the other machines that have an ID, or had it."""
    now = (
        select(workstation.c.id, workstation.c.name, customer.c.name.label("customer_name"))
        .join(customer, customer.c.id == workstation.c.customer_id)
        .where((workstation.c.partner_id == partner_id) & (workstation.c.id != except_id))
        .order_by(workstation.c.archived, workstation.c.id)
    )
    once = (
        select(workstation.c.id, workstation.c.name, customer.c.name.label("customer_name"))
        .join(customer, customer.c.id == workstation.c.customer_id)
        .join(former_partner_id, former_partner_id.c.workstation_id == workstation.c.id)
        .where((former_partner_id.c.partner_id == partner_id) & (workstation.c.id != except_id))
        .order_by(workstation.c.id)
    )
    has = [IdOwner(row.id, row.name, row.customer_name, former=False) for row in connection.execute(now)]
    had = [IdOwner(row.id, row.name, row.customer_name, former=True) for row in connection.execute(once)]
    return has + [one for one in had if one.workstation_id not in {other.workstation_id for other in has}]


def insert_contact(connection: Connection, customer_id: int, one: Contact) -> int:
    """Write a new person (its `id` is ignored) behind the others and return the row."""
    last = connection.execute(
        select(func.max(contact.c.position)).where(contact.c.customer_id == customer_id)
    ).scalar()
    position = 0 if last is None else last + 1
    return insert_row(connection, contact, customer_id=customer_id, position=position, **contact_values(one))


def update_contact(connection: Connection, one: Contact) -> None:
    """Write a person anew."""
    connection.execute(update(contact).where(contact.c.id == one.id).values(**contact_values(one)))


def delete_contact(connection: Connection, contact_id: int) -> None:
    """Take a person out of a record."""
    connection.execute(delete(contact).where(contact.c.id == contact_id))


def delete_tariff(connection: Connection, customer_id: int, valid_from: date) -> None:
    """Take a practice's own tariff away that begins on a day."""
    connection.execute(
        delete(customer_tariff).where(
            (customer_tariff.c.customer_id == customer_id) & (customer_tariff.c.valid_from == valid_from)
        )
    )


def sessions_between(connection: Connection, family: Sequence[int], first: date, after: date | None) -> int:
    """Return how many sessions a practice had from a day on, before another one."""
    condition: ColumnElement[bool] = session.c.customer_id.in_(family) & (session.c.day >= first)
    if after is not None:
        condition &= session.c.day < after
    return int(connection.execute(select(func.count()).select_from(session).where(condition)).scalar_one())


def has_open_session(
    connection: Connection, *, customer_id: int | None = None, workstation_id: int | None = None
) -> bool:
    """Return whether a session of a practice or a machine has not ended."""
    condition = session.c.state != "ended"
    if customer_id is not None:
        condition &= session.c.customer_id == customer_id
    if workstation_id is not None:
        condition &= session.c.workstation_id == workstation_id
    return bool(connection.execute(select(exists().where(condition))).scalar())


def is_used(connection: Connection, customer_id: int) -> bool:
    """Return whether sessions, mails, agreements or merged records hang on a practice."""
    hanging = (
        session.c.customer_id == customer_id,
        message.c.customer_id == customer_id,
        agreement.c.customer_id == customer_id,
        customer.c.merged_into == customer_id,
    )
    found = connection.execute(select(or_(*(exists().where(one) for one in hanging)))).scalar()
    return bool(found)


def delete_customer(connection: Connection, customer_id: int) -> None:
    """Take an unused practice out with its people, machines and prices."""
    machines = select(workstation.c.id).where(workstation.c.customer_id == customer_id)
    connection.execute(delete(former_partner_id).where(former_partner_id.c.workstation_id.in_(machines)))
    for table in (workstation, contact, customer_tariff):
        connection.execute(delete(table).where(table.c.customer_id == customer_id))
    connection.execute(delete(customer).where(customer.c.id == customer_id))
