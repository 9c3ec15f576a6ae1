"""Sessions as an Excel workbook with typed cells, row after row, so that memory stays small."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from laverma_desk.domain.clock import local
from laverma_desk.i18n import gettext_in
from laverma_desk.services.exporting.session_columns import LANGUAGE, Column, Kind, Value
from laverma_desk.storage.history_rows import ExportedSession

ROWS_PER_SHEET = 1_048_575
"""Excel's 1,048,576 rows without the heading."""
LONGEST_TEXT = 32_767
"""So many UTF-16 units fit into a cell of Excel."""

_DAY = timedelta(days=1)
_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 (Excel's calendar knows no zone)
_FORMATS = {
    Kind.TEXT: "@",
    Kind.WHOLE: "0",
    Kind.MONEY: '#,##0.00\u00a0"€"',
    Kind.RATE: '0.##\u00a0"%"',
    Kind.MOMENT: "dd.mm.yyyy hh:mm:ss",
    Kind.DURATION: "[hh]:mm:ss",
}


class _Sink:
    """Takes what a ZIP file writes until it is shut.

    One that was given up halfway still writes its end when Python clears it away: that goes nowhere.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream: BinaryIO | None = stream
        self._place = 0

    def shut(self) -> None:
        """Take nothing more."""
        self._stream = None

    def write(self, content: bytes) -> int:
        """Write bytes. Raises OSError."""
        if self._stream:
            return self._stream.write(content)
        self._place += len(content)
        return len(content)

    def tell(self) -> int:
        """Return the place in the file."""
        return self._stream.tell() if self._stream else self._place

    def seek(self, place: int, whence: int = 0) -> int:
        """Go to a place in the file."""
        if self._stream:
            return self._stream.seek(place, whence)
        self._place = place
        return place

    def flush(self) -> None:
        """Hand everything over. Raises OSError."""
        if self._stream:
            self._stream.flush()


def write_workbook(
    stream: BinaryIO,
    scratch: Path,
    columns: Sequence[Column],
    rows: Iterable[ExportedSession],
    *,
    rows_per_sheet: int = ROWS_PER_SHEET,
) -> None:
    """Write rows under a frozen header, on further sheets where one is full; `scratch` is a folder for parts.

    Texts are cells of text whatever they begin with, so that none is a formula or a link. One that is
    longer than Excel's limit ends with a note that says so. Raises OSError.
    """
    sink = _Sink(stream)
    book = xlsxwriter.Workbook(
        sink,
        {
            "constant_memory": True,
            "tmpdir": str(scratch),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.use_zip64()
    try:
        _fill(book, columns, rows, rows_per_sheet)
        book.close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from error
    finally:
        sink.shut()
        for sheet in book.worksheets():
            sheet._opt_close()  # noqa: SLF001 (where the work was called off, nothing else closes its file)


def _fill(book: Any, columns: Sequence[Column], rows: Iterable[ExportedSession], rows_per_sheet: int) -> None:
    formats = {
        kind: book.add_format({"num_format": shown, "valign": "top"}) for kind, shown in _FORMATS.items()
    }
    heading = book.add_format({"bold": True})
    sheet = _sheet(book, columns, heading)
    place = 0
    for row in rows:
        if place == rows_per_sheet:
            sheet, place = _sheet(book, columns, heading), 0
        place += 1
        for at, column in enumerate(columns):
            cell = _cell(column.kind, column.value(row))
            if isinstance(cell, float):
                sheet.write_number(place, at, cell, formats[column.kind])
            elif cell:
                sheet.write_string(place, at, cell, formats[column.kind])


def _sheet(book: Any, columns: Sequence[Column], heading: Any) -> Any:
    name = gettext_in(LANGUAGE, "Sessions")
    number = len(book.worksheets()) + 1
    sheet = book.add_worksheet(name if number == 1 else f"{name} {number}")
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.heading, heading)
    return sheet


def _cell(kind: Kind, value: Value) -> str | float:
    """Return a value as Excel keeps it: a text, or a number that its format shows."""
    if value is None:
        return ""
    if isinstance(value, str):
        return fitting(value)
    if isinstance(value, datetime):
        return (local(value).replace(tzinfo=None) - _ZERO) / _DAY
    if kind is Kind.DURATION:
        return int(value) / 86_400
    return float(value / Decimal(100) if kind is Kind.MONEY else value)


def fitting(value: str) -> str:
    """Return a text as a cell holds it: one beyond Excel's limit ends with a note that says so."""
    if len(value) > LONGEST_TEXT // 2 and len(value.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        ending = gettext_in(LANGUAGE, "… (shortened: Excel holds no more, the CSV file has all of it)")
        room = 2 * (LONGEST_TEXT - len(ending))
        return value.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + ending
    # XlsxWriter would write a text between these as it is, for marks of its own.
    return f"{value} " if value.startswith("<r>") and value.endswith("</r>") else value
