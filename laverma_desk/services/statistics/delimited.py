"""All figures in one CSV file: a row says of which table it is, and has what that table knows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import BinaryIO

from laverma_desk import text
from laverma_desk.domain.figure_table import Cell, FigureKind, FigureTable
from laverma_desk.domain.money import half_up
from laverma_desk.i18n import gettext_in
from laverma_desk.services.cell_text import guarded


def write_delimited(stream: BinaryIO, tables: Sequence[FigureTable], language: str) -> None:
    """Write the rows of all tables under the headings that these have, each once, names before figures.

    UTF-8 with its mark, semicolons, decimal commas; months as 2022-02, so that they sort. A text that a
    spreadsheet would take for a formula gets an apostrophe before it (`cell_text`).
    """
    every = [column for table in tables for column in table.columns]
    names_first = sorted(every, key=lambda column: column.kind.is_number)
    headings = list(dict.fromkeys(column.heading for column in names_first))
    words = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        writer = csv.writer(words, delimiter=";", lineterminator="\r\n")
        writer.writerow([gettext_in(language, "Table"), *headings])
        for table in tables:
            writer.writerows(_rows(table, headings))
        words.flush()
    finally:
        words.detach()


def _rows(table: FigureTable, headings: Sequence[str]) -> Iterator[list[str]]:
    places = {column.heading: place for place, column in enumerate(table.columns)}
    for row in table.rows:
        cells = [_cell(column.kind, value) for column, value in zip(table.columns, row, strict=True)]
        yield [table.title, *(cells[places[one]] if one in places else "" for one in headings)]


def _cell(kind: FigureKind, value: Cell) -> str:
    match value:
        case None:
            said = ""
        case str():
            said = guarded(value)
        case Fraction():
            said = f"{_decimal(half_up(value * 1000), 1)} %"
        case int():
            said = _number(kind, value)
        case date():
            said = f"{value:%Y-%m}" if kind is FigureKind.MONTH else f"{value:%d.%m.%Y}"
    return said


def _number(kind: FigureKind, value: int) -> str:
    if kind is FigureKind.MONEY:
        return _decimal(value, 2)
    return text.duration(value) if kind is FigureKind.DURATION else str(value)


def _decimal(value: int, digits: int) -> str:
    """Return a number without separators between thousands, which would have to be taken apart again."""
    return f"{Decimal(value).scaleb(-digits):.{digits}f}".replace(".", ",")
