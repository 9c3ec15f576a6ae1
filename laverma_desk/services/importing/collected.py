"""The rows of one number become one customer, whether they stand together in the file or apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.importing.customer_rows import (
    AGREEMENT_FROM,
    AGREEMENT_UNTIL,
    PARTNER_ID,
    TOOL,
    CustomerRow,
    StatedWorkstation,
)
from laverma_desk.services.importing.problems import Problems, contradiction
from laverma_desk.services.importing.staging import Staging


@dataclass
class CollectedValue:
    """A value, as it was typed, and the line that stated it first."""

    value: Any
    typed: str
    line: int


@dataclass
class CollectedWorkstation:
    """A machine and the line that stated it first; empty values are not stated."""

    name: str
    partner_id: str
    tool: str
    line: int


@dataclass
class CollectedCustomer:
    """All that a file says of one customer; people and machines by their name without regard to case."""

    number: str
    line: int
    stated: dict[str, CollectedValue] = field(default_factory=dict)
    contacts: dict[str, tuple[str, str]] = field(default_factory=dict)
    workstations: dict[str, CollectedWorkstation] = field(default_factory=dict)

    def add(self, row: CustomerRow, problems: Problems) -> None:
        """Take a row in; what contradicts an earlier one is a problem of the row's line."""
        for one in row.stated:
            known = self.stated.get(one.field)
            if known is None:
                self.stated[one.field] = CollectedValue(one.value, one.typed, row.line)
            elif known.value != one.value:
                error = contradiction(one.column, one.typed, known.typed, known.line)
                problems.add(error, one.column, row.line)
        if row.contact is not None:
            name, salutation = row.contact
            key = name.casefold()
            self.contacts[key] = (name, salutation or self.contacts.get(key, ("", ""))[1])
        if row.workstation is not None:
            self._add_workstation(row.workstation, row.line, problems)

    def _add_workstation(self, one: StatedWorkstation, line: int, problems: Problems) -> None:
        known = self.workstations.setdefault(
            one.name.casefold(), CollectedWorkstation(one.name, one.partner_id, one.tool, line)
        )
        for column, name in ((PARTNER_ID, "partner_id"), (TOOL, "tool")):
            before, after = getattr(known, name), getattr(one, name)
            if before and after and before != after:
                problems.add(contradiction(column, after, before, known.line), column, line)
            setattr(known, name, before or after)

    @property
    def values(self) -> dict[str, Any]:
        """Return the fields of the customer's record that the file states."""
        dates = {"agreement_from", "agreement_until"}
        return {name: one.value for name, one in self.stated.items() if name not in dates}

    @property
    def agreement(self) -> tuple[date, date | None] | None:
        """Return first and last day of the agreement that the file states."""
        begin, end = self.stated.get("agreement_from"), self.stated.get("agreement_until")
        if begin is None:
            return None
        return date.fromisoformat(begin.value), date.fromisoformat(end.value) if end else None

    @property
    def record(self) -> dict[str, Any]:
        """Return it as a JSON value; `dataclasses.asdict` would copy each value and take far longer."""
        return {
            "number": self.number,
            "line": self.line,
            "stated": {name: vars(one) for name, one in self.stated.items()},
            "contacts": self.contacts,
            "workstations": {key: vars(one) for key, one in self.workstations.items()},
        }

    def check(self, problems: Problems) -> None:
        """Look at what only all rows together can say: whether the agreement's days fit together."""
        begin, end = self.stated.get("agreement_from"), self.stated.get("agreement_until")
        if end is None:
            return
        if begin is None:
            problems.add(RuleBroken(Rule.TEXT_MISSING, field=AGREEMENT_FROM), AGREEMENT_FROM, end.line)
        elif end.value < begin.value:
            problems.add(RuleBroken(Rule.END_BEFORE_START, field=AGREEMENT_UNTIL), AGREEMENT_UNTIL, end.line)


class CustomerStage:
    """The customers of a file, the one at hand in memory, the others staged."""

    def __init__(self, staging: Staging) -> None:
        """Begin without any."""
        self._staging = staging
        self._places: dict[str, int] = {}
        self._current: CollectedCustomer | None = None
        self._doubtful: set[str] = set()

    def __len__(self) -> int:
        """Return how many customers have been staged; `finish` first."""
        return len(self._places)

    def country_of(self, number: str) -> str | None:
        """Return the country that earlier rows stated for a customer."""
        found = self._find(number)
        stated = found.stated.get("country") if found else None
        return stated.value if stated else None

    def add(self, row: CustomerRow, problems: Problems) -> None:
        """Take a row in."""
        customer = self._find(row.number) or CollectedCustomer(row.number, row.line)
        if customer is not self._current:
            self.finish()
            self._current = customer
        customer.add(row, problems)

    def finish(self) -> None:
        """Stage the customer at hand."""
        if self._current is not None:
            self._current.check(doubts := Problems())
            if doubts.count:  # A later row may still say what is missing.
                self._doubtful.add(self._current.number)
            self._places[self._current.number] = self._staging.append(self._current.record)
            self._current = None

    def check(self, problems: Problems) -> None:
        """Look at what only all rows of a customer together can say; `finish` first."""
        for number in self._places:
            if number in self._doubtful:
                self._read(self._places[number]).check(problems)

    def _find(self, number: str) -> CollectedCustomer | None:
        if self._current is not None and self._current.number == number:
            return self._current
        place = self._places.get(number)
        return None if place is None else self._read(place)

    def _read(self, place: int) -> CollectedCustomer:
        record = self._staging.read(place)
        return CollectedCustomer(
            number=record["number"],
            line=record["line"],
            stated={name: CollectedValue(**value) for name, value in record["stated"].items()},
            contacts={key: (name, kind) for key, (name, kind) in record["contacts"].items()},
            workstations={key: CollectedWorkstation(**one) for key, one in record["workstations"].items()},
        )

    def customers(self) -> Iterator[CollectedCustomer]:
        """Yield the staged customers in the order in which the file names them first."""
        for place in self._places.values():
            yield self._read(place)
