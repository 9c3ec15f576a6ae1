"""Questions built once for each form they take, and asked with other values each time.

To put a long statement together and to find it among the compiled ones takes longer than a day's rows take
to read: so values are named in the statement, and come along beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, CursorResult, Select

KEPT_FORMS = 128
"""Forms of one statement that are kept: more than a hand at work asks for."""


@dataclass(frozen=True)
class Where:
    """Conditions, each the same object whenever the same is asked, and the values that they name."""

    conditions: tuple[ColumnElement[bool], ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)

    def also(self, *conditions: ColumnElement[bool], **values: Any) -> Where:
        """Return these conditions and others, with the values that those name."""
        return Where((*self.conditions, *conditions), {**self.values, **values})

    def __add__(self, other: Where) -> Where:
        """Return the conditions of both."""
        return self.also(*other.conditions, **other.values)


class Asked(NamedTuple):
    """A statement and the values that it names."""

    statement: Select[Any]
    values: Mapping[str, Any]

    def by(self, connection: Connection) -> CursorResult[Any]:
        """Ask a connection."""
        return connection.execute(self.statement, self.values)

    def written_out(self) -> Select[Any]:
        """Return the statement with its values in it: slow to make, for whoever reads the SQL."""
        return self.statement.params(self.values)
