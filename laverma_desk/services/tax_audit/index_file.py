"""index.xml: what tells the auditor's program which tables there are and how each is to be read.

The order of all elements is that of the document type gdpdu-01-09-2004.dtd, which lies beside it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from laverma_desk.services.tax_audit.cells import day
from laverma_desk.services.tax_audit.described import ACCURACY, AuditTable, Column, Kind, Reference

DOCUMENT_TYPE = "gdpdu-01-09-2004.dtd"
_DAY = "DD.MM.YYYY"
_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE DataSet SYSTEM "{DOCUMENT_TYPE}">\n'


@dataclass(frozen=True)
class Supplier:
    """Who hands the data over: name, place, and what the export is."""

    name: str
    location: str
    comment: str


def index_xml(
    supplier: Supplier,
    tables: Sequence[AuditTable],
    widths: Mapping[str, Mapping[str, int]],
    first: date,
    last: date,
) -> bytes:
    """Return the file; `widths` holds for each table the bytes of the widest value of its texts."""
    lines = [
        "<DataSet>",
        "  <Version>1.0</Version>",
        "  <DataSupplier>",
        f"    <Name>{_said(supplier.name)}</Name>",
        f"    <Location>{_said(supplier.location)}</Location>",
        f"    <Comment>{_said(supplier.comment)}</Comment>",
        "  </DataSupplier>",
        "  <Media>",
        f"    <Name>{_said(supplier.comment)}</Name>",
    ]
    for table in tables:
        lines += (f"    {line}" for line in _table(table, widths[table.name], first, last))
    lines += ["  </Media>", "</DataSet>", ""]
    return (_HEAD + "\n".join(lines)).encode()


def _table(table: AuditTable, widths: Mapping[str, int], first: date, last: date) -> Iterator[str]:
    yield "<Table>"
    yield f"  <URL>{_said(table.file)}</URL>"
    yield f"  <Name>{_said(table.name)}</Name>"
    yield f"  <Description>{_said(table.description)}</Description>"
    if table.of_period:
        days = f"<From>{day(first)}</From><To>{day(last)}</To>"
        yield f"  <Validity><Range>{days}</Range><Format>{_DAY}</Format></Validity>"
    yield "  <UTF8/>"
    yield "  <DecimalSymbol>,</DecimalSymbol>"
    yield "  <DigitGroupingSymbol>.</DigitGroupingSymbol>"
    yield "  <Range><From>2</From></Range>"
    yield "  <VariableLength>"
    yield "    <ColumnDelimiter>;</ColumnDelimiter>"
    yield "    <RecordDelimiter>&#13;&#10;</RecordDelimiter>"
    yield '    <TextEncapsulator>"</TextEncapsulator>'
    for place, column in enumerate(table.columns):
        element = "VariablePrimaryKey" if place < table.keys else "VariableColumn"
        yield f"    <{element}>{_column(column, widths)}</{element}>"
    for reference in table.references:
        yield f"    <ForeignKey>{_reference(reference)}</ForeignKey>"
    yield "  </VariableLength>"
    yield "</Table>"


def _column(column: Column, widths: Mapping[str, int]) -> str:
    described = f"<Description>{_said(column.description)}</Description>" if column.description else ""
    return f"<Name>{column.name}</Name>{described}{_type(column, widths)}"


def _type(column: Column, widths: Mapping[str, int]) -> str:
    if column.kind is Kind.TEXT:
        return f"<AlphaNumeric/><MaxLength>{widths[column.name]}</MaxLength>"
    if column.kind is Kind.DAY:
        return f"<Date><Format>{_DAY}</Format></Date>"
    # Always named: without it an importer takes none and drops the cents.
    return f"<Numeric><Accuracy>{ACCURACY[column.kind]}</Accuracy></Numeric>"


def _reference(one: Reference) -> str:
    alias = f"<Alias><From>{one.column}</From><To>{one.target}</To></Alias>" if one.target else ""
    return f"<Name>{one.column}</Name><References>{one.table}</References>{alias}"


def _said(words: str) -> str:
    """Return a text on one line without what XML does not hold."""
    kept = "".join(" " if unicodedata.category(one)[0] in "CZ" else one for one in words)
    return escape(" ".join(kept.split()), quote=False)
