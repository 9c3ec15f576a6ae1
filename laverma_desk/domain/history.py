"""The desk's memory: which sessions are asked for, what a line of the list shows, and the sums over it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from laverma_desk.domain.not_possible import NotPossible


class HistoryStatus(StrEnum):
    """Which sessions a filter lets through, by what became of them."""

    ALL = "all"
    OPEN = "open"
    """Billable and on no invoice yet."""
    INVOICED = "invoiced"
    FREE = "free"
    """What took place and costs nothing."""
    NOT_POSSIBLE = "not_possible"
    """Attempts: what could not take place."""
    REPORT_WAITING = "report_waiting"
    REPORT_FAILED = "report_failed"
    """Refused, or broken off so that nobody knows."""
    REPORT_NOT_SENT = "report_not_sent"
    WITHOUT_AGREEMENT = "without_agreement"
    """No agreement was in force on the house's day of its start."""


class ReportMark(StrEnum):
    """What became of a session's report: the state of its newest mail that was not discarded."""

    SENT = "sent"
    WAITING = "waiting"
    FAILED = "failed"
    UNCLEAR = "unclear"
    NOT_SENT = "not_sent"


@dataclass(frozen=True)
class HistoryFilter:
    """What is asked of the history: ended sessions whose start lies in the house's days first to last.

    None leaves an end of the period, the customer or the supporter open. A customer stands for the
    whole family: the record and those merged into it. `text`: every word of it must be found in the
    notes, the partner or the client.
    """

    first: date | None
    last: date | None
    customer_id: int | None = None
    supporter_id: int | None = None
    status: HistoryStatus = HistoryStatus.ALL
    text: str = ""


@dataclass(frozen=True)
class Sums:
    """Sums over sessions: whole seconds of all; begun billed minutes and net cents of the billable ones."""

    sessions: int
    seconds: int
    billed_minutes: int
    net_cents: int

    def __add__(self, other: Sums) -> Sums:
        """Return the sums over both."""
        return Sums(
            self.sessions + other.sessions,
            self.seconds + other.seconds,
            self.billed_minutes + other.billed_minutes,
            self.net_cents + other.net_cents,
        )


NOTHING = Sums(0, 0, 0, 0)


@dataclass(frozen=True)
class DaySums:
    """The sums over one of the house's calendar days."""

    day: date
    sums: Sums


@dataclass(frozen=True)
class HistoryOverview:
    """The days on which a filter finds sessions, the newest first, and the sums over all of them."""

    filter: HistoryFilter
    days: tuple[DaySums, ...]
    total: Sums


@dataclass(frozen=True)
class HistoryRow:
    """One line of the history: begin in UTC, whole seconds, net cents as frozen at the end.

    `more_lines` counts the lines of notes behind the first. `net_cents` is 0 where nothing is billed.
    """

    id: int
    number: str
    begin: datetime
    seconds: int
    customer_name: str
    workstation_name: str
    supporter_name: str
    first_line: str
    more_lines: int
    billable: bool
    free_reason: str
    net_cents: int
    report: ReportMark
    invoice_number: str | None
    without_agreement: bool
    corrected: bool
    not_possible: NotPossible | None = None


@dataclass(frozen=True)
class HistoryOpening:
    """What a filter shows first: the newest days with their sums, and the newest lines, at most some fifty.

    `whole`: these are all days that it finds. Else older ones follow, and the total is not known yet.
    """

    overview: HistoryOverview
    rows: tuple[HistoryRow, ...]
    whole: bool
