"""All settings of the house that count for others than who sees the window, to be compared and kept.

Not among them: phrases for the notes (each note stays as it was written), who sits at this desk, what columns
of foreign files mean, and what a check found. Passwords are nowhere in the desk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple, TypeAlias

from laverma_desk.services.setup.house_bookkeeping import bookkeeping_on
from laverma_desk.storage import house as stored
from laverma_desk.storage.database import Connection
from laverma_desk.storage.vat_rates import vat_rates


class Value(NamedTuple):
    """What a setting says, as the log keeps it, and whose it is, where a section has several of the kind."""

    subject: str
    kept: str


Further: TypeAlias = Callable[[Connection], Iterable[tuple[str, str, Mapping[str, object]]]]
"""Yields settings that another room keeps: section, subject, and values by field."""

Settings: TypeAlias = dict[tuple[str, str, str], Value]
"""Values by section, field, and what tells several of a kind apart."""


def settings_on(connection: Connection, house: Mapping[str, Any], further: Further | None) -> Settings:
    """Return the settings as one transaction sees them, defaults where nothing was saved yet.

    A tariff or rate that nobody has saved is none: the first one that is saved is new. `house` holds the
    fields of `House`.
    """
    found: Settings = {}
    for section, subject, values in (
        *_of_house(connection, house),
        *(further(connection) if further else ()),
    ):
        for field, value in values.items():
            found[section, field, subject] = Value(subject, kept(value))
    for section, number, name, values in _named(house):
        for field, value in values.items():
            found[section, field, str(number)] = Value(name, kept(value))
    return found


def _of_house(
    connection: Connection, house: Mapping[str, Any]
) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    yield "company", "", asdict(house["company"])
    yield "invoice", "", asdict(house["invoice"])
    for rate in vat_rates(connection):
        yield "vat", rate.valid_from.isoformat(), {"rate": rate.rate}
    for tariff in stored.tariffs(connection):
        terms = " ".join(f"{name}={kept(getattr(tariff, name))}" for name in _TARIFF)
        yield "tariff", tariff.valid_from.isoformat(), {"terms": terms}
    settings = bookkeeping_on(connection)
    books = asdict(settings)
    del books["revenue"]
    yield "bookkeeping", "", books
    for one in settings.revenue:
        yield "bookkeeping", f"{one.category.value} {kept(one.rate)}", {"revenue": one.account}
    yield "mail", "", asdict(house["mail"])
    yield "wording", "", asdict(house["template"]) | {"guide": "\n".join(house["template"].guide)}
    yield "remote", "", asdict(house["remote"])
    yield "figures", "", asdict(house["figures"])


_TARIFF = ("price_cents", "rounding", "minimum_seconds", "free_seconds")


def _named(house: Mapping[str, Any]) -> Iterator[tuple[str, int, str, Mapping[str, object]]]:
    """Yield section, number and name of what keeps its number when it is renamed."""
    for reason in house["free_reasons"]:
        yield "reasons", reason.id, reason.name, {"name": reason.name, "on_invoice": reason.on_invoice}
    for person in house["supporters"]:
        yield "supporters", person.id, person.name, {"name": person.name, "email": person.email}


def kept(value: object) -> str:
    """Return a value as the log keeps it; one number is always written in one way."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Enum():
            return str(value.value)
        case Decimal():
            return f"{value.normalize():f}"
        case date():
            return value.isoformat()
    return str(value)
