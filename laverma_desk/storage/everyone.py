"""All practices with their machines in a few texts: what the search compares, and the records unmade.

SQLite writes each text in one step, beside the program's other threads. Row by row the driver would ask for
the interpreter fifty thousand times at the start, and most records are never looked at.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, and_, select

from laverma_desk.domain.agreement import Agreement
from laverma_desk.domain.customer import Customer, Workstation
from laverma_desk.storage.agreements import EVERY_AGREEMENT
from laverma_desk.storage.caller_lines import further_numbers
from laverma_desk.storage.customers import CUSTOMER_COLUMNS, customer_of, workstation_of
from laverma_desk.storage.packed import Packed, listing, packing
from laverma_desk.storage.tables import contact, customer, former_partner_id, workstation

R = TypeVar("R")
_IN_USE = customer.c.archived.is_(False)
# Those that went into another are left out, and those that data protection has locked.
_SHOWN = and_(customer.c.merged_into.is_(None), customer.c.restricted_at.is_(None))


@dataclass(frozen=True)
class Practices:
    """Columns of the practices, and their records; what has the same place belongs together."""

    rows: list[int]
    numbers: list[str]
    names: list[str]
    cities: list[str]
    phones: list[str]
    records: Packed[Customer]


@dataclass(frozen=True)
class Machines:
    """Columns of the machines, and their records."""

    rows: list[int]
    practices: list[int]
    names: list[str]
    partner_ids: list[str]
    records: Packed[Workstation]


@dataclass(frozen=True)
class Everyone:
    """What a desk has at one moment, in no order.

    `signed` are the practices that the agreements count for. `people` (names) and `numbers` belong to the
    row of a practice, `former` partner IDs to that of a machine.
    """

    practices: Practices
    machines: Machines
    signed: list[int]
    agreements: Packed[Agreement]
    people: list[tuple[int, str]]
    numbers: list[tuple[int, str]]
    former: list[tuple[int, str]]


def read_everyone(connection: Connection, *, archived: bool = False) -> Everyone:
    """Return all practices in use, or `archived` ones among them too, with their machines in use."""
    practices = _columns(
        connection,
        select(*CUSTOMER_COLUMNS).where(_SHOWN if archived else _IN_USE),
        ["id", "number", "name", "city", "phone"],
        customer_of,
    )
    machines = _columns(
        connection,
        select(workstation).where(workstation.c.archived.is_(False)),
        ["id", "customer_id", "name", "partner_id"],
        workstation_of,
    )
    signed, agreements = _columns(connection, EVERY_AGREEMENT.order_by(None), ["customer_id"], Agreement)
    return Everyone(
        practices=Practices(*practices),
        machines=Machines(*machines),
        signed=signed,
        agreements=agreements,
        people=_listed(connection, select(contact.c.customer_id, contact.c.name)),
        numbers=_listed(connection, further_numbers()),
        former=_listed(
            connection, select(former_partner_id.c.workstation_id, former_partner_id.c.partner_id)
        ),
    )


def _columns(
    connection: Connection, rows: Select[Any], names: Sequence[str], make: Callable[..., R]
) -> Iterator[Any]:
    """Yield some columns of the rows, and then the whole records packed."""
    columns = list(rows.subquery().c)
    listed = [listing(column) for name in names for column in columns if column.key == name]
    *texts, packed = connection.execute(select(*listed, packing(columns))).one()
    yield from map(json.loads, texts)
    yield Packed(connection, columns, packed, make)


def _listed(connection: Connection, rows: Select[Any]) -> list[Any]:
    found: list[Any] = json.loads(connection.execute(select(listing(*rows.subquery().c))).scalar_one())
    return found
