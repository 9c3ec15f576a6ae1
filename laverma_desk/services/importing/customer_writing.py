"""Checked customers meet those of the desk: what is new is added, what differs is changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from laverma_desk.domain.customer import Contact, Customer, Salutation, Tool, Workstation
from laverma_desk.services.importing.collected import CollectedCustomer
from laverma_desk.storage import bulk
from laverma_desk.storage.database import Connection


@dataclass
class Tally:
    """How much was added and changed."""

    customers_added: int = 0
    customers_changed: int = 0
    workstations_added: int = 0
    workstations_changed: int = 0
    contacts_added: int = 0
    contacts_changed: int = 0
    agreements_added: int = 0


class CustomerWriter:
    """Writes customers in groups, within one transaction, with few statements for each group."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        """Write through a connection; `now` (UTC) is noted on what is new."""
        self._connection = connection
        self._now = now
        self.tally = Tally()

    def write(self, collected: Sequence[CollectedCustomer]) -> None:
        """Write some customers with all that belongs to them."""
        known = bulk.customers_by_number(self._connection, [one.number for one in collected])
        new = [Customer(0, one.number, **one.values) for one in collected if one.number not in known]
        changed = [
            after
            for one in collected
            if one.number in known
            and (after := replace(known[one.number], **one.values)) != known[one.number]
        ]
        fresh = bulk.insert_customers(self._connection, new, self._now)
        bulk.update_customers(self._connection, changed)
        self.tally.customers_added += len(new)
        self.tally.customers_changed += len(changed)
        rows = {number: customer.id for number, customer in known.items()} | fresh
        before = [customer.id for customer in known.values()]
        pairs = [(rows[one.number], one) for one in collected]
        self._write_workstations(pairs, bulk.workstations_of(self._connection, before))
        self._write_contacts(pairs, bulk.contacts_of(self._connection, before))
        self._write_agreements(pairs, bulk.agreement_days_of(self._connection, before))

    def _write_workstations(
        self, pairs: Iterable[tuple[int, CollectedCustomer]], existing: Iterable[Workstation]
    ) -> None:
        known = {(one.customer_id, one.name.casefold()): one for one in existing}
        new: list[Workstation] = []
        changed: list[Workstation] = []
        for customer_id, collected in pairs:
            for key, stated in collected.workstations.items():
                before = known.get((customer_id, key))
                if before is None:
                    tool = Tool(stated.tool) if stated.tool else Tool.TEAMVIEWER
                    new.append(Workstation(0, customer_id, stated.name, tool, stated.partner_id))
                    continue
                after = replace(
                    before,
                    tool=Tool(stated.tool) if stated.tool else before.tool,
                    partner_id=stated.partner_id or before.partner_id,
                )
                if after != before:
                    changed.append(after)
        bulk.insert_workstations(self._connection, new)
        bulk.update_workstations(self._connection, changed)
        self.tally.workstations_added += len(new)
        self.tally.workstations_changed += len(changed)

    def _write_contacts(
        self, pairs: Iterable[tuple[int, CollectedCustomer]], existing: Iterable[tuple[int, Contact]]
    ) -> None:
        known: dict[int, dict[str, Contact]] = defaultdict(dict)
        for customer_id, contact in existing:
            known[customer_id][contact.name.casefold()] = contact
        new: list[tuple[int, int, Contact]] = []
        changed: list[Contact] = []
        for customer_id, collected in pairs:
            people = known[customer_id]
            for key, (name, salutation) in collected.contacts.items():
                before = people.get(key)
                if before is None:
                    people[key] = Contact(0, name, salutation=Salutation(salutation))
                    new.append((customer_id, len(people) - 1, people[key]))
                elif salutation and before.salutation != salutation:
                    changed.append(replace(before, salutation=Salutation(salutation)))
        bulk.insert_contacts(self._connection, new)
        bulk.update_salutations(self._connection, changed)
        self.tally.contacts_added += len(new)
        self.tally.contacts_changed += len(changed)

    def _write_agreements(
        self,
        pairs: Iterable[tuple[int, CollectedCustomer]],
        existing: Iterable[tuple[int, date, date | None]],
    ) -> None:
        known = set(existing)
        new = [
            (customer_id, *collected.agreement)
            for customer_id, collected in pairs
            if collected.agreement is not None and (customer_id, *collected.agreement) not in known
        ]
        bulk.insert_agreements(self._connection, new, self._now)
        self.tally.agreements_added += len(new)
