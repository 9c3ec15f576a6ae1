"""The lines of a file in DATEV's format: header, headings and rows, as text that Windows-1252 can hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from laverma_desk.domain.bookkeeping import BookingSpan, BookkeepingSettings
from laverma_desk.domain.clock import local
from laverma_desk.services.datev.columns import Column

ENCODING = "cp1252"
LINE_END = "\r\n"

_PROGRAM = "LavermaDesk"
_ORIGIN = "RE"
"""Two letters that say where bookings come from; an import replaces them."""


def postings_header(settings: BookkeepingSettings, span: BookingSpan, made_at: datetime) -> str:
    """Return the first line of a file of postings of days that may stand in one."""
    # No hyphen: the title may hold none.
    title = f"Belege {span.first:%d.%m.%y} bis {span.last:%d.%m.%y}"
    return ";".join(
        (
            f'"EXTF";700;21;"Buchungsstapel";13;{_origin(made_at)};{_whose(settings, span.begin)}',
            f'{span.first:%Y%m%d};{span.last:%Y%m%d};{quoted(title)};"";1;0;{int(settings.committed)};"EUR"',
            _program(settings),
        )
    )


def debtors_header(settings: BookkeepingSettings, begin: date, made_at: datetime) -> str:
    """Return the first line of a file of debtors; `begin` is that of the fiscal year. They have no days."""
    return ";".join(
        (
            f'"EXTF";700;16;"Debitoren/Kreditoren";5;{_origin(made_at)};{_whose(settings, begin)}',
            ';;"Debitoren";"";;;;""',
            _program(settings),
        )
    )


def _origin(made_at: datetime) -> str:
    """Return the fields 6 to 10: when and by what it was made; what an import fills in stays empty."""
    moment = local(made_at)
    return f'{moment:%Y%m%d%H%M%S}{moment.microsecond // 1000:03};;"{_ORIGIN}";"{_PROGRAM}";""'


def _whose(settings: BookkeepingSettings, begin: date) -> str:
    """Return the fields 11 to 14: adviser, client, begin of the fiscal year, digits of an account."""
    numbers = f"{settings.consultant or ''};{settings.client or ''}"
    return f"{numbers};{begin:%Y%m%d};{settings.account_length}"


def _program(settings: BookkeepingSettings) -> str:
    """Return the fields 23 to 31, the chart of accounts among them."""
    return f';"";;;"{settings.chart.value}";;;"";"{_PROGRAM}"'


def headings(columns: tuple[Column, ...]) -> str:
    """Return the second line."""
    return ";".join(one.name for one in columns)


class RowWriter:
    """Puts values into their columns; all others are empty."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        """Know the columns."""
        self._places = {one.name: (place, one.is_text) for place, one in enumerate(columns)}
        self._empty = [quoted("") if one.is_text else "" for one in columns]

    def row(self, values: Mapping[str, str]) -> str:
        """Return a line. Raises KeyError for a column that there is not."""
        cells = self._empty.copy()
        for name, value in values.items():
            place, is_text = self._places[name]
            cells[place] = quoted(value) if is_text else value
        return ";".join(cells)


def quoted(value: str) -> str:
    """Return a text in quotation marks, those within it doubled."""
    doubled = value.replace('"', '""')
    return f'"{doubled}"'


def amount(cents: int) -> str:
    """Return an amount as 1234,50: never with a sign."""
    return f"{abs(cents) // 100},{abs(cents) % 100:02}"


def day_and_month(day: date) -> str:
    """Return 0311 for 3 November: the year is that of the header."""
    return f"{day:%d%m}"


def short_day(day: date) -> str:
    """Return 031122 for 3 November 2022."""
    return f"{day:%d%m%y}"


def whole_day(day: date) -> str:
    """Return 03112022 for 3 November 2022."""
    return f"{day:%d%m%Y}"


def unwritable(value: str) -> str:
    """Return the characters of a value that the format cannot hold, each once."""
    try:
        value.encode(ENCODING)
    except UnicodeEncodeError:
        return "".join(dict.fromkeys(one for one in value if not _fits(one)))
    return ""


def _fits(character: str) -> bool:
    try:
        character.encode(ENCODING)
    except UnicodeEncodeError:
        return False
    return True
