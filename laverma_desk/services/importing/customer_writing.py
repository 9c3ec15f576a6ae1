"""Checked customers meet those of the desk: what is new is added, what differs is changed and logged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from laverma_desk.domain.customer import Customer
from laverma_desk.services.customers.trace import Difference, differences, kept_value
from laverma_desk.services.importing.collected import CollectedCustomer
from laverma_desk.services.importing.numbering import is_provisional
from laverma_desk.services.importing.part_writing import (
    Pair,
    PartTally,
    write_agreements,
    write_contacts,
    write_tariffs,
    write_workstations,
)
from laverma_desk.storage import bulk, bulk_records
from laverma_desk.storage.database import Connection
from laverma_desk.storage.session_history import Change

_RECORD = tuple(name for name in Customer.__dataclass_fields__ if name not in {"id", "number"})


@dataclass
class Tally:
    """How much was added and changed; a customer counts as changed by its own record."""

    customers_added: int = 0
    customers_changed: int = 0
    workstations_added: int = 0
    workstations_changed: int = 0
    contacts_added: int = 0
    contacts_changed: int = 0
    agreements_added: int = 0
    agreements_ended: int = 0
    tariffs_added: int = 0
    tariffs_changed: int = 0


@dataclass(frozen=True)
class Author:
    """Who changes records, and why, as their histories say it."""

    who: str = ""
    reason: str = ""


class CustomerWriter:
    """Writes customers in groups, within one transaction, with few statements for each group."""

    def __init__(
        self, connection: Connection, now: datetime, author: Author, taken: Collection[str], tally: Tally
    ) -> None:
        """Write through a connection and count in `tally`; `now` (UTC) is noted on what is new.

        None of the numbers that are `taken` is given to a customer that has none.
        """
        self._connection = connection
        self._now, self._author = now, author
        self._taken = taken
        self._tally = tally

    def write(self, collected: Sequence[CollectedCustomer]) -> None:
        """Write some customers with all that belongs to them."""
        self._give_numbers(collected)
        known = bulk.customers_by_number(self._connection, [one.number for one in collected])
        new = [
            Customer(0, one.number, **one.weak_values | one.values)
            for one in collected
            if one.number not in known
        ]
        changed = [
            after
            for one in collected
            if one.number in known and (after := _changed(known[one.number], one)) != known[one.number]
        ]
        fresh = bulk.insert_customers(self._connection, new, self._now)
        bulk.update_customers(self._connection, changed)
        self._tally.customers_added += len(new)
        self._tally.customers_changed += len(changed)
        found = [(one.id, line) for one in changed for line in differences(known[one.number], one, _RECORD)]
        rows = {number: customer.id for number, customer in known.items()} | fresh
        found += self._write_parts(
            [Pair(rows[one.number], one) for one in collected], [one.id for one in known.values()]
        )
        self._log(found)

    def _give_numbers(self, collected: Sequence[CollectedCustomer]) -> None:
        nameless = [one for one in collected if is_provisional(one.number)]
        if nameless:
            numbers = bulk_records.free_numbers(self._connection, len(nameless), self._taken)
            for one, number in zip(nameless, numbers, strict=True):
                one.number = number

    def _write_parts(self, pairs: list[Pair], before: list[int]) -> list[tuple[int, Difference]]:
        found: list[tuple[int, Difference]] = []
        connection, tally = self._connection, self._tally
        machines = write_workstations(connection, pairs, bulk.workstations_of(connection, before), self._now)
        tally.workstations_added += machines.added
        tally.workstations_changed += machines.changed
        people = write_contacts(connection, pairs, bulk.contacts_of(connection, before))
        tally.contacts_added += people.added
        tally.contacts_changed += people.changed
        prices = write_tariffs(connection, pairs, bulk_records.tariffs_by_customer(connection, before))
        tally.tariffs_added += prices.added
        tally.tariffs_changed += prices.changed
        signed = write_agreements(connection, pairs, bulk.agreement_days_of(connection, before), self._now)
        tally.agreements_added += signed.added
        tally.agreements_ended += signed.changed
        parts: Iterable[PartTally] = (machines, people, prices, signed)
        for part in parts:
            found += part.differences
        return found

    def _log(self, found: Iterable[tuple[int, Difference]]) -> None:
        bulk_records.log_changes(
            self._connection,
            (
                (
                    owner,
                    Change(
                        self._now, self._author.who, one.field, kept_value(one.old, one.subject),
                        kept_value(one.new, one.subject), self._author.reason,
                    ),
                )
                for owner, one in found
            ),
        )  # fmt: skip


def _changed(before: Customer, one: CollectedCustomer) -> Customer:
    fills = {name: value for name, value in one.weak_values.items() if getattr(before, name) in {"", None}}
    return replace(before, **fills | one.values)
