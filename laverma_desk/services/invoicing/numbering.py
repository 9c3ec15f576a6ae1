"""Give documents their numbers: from a range for each kind and year, upwards only, never one twice."""

from __future__ import annotations

from datetime import date

from laverma_desk.domain.company import InvoiceSettings
from laverma_desk.domain.document_number import NumberKind, filled, format_of, range_year
from laverma_desk.domain.document_number import check_format as check_format  # noqa: PLC0414 (known here too)
from laverma_desk.domain.document_number import check_formats as check_formats  # noqa: PLC0414
from laverma_desk.storage import invoices, numbers
from laverma_desk.storage.database import Connection


def next_number(connection: Connection, kind: NumberKind, settings: InvoiceSettings, day: date) -> str:
    """Return the number that the next document of a day would get; nothing is taken.

    `day` is the document's date in the house's zone: its year chooses the range.
    """
    pattern = format_of(settings, kind)
    year = range_year(pattern, day)
    count = numbers.last(connection, kind.value, year) + 1
    while invoices.number_exists(connection, filled(pattern, day.year, count)):
        count += 1
    return filled(pattern, day.year, count)


def take_number(connection: Connection, kind: NumberKind, settings: InvoiceSettings, day: date) -> str:
    """Return the next number of a day and take it, undone with its transaction.

    A number that a document already has (of an older format, say) is passed over.
    """
    pattern = format_of(settings, kind)
    year = range_year(pattern, day)
    while True:
        number = filled(pattern, day.year, numbers.take(connection, kind.value, year))
        if not invoices.number_exists(connection, number):
            return number
