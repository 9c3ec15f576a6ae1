"""All customers with everything of theirs, group after group, so that any number takes the same memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select, true

from laverma_desk.domain.agreement import Agreement
from laverma_desk.domain.customer import Contact, Customer, Workstation
from laverma_desk.domain.tariff import CustomerTariff, Rounding
from laverma_desk.storage import bulk
from laverma_desk.storage.agreements import agreements_among
from laverma_desk.storage.customers import CUSTOMER_COLUMNS, to_customer
from laverma_desk.storage.tables import customer, customer_tariff

_AT_A_TIME = 500


@dataclass(frozen=True)
class FullCustomer:
    """A customer with people, machines (archived ones too), own prices and agreements, each in its order."""

    customer: Customer
    contacts: tuple[Contact, ...]
    workstations: tuple[Workstation, ...]
    tariffs: tuple[CustomerTariff, ...]
    agreements: tuple[Agreement, ...]


def count_customers(connection: Connection, *, archived: bool) -> int:
    """Return how many customers `full_customers` yields."""
    counted = select(func.count()).select_from(customer).where(_wanted(archived=archived))
    return int(connection.execute(counted).scalar_one())


def full_customers(connection: Connection, *, archived: bool) -> Iterator[FullCustomer]:
    """Yield the customers in the order in which they were written, archived ones if they are wanted.

    Records that went into another one are part of that; those that data protection has closed stay here.
    """
    last = 0
    statement = select(*CUSTOMER_COLUMNS).where(_wanted(archived=archived)).order_by(customer.c.id)
    while True:
        rows = connection.execute(statement.where(customer.c.id > last).limit(_AT_A_TIME)).all()
        if not rows:
            return
        last = rows[-1].id
        yield from _with_parts(connection, [to_customer(row) for row in rows])


def _wanted(*, archived: bool) -> ColumnElement[bool]:
    columns = customer.c
    own = columns.merged_into.is_(None) & columns.restricted_at.is_(None) & columns.erased_at.is_(None)
    return own & (true() if archived else columns.archived.is_(False))


def _with_parts(connection: Connection, some: Sequence[Customer]) -> Iterator[FullCustomer]:
    ids = [one.id for one in some]
    contacts: dict[int, list[Contact]] = defaultdict(list)
    for owner, contact in bulk.contacts_of(connection, ids):
        contacts[owner].append(contact)
    machines: dict[int, list[Workstation]] = defaultdict(list)
    for machine in sorted(bulk.workstations_of(connection, ids), key=lambda one: one.id):
        machines[machine.customer_id].append(machine)
    signed: dict[int, list[Agreement]] = defaultdict(list)
    for agreement in agreements_among(connection, ids):
        signed[agreement.customer_id].append(agreement)
    tariffs = _tariffs(connection, ids)
    for one in some:
        yield FullCustomer(
            one,
            tuple(contacts[one.id]),
            tuple(machines[one.id]),
            tuple(tariffs[one.id]),
            tuple(signed[one.id]),
        )


def _tariffs(connection: Connection, ids: Sequence[int]) -> dict[int, list[CustomerTariff]]:
    found: dict[int, list[CustomerTariff]] = defaultdict(list)
    columns = customer_tariff.c
    rows = connection.execute(
        select(customer_tariff).where(columns.customer_id.in_(ids)).order_by(columns.valid_from)
    )
    for row in rows:
        rounding = Rounding(row.rounding) if row.rounding else None
        found[row.customer_id].append(CustomerTariff(row.valid_from, row.price_cents, rounding))
    return found
