"""Charts as marks on paper: bars from zero, square ends, and a difference that black and white keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from laverma_desk.documents.fonts import Face
from laverma_desk.documents.paper import ROW_LINE, Bar, Mark, Words, centred, ending_at
from laverma_desk.documents.typesetting import TEAL, Style, one_line, shortened, width
from laverma_desk.domain.charting import axis

HEADING = Style(14, 20, Face.SEMI_BOLD)
SMALL = Style(11, 15)
SMALL_BOLD = Style(11, 15, Face.SEMI_BOLD)
LABEL = Style(10, 14).muted()
_LABEL_BOLD = Style(10, 14, Face.SEMI_BOLD)

PLOT = 144.0
COLUMNS = PLOT + 30.0
"""The height of a column chart with what stands below it."""
BAR_ROW = 22.0
GRID_ROW = 25.0

_AXIS = "#8A959D"
_AXIS_GAP = 6.0
_WIDEST_BAR = 16.0
_BAR_PART = 0.6
_ABOUT_A_YEAR = 14
_BETWEEN_LABELS = 2.0
_BETWEEN_YEARS = 6.0
_BAR = 11.0
_CELL_GAP = 6.0
_NAME_PART = 0.48
"""So much of a list of bars their names take at most."""


@dataclass(frozen=True)
class Strip:
    """The two edges between which a chart stands."""

    left: float
    right: float


@dataclass(frozen=True)
class Column:
    """One column: the word below it, its filled part, and the outlined part on top of that.

    `year` is written instead of the word where only every twelfth or so finds room; `bold` is the newest.
    """

    label: str
    year: str
    solid: int
    outlined: int = 0
    bold: bool = False


@dataclass(frozen=True)
class BarLine:
    """One bar of a list: its name, its length, and what stands behind it."""

    name: str
    value: int
    said: str


def outline(x: float, y: float, wide: float, high: float, colour: str = TEAL) -> list[Mark]:
    """Return the four sides of a rectangle, drawn inside it."""
    if high <= 2 or wide <= 2:
        return [Bar(x, y, wide, high, colour)]
    return [
        Bar(x, y, wide, 1, colour),
        Bar(x, y + high - 1, wide, 1, colour),
        Bar(x, y + 1, 1, high - 2, colour),
        Bar(x + wide - 1, y + 1, 1, high - 2, colour),
    ]


def columns(
    strip: Strip,
    top: float,
    values: Sequence[Column],
    said: Callable[[int], str],
    unit: int = 1,
) -> list[Mark]:
    """Return a column chart between two edges; `said` writes the value of a grid line.

    Columns get thinner the more there are; of their labels only as many stand as do not touch.
    """
    left, right = strip.left, strip.right
    scale = axis(max((one.solid + one.outlined for one in values), default=0), unit)
    zero = top + PLOT
    room = max(width(said(line), LABEL) for line in scale.lines)
    start = left + room + _AXIS_GAP
    marks: list[Mark] = []
    for line in scale.lines:
        y = zero - PLOT * line / scale.top
        baseline = y - LABEL.line / 2 + LABEL.baseline
        marks += [
            ending_at(left + room, baseline, said(line), LABEL),
            Bar(start, y, right - start, 1, ROW_LINE),
        ]
    pitch = (right - start) / max(len(values), 1)
    wide = min(_WIDEST_BAR, _BAR_PART * pitch)
    for place, one in enumerate(values):
        x = start + pitch * place + (pitch - wide) / 2
        solid, outlined = PLOT * one.solid / scale.top, PLOT * one.outlined / scale.top
        if one.solid:
            marks.append(Bar(x, zero - solid, wide, solid, TEAL))
        if one.outlined:
            marks += outline(x, zero - solid - outlined, wide, outlined)
    marks.append(Bar(start, zero, right - start, 1, _AXIS))
    return [*marks, *_labels(values, start, pitch, zero + 6 + LABEL.baseline)]


def _labels(values: Sequence[Column], start: float, pitch: float, baseline: float) -> list[Mark]:
    """Return as many labels as find room: each, of a year or so every other up to the newest, else years."""
    room = max((width(one.label, _style(one)) for one in values), default=0) + _BETWEEN_LABELS
    for step in (1, 2) if len(values) <= _ABOUT_A_YEAR else (1,):
        if pitch * step >= room:
            return [
                centred(start + pitch * (place + 0.5), baseline, one.label, _style(one))
                for place, one in enumerate(values)
                if (len(values) - 1 - place) % step == 0
            ]
    marks: list[Mark] = []
    free = start
    for place, one in enumerate(values):
        begins = place == 0 or values[place - 1].year != one.year
        middle = start + pitch * (place + 0.5)
        x = max(middle - width(one.year, LABEL) / 2, start)
        if begins and x >= free:
            marks.append(Words(x, baseline, one.year, LABEL))
            free = x + width(one.year, LABEL) + _BETWEEN_YEARS
    return marks


def _style(column: Column) -> Style:
    return _LABEL_BOLD if column.bold else LABEL


def bars(strip: Strip, top: float, lines: Sequence[BarLine]) -> list[Mark]:
    """Return a list of bars between two edges, BAR_ROW for each; the longest value fills its room."""
    left, right = strip.left, strip.right
    highest = max((one.value for one in lines), default=0) or 1
    widest = max((width(one_line(one.name), SMALL) for one in lines), default=0)
    names = min(widest + 12, _NAME_PART * (right - left))
    behind = max((width(one.said, SMALL_BOLD) for one in lines), default=0)
    start = left + names
    room = right - behind - 10 - start
    marks: list[Mark] = []
    for place, one in enumerate(lines):
        y = top + place * BAR_ROW
        baseline = y + (BAR_ROW - SMALL.line) / 2 + SMALL.baseline
        marks.append(Words(left, baseline, shortened(one_line(one.name), SMALL, names - 12), SMALL))
        if one.value > 0:
            long = max(room * one.value / highest, 1)
            marks.append(Bar(start, y + (BAR_ROW - _BAR) / 2, long, _BAR, TEAL))
        marks.append(ending_at(right, baseline, one.said, SMALL_BOLD))
    return marks


def legend(right: float, baseline: float, solid: str, outlined: str) -> list[Mark]:
    """Return which part of a column is which, ending at an edge."""
    box, gap = 9.0, 5.0
    second = right - width(outlined, LABEL)
    first = second - box - gap - 14 - width(solid, LABEL)
    return [
        Bar(first - gap - box, baseline - 8, box, box, TEAL),
        Words(first, baseline, solid, LABEL),
        *outline(second - gap - box, baseline - 8, box, box),
        Words(second, baseline, outlined, LABEL),
    ]


def grid(
    strip: Strip,
    top: float,
    heads: Sequence[str],
    rows: Sequence[tuple[str, Sequence[int]]],
    said: Callable[[int], str],
) -> list[Mark]:
    """Return numbers in rows and columns under their heads, the largest of all bold; GRID_ROW for each.

    The bar below a number is as long as that is large.
    """
    left, right = strip.left, strip.right
    names = max((width(name, SMALL) for name, _values in rows), default=0) + 12
    pitch = (right - left - names) / max(len(heads), 1)
    highest = max((value for _name, values in rows for value in values), default=0)
    marks: list[Mark] = []
    for place, head in enumerate(heads):
        marks.append(Words(left + names + pitch * place, top + LABEL.baseline, head, LABEL))
    for line, (name, values) in enumerate(rows):
        y = top + LABEL.line + 4 + line * GRID_ROW
        baseline = y + 2 + SMALL.baseline
        marks += [Bar(left, y, right - left, 1, ROW_LINE), Words(left, baseline, name, SMALL)]
        for place, value in enumerate(values):
            if not value:
                continue
            x = left + names + pitch * place
            style = SMALL_BOLD if value == highest else SMALL
            long = max((pitch - _CELL_GAP) * value / highest, 1)
            marks += [
                Words(x, baseline, said(value), style),
                Bar(x, y + 2 + SMALL.line, long, 4, TEAL),
            ]
    return marks
