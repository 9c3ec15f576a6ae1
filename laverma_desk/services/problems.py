"""All that is wrong with a file, collected, so that it is mended in one go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from laverma_desk.domain.errors import Rule, RuleBroken

SHOWN = 100
"""How many problems of one file are named; the rest is counted."""


@dataclass(frozen=True)
class Problem:
    """What is wrong, in which column or key, in which line of the file (None where it has no line)."""

    error: RuleBroken
    place: str
    line: int | None = None


class FileRefused(RuleBroken):
    """A file with problems: FILE_HAS_BAD_ROWS with their `count`; the first of them are in `problems`."""

    def __init__(self, problems: tuple[Problem, ...], count: int) -> None:
        """Keep the problems that are named and how many there are in all."""
        super().__init__(Rule.FILE_HAS_BAD_ROWS, count=count)
        self.problems = problems


class Problems:
    """The problems of one file as they turn up: their `count`, and how many `lines` have some."""

    def __init__(self) -> None:
        """Begin with none."""
        self._named: list[Problem] = []
        self._last_line: int | None = None
        self.count = 0
        self.lines = 0

    def add(self, error: RuleBroken, place: str, line: int | None = None) -> None:
        """Count a problem, and name it unless there are too many."""
        self.count += 1
        if line is None or line != self._last_line:
            self.lines += 1
            self._last_line = line
        if len(self._named) < SHOWN:
            self._named.append(Problem(error, place, line))

    @property
    def named(self) -> tuple[Problem, ...]:
        """Return the problems that are named."""
        return tuple(self._named)

    def extend(self, others: Problems) -> None:
        """Take over what turned up elsewhere, where nothing was too much to be named."""
        for one in others.named:
            self.add(one.error, one.place, one.line)

    @contextmanager
    def at(self, place: str, line: int | None = None) -> Iterator[None]:
        """Take what the block raises as a problem of that place and go on."""
        try:
            yield
        except RuleBroken as error:
            self.add(error, place, line)

    def refuse_if_any(self) -> None:
        """Raise FileRefused unless all was well."""
        if self.count:
            raise FileRefused(tuple(self._named), self.count)


def contradiction(column: str, value: str, before: str, line: int) -> RuleBroken:
    """Return the error for a value that differs from what an earlier line says of the same thing."""
    return RuleBroken(Rule.FIELD_CONTRADICTS, field=column, value=value, before=before, line=line)
