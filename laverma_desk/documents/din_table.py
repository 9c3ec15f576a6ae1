"""The table of a letter: a head on every page, sums carried over, no row torn without need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from laverma_desk.documents.din_letter import LEFT, RIGHT, SMALL, WIDTH
from laverma_desk.documents.flow import Flow
from laverma_desk.documents.fonts import Face
from laverma_desk.documents.paper import Bar, Mark, Words, ending_at
from laverma_desk.documents.typesetting import INK, Style

CELL = SMALL
CELL_BOLD = Style(11, 15, Face.SEMI_BOLD)
_HEAD = Style(11, 14, Face.SEMI_BOLD)
_BELOW_HEAD = 5.0
_PADDING = 6.0
_LINE = "#DDE2E5"
_CARRY = 2 * _PADDING + CELL.line + 1
_TALLEST_WHOLE = 30
"""A row of up to so many lines is never parted between two pages."""
_TOGETHER = 2
"""A taller one leaves at least so many lines on either side."""


@dataclass(frozen=True)
class Column:
    """A column: its heading line by line, and the x at which its words begin, or end when `right`."""

    head: tuple[str, ...]
    x: float
    right: bool = False


@dataclass(frozen=True)
class Line:
    """One prepared line in a cell; `paragraph` is what it was broken from."""

    text: str
    style: Style = CELL
    paragraph: str = ""


@dataclass(frozen=True)
class Row:
    """One cell of lines for each column."""

    cells: tuple[tuple[Line, ...], ...]

    @property
    def lines(self) -> int:
        """Return how many lines the tallest cell has."""
        return max((len(cell) for cell in self.cells), default=0)

    @property
    def whole(self) -> bool:
        """Return whether it stays on one page."""
        return self.lines <= _TALLEST_WHOLE

    @property
    def height(self) -> float:
        """Return the height with padding and rule."""
        return 2 * _PADDING + self.lines * CELL.line + 1


@dataclass(frozen=True)
class Carry:
    """What is said at the foot of a page and at the head of the next: a label, and a sum as words.

    `sums` has for each row what the rows down to it come to.
    """

    label: str
    sums: tuple[str, ...]


def set_table(
    flow: Flow, columns: Sequence[Column], rows: Sequence[Row], tail: float, carry: Carry | None = None
) -> None:
    """Set the rows over as many pages as they need.

    `tail` is the height of what follows and must not stand without the last row: total, payment, code.
    """
    if not rows:
        return
    table = _Table(flow, columns, carry)
    below = _CARRY if carry else 0.0
    first = tail if len(rows) == 1 else below
    flow.keep(_head_height(columns) + (rows[0].height if rows[0].whole else _CARRY * 2) + first)
    table.head()
    for place, row in enumerate(rows):
        table.row(row, place, tail if place == len(rows) - 1 else below)


def _head_height(columns: Sequence[Column]) -> float:
    return max(len(one.head) for one in columns) * _HEAD.line + _BELOW_HEAD + 1


class _Table:
    """A table that is being set: it knows the page's room and the sum so far."""

    def __init__(self, flow: Flow, columns: Sequence[Column], carry: Carry | None) -> None:
        self._flow = flow
        self._columns = columns
        self._carry = carry

    def head(self) -> None:
        """Set the headings, the last line of each on one level."""
        flow, tallest = self._flow, max(len(one.head) for one in self._columns)
        top = flow.take(_head_height(self._columns))
        for column in self._columns:
            first = tallest - len(column.head)
            for place, words in enumerate(column.head):
                baseline = top + (first + place) * _HEAD.line + _HEAD.baseline
                flow.add([_at(column, baseline, Line(words, _HEAD))])
        flow.add([Bar(LEFT, flow.y - 1, WIDTH, 1, INK)])

    def row(self, row: Row, place: int, below: float) -> None:
        """Set a row where it and what must stand below it fit, else on the next page."""
        if row.height + below > self._flow.room and row.whole and place:
            self._turn(place)
        if row.whole:
            self._lines(row, 0, row.lines, last=True)
        else:
            self._parted(row, place, below)

    def _parted(self, row: Row, place: int, below: float) -> None:
        """Set a row that may be taller than a page, piece by piece."""
        start = 0
        while start < row.lines:
            rest = row.lines - start
            if row.height - start * CELL.line + below <= self._flow.room or rest < 2 * _TOGETHER:
                self._lines(row, start, rest, last=True)
                return
            room = self._flow.room - 2 * _PADDING - 1 - (_CARRY if self._carry else 0)
            count = min(int(room // CELL.line), rest - _TOGETHER)
            if count >= _TOGETHER:
                self._lines(row, start, count, last=False)
                start += count
            self._turn(place + 1 if start else place)

    def _lines(self, row: Row, start: int, count: int, *, last: bool) -> None:
        flow = self._flow
        top = flow.take(2 * _PADDING + count * CELL.line + 1) + _PADDING
        for column, cell in zip(self._columns, row.cells, strict=True):
            for place, line in enumerate(cell[start : start + count]):
                baseline = top + place * CELL.line + CELL.baseline
                flow.add([_at(column, baseline, line)])
        if last:
            flow.add([Bar(LEFT, flow.y - 1, WIDTH, 1, _LINE)])

    def _turn(self, place: int) -> None:
        """Go to the next page: the sum of the rows so far below this one, and above the next one's."""
        carry = self._carry if self._carry and place else None
        if carry:
            self._carried(carry, place)
        self._flow.next_page()
        self.head()
        if carry:
            self._carried(carry, place)
            self._flow.add([Bar(LEFT, self._flow.y - 1, WIDTH, 1, _LINE)])

    def _carried(self, carry: Carry, place: int) -> None:
        baseline = self._flow.take(_CARRY) + _PADDING + CELL.baseline
        words = self._columns[1]
        self._flow.add(
            [
                Words(words.x, baseline, carry.label, CELL_BOLD),
                ending_at(RIGHT, baseline, carry.sums[place - 1], CELL_BOLD),
            ]
        )


def _at(column: Column, baseline: float, line: Line) -> Mark:
    if column.right:
        return ending_at(column.x, baseline, line.text, line.style)
    return Words(column.x, baseline, line.text, line.style, line.paragraph)
