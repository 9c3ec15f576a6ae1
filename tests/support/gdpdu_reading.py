"""Read a folder that was handed to an audit, by the description standard (version 1.5) and nothing else.

This is what an auditor's program does: it knows no table and no column but from index.xml. It is stricter
than such a program, so that whatever another one would guess fails here.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

from lxml import etree

DTD = "gdpdu-01-09-2004.dtd"
_MEDIA = "(Name, Command*, Table*, Command*, AcceptNoTables?)"
_SAME_MEDIA = "(Name, Command*, ((Table+, Command*)?), AcceptNoTables?)"
"""The same documents, said so that a validator can decide at each element; libxml2 refuses the other form."""

Cell = str | Decimal | date | None


@dataclass(frozen=True)
class Field:
    """A column as described: its type, the digits behind the comma, the longest text."""

    name: str
    kind: str
    accuracy: int = 0
    longest: int | None = None
    key: bool = False


@dataclass(frozen=True)
class Foreign:
    """Columns here and the columns of the table they lead to."""

    here: tuple[str, ...]
    table: str
    there: tuple[str, ...]


@dataclass
class Told:
    """A table with its rows, each column by its name."""

    name: str
    url: str
    description: str
    validity: tuple[date, date] | None
    fields: tuple[Field, ...]
    foreign: tuple[Foreign, ...]
    rows: list[dict[str, Cell]] = field(default_factory=list)

    def column(self, name: str) -> list[Cell]:
        """Return all values of a column."""
        return [row[name] for row in self.rows]

    def total(self, name: str) -> Decimal:
        """Return the sum of a column of numbers."""
        return sum((Decimal(row[name] or 0) for row in self.rows), Decimal(0))

    def by(self, key: str) -> dict[Cell, dict[str, Cell]]:
        """Return the rows by a column."""
        return {row[key]: row for row in self.rows}


def validate(folder: Path) -> None:
    """Raise unless index.xml follows the document type that lies beside it."""
    text = (folder / DTD).read_text(encoding="ascii")
    assert text.count(_MEDIA) == 1
    kind = etree.DTD(io.BytesIO(text.replace(_MEDIA, _SAME_MEDIA).encode("ascii")))
    tree = etree.parse(folder / "index.xml", etree.XMLParser(load_dtd=False, resolve_entities=False))
    assert tree.docinfo.encoding == "UTF-8"
    assert tree.docinfo.system_url == DTD
    assert kind.validate(tree), kind.error_log


def read_medium(folder: Path) -> dict[str, Told]:
    """Return every table by its name; raise for whatever the standard does not allow, or leaves open."""
    validate(folder)
    root = ET.parse(folder / "index.xml").getroot()  # noqa: S314 (a file that the test has made)
    tables = {}
    for one in root.iterfind("Media/Table"):
        told = _table(folder, one)
        assert told.name not in tables
        tables[told.name] = told
    named = {told.url for told in tables.values()} | {"index.xml", DTD}
    assert {str(one.relative_to(folder)) for one in folder.rglob("*")} == named
    for told in tables.values():
        _check_keys(told)
        _check_foreign(told, tables)
    return tables


def _table(folder: Path, table: ET.Element) -> Told:
    url = table.findtext("URL", "")
    path = PurePosixPath(url)
    assert url
    assert ":" not in url
    assert not path.is_absolute()
    assert ".." not in path.parts
    variable = table.find("VariableLength")
    assert variable is not None
    fields = tuple(_field(one) for one in variable if one.tag in ("VariablePrimaryKey", "VariableColumn"))
    told = Told(
        name=table.findtext("Name", url),
        url=url,
        description=table.findtext("Description", ""),
        validity=_validity(table.find("Validity")),
        fields=fields,
        foreign=tuple(_foreign(one) for one in variable.iterfind("ForeignKey")),
    )
    assert len({one.name for one in fields}) == len(fields), "a column stands there twice"
    records = records_of(
        (folder / url).read_bytes().decode("utf-8" if table.find("UTF8") is not None else "cp1252"),
        variable.findtext("ColumnDelimiter", ";"),
        variable.findtext("RecordDelimiter", "\r\n"),
        variable.findtext("TextEncapsulator", '"'),
    )
    skipped = int(table.findtext("Range/From", "1")) - 1
    if skipped:
        assert [value for value, _quoted in records[skipped - 1]] == [one.name for one in fields]
    decimal, grouping = table.findtext("DecimalSymbol", ","), table.findtext("DigitGroupingSymbol", ".")
    assert decimal != grouping
    for record in records[skipped:]:
        assert len(record) == len(fields), record
        told.rows.append(
            {one.name: _cell(one, *raw, decimal) for one, raw in zip(fields, record, strict=True)}
        )
    return told


def _validity(found: ET.Element | None) -> tuple[date, date] | None:
    if found is None:
        return None
    form = found.findtext("Format", "DD.MM.YYYY")
    assert form == "DD.MM.YYYY"
    return _day(found.findtext("Range/From", "")), _day(found.findtext("Range/To", ""))


def _field(one: ET.Element) -> Field:
    name, key = one.findtext("Name", ""), one.tag == "VariablePrimaryKey"
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name), name
    number = one.find("Numeric")
    if number is not None:
        assert number.find("ImpliedAccuracy") is None
        return Field(name, "number", accuracy=int(number.findtext("Accuracy", "0")), key=key)
    day = one.find("Date")
    if day is not None:
        assert day.findtext("Format", "DD.MM.YYYY") == "DD.MM.YYYY"
        return Field(name, "day", key=key)
    assert one.find("AlphaNumeric") is not None
    longest = one.findtext("MaxLength")
    return Field(name, "text", longest=None if longest is None else int(longest), key=key)


def _foreign(one: ET.Element) -> Foreign:
    here = tuple(name.text or "" for name in one.iterfind("Name"))
    aliases = {alias.findtext("From"): alias.findtext("To", "") for alias in one.iterfind("Alias")}
    assert set(aliases) <= set(here)
    return Foreign(here, one.findtext("References", ""), tuple(aliases.get(name, name) for name in here))


def records_of(text: str, delimiter: str, end: str, quote: str) -> list[list[tuple[str, bool]]]:
    """Return records of values with whether each stood in quotation marks; those within one are doubled."""
    assert not text.startswith("\ufeff"), "a mark that no importer is told of"
    assert text.endswith(end)
    value = re.compile(
        rf"{re.escape(quote)}((?:[^{re.escape(quote)}]|{re.escape(quote * 2)})*){re.escape(quote)}"
        rf"|([^{re.escape(quote + delimiter)}\r\n]*)"
    )
    records: list[list[tuple[str, bool]]] = []
    record: list[tuple[str, bool]] = []
    place = 0
    while place < len(text):
        found = value.match(text, place)
        assert found is not None, text[place : place + 40]
        quoted = found[1] is not None
        record.append((found[1].replace(quote * 2, quote) if quoted else found[2], quoted))
        place = found.end()
        if text.startswith(delimiter, place):
            place += len(delimiter)
        else:
            assert text.startswith(end, place), text[place : place + 40]
            place += len(end)
            records.append(record)
            record = []
    return records


def _cell(one: Field, value: str, quoted: bool, decimal: str) -> Cell:
    if one.kind == "text":
        assert all(letter >= " " and letter not in "\x7f\u2028\u2029" for letter in value), value
        assert one.longest is None or len(value) <= one.longest, (one.name, value)
        assert quoted or value == ""
        return value
    assert not quoted, (one.name, value)
    if value == "":
        return None
    if one.kind == "day":
        return _day(value)
    digits = f"{re.escape(decimal)}[0-9]{{{one.accuracy}}}" if one.accuracy else ""
    assert re.fullmatch(rf"-?(0|[1-9][0-9]*){digits}", value), (one.name, value)
    return Decimal(value.replace(decimal, "."))


def _day(value: str) -> date:
    assert re.fullmatch(r"\d\d\.\d\d\.\d{4}", value), value
    day, month, year = value.split(".")
    return date(int(year), int(month), int(day))


def _check_keys(told: Told) -> None:
    names = [one.name for one in told.fields if one.key]
    assert [one.key for one in told.fields] == sorted((one.key for one in told.fields), reverse=True)
    if not names:
        return
    keys = [tuple(row[name] for name in names) for row in told.rows]
    assert all(part not in (None, "") for key in keys for part in key)
    assert len(set(keys)) == len(keys), f"{told.name}: a key stands there twice"


def _check_foreign(told: Told, tables: dict[str, Told]) -> None:
    for one in told.foreign:
        target = tables[one.table]
        kinds = {each.name: each.kind for each in told.fields}
        others = {each.name: each for each in target.fields}
        for here, there in zip(one.here, one.there, strict=True):
            assert others[there].key
            assert kinds[here] == others[there].kind
        known = {tuple(row[name] for name in one.there) for row in target.rows}
        wanted = {tuple(row[name] for name in one.here) for row in told.rows}
        assert {key for key in wanted if any(key)} <= known, f"{told.name}: {one}"
