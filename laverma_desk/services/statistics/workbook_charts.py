"""The charts of a workbook: bars from zero in one colour, free time in outline, nothing else."""

from __future__ import annotations

from typing import Any

from laverma_desk.domain.figure_table import FigureKind, FigureSubject, FigureTable

_TEAL = "#0B6E75"
_LINE = "#E1E5E8"
_EDGE = "#8A959D"
_SOLID = {"fill": {"color": _TEAL}, "border": {"color": _TEAL}}
_OUTLINED = {"fill": {"color": "#FFFFFF"}, "border": {"color": _TEAL}}
_MOST_BARS = 10
_SIZE = {"width": 640, "height": 300}
_FORMATS = {FigureKind.MINUTES: "#,##0", FigureKind.MONEY: '#,##0\u00a0"€"'}


def add_charts(book: Any, table: FigureTable) -> None:
    """Put the charts of a table, if it has any, at the right of its rows: its sheet stands in the book."""
    if not table.rows:
        return
    beside = _Beside(book, table)
    if table.subject is FigureSubject.MONTHS:
        beside.columns(beside.places(FigureKind.MINUTES))
        beside.columns(beside.places(FigureKind.MONEY)[:1])
    elif table.subject is FigureSubject.CUSTOMERS:
        beside.bars(beside.places(FigureKind.MONEY)[0])
    elif table.subject is FigureSubject.REASONS:
        beside.bars(beside.places(FigureKind.MINUTES)[0])


class _Beside:
    """Draws one chart below the other, right of the last column of a table."""

    def __init__(self, book: Any, table: FigureTable) -> None:
        self._book, self._table = book, table
        self._sheet = book.get_worksheet_by_name(table.title)
        self._row = 1

    def places(self, kind: FigureKind) -> list[int]:
        """Return where columns of a kind stand."""
        return [place for place, column in enumerate(self._table.columns) if column.kind is kind]

    def columns(self, places: list[int]) -> None:
        """Draw a column for each row: the first place filled, a second one in outline on top of it."""
        chart = self._book.add_chart({"type": "column", "subtype": "stacked"})
        for place, look in zip(places, (_SOLID, _OUTLINED), strict=False):
            self._series(chart, place, len(self._table.rows), look)
        chart.set_x_axis({"date_axis": False, "num_format": "mm/yyyy", "line": {"color": _EDGE}})
        chart.set_y_axis(self._values(places[0]))
        self._insert(chart, ", ".join(self._table.columns[place].heading for place in places))

    def bars(self, place: int) -> None:
        """Draw the first rows as lying bars, the largest at the top."""
        chart = self._book.add_chart({"type": "bar"})
        self._series(chart, place, min(len(self._table.rows), _MOST_BARS), _SOLID)
        chart.set_y_axis({"reverse": True, "line": {"color": _EDGE}})
        chart.set_x_axis(self._values(place))
        self._insert(chart, self._table.columns[place].heading)

    def _series(self, chart: Any, place: int, rows: int, look: dict[str, Any]) -> None:
        title = self._table.title
        name = max(at for at, column in enumerate(self._table.columns) if not column.kind.is_number)
        chart.add_series(
            {
                "name": [title, 0, place],
                "categories": [title, 1, name, rows, name],
                "values": [title, 1, place, rows, place],
                "gap": 60,
                **look,
            }
        )

    def _values(self, place: int) -> dict[str, Any]:
        shown = _FORMATS[self._table.columns[place].kind]
        return {"min": 0, "num_format": shown, "major_gridlines": {"visible": True, "line": {"color": _LINE}}}

    def _insert(self, chart: Any, words: str) -> None:
        if len(chart.series) == 1:
            chart.set_title({"name": words, "name_font": {"size": 12, "bold": True}})
            chart.set_legend({"none": True})
        else:
            chart.set_title({"none": True})
            chart.set_legend({"position": "top"})
        chart.set_chartarea({"border": {"none": True}})
        chart.set_size(_SIZE)
        self._sheet.insert_chart(
            self._row, len(self._table.columns) + 1, chart, {"description": words, "object_position": 2}
        )
        self._row += 17
