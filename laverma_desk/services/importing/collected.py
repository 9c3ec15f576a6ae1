"""The rows of one number become one customer, whether they stand together in the file or apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.importing.customer_columns import AGREEMENT_FROM, AGREEMENT_UNTIL
from laverma_desk.services.importing.customer_rows import CustomerRow, Stated, StatedPart
from laverma_desk.services.problems import Problems, contradiction


@dataclass
class CollectedValue:
    """A value, as it was typed, and the line that stated it first; a `weak` one gives way."""

    value: Any
    typed: str
    line: int
    weak: bool = False


Values = dict[str, CollectedValue]


@dataclass
class CollectedPart:
    """A person, a machine or a price: what it is called, and what is stated of it."""

    name: str
    stated: Values = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Any]:
        """Return field → value."""
        return {name: one.value for name, one in self.stated.items()}


@dataclass
class CollectedAgreement:
    """The days of an agreement as ISO 8601, "" where nothing is stated, and the line of each."""

    begin: str
    until: str
    ended: str
    line: int

    @property
    def days(self) -> tuple[date, date | None, date | None]:
        """Return first, last and ending day."""
        until, ended = (date.fromisoformat(day) if day else None for day in (self.until, self.ended))
        return date.fromisoformat(self.begin), until, ended


@dataclass
class CollectedCustomer:
    """All that a file says of one customer; people and machines by their name without regard to case."""

    number: str
    line: int
    stated: Values = field(default_factory=dict)
    contacts: dict[str, CollectedPart] = field(default_factory=dict)
    workstations: dict[str, CollectedPart] = field(default_factory=dict)
    tariffs: dict[str, CollectedPart] = field(default_factory=dict)
    agreements: list[CollectedAgreement] = field(default_factory=list)

    def add(self, row: CustomerRow, problems: Problems) -> None:
        """Take a row in; what contradicts an earlier one is a problem of the row's line."""
        _take(self.stated, row.stated, row.line, problems)
        parts = (
            (self.contacts, row.contact),
            (self.workstations, row.workstation),
            (self.tariffs, row.tariff),
        )
        for known, part in parts:
            if part is not None:
                _take_part(known, part, row.line, problems)
        if row.agreement is not None:
            self._add_agreement(CollectedAgreement(*row.agreement, row.line))

    def _add_agreement(self, new: CollectedAgreement) -> None:
        # A practice may have had several; a row that says only one end of one completes another.
        for known in self.agreements:
            said = ((known.begin, new.begin), (known.until, new.until), (known.ended, new.ended))
            if all(not before or not after or before == after for before, after in said) and (
                known.begin == new.begin or not known.begin or not new.begin
            ):
                known.begin, known.until, known.ended = (before or after for before, after in said)
                return
        self.agreements.append(new)

    @property
    def values(self) -> dict[str, Any]:
        """Return the fields of the record that the file states for certain."""
        return _record_values((name, one) for name, one in self.stated.items() if not one.weak)

    @property
    def weak_values(self) -> dict[str, Any]:
        """Return the fields of the record that the file states for where nothing is known."""
        return _record_values((name, one) for name, one in self.stated.items() if one.weak)

    @property
    def record(self) -> dict[str, Any]:
        """Return it as a JSON value; `dataclasses.asdict` would copy each value and take far longer."""
        return {
            "number": self.number,
            "line": self.line,
            "stated": {name: vars(one) for name, one in self.stated.items()},
            "agreements": [vars(one) for one in self.agreements],
        } | {
            kind: {
                key: {"name": part.name, "stated": {name: vars(one) for name, one in part.stated.items()}}
                for key, part in getattr(self, kind).items()
            }
            for kind in ("contacts", "workstations", "tariffs")
        }

    @classmethod
    def of_record(cls, record: dict[str, Any]) -> CollectedCustomer:
        """Return the customer of such a JSON value."""
        contacts, workstations, tariffs = (
            {key: CollectedPart(part["name"], _values(part["stated"])) for key, part in record[kind].items()}
            for kind in ("contacts", "workstations", "tariffs")
        )
        agreements = [CollectedAgreement(**one) for one in record["agreements"]]
        stated = _values(record["stated"])
        return cls(record["number"], record["line"], stated, contacts, workstations, tariffs, agreements)

    def check(self, problems: Problems) -> None:
        """Look at what only all rows together can say: whether the days of agreements fit together."""
        for one in self.agreements:
            if not one.begin:
                problems.add(RuleBroken(Rule.TEXT_MISSING, field=AGREEMENT_FROM), AGREEMENT_FROM, one.line)
            elif one.until and one.until < one.begin:
                error = RuleBroken(Rule.END_BEFORE_START, field=AGREEMENT_UNTIL)
                problems.add(error, AGREEMENT_UNTIL, one.line)


def _take(known: Values, stated: Iterable[Stated], line: int, problems: Problems) -> None:
    for one in stated:
        before = known.get(one.field)
        if before is None or (before.weak and not one.weak):
            known[one.field] = CollectedValue(one.value, one.typed, line, one.weak)
        elif before.value != one.value and not one.weak:
            problems.add(contradiction(one.column, one.typed, before.typed, before.line), one.column, line)


def _take_part(known: dict[str, CollectedPart], part: StatedPart, line: int, problems: Problems) -> None:
    key = part.name.casefold()
    _take(known.setdefault(key, CollectedPart(part.name)).stated, part.stated, line, problems)


def _values(record: dict[str, Any]) -> Values:
    return {name: CollectedValue(**one) for name, one in record.items()}


def _record_values(stated: Iterable[tuple[str, CollectedValue]]) -> dict[str, Any]:
    values = {name: one.value for name, one in stated}
    if "since" in values:
        values["since"] = date.fromisoformat(values["since"])
    if "invoice_format" in values:
        values["invoice_format"] = InvoiceFormat(values["invoice_format"])
    return values
