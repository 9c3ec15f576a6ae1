"""What a table comes to: how many rows, the sums of its amounts, and a checksum over every value."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Integer, Table

from laverma_desk.storage.invoices import chained
from laverma_desk.storage.moving.lines import kind_of, quoted

Told = Callable[[int], None]
"""Told how many rows have gone through; what it raises ends the work."""

_STEP = 1000
_SUMMED = ("_cents", "seconds", "last")


@dataclass(frozen=True)
class Tally:
    """What a table comes to; `sums` by column."""

    rows: int
    sha256: str
    sums: tuple[tuple[str, int], ...] = ()


class Side(Protocol):
    """A desk that is read as lines: one state of it, from beginning to end."""

    def lines(self, table: Table) -> Generator[bytes]:
        """Yield the rows of a table as lines, in the order of its key."""

    def rows(self, statement: str) -> Generator[tuple[Any, ...]]:
        """Yield the rows of a statement that both engines know."""

    def altered_documents(self) -> Generator[str]:
        """Yield the names of stored documents that are not what was stored."""


def tally(side: Side, table: Table, told: Told) -> Tally:
    """Read a table through and return what it comes to."""
    digest, rows = hashlib.sha256(), 0
    # Closed by hand: a stream that is left in the middle would keep its connection, also from being undone.
    with closing(side.lines(table)) as lines:
        for line in counted(lines, told):
            digest.update(line)
            digest.update(b"\n")
            rows += 1
    return Tally(rows, digest.hexdigest(), sums(side, table))


def sums(side: Side, table: Table) -> tuple[tuple[str, int], ...]:
    """Return the sums of a table's amounts, durations and counts, by column."""
    names = [
        one.name for one in table.columns if one.name.endswith(_SUMMED) and isinstance(kind_of(one), Integer)
    ]
    if not names:
        return ()
    asked = ", ".join(f"coalesce(sum({quoted(name)}), 0)" for name in names)
    (found,) = side.rows(f"SELECT {asked} FROM {quoted(table.name)}")  # nosec B608 # noqa: S608 (names of our tables)
    return tuple((name, int(value)) for name, value in zip(names, found, strict=True))


def counted(lines: Iterable[bytes], told: Told) -> Iterator[bytes]:
    """Yield lines and tell now and then how many there were since the last time."""
    waiting = 0
    for line in lines:
        yield line
        waiting += 1
        if waiting == _STEP:
            told(waiting)
            waiting = 0
    told(waiting)


def broken_link(side: Side) -> str | None:
    """Return the number of the first issued document that does not follow the one before, None: all do."""
    before = ""
    asked = "SELECT number, record_sha256, pdf_sha256, xml_sha256, chain_sha256 FROM invoice ORDER BY id"
    with closing(side.rows(asked)) as found:
        for number, record, pdf, xml, chain in found:
            if chained(before, number, record, pdf, xml) != chain:
                return str(number)
            before = chain
    return None
