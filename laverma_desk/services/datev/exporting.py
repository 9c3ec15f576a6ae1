"""Hand postings and debtors to the tax adviser: looked at first, then written as one folder of files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from laverma_desk.domain.clock import local
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.datev.batch import Batch, DatevFile, DatevWish
from laverma_desk.services.datev.lines import ENCODING, LINE_END
from laverma_desk.services.datev.obstacles import DatevRefused, Obstacle
from laverma_desk.services.desk import Desk
from laverma_desk.services.file_sets import free_folder, whole_folder
from laverma_desk.services.jobs import Cancelled, Progress, never, silent
from laverma_desk.services.setup.house import house_on
from laverma_desk.services.setup.house_bookkeeping import bookkeeping_on
from laverma_desk.storage.database import Connection

__all__ = [
    "DatevFile",
    "DatevPreview",
    "DatevRefused",
    "DatevResult",
    "DatevWish",
    "Obstacle",
    "export_datev",
    "preview",
]


@dataclass(frozen=True)
class DatevPreview:
    """What an export would write. Sums are gross cents: documents less cancellations, and money that came in.

    Nothing is written while there are `obstacles`; until then the figures count what they are about, too.
    """

    files: tuple[DatevFile, ...]
    bookings: int
    debtors: int
    billed_cents: int
    paid_cents: int
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True)
class DatevResult:
    """What was written into which folder."""

    folder: Path
    files: tuple[DatevFile, ...]
    bookings: int
    debtors: int
    billed_cents: int
    paid_cents: int


def preview(
    desk: Desk, wish: DatevWish, progress: Progress = silent, cancelled: Cancelled = never
) -> DatevPreview:
    """Return what an export would write, and everything that stands in its way; nothing is written.

    Raises RuleBroken END_BEFORE_START, JobCancelled.
    """
    with desk.database.read() as connection:
        batch = _batch(connection, wish, desk.clock.now())
        batch.run(_forget, progress, cancelled)
    return DatevPreview(
        files=tuple(batch.files),
        bookings=batch.postings,
        debtors=len(batch.debtors),
        billed_cents=batch.billed_cents,
        paid_cents=batch.paid_cents,
        obstacles=batch.obstacles.all(),
    )


def export_datev(
    desk: Desk, wish: DatevWish, folder: Path, progress: Progress = silent, cancelled: Cancelled = never
) -> DatevResult:
    """Write all files into a new folder in `folder`, or nothing.

    A file for each fiscal year, further ones where DATEV takes no more rows in one; its name says days and
    time, so nothing is written over. Raises RuleBroken END_BEFORE_START, DatevRefused with all that stands in
    the way, OutsideTrouble FOLDER_UNWRITABLE, DISK_FULL, and JobCancelled.
    """
    now = desk.clock.now()
    days = f"{wish.first:%Y%m%d}-{wish.last:%Y%m%d}"
    target = free_folder(folder, f"DATEV_{days}_{local(now):%Y%m%d-%H%M%S}")
    with desk.database.read() as connection:
        batch = _batch(connection, wish, now)
        with whole_folder(target) as place:
            batch.run(_Writer(place).write, progress, cancelled)
            if obstacles := batch.obstacles.all():
                raise DatevRefused(obstacles)
    return DatevResult(
        folder=target,
        files=tuple(batch.files),
        bookings=batch.postings,
        debtors=len(batch.debtors),
        billed_cents=batch.billed_cents,
        paid_cents=batch.paid_cents,
    )


def _batch(connection: Connection, wish: DatevWish, now: datetime) -> Batch:
    if wish.last < wish.first:
        raise RuleBroken(Rule.END_BEFORE_START, field="last")
    settings = bookkeeping_on(connection)
    if house_on(connection).company.vat_on_receipt:
        # VAT arises when the money comes (§ 20 UStG): no day of service could say its period.
        settings = replace(settings, service_dates=False)
    return Batch(connection, settings, wish, now)


def _forget(_name: str, lines: Iterator[str]) -> None:
    for _line in lines:
        pass


class _Writer:
    """Writes files into a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, name: str, lines: Iterator[str]) -> None:
        """Write a file. What the code page lacks is an obstacle by then: such a file is thrown away."""
        with (self._folder / name).open("w", encoding=ENCODING, errors="replace", newline="") as stream:
            for line in lines:
                stream.write(line + LINE_END)
