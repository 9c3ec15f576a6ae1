"""A table of figures with typed columns: files, papers and the window show the same rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

Cell: TypeAlias = str | int | Fraction | date | None
"""A value as its column's kind says; None where there is none."""


class FigureKind(Enum):
    """How the values of a column are meant and written."""

    TEXT = "text"
    COUNT = "count"
    MINUTES = "minutes"
    """Whole minutes; the heading says so, the number stands alone."""
    MONEY = "money"
    """Whole cents."""
    DURATION = "duration"
    """Whole seconds."""
    SHARE = "share"
    """A part of one, as a Fraction."""
    MONTH = "month"
    """The first day of a calendar month."""
    DAY = "day"

    @property
    def is_number(self) -> bool:
        """Return whether values stand at the right."""
        return self not in (FigureKind.TEXT, FigureKind.MONTH, FigureKind.DAY)


class FigureSubject(Enum):
    """What the rows of a table are; the value is the key by which it is known everywhere."""

    TOTAL = "total"
    MONTHS = "months"
    CUSTOMERS = "customers"
    REASONS = "reasons"
    HOURS = "hours"
    WORKSTATIONS = "workstations"
    ON_SITE = "on_site"
    SUPPORTERS = "supporters"


@dataclass(frozen=True)
class FigureColumn:
    """A heading and the kind of its values.

    `adds`: the values of rows may be summed up. `spare`: where there is little room it can be left out.
    """

    heading: str
    kind: FigureKind
    adds: bool = False
    spare: bool = False


@dataclass(frozen=True)
class FigureTable:
    """Rows under a title, each as long as `columns`, in the order of what they were made of."""

    subject: FigureSubject
    title: str
    columns: tuple[FigureColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def narrow(self) -> FigureTable:
        """Return the table without what can be spared."""
        kept = [place for place, column in enumerate(self.columns) if not column.spare]
        return FigureTable(
            self.subject,
            self.title,
            tuple(self.columns[place] for place in kept),
            tuple(tuple(row[place] for place in kept) for row in self.rows),
        )
