"""A table with foreign headings, read by a mapping: its cells become values of the desk's own columns."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from laverma_desk import text
from laverma_desk.domain.customer import partner_id_digits
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.cell_text import unguarded
from laverma_desk.services.importing import customer_columns as columns
from laverma_desk.services.importing import targets
from laverma_desk.services.importing.delimited import (
    DELIMITERS,
    Row,
    encoding_of,
    first_line,
    read_records,
    split_line,
)
from laverma_desk.services.importing.mapping import Heading, Mapping, is_of_people
from laverma_desk.services.problems import Problems

_LOOKED_AT = 200
_SAMPLES = 20
_LEAD_LINES = ("EXTF", "DTVF", "sep=")
"""How a line begins that is no heading yet: DATEV's own (DATEV format, header), Excel's delimiter."""

_ISO_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})([ T].*)?$")
_DAY_COLUMNS = frozenset({
    columns.SINCE, columns.TARIFF_FROM, columns.AGREEMENT_FROM, columns.AGREEMENT_UNTIL,
    columns.AGREEMENT_ENDED,
})  # fmt: skip
_OF_THE_PRACTICE = frozenset(columns.CUSTOMER_FIELDS) | {columns.POSTCODE}


@dataclass(frozen=True)
class ForeignTable:
    """A table whose headings are known, and not yet what they mean. `lead` are the records up to them."""

    file: Path
    encoding: str
    delimiter: str
    lines: int
    lead: int
    headings: tuple[Heading, ...]

    @property
    def fingerprint(self) -> str:
        """Return what is the same for all files with these headings, in any order and writing."""
        names = sorted(targets.folded(one.text) for one in self.headings)
        return hashlib.sha256("\n".join(names).encode()).hexdigest()[:32]


def look_at(file: Path) -> ForeignTable:
    """Find out how a table is written and what its columns are called.

    Raises RuleBroken FILE_EMPTY, FILE_NOT_TEXT, OutsideTrouble FILE_UNREADABLE, FileRefused where the
    headings cannot be parted.
    """
    encoding, lines = encoding_of(file)
    head = first_line(file, encoding)
    delimiter = max(DELIMITERS, key=lambda one: len(split_line(head, one)))
    problems = Problems()
    records = list(islice(read_records(file, encoding, delimiter, problems), _LOOKED_AT + 2))
    if not records:
        problems.refuse_if_any()
        raise RuleBroken(Rule.FILE_EMPTY, file=str(file))
    lead = 1 if records[0][1][0].strip().startswith(_LEAD_LINES) and len(records) > 1 else 0
    names = [" ".join(cell.split()) for cell in records[lead][1]]
    below = [fields for _line, fields in records[lead + 1 :]]
    return ForeignTable(file, encoding, delimiter, lines, lead + 1, _headings(names, below))


def _headings(names: list[str], below: list[list[str]]) -> tuple[Heading, ...]:
    seen: Counter[str] = Counter()
    found: list[Heading] = []
    for place, name in enumerate(names):
        seen[name] += 1
        key = name if seen[name] == 1 else f"{name} ({seen[name]})"
        cells = (row[place].strip() for row in below if len(row) > place and row[place].strip())
        found.append(Heading(key or f"({place + 1})", name, tuple(islice(cells, _SAMPLES))))
    return tuple(found)


@dataclass(frozen=True)
class MappedFile:
    """A foreign table together with what its headings mean."""

    table: ForeignTable
    mapping: Mapping

    @property
    def file(self) -> Path:
        """Return the table's file."""
        return self.table.file

    @property
    def lines(self) -> int:
        """Return the table's length."""
        return self.table.lines

    @property
    def numbered(self) -> bool:
        """Return whether a column holds customer numbers; then each row needs one."""
        return columns.NUMBER in self.mapping.values()

    @property
    def ignored(self) -> tuple[str, ...]:
        """Return the headings that mean nothing here."""
        return tuple(one.key for one in self.table.headings if one.text and one.key not in self.mapping)

    def rows(self, problems: Problems) -> Iterator[Row]:
        """Yield the rows by the desk's own columns. Raises FILE_EMPTY, OutsideTrouble FILE_UNREADABLE."""
        table = self.table
        meant = [self.mapping.get(one.key) for one in table.headings]
        weak = _OF_THE_PRACTICE if is_of_people(self.mapping) else frozenset[str]()
        records = read_records(table.file, table.encoding, table.delimiter, problems)
        blank = True
        for line, fields in islice(records, table.lead, None):
            blank = False
            if any(field.strip() for field in fields[len(meant) :]):
                problems.add(RuleBroken(Rule.ROW_TOO_LONG), "", line)
                continue
            said = {name: unguarded(cell) for name, cell in zip(meant, fields, strict=False) if name}
            yield Row(line, _own_values(said), weak)
        if blank and not problems.count:
            raise RuleBroken(Rule.FILE_EMPTY, file=str(table.file))


