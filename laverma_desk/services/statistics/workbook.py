"""All figures as an Excel workbook: a sheet for each table, typed cells, and Excel's own charts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any, BinaryIO

import xlsxwriter

from laverma_desk.domain.figure_table import Cell, FigureKind, FigureTable
from laverma_desk.services.exporting.workbook import fitting
from laverma_desk.services.statistics.workbook_charts import add_charts

_DAY_SECONDS = 86_400
_HEAD_HEIGHT = 32
"""Points: two lines."""
_ZERO = date(1899, 12, 30)
"""Excel's calendar counts from here."""
_FORMATS = {
    FigureKind.TEXT: "@",
    FigureKind.COUNT: "#,##0",
    FigureKind.MINUTES: "#,##0",
    FigureKind.MONEY: '#,##0.00\u00a0"€"',
    FigureKind.DURATION: "[hh]:mm:ss",
    FigureKind.SHARE: "0.0\u00a0%",
    FigureKind.MONTH: "mm/yyyy",
    FigureKind.DAY: "dd.mm.yyyy",
}
_WIDTHS = {FigureKind.TEXT: 30, FigureKind.MONEY: 16, FigureKind.SHARE: 12}


def write_workbook(stream: BinaryIO, tables: Sequence[FigureTable], made_at: datetime) -> None:
    """Write a sheet for each table, its head frozen. `made_at` stands in the file's properties.

    Texts are cells of text whatever they begin with, so that none is a formula or a link. Raises OSError.
    """
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.set_properties({"created": made_at.replace(tzinfo=None)})
    formats = {kind: book.add_format({"num_format": shown}) for kind, shown in _FORMATS.items()}
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for table in tables:
        _sheet(book, table, formats, heading)
        add_charts(book, table)
    book.close()
    stream.write(made.getvalue())


def _sheet(book: Any, table: FigureTable, formats: dict[FigureKind, Any], heading: Any) -> None:
    sheet = book.add_worksheet(table.title)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_row(0, _HEAD_HEIGHT)
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, _WIDTHS.get(column.kind, 14))
        sheet.write_string(0, at, column.heading, heading)
    for place, row in enumerate(table.rows, start=1):
        for at, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            cell = _cell(column.kind, value)
            if isinstance(cell, str):
                if cell:
                    sheet.write_string(place, at, fitting(cell), formats[column.kind])
            elif cell is not None:
                sheet.write_number(place, at, cell, formats[column.kind])


def _cell(kind: FigureKind, value: Cell) -> str | float | None:
    """Return a value as Excel keeps it: a text, or a number that its format shows."""
    if isinstance(value, date):
        return float((value - _ZERO).days)
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, int):
        divisor = {FigureKind.MONEY: 100, FigureKind.DURATION: _DAY_SECONDS}.get(kind, 1)
        return value / divisor
    return value
