"""The first rows of a file as they would be stored, each value beside what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from laverma_desk import text
from laverma_desk.domain.customer import InvoiceFormat, Salutation, Tool
from laverma_desk.domain.errors import RuleBroken
from laverma_desk.domain.tariff import Rounding
from laverma_desk.i18n import _
from laverma_desk.services.importing import customer_columns as columns
from laverma_desk.services.importing.customer_rows import CustomerRow, StatedPart
from laverma_desk.services.importing.delimited import Row
from laverma_desk.services.problems import Problem

_DAYS = frozenset(
    {
        columns.SINCE,
        columns.TARIFF_FROM,
        columns.AGREEMENT_FROM,
        columns.AGREEMENT_UNTIL,
        columns.AGREEMENT_ENDED,
    }
)
_MONEY = frozenset({columns.ON_SITE, columns.ON_SITE_TRAVEL, columns.ON_SITE_HOURLY, columns.MINUTE_PRICE})
_PHONES = frozenset({columns.PHONE, columns.CONTACT_PHONE, columns.CONTACT_MOBILE})


@dataclass(frozen=True)
class PreviewCell:
    """A value as it would be stored, in the form in which people read it; or as typed, with its error."""

    shown: str
    error: RuleBroken | None = None


@dataclass(frozen=True)
class PreviewRow:
    """A row of the file by the desk's headings; `error` is what is wrong with the row as a whole."""

    line: int
    cells: dict[str, PreviewCell]
    error: RuleBroken | None = None

    @property
    def faulty(self) -> bool:
        """Return whether anything is wrong."""
        return self.error is not None or any(one.error is not None for one in self.cells.values())


def preview_row(row: Row, checked: CustomerRow | None, problems: Iterable[Problem]) -> PreviewRow:
    """Return a row with the values that were checked, or as they were typed where it was refused."""
    wrong = {one.place: one.error for one in reversed(list(problems))}
    stored = _stored(checked) if checked is not None else {}
    cells = {
        column: PreviewCell(stored.get(column, typed.strip()), wrong.pop(column, None))
        for column, typed in row.values.items()
        if typed.strip() or column in wrong
    }
    cells |= {
        column: PreviewCell("", wrong.pop(column)) for column in list(wrong) if column in columns.COLUMNS
    }
    return PreviewRow(row.line, cells, next(iter(wrong.values()), None))


def _stored(row: CustomerRow) -> dict[str, str]:
    stated = list(row.stated)
    for part in (row.contact, row.workstation, row.tariff):
        stated += part.stated if part else ()
    shown = {one.column: _shown(one.column, one.value) for one in stated}
    shown |= _names(row.contact, columns.CONTACT) | _names(row.workstation, columns.WORKSTATION)
    days = dict(
        zip(
            (columns.AGREEMENT_FROM, columns.AGREEMENT_UNTIL, columns.AGREEMENT_ENDED),
            row.agreement or (),
            strict=False,
        )
    )
    if row.tariff:
        days[columns.TARIFF_FROM] = row.tariff.name
    return shown | {column: _shown(column, day) for column, day in days.items() if day}


def _names(part: StatedPart | None, column: str) -> dict[str, str]:
    if part is None:
        return {}
    said = next((one.value for one in part.stated if one.column == column and one.field == "salutation"), "")
    word = columns.SALUTATION_WORDS[Salutation(said)] if said else ""
    return {column: f"{word} {part.name}".strip()}


def _shown(column: str, value: Any) -> str:
    if column in _DAYS:
        return text.date(date.fromisoformat(value))
    if column in _MONEY:
        return text.money(value)
    if column in _PHONES:
        return text.phone(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    by_column: dict[str, Callable[[Any], str]] = {
        columns.PARTNER_ID: text.partner_id,
        columns.COUNTRY: text.country,
        columns.TOOL: lambda one: text.tool(Tool(one)),
        columns.ROUNDING: lambda one: text.rounding_name(Rounding(one)),
        columns.INVOICE_FORMAT: lambda one: columns.FORMAT_WORDS[InvoiceFormat(one)],
        columns.LANGUAGE: lambda one: columns.LANGUAGE_WORDS[one],
        columns.SALUTATION: lambda one: columns.SALUTATION_WORDS[Salutation(one)],
    }
    return by_column.get(column, str)(value)
