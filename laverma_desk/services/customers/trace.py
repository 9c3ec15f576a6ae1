"""Every change of a record leaves a line: who at this desk, which field, from what, to what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from laverma_desk.domain.customer import Customer
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.tariff import CustomerTariff
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage import customers
from laverma_desk.storage.customer_history import customer_changes_of, log_customer_changes
from laverma_desk.storage.database import Connection
from laverma_desk.storage.session_history import Change

SUBJECT_END = "\n"
"""Stands between the name of a person, machine or tariff and the value of theirs that was changed."""


@dataclass(frozen=True)
class Difference:
    """A field before and after; `subject` is whose field it is, where the record has several of the kind."""

    field: str
    old: object
    new: object
    subject: str = ""


def record_history(desk: Desk, customer_id: int) -> list[Change]:
    """Return who changed what on a record and on those merged into it, the newest line first.

    The fields of people, machines and tariffs are called "contact.phone" and the like; their values
    begin with the name and SUBJECT_END.
    """
    with desk.database.read() as connection:
        lines = [
            line
            for one in customers.family(connection, customer_id)
            for line in customer_changes_of(connection, one)
        ]
    lines.reverse()  # lines of one instant were written one after the other
    return sorted(lines, key=lambda line: line.at, reverse=True)


def editable_on(connection: Connection, customer_id: int, version: int | None = None) -> Customer:
    """Return a record that may be changed; `version` is the one that an editor showed.

    Raises RuleBroken CUSTOMER_UNKNOWN, CUSTOMER_RESTRICTED, RECORD_CHANGED.
    """
    found = customers.find(connection, customer_id)
    if found is None:
        raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number=customer_id)
    if found.merged_into is not None or found.restricted_at is not None or found.erased_at is not None:
        raise RuleBroken(Rule.CUSTOMER_RESTRICTED)
    if version is not None:
        from laverma_desk.services.editions import check_version  # noqa: PLC0415 (editors alone)
        from laverma_desk.storage.editions import customer_version  # noqa: PLC0415

        check_version(version, customer_version(connection, customer_id))
    return found


def differences(before: Any, after: Any, names: Iterable[str], *, kind: str = "") -> list[Difference]:
    """Return the fields that differ between two records of the same class."""
    subject = str(after.name) if kind else ""
    prefix = f"{kind}." if kind else ""
    return [
        Difference(prefix + name, getattr(before, name), getattr(after, name), subject)
        for name in names
        if getattr(before, name) != getattr(after, name)
    ]


def log_differences(
    connection: Connection, desk: Desk, customer_id: int, found: Iterable[Difference], reason: str = ""
) -> bool:
    """Append a line for each difference; return whether there was one."""
    who, now = house_on(connection).supporter_name, desk.clock.now()
    lines = [
        Change(
            now, who, one.field, kept_value(one.old, one.subject), kept_value(one.new, one.subject), reason
        )
        for one in found
    ]
    log_customer_changes(connection, customer_id, lines)
    return bool(lines)


def kept_value(value: object, subject: str) -> str:
    """Return a value as a line of the history keeps it, behind its subject where it has one."""
    if value is None or value == "":
        words = ""
    elif isinstance(value, bool):
        words = "yes" if value else "no"
    elif isinstance(value, Enum):
        words = str(value.value)
    elif isinstance(value, date):
        words = value.isoformat()
    else:
        words = str(value)
    return f"{subject}{SUBJECT_END}{words}" if subject and words else words


def tariff_differences(before: Sequence[CustomerTariff], after: Sequence[CustomerTariff]) -> list[Difference]:
    """Return what is other in a customer's own prices and rules, by the day from which each counts."""
    old = {one.valid_from: one for one in before}
    new = {one.valid_from: one for one in after}
    found = []
    for day in sorted(old.keys() | new.keys()):
        for name in ("price_cents", "rounding"):
            was, is_ = getattr(old.get(day), name, None), getattr(new.get(day), name, None)
            if was != is_:
                found.append(Difference(f"tariff.{name}", was, is_, day.isoformat()))
    return found
