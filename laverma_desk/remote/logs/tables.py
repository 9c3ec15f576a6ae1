"""A console's table as text: its delimiter, its headings wherever they stand, and its rows by their lines."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from laverma_desk.domain.connection import LineProblem
from laverma_desk.remote.logs import headings
from laverma_desk.remote.logs.decoding import LONGEST_LINE, Line, lines_of

_DELIMITERS = (";", ",", "\t", "|")
_HEADER_WITHIN = 40
_LONGEST_RECORD = 30
_SAMPLED = 200
_FEWEST_COLUMNS, _MOST_COLUMNS = 3, 200


@dataclass(frozen=True)
class Row:
    """A row with as many cells as there are headings, and its line; or why it cannot be read."""

    line: Line
    cells: tuple[str, ...] = ()
    problem: LineProblem | None = None


@dataclass(frozen=True)
class Table:
    """A table whose headings were found."""

    headings: tuple[str, ...]
    delimiter: str
    body: tuple[Line, ...]

    def rows(self) -> Iterator[Row]:
        """Yield the rows in the order of the file; one of several lines has the number of its first."""
        place = 0
        while place < len(self.body):
            cells, taken = _cells(self.body, place, self.delimiter)
            line = self.body[place]
            place += taken
            if cells is None or len(cells) < 2:
                yield Row(line, problem=LineProblem.NOT_A_CONNECTION)
                continue
            text = "\n".join(one.text for one in self.body[place - taken : place])
            fitting = (*cells, *[""] * len(self.headings))[: len(self.headings)]
            lacks = len(cells) < len(self.headings) and not self.body[place - 1].whole
            yield Row(
                Line(line.number, text, self.body[place - 1].whole),
                tuple(cell.strip() for cell in fitting),
                LineProblem.INCOMPLETE if lacks else None,
            )


def table_of(content: bytes) -> Table | None:
    """Return the table of a file; None if it holds none.

    The line of headings is the first of those that name the most fields; if none is known, the first line
    that has as many columns as most others.
    """
    lines = lines_of(content)
    best: tuple[int, int, int, str] | None = None
    for delimiter in _DELIMITERS:
        for place, line in enumerate(lines[:_HEADER_WITHIN]):
            cells = _split(line.text, delimiter)
            if cells is None or not _FEWEST_COLUMNS <= len(cells) <= _MOST_COLUMNS:
                continue
            score = headings.known_words(cells)
            if score >= 2 and (best is None or (score, len(cells)) > (best[0], best[1])):
                best = (score, len(cells), place, delimiter)
    if best is None:
        best = _by_columns(lines)
    if best is None:
        return None
    _score, _columns, place, delimiter = best
    names = _named(_split(lines[place].text, delimiter) or [])
    return Table(names, delimiter, tuple(lines[place + 1 :]))


def _by_columns(lines: list[Line]) -> tuple[int, int, int, str] | None:
    for delimiter in _DELIMITERS:
        counts = [len(_split(line.text, delimiter) or []) for line in lines[:_SAMPLED]]
        usual, often = Counter(counts).most_common(1)[0] if counts else (0, 0)
        if _FEWEST_COLUMNS <= usual <= _MOST_COLUMNS and often >= 2 and often * 2 > len(counts):
            return 0, usual, counts.index(usual), delimiter
    return None


def _named(cells: list[str]) -> tuple[str, ...]:
    """Return headings that are unique and never empty."""
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        written = " ".join(cell.split()) or f"#{place}"
        name, again = written, 1
        while name in names:
            again += 1
            name = f"{written} ({again})"
        names.append(name)
    return tuple(names)


def _cells(body: tuple[Line, ...], place: int, delimiter: str) -> tuple[list[str] | None, int]:
    """Return the cells of the row that begins at a line, and how many lines it takes.

    A quotation mark that nobody closes spoils its own line alone: None and 1.
    """
    text = body[place].text
    found = _split(text, delimiter)
    taken = 1
    while found is None and taken < _LONGEST_RECORD and place + taken < len(body):
        text += "\n" + body[place + taken].text
        taken += 1
        # Only a further quotation mark can close the one that is open.
        if '"' in body[place + taken - 1].text:
            found = _split(text, delimiter)
    return (found, taken) if found is not None else (None, 1)


def _split(text: str, delimiter: str) -> list[str] | None:
    if len(text) > LONGEST_LINE * 4:
        return None
    if '"' not in text:
        return text.split(delimiter)
    try:
        # All quotation marks closed, or it is no whole row.
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None
