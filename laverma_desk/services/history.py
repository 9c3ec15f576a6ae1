"""Look back: sessions by day with sums over exactly what a filter shows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.history import (
    NOTHING,
    DaySums,
    HistoryFilter,
    HistoryOpening,
    HistoryOverview,
    HistoryRow,
    HistoryStatus,
    ReportMark,
    Sums,
)
from laverma_desk.services.desk import Desk
from laverma_desk.services.exporting.session_table import write_session_table
from laverma_desk.services.jobs import Cancelled, Progress, never, silent
from laverma_desk.storage import history, history_rows, newest_sessions

__all__ = [
    "TEXT_LIMIT",
    "DaySums",
    "HistoryFilter",
    "HistoryOpening",
    "HistoryOverview",
    "HistoryRow",
    "HistoryStatus",
    "ReportMark",
    "Sums",
    "export_history",
    "history_customers",
    "opening",
    "overview",
    "rows",
    "supporters_seen",
]

TEXT_LIMIT = 300
"""How long a text may be that is searched for."""


def overview(desk: Desk, wanted: HistoryFilter) -> HistoryOverview:
    """Return the days that a filter shows, the newest first, each with its sums, and the total.

    Raises RuleBroken TEXT_TOO_LONG.
    """
    _check(wanted)
    with desk.database.read() as connection:
        days = tuple(history.day_sums(connection, wanted))
    return HistoryOverview(wanted, days, sum((one.sums for one in days), NOTHING))


def opening(desk: Desk, wanted: HistoryFilter, count: int) -> HistoryOpening:
    """Return what a filter shows first: its newest days and at most `count` lines, in some milliseconds.

    `overview` follows where that is not the whole. Raises RuleBroken TEXT_TOO_LONG.
    """
    _check(wanted)
    with desk.database.read() as connection:
        return newest_sessions.opening(connection, wanted, count)


def rows(desk: Desk, wanted: HistoryFilter, day: date, first: int, count: int) -> list[HistoryRow]:
    """Return lines of one day from place `first` (0 is the newest), at most `count`.

    Raises RuleBroken TEXT_TOO_LONG.
    """
    _check(wanted)
    with desk.database.read() as connection:
        return history_rows.day_rows(connection, wanted, day, first, count)


def supporters_seen(desk: Desk) -> list[tuple[int, str]]:
    """Return (id, name) of everybody who has sessions, by name, those who have left included."""
    with desk.database.read() as connection:
        return history.supporters_seen(connection)


def history_customers(desk: Desk) -> list[tuple[int, str, str]]:
    """Return (id, number, name) of every practice that sessions are looked for by, by name.

    Archived ones are among them, merged ones not: their sessions are their survivor's.
    """
    with desk.database.read() as connection:
        return history.customers(connection)


def _check(wanted: HistoryFilter) -> None:
    if len(wanted.text) > TEXT_LIMIT:
        raise RuleBroken(Rule.TEXT_TOO_LONG, field="text", limit=TEXT_LIMIT)


def export_history(  # noqa: PLR0917 (the window hands them over in this order)
    desk: Desk,
    wanted: HistoryFilter,
    file: Path,
    kind: Literal["csv", "xlsx"],
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> int:
    """Write every session that a filter shows into a file, complete or not at all; return how many.

    An earlier file of that name is replaced. Raises JobCancelled, RuleBroken TEXT_TOO_LONG,
    FILE_IS_THE_DESK, OutsideTrouble FILE_UNWRITABLE, DISK_FULL.
    """
    _check(wanted)
    return write_session_table(
        desk, wanted, file, kind, progress=progress or silent, cancelled=cancelled or never
    )
