"""People, machines, prices and agreements of a group of customers: each kind compared and written at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from laverma_desk.domain.customer import Contact, FormerPartnerId, Salutation, Tool, Workstation
from laverma_desk.domain.tariff import CustomerTariff, Rounding
from laverma_desk.services.customers.trace import Difference, differences
from laverma_desk.services.importing.collected import CollectedCustomer
from laverma_desk.storage import bulk, bulk_records
from laverma_desk.storage.database import Connection

_CONTACT = (
    "salutation",
    "role",
    "phone",
    "mobile",
    "email",
    "gets_reports",
    "gets_invoices",
    "signs_agreement",
)
_WORKSTATION = ("tool", "partner_id", "place", "archived")
_TARIFF = ("price_cents", "rounding")


class Pair(NamedTuple):
    """A customer's row and what the file says of it."""

    customer_id: int
    collected: CollectedCustomer


@dataclass
class PartTally:
    """How many of one kind were added and changed, and what differed, by customer."""

    added: int = 0
    changed: int = 0
    differences: list[tuple[int, Difference]] = field(default_factory=list)


def write_workstations(
    connection: Connection, pairs: Iterable[Pair], existing: Iterable[Workstation], now: datetime
) -> PartTally:
    """Write machines, known by name; an ID that is no longer a machine's own becomes a former one."""
    known = {(one.customer_id, one.name.casefold()): one for one in existing}
    new: list[Workstation] = []
    changed: list[Workstation] = []
    former: list[FormerPartnerId] = []
    found: list[tuple[int, Difference]] = []
    for customer_id, collected in pairs:
        for key, part in collected.workstations.items():
            values = _with_enum(part.values, "tool", Tool)
            before = known.get((customer_id, key))
            if before is None:
                new.append(Workstation(0, customer_id, part.name, **values))
                continue
            after = replace(before, **values)
            if after != before:
                changed.append(after)
                found += [
                    (customer_id, one) for one in differences(before, after, _WORKSTATION, kind="workstation")
                ]
                if before.partner_id and before.partner_id != after.partner_id:
                    former.append(FormerPartnerId(before.id, before.tool, before.partner_id, now))
    bulk.insert_workstations(connection, new)
    bulk.update_workstations(connection, changed)
    bulk_records.insert_former_ids(connection, former)
    return PartTally(len(new), len(changed), found)


def write_contacts(
    connection: Connection, pairs: Iterable[Pair], existing: Iterable[tuple[int, Contact]]
) -> PartTally:
    """Write people, known by name."""
    known: dict[int, dict[str, Contact]] = defaultdict(dict)
    behind: dict[int, int] = defaultdict(int)
    for customer_id, contact in existing:
        known[customer_id][contact.name.casefold()] = contact
        behind[customer_id] += 1
    new: list[tuple[int, int, Contact]] = []
    changed: list[Contact] = []
    found: list[tuple[int, Difference]] = []
    for customer_id, collected in pairs:
        for key, part in collected.contacts.items():
            values = _with_enum(part.values, "salutation", Salutation)
            before = known[customer_id].get(key)
            if before is None:
                new.append((customer_id, behind[customer_id], Contact(0, part.name, **values)))
                behind[customer_id] += 1
                continue
            after = replace(before, **values)
            if after != before:
                changed.append(after)
                found += [(customer_id, one) for one in differences(before, after, _CONTACT, kind="contact")]
    bulk.insert_contacts(connection, new)
    bulk.update_contacts(connection, changed)
    return PartTally(len(new), len(changed), found)


def write_tariffs(
    connection: Connection,
    pairs: Iterable[Pair],
    known: Mapping[int, Mapping[str, tuple[int, CustomerTariff]]],
) -> PartTally:
    """Write what customers pay instead of the house's tariff, known by its first day."""
    new: list[tuple[int, CustomerTariff]] = []
    changed: list[tuple[int, CustomerTariff]] = []
    found: list[tuple[int, Difference]] = []
    for customer_id, collected in pairs:
        for day, part in collected.tariffs.items():
            values = _with_enum(part.values, "rounding", Rounding)
            row, before = known.get(customer_id, {}).get(day, (0, None))
            if before is None:
                new.append((customer_id, CustomerTariff(date.fromisoformat(day), **values)))
                continue
            after = replace(before, **values)
            if after != before:
                changed.append((row, after))
                found += [
                    (
                        customer_id,
                        Difference(f"tariff.{name}", getattr(before, name), getattr(after, name), day),
                    )
                    for name in _TARIFF
                    if getattr(before, name) != getattr(after, name)
                ]
    bulk_records.insert_tariffs(connection, new)
    bulk_records.update_tariffs(connection, changed)
    return PartTally(len(new), len(changed), found)


def write_agreements(
    connection: Connection,
    pairs: Iterable[Pair],
    known: Mapping[tuple[int, date, date | None], tuple[int, date | None]],
    now: datetime,
) -> PartTally:
    """Append agreements, known by their days; one that runs is ended where the file says so."""
    new: list[tuple[int, date, date | None, date | None]] = []
    ended: list[tuple[int, date]] = []
    found: list[tuple[int, Difference]] = []
    for customer_id, collected in pairs:
        for one in collected.agreements:
            begin, until, end = one.days
            before = known.get((customer_id, begin, until))
            if before is None:
                new.append((customer_id, begin, until, end))
            elif end is not None and before[1] is None:
                ended.append((before[0], end))
                found.append((customer_id, Difference("agreement.ended_on", None, end, begin.isoformat())))
    bulk.insert_agreements(connection, new, now)
    bulk.end_agreements(connection, ended)
    return PartTally(len(new), len(ended), found)


def _with_enum(values: dict[str, Any], name: str, kind: Any) -> dict[str, Any]:
    return values | {name: kind(values[name])} if name in values else values
