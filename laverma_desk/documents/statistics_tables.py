"""Tables of figures on paper: heads on every page, numbers at the right, and no row that is too long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from laverma_desk.documents.flow import Flow
from laverma_desk.documents.fonts import Face
from laverma_desk.documents.paper import LEFT, RIGHT, ROW_LINE, Mark, Words, ending_at, hairline
from laverma_desk.documents.typesetting import INK, Style, one_line, width, wrap
from laverma_desk.domain.figure_table import Cell, FigureColumn, FigureKind, FigureTable
from laverma_desk.i18n import ngettext_in
from laverma_desk.text import figures

MOST_ROWS = 25
"""A table with more says how many the rest are, and what they come to. Months are all there."""

_TITLE = Style(14, 20, Face.SEMI_BOLD)
_HEAD = Style(11, 14, Face.SEMI_BOLD)
_CELL = Style(11, 15)
_BOLD = Style(11, 15, Face.SEMI_BOLD)
_ROW = 22.0
_MOST_LINES = 2
_GAP = 14.0
_ABOVE = 26.0
_BELOW_TITLE = 6.0
_NUMBER = 72.0
"""A column of numbers is as wide as this, unless one of them needs more."""


def set_tables(flow: Flow, tables: Sequence[FigureTable], language: str) -> None:
    """Set each table that has rows, over as many pages as it needs."""
    for table in tables:
        if table.rows:
            _Setter(flow, table.narrow, language).set()


def shortened_table(table: FigureTable, language: str) -> tuple[FigureTable, tuple[Cell, ...] | None]:
    """Return a table of at most MOST_ROWS rows, and a last row for those that were left out.

    Sums stand where rows may be added up, nothing stands elsewhere.
    """
    if len(table.rows) <= MOST_ROWS or table.columns[0].kind is FigureKind.MONTH:
        return table, None
    kept, rest = table.rows[:MOST_ROWS], table.rows[MOST_ROWS:]
    words = ngettext_in(language, "%(count)s more", "%(count)s more", len(rest))
    first = words % {"count": figures.shown(FigureKind.COUNT, len(rest), language)}
    sums = [
        sum(value for value in values if isinstance(value, int)) if column.adds else ""
        for column, values in zip(table.columns, zip(*rest, strict=True), strict=True)
    ]
    return replace(table, rows=kept), (first, *sums[1:])


class _Setter:
    """One table that is being set."""

    def __init__(self, flow: Flow, table: FigureTable, language: str) -> None:
        self._flow = flow
        self._table, last = shortened_table(table, language)
        self._language = language
        self._cells = [self._said(row) for row in self._table.rows]
        self._last = self._said(last) if last else None
        self._edges = _edges(self._table.columns, [*self._cells, self._last or []])
        self._heads = [
            wrap(one_line(column.heading), _HEAD, right - left)
            for column, (left, right) in zip(self._table.columns, self._edges, strict=True)
        ]

    def set(self) -> None:
        """Set title, head and rows; title, head and two rows stay together."""
        flow = self._flow
        flow.skip(_ABOVE)
        flow.keep(_TITLE.line + _BELOW_TITLE + self._head_height + 2 * _ROW)
        flow.text(one_line(self._table.title), _TITLE, LEFT, RIGHT - LEFT)
        flow.skip(_BELOW_TITLE)
        self._head()
        for cells in self._cells:
            self._row(cells, _CELL)
        if self._last:
            self._row(self._last, _BOLD)

    @property
    def _head_height(self) -> float:
        return max(len(lines) for lines in self._heads) * _HEAD.line + 5

    def _head(self) -> None:
        tallest = max(len(lines) for lines in self._heads)
        top = self._flow.take(self._head_height)
        for place, lines in enumerate(self._heads):
            for number, line in enumerate(lines, start=tallest - len(lines)):
                self._flow.add([self._at(place, top + number * _HEAD.line + _HEAD.baseline, line, _HEAD)])
        self._flow.add([hairline(self._flow.y - 1, INK)])

    def _row(self, cells: Sequence[str], style: Style) -> None:
        wrapped = [
            wrap(words, style, right - left, at_most=_MOST_LINES)
            for words, (left, right) in zip(cells, self._edges, strict=True)
        ]
        high = _ROW + (max(map(len, wrapped)) - 1) * style.line
        if self._flow.room < high:
            self._flow.next_page()
            self._head()
        top = self._flow.take(high) + (_ROW - style.line) / 2
        for place, lines in enumerate(wrapped):
            for number, line in enumerate(lines):
                self._flow.add([self._at(place, top + number * style.line + style.baseline, line, style)])
        self._flow.add([hairline(self._flow.y - 1, ROW_LINE)])

    def _at(self, place: int, baseline: float, words: str, style: Style) -> Mark:
        left, right = self._edges[place]
        if self._table.columns[place].kind.is_number:
            return ending_at(right, baseline, words, style)
        return Words(left, baseline, words, style)

    def _said(self, row: Sequence[Cell]) -> list[str]:
        return [
            one_line(figures.shown(column.kind, value, self._language))
            for column, value in zip(self._table.columns, row, strict=True)
        ]


def _edges(columns: Sequence[FigureColumn], rows: Sequence[Sequence[str]]) -> list[tuple[float, float]]:
    """Return the two edges of each column: numbers get what they need, words share the rest."""
    needs = [
        max([_NUMBER, *(width(row[place], _BOLD) for row in rows if row)]) if column.kind.is_number else 0.0
        for place, column in enumerate(columns)
    ]
    words = sum(not one.kind.is_number for one in columns)
    rest = (RIGHT - LEFT - sum(needs) - _GAP * (len(columns) - 1)) / max(words, 1)
    edges = []
    x = LEFT
    for column, need in zip(columns, needs, strict=True):
        wide = need if column.kind.is_number else rest
        edges.append((x, x + wide))
        x += wide + _GAP
    return edges
