"""What came of one file, from its first to its last connection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.connection import UnreadableLine
from laverma_desk.services.desk import Desk
from laverma_desk.services.reconciling.overview import matched_rows, overview
from laverma_desk.services.reconciling.records import (
    Days,
    IgnoredConnection,
    LooseSession,
    MatchedGroup,
    OpenConnection,
    Reading,
)


@dataclass(frozen=True)
class FileReport:
    """The figures of a reading, and what has become of the connections of the file, the newest first.

    `without_connection` are the sessions about whose time the file says nothing.
    """

    reading: Reading
    matched: tuple[MatchedGroup, ...]
    open: tuple[OpenConnection, ...]
    without_connection: tuple[LooseSession, ...]
    ignored: tuple[IgnoredConnection, ...]
    unreadable: tuple[UnreadableLine, ...]


def report_of(desk: Desk, reading: Reading) -> FileReport:
    """Return what stands in the file that was read last."""
    covered = overview(desk)
    if covered.first is None or covered.last is None:
        return FileReport(reading, (), (), (), (), covered.unreadable)
    days = Days(local_day(covered.first), local_day(covered.last))
    found = overview(desk, days)
    return FileReport(
        reading=reading,
        matched=_of_file(reading, matched_rows(desk, days)),
        open=_of_file(reading, found.open),
        without_connection=found.without_connection,
        ignored=_of_file(reading, found.ignored),
        unreadable=found.unreadable,
    )


Line = TypeVar("Line", MatchedGroup, OpenConnection, IgnoredConnection)


def _of_file(reading: Reading, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(one for one in lines if not reading.ids.isdisjoint(one.ids))
