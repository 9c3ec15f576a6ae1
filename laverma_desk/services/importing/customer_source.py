"""What customers are read from: a table with the desk's own headings, one that is mapped, or cards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from laverma_desk.services.cell_text import unguarded
from laverma_desk.services.importing.customer_columns import COLUMNS, REQUIRED
from laverma_desk.services.importing.delimited import Row, Table, open_table
from laverma_desk.services.problems import Problems


class CustomerSource(Protocol):
    """Rows of customers, their values by the desk's own headings.

    `lines` is how long the file is, in the count of the rows' lines; `ignored` is what it has that
    nobody asked for. Where it is not `numbered`, customers may be without a number.
    """

    @property
    def file(self) -> Path:
        """Return where the rows come from."""

    @property
    def lines(self) -> int:
        """Return the number of lines."""

    @property
    def numbered(self) -> bool:
        """Return whether each row has to name a customer number."""

    @property
    def ignored(self) -> tuple[str, ...]:
        """Return what is left out."""

    def rows(self, problems: Problems) -> Iterator[Row]:
        """Yield the rows; what cannot be read is a problem."""


@dataclass(frozen=True)
class OwnFile:
    """A table with the desk's own headings."""

    table: Table
    numbered: bool = True

    @property
    def file(self) -> Path:
        """Return the table's file."""
        return self.table.file

    @property
    def lines(self) -> int:
        """Return the table's length."""
        return self.table.lines

    @property
    def ignored(self) -> tuple[str, ...]:
        """Return the headings that the desk does not know."""
        return self.table.ignored

    def rows(self, problems: Problems) -> Iterator[Row]:
        """Yield the rows, formulas taken for the text they are."""
        for row in self.table.rows(problems):
            yield Row(row.line, {name: unguarded(cell) for name, cell in row.values.items()})


def own_file(file: Path) -> OwnFile:
    """Open a table with the desk's own headings. Raises as `open_table` does."""
    return OwnFile(open_table(file, COLUMNS, REQUIRED))
