"""All practices with their machines in some texts: what the search compares, and the records unmade.

SQLite writes a thousand rows into a text in one step, beside the program's other threads. Row by row the
driver would ask for the interpreter fifty thousand times at the start, and most records are never looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, and_, select

from laverma_desk.domain.agreement import Agreement
from laverma_desk.domain.customer import Customer, Workstation
from laverma_desk.storage.agreements import EVERY_AGREEMENT
from laverma_desk.storage.caller_lines import further_numbers
from laverma_desk.storage.customers import CUSTOMER_COLUMNS, customer_of, workstation_of
from laverma_desk.storage.packed import Column, Packed, read_columns, read_packed
from laverma_desk.storage.tables import agreement, contact, customer, former_partner_id, workstation

_IN_USE = customer.c.archived.is_(False)
# Those that went into another are left out, and those that data protection has locked.
_SHOWN = and_(customer.c.merged_into.is_(None), customer.c.restricted_at.is_(None))


@dataclass(frozen=True)
class Practices:
    """Columns of the practices, and their records; what has the same place belongs together."""

    records: Packed[Customer]
    rows: Column[int]
    numbers: Column[str]
    names: Column[str]
    cities: Column[str]
    phones: Column[str]


@dataclass(frozen=True)
class Machines:
    """Columns of the machines, and their records."""

    records: Packed[Workstation]
    rows: Column[int]
    practices: Column[int]
    names: Column[str]
    partner_ids: Column[str]


@dataclass(frozen=True)
class Words:
    """Words, each with the row that it belongs to; a row may have many or none."""

    rows: Column[int]
    words: Column[str]

    def by_row(self) -> dict[int, list[str]]:
        """Return the words of each row that has any."""
        found: dict[int, list[str]] = {}
        for row, word in zip(self.rows, self.words, strict=True):
            found.setdefault(row, []).append(word)
        return found


@dataclass(frozen=True)
class Everyone:
    """What a desk has at one moment, in no order.

    `signed` are the practices that the agreements count for. `people` (names) and `numbers` belong to the
    row of a practice, `former` partner IDs to that of a machine.
    """

    practices: Practices
    machines: Machines
    signed: Column[int]
    agreements: Packed[Agreement]
    people: Words
    numbers: Words
    former: Words


def read_everyone(connection: Connection, *, archived: bool = False) -> Everyone:
    """Return all practices in use, or `archived` ones among them too, with their machines in use."""
    practices, customers = read_packed(
        connection,
        select(*CUSTOMER_COLUMNS).where(_SHOWN if archived else _IN_USE),
        customer.c.id,
        ["id", "number", "name", "city", "phone"],
        customer_of,
    )
    machines, workstations = read_packed(
        connection,
        select(workstation).where(workstation.c.archived.is_(False)),
        workstation.c.id,
        ["id", "customer_id", "name", "partner_id"],
        workstation_of,
    )
    (signed,), agreements = read_packed(
        connection, EVERY_AGREEMENT.order_by(None), agreement.c.id, ["customer_id"], Agreement
    )
    people = select(contact.c.customer_id, contact.c.name)
    former = select(former_partner_id.c.workstation_id, former_partner_id.c.partner_id)
    return Everyone(
        practices=Practices(customers, *practices),
        machines=Machines(workstations, *machines),
        signed=signed,
        agreements=agreements,
        people=Words(*read_columns(connection, people, ["customer_id", "name"])),
        numbers=Words(*read_columns(connection, further_numbers(), ["id", "phone"])),
        former=Words(*read_columns(connection, former, ["workstation_id", "partner_id"])),
    )