def _own_values(said: dict[str, str]) -> dict[str, str]:
    """Put together what another program keeps apart, and write days the desk's way."""
    values = {name: cell for name, cell in said.items() if name not in targets.PARTS}
    part = {name: " ".join(said.get(name, "").split()) for name in targets.PARTS}
    person = " ".join(
        part[one] for one in (targets.TITLE, targets.FIRST_NAME, targets.LAST_NAME) if part[one]
    )
    if person and not values.get(columns.CONTACT, "").strip():
        values[columns.CONTACT] = person
    if part[targets.HOUSE_NUMBER]:
        values[columns.STREET] = (
            f"{values.get(columns.STREET, '').strip()} {part[targets.HOUSE_NUMBER]}".strip()
        )
    if part[targets.POSTCODE_AND_CITY]:
        postcode, _blank, city = part[targets.POSTCODE_AND_CITY].partition(" ")
        values.setdefault(columns.POSTCODE, postcode.removeprefix("D-"))
        values.setdefault(columns.CITY, city)
    vat = values.get(columns.VAT_ID, "").strip()
    if vat and part[targets.VAT_COUNTRY] and not vat[:1].isalpha():
        values[columns.VAT_ID] = part[targets.VAT_COUNTRY] + vat
    if not values.get(columns.NAME, "").strip():
        # A person without a practice is a customer by his or her own name.
        values[columns.NAME] = values.get(columns.CONTACT, "")
    _tidy(values)
    return values


def _tidy(values: dict[str, str]) -> None:
    salutation = values.get(columns.SALUTATION, "").strip().partition(" ")[0]
    if columns.known_salutation(salutation) is None and salutation.casefold() != columns.NO_SALUTATION:
        salutation = ""  # "Firma", "Dr.": says nothing about how to address somebody
    values[columns.SALUTATION] = salutation
    if not values.get(columns.CONTACT, "").strip():
        _give_to_practice(values)
    digits = partner_id_digits(values.get(columns.PARTNER_ID, ""))
    if digits and columns.WORKSTATION not in values:
        values[columns.WORKSTATION] = f"{columns.WORKSTATION} {text.partner_id(digits)}"
    for column in _DAY_COLUMNS & values.keys():
        found = _ISO_DAY.match(values[column].strip())
        if found:
            values[column] = f"{found[3]}.{found[2]}.{found[1]}"


def _give_to_practice(values: dict[str, str]) -> None:
    """Let what stands in a person's columns, where nobody is named, be the practice's own."""
    for own, of_person in (
        (columns.PHONE, columns.CONTACT_PHONE),
        (columns.EMAIL_REPORT, columns.CONTACT_EMAIL),
    ):
        if not values.get(own, "").strip() and values.get(of_person, "").strip():
            values[own] = values[of_person]
    for column in columns.CONTACT_FIELDS:
        values.pop(column, None)
