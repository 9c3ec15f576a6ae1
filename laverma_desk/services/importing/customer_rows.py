"""One line of a customer file becomes checked values; what a line leaves blank it does not state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services import checks
from laverma_desk.services.importing import customer_columns as columns
from laverma_desk.services.importing.delimited import Row
from laverma_desk.services.problems import Problems


@lru_cache(maxsize=4096)
def _cached(check: columns.Check, typed: str, column: str) -> Any:
    # The rows of one practice repeat its values, and a phone number takes a tenth of a millisecond.
    return check(typed, column)


@dataclass(frozen=True)
class Stated:
    """A value that a row states: checked, and as it was typed. A `weak` one only fills what is empty."""

    column: str
    field: str
    value: Any
    typed: str
    weak: bool = False


@dataclass(frozen=True)
class StatedPart:
    """A person, a machine or a price of a row: what it is called, and what is stated of it."""

    name: str
    stated: tuple[Stated, ...]


@dataclass(frozen=True)
class CustomerRow:
    """What one row says. Days are ISO 8601; an `agreement` is first, last and ending day, "" for none."""

    line: int
    number: str
    stated: tuple[Stated, ...]
    contact: StatedPart | None
    workstation: StatedPart | None
    tariff: StatedPart | None
    agreement: tuple[str, str, str] | None

    def value(self, field: str) -> str:
        """Return what the row states for a text field of the customer, "" for nothing."""
        return next((str(one.value) for one in self.stated if one.field == field), "")


def read_row(
    row: Row, country_of: Callable[[str], str], problems: Problems, *, numbered: bool = True
) -> CustomerRow | None:
    """Return a row checked, or None where it has problems.

    `country_of` says for a customer number which country is known so far; it decides about postcodes.
    Where the file is not `numbered`, a row may do without a number; its `number` is "" then.
    """
    before = problems.count
    number = ""
    with problems.at(columns.NUMBER, row.line):
        check = checks.required if numbered else checks.one_line
        number = check(row.values.get(columns.NUMBER, ""), columns.NUMBER)
    stated = _customer(row, country_of(number), problems)
    contact = _person(row, problems)
    workstation = _machine(row, problems)
    tariff = _tariff(row, problems)
    agreement = _agreement(row, problems)
    if problems.count > before:
        return None
    return CustomerRow(row.line, number, tuple(stated), contact, workstation, tariff, agreement)


def _stated(
    row: Row, fields: Mapping[str, tuple[str, columns.Check]], problems: Problems, needed: str = ""
) -> list[Stated]:
    stated: list[Stated] = []
    for column, (field, check) in fields.items():
        typed = row.values.get(column, "")
        if typed.strip() or column == needed:
            with problems.at(column, row.line):
                value = _cached(check, typed, column)
                stated.append(Stated(column, field, value, typed.strip(), column in row.weak))
    return stated


def _customer(row: Row, known_country: str, problems: Problems) -> list[Stated]:
    stated = _stated(row, columns.CUSTOMER_FIELDS, problems, columns.NAME)
    typed = row.values.get(columns.POSTCODE, "")
    if typed.strip():
        country = next((one.value for one in stated if one.field == "country"), known_country)
        with problems.at(columns.POSTCODE, row.line):
            value = checks.postcode(typed, country, columns.POSTCODE)
            weak = columns.POSTCODE in row.weak
            stated.append(Stated(columns.POSTCODE, "postcode", value, typed.strip(), weak))
    return stated


def _part(
    row: Row, column: str, fields: Mapping[str, tuple[str, columns.Check]], problems: Problems
) -> StatedPart | None:
    name = ""
    with problems.at(column, row.line):
        name = checks.one_line(row.values.get(column, ""), column)
        if not name and any(row.values.get(one, "").strip() for one in fields):
            raise RuleBroken(Rule.TEXT_MISSING, field=column)
    stated = tuple(_stated(row, fields, problems))
    return StatedPart(name, stated) if name else None


def _machine(row: Row, problems: Problems) -> StatedPart | None:
    fields = dict(columns.WORKSTATION_FIELDS)
    fields[columns.PARTNER_ID] = ("partner_id", columns.id_check_of(row.values.get(columns.TOOL, "")))
    return _part(row, columns.WORKSTATION, fields, problems)


def _person(row: Row, problems: Problems) -> StatedPart | None:
    part = _part(row, columns.CONTACT, columns.CONTACT_FIELDS, problems)
    if part is None or any(one.field == "salutation" for one in part.stated):
        return part
    with problems.at(columns.CONTACT, row.line):
        name, salutation = parted_name(part.name)
        if salutation:
            said = Stated(columns.CONTACT, "salutation", salutation, part.name)
            return StatedPart(name, (*part.stated, said))
    return part


def parted_name(line: str) -> tuple[str, str]:
    """Return name and salutation of "Frau Sabine Lorenz". Raises TEXT_MISSING for "Frau" alone."""
    first, _blank, rest = line.partition(" ")
    salutation = columns.known_salutation(first)
    if salutation is None:
        return line, ""
    return checks.required(rest, columns.CONTACT), salutation.value


def _tariff(row: Row, problems: Problems) -> StatedPart | None:
    part = _part(row, columns.TARIFF_FROM, columns.TARIFF_FIELDS, problems)
    if part is None:
        return None
    with problems.at(columns.TARIFF_FROM, row.line):
        return StatedPart(columns.read_day(part.name, columns.TARIFF_FROM), part.stated)
    return None


def _agreement(row: Row, problems: Problems) -> tuple[str, str, str] | None:
    names = (columns.AGREEMENT_FROM, columns.AGREEMENT_UNTIL, columns.AGREEMENT_ENDED)
    days: list[str] = []
    for column in names:
        typed = row.values.get(column, "")
        day = ""
        if typed.strip():
            with problems.at(column, row.line):
                day = _cached(columns.read_day, typed, column)
        days.append(day)
    begin, end, ended = days
    return (begin, end, ended) if any(days) else None
