"""The lines of an invoice as rows of a table whose columns are as wide as their figures need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from laverma_desk import text
from laverma_desk.documents.din_letter import LEFT, RIGHT
from laverma_desk.documents.din_table import CELL, CELL_BOLD, Carry, Column, Line, Row
from laverma_desk.documents.typesetting import Style, one_line, width, wrap
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.invoice import InvoiceLine, Unit
from laverma_desk.i18n import gettext_in

_MUTED = CELL.muted()
_PLACE_X, _WORK_X, _SUPPORTER_X = 190.5, 270.5, 440.0
_GAP = 8.0
_DAY_GAP = 6.0
_LEAST = {"duration": 52.0, "quantity": 30.0, "price": 68.0, "amount": 60.0}
"""How wide the columns of figures are at least, from right edge to right edge."""
_NARROWEST_WORK = 110.0


@dataclass(frozen=True)
class _Figures:
    """The figures of a line, ready to be printed."""

    position: str
    duration: str
    quantity: str
    price: str
    price_for: str
    amount: str


@dataclass(frozen=True)
class LineTable:
    """Columns, rows and the sums that are carried from page to page."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    carry: Carry


def line_table(lines: Sequence[InvoiceLine], language: str, remarks: Sequence[str] = ()) -> LineTable:
    """Return the table of invoice lines; `remarks` are muted words below each line's service."""
    minutes = all(line.unit is Unit.MINUTE for line in lines)
    figures = [_figures(line, language, units=not minutes) for line in lines]
    columns = _columns(figures, language, minutes=minutes)
    rooms = _Rooms(columns)
    notes = [*remarks, *[""] * (len(lines) - len(remarks))]
    rows = tuple(
        _row(line, figure, language, rooms, note)
        for line, figure, note in zip(lines, figures, notes, strict=True)
    )
    sums = accumulate(line.net_cents for line in lines)
    carried = tuple(text.signed_money(one, language) for one in sums)
    return LineTable(columns, rows, Carry(gettext_in(language, "Carried over"), carried))


class _Rooms:
    """How wide the words of each column may be."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.day = columns[2].x - columns[1].x - _DAY_GAP
        self.place = columns[3].x - columns[2].x - _GAP / 2
        self.work = columns[4].x - columns[3].x - _GAP
        self.supporter = _SUPPORTER_ROOM


_SUPPORTER_ROOM = 66.0


def _figures(line: InvoiceLine, language: str, *, units: bool) -> _Figures:
    quantity = text.signed_number(line.quantity, language)
    unit = _unit(line.unit, language) if units else ""
    return _Figures(
        position=str(line.position),
        duration=text.duration(line.seconds) if line.seconds is not None else "",
        quantity=f"{quantity}{text.NBSP}{unit}" if unit else quantity,
        price=text.signed_money(line.price_cents, language),
        price_for=_price_for(line, language) if units else "",
        amount=text.signed_money(line.net_cents, language),
    )


def _unit(unit: Unit, language: str) -> str:
    return {
        Unit.MINUTE: gettext_in(language, "min"),
        Unit.SECOND: gettext_in(language, "sec"),
        Unit.HOUR: gettext_in(language, "hrs"),
        Unit.DAY: gettext_in(language, "days"),
        Unit.KILOMETRE: gettext_in(language, "km"),
        Unit.PIECE: "",
        Unit.LUMP_SUM: "",
    }[unit]


def _price_for(line: InvoiceLine, language: str) -> str:
    """Return what a price buys where the quantity does not say it: a minute, counted in seconds."""
    if line.base == 1:
        return ""
    if line.unit is Unit.SECOND and line.base == 60:
        return gettext_in(language, "per minute")
    words = {"count": text.number(line.base, language), "unit": _unit(line.unit, language)}
    return (gettext_in(language, "per %(count)s %(unit)s") % words).rstrip()


def _columns(figures: Sequence[_Figures], language: str, *, minutes: bool) -> tuple[Column, ...]:
    heads = {
        "duration": gettext_in(language, "Duration"),
        "quantity": gettext_in(language, "Min") if minutes else gettext_in(language, "Quantity"),
        "price": gettext_in(language, "Unit price"),
        "amount": gettext_in(language, "Amount"),
    }
    widths = {
        name: max(
            least,
            _widest([heads[name]], CELL_BOLD) + _GAP,
            _widest([getattr(one, name) for one in figures], CELL) + _GAP,
        )
        for name, least in _LEAST.items()
    }
    amount = RIGHT
    price = amount - widths["amount"]
    quantity_x = price - widths["price"]
    duration = quantity_x - widths["quantity"]
    wanted = _widest([one.position for one in figures], CELL) + _GAP
    day_x = LEFT + max(28.0, wanted)
    shift = day_x - LEFT - 28.0
    place_x, work_x = _PLACE_X + shift, _WORK_X + shift
    heading_room = _widest([gettext_in(language, "Workstation")], CELL_BOLD) + _GAP / 2
    supporter = min(_SUPPORTER_X, duration - widths["duration"] - _SUPPORTER_ROOM)
    if supporter - work_x < _NARROWEST_WORK:
        work_x = max(place_x + heading_room, supporter - _NARROWEST_WORK)
    return (
        Column((gettext_in(language, "Pos."),), LEFT),
        Column((gettext_in(language, "Date"), gettext_in(language, "Begin")), day_x),
        Column((gettext_in(language, "Workstation"),), place_x),
        Column((gettext_in(language, "Service"),), work_x),
        Column((gettext_in(language, "Supporter"),), supporter),
        Column((heads["duration"],), duration, right=True),
        Column((heads["quantity"],), quantity_x, right=True),
        Column((heads["price"],), price, right=True),
        Column((heads["amount"],), amount, right=True),
    )


def _widest(words: Sequence[str], style: Style) -> float:
    return max((width(one, style) for one in words), default=0)


def _row(line: InvoiceLine, figure: _Figures, language: str, rooms: _Rooms, note: str) -> Row:
    price = [Line(figure.price)]
    if figure.price_for:
        price.append(Line(figure.price_for, _MUTED))
    return Row(
        (
            (Line(figure.position),),
            _when(line, language),
            _wrapped(line.place, CELL, rooms.place),
            _work(line, language, rooms.work, note),
            _wrapped(text.short_name(line.supporter), CELL, rooms.supporter),
            (Line(figure.duration),),
            (Line(figure.quantity),),
            tuple(price),
            (Line(figure.amount),),
        )
    )


def _when(line: InvoiceLine, language: str) -> tuple[Line, ...]:
    if line.begin is not None:
        day = Line(text.date(local_day(line.begin), language))
        return (day, Line(text.clock_time(line.begin, language), _MUTED))
    day = Line(text.date(line.first, language))
    if line.last == line.first:
        return (day,)
    return (day, Line(f"– {text.date(line.last, language)}", _MUTED))


def _work(line: InvoiceLine, language: str, room: float, note: str) -> tuple[Line, ...]:
    """Return the service, paragraph by paragraph, then why it is free, then the note."""
    said = [one for one in line.text.splitlines() if one.strip()]
    found = [
        made for one in said or [gettext_in(language, "Remote support")] for made in _wrapped(one, CELL, room)
    ]
    if line.free_reason.strip():
        reason = gettext_in(language, "free of charge, %(reason)s") % {"reason": line.free_reason}
        found += _wrapped(reason, _MUTED, room)
    return (*found, *_wrapped(note, _MUTED, room))


def _wrapped(words: str, style: Style, room: float) -> tuple[Line, ...]:
    words = one_line(words)
    return tuple(Line(one, style, words) for one in wrap(words, style, room))
