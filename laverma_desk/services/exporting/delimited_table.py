"""Sessions as CSV for German spreadsheets: UTF-8 with its mark, semicolons, decimal commas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import BinaryIO

from laverma_desk import text
from laverma_desk.domain.clock import local
from laverma_desk.services.cell_text import guarded
from laverma_desk.services.exporting.session_columns import Column, Kind, Value
from laverma_desk.storage.history_rows import ExportedSession


def write_delimited(stream: BinaryIO, columns: Sequence[Column], rows: Iterable[ExportedSession]) -> None:
    """Write rows under the headings of their columns.

    A text that a spreadsheet would take for a formula gets an apostrophe before it (`cell_text`); the
    import takes it off again.
    """
    words = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        writer = csv.writer(words, delimiter=";", lineterminator="\r\n")
        writer.writerow([one.heading for one in columns])
        for row in rows:
            writer.writerow([_cell(one.kind, one.value(row)) for one in columns])
        words.flush()
    finally:
        words.detach()


def _cell(kind: Kind, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{local(value):%d.%m.%Y %H:%M:%S}"
    if kind is Kind.DURATION and isinstance(value, int):
        return text.duration(value)
    if kind is Kind.MONEY and isinstance(value, int):
        # Without separators between thousands, which would be one more thing to take apart again.
        return f"{Decimal(value) / 100:.2f}".replace(".", ",")
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return guarded(value) if isinstance(value, str) else str(value)
