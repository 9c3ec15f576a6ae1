"""What an import of customers needs beside their records: who is known, own prices, logs, free numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from laverma_desk.domain.customer import FormerPartnerId
from laverma_desk.domain.tariff import CustomerTariff, Rounding
from laverma_desk.storage import numbers
from laverma_desk.storage.bulk import update_rows
from laverma_desk.storage.editions import renew_customers
from laverma_desk.storage.session_history import Change
from laverma_desk.storage.tables import customer, customer_change, customer_tariff, former_partner_id

_AT_A_TIME = 500


@dataclass(frozen=True)
class Known:
    """What is out of the ordinary of customer numbers.

    `countries` other than Germany, the number that goes on for one that was `merged`, and the records
    that data protection has `closed`.
    """

    countries: dict[str, str]
    merged: dict[str, str]
    closed: frozenset[str]


@dataclass(frozen=True)
class Named:
    """A customer as somebody knows it again who has no number."""

    number: str
    name: str
    postcode: str
    city: str


def known_customers(connection: Connection) -> Known:
    """Return what an import has to know of the numbers that exist."""
    columns = customer.c
    survivor = customer.alias()
    abroad = connection.execute(select(columns.number, columns.country).where(columns.country != "DE"))
    merged = connection.execute(
        select(columns.number, survivor.c.number).join(survivor, survivor.c.id == columns.merged_into)
    )
    closed = connection.execute(
        select(columns.number).where(columns.restricted_at.is_not(None) | columns.erased_at.is_not(None))
    )
    return Known(
        countries={row[0]: row[1] for row in abroad},
        merged={row[0]: row[1] for row in merged},
        closed=frozenset(closed.scalars()),
    )


@dataclass(frozen=True)
class Holder:
    """Who has an account: number and name."""

    number: str
    name: str


def account_holders(connection: Connection) -> dict[int, Holder]:
    """Return who has which debtor's account."""
    columns = customer.c
    rows = connection.execute(
        select(columns.debtor_account, columns.number, columns.name).where(
            columns.debtor_account.is_not(None)
        )
    )
    return {row[0]: Holder(row[1], row[2]) for row in rows}


def named_customers(connection: Connection) -> Iterator[Named]:
    """Yield all customers that go on under their own number and may be changed, archived ones too."""
    columns = customer.c
    rows = connection.execute(
        select(columns.number, columns.name, columns.postcode, columns.city)
        .where(columns.merged_into.is_(None) & columns.restricted_at.is_(None) & columns.erased_at.is_(None))
        .order_by(columns.id)
    )
    for row in rows:
        yield Named(row.number, row.name, row.postcode, row.city)


def free_numbers(connection: Connection, count: int, taken: Collection[str]) -> list[str]:
    """Take the next customer numbers that neither the desk has nor `taken` holds."""
    free: list[str] = []
    while len(free) < count:
        wanted = count - len(free)
        first = numbers.take_block(connection, numbers.CUSTOMERS, 0, wanted, numbers.FIRST_CUSTOMER)
        block = [str(number) for number in range(first, first + wanted)]
        used = set(taken)
        for begin in range(0, wanted, _AT_A_TIME):
            some = block[begin : begin + _AT_A_TIME]
            used |= set(
                connection.execute(select(customer.c.number).where(customer.c.number.in_(some))).scalars()
            )
        free += [number for number in block if number not in used]
    return free


def tariffs_by_customer(
    connection: Connection, customer_ids: Sequence[int]
) -> dict[int, dict[str, tuple[int, CustomerTariff]]]:
    """Return customer → first day (ISO 8601) → (row, what is paid instead of the house's tariff)."""
    found: dict[int, dict[str, tuple[int, CustomerTariff]]] = defaultdict(dict)
    rows = connection.execute(select(customer_tariff).where(customer_tariff.c.customer_id.in_(customer_ids)))
    for row in rows:
        rounding = Rounding(row.rounding) if row.rounding else None
        tariff = CustomerTariff(row.valid_from, row.price_cents, rounding)
        found[row.customer_id][row.valid_from.isoformat()] = (row.id, tariff)
    return found


def insert_tariffs(connection: Connection, new: Iterable[tuple[int, CustomerTariff]]) -> None:
    """Write own prices as (customer, tariff)."""
    rows = [_tariff_values(one) | {"customer_id": owner} for owner, one in new]
    if rows:
        connection.execute(insert(customer_tariff), rows)


def update_tariffs(connection: Connection, changed: Iterable[tuple[int, CustomerTariff]]) -> None:
    """Write own prices anew as (row, tariff)."""
    update_rows(connection, customer_tariff, [_tariff_values(one) | {"id": row} for row, one in changed])


def _tariff_values(one: CustomerTariff) -> dict[str, object]:
    return vars(one) | {"rounding": one.rounding.value if one.rounding else None}


def insert_former_ids(connection: Connection, new: Iterable[FormerPartnerId]) -> None:
    """Remember IDs that machines no longer have."""
    rows = [vars(one) | {"tool": one.tool.value} for one in new]
    if rows:
        connection.execute(insert(former_partner_id), rows)


def log_changes(connection: Connection, lines: Iterable[tuple[int, Change]]) -> None:
    """Append lines to the histories of customers."""
    rows = [vars(change) | {"customer_id": owner} for owner, change in lines]
    if rows:
        connection.execute(insert(customer_change), rows)
        renew_customers(connection, [row["customer_id"] for row in rows])
