"""Write the figures of a period into files: a table for all, a workbook, a paper, a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias

from laverma_desk import i18n
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.figure_table import FigureTable
from laverma_desk.domain.statistics import Statistics, StatisticsFilter
from laverma_desk.domain.statistics_paper import StatisticsPaper
from laverma_desk.i18n import gettext_in
from laverma_desk.services.desk import Desk
from laverma_desk.services.file_sets import free_folder, whole_folder
from laverma_desk.services.files import whole_file
from laverma_desk.services.jobs import Cancelled, Progress, go_on_unless, never, silent
from laverma_desk.services.setup.house import house_on
from laverma_desk.services.statistics.delimited import write_delimited
from laverma_desk.services.statistics.reading import statistics
from laverma_desk.services.statistics.tables import tables
from laverma_desk.storage import customers
from laverma_desk.storage import house as stored
from laverma_desk.storage.database import Connection

Kind: TypeAlias = Literal["csv", "xlsx", "pdf", "png"]
KINDS: tuple[Kind, ...] = ("csv", "xlsx", "pdf", "png")

_UNNAMED = "–"

LANGUAGE = "de"
"""The headings of CSV and Excel, as in every table that leaves the desk; papers speak as the window does."""


def write_statistics(
    desk: Desk,
    wanted: StatisticsFilter,
    file: Path,
    kind: Kind,
    *,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> None:
    """Write the figures of a filter into a file, complete or not at all; one that is there is replaced.

    A picture is the first page of the paper. Raises JobCancelled, RuleBroken CUSTOMER_UNKNOWN,
    FILE_IS_THE_DESK, OutsideTrouble FILE_UNWRITABLE, DISK_FULL.
    """
    progress(0, 2)
    with whole_file(desk, file) as stream:
        figures = _Figures(desk, wanted, cancelled)
        progress(1, 2)
        figures.write(kind, stream)
        go_on_unless(cancelled)
    progress(2, 2)


def write_statistics_set(
    desk: Desk,
    wanted: StatisticsFilter,
    above: Path,
    kinds: Sequence[Kind] = KINDS,
    *,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Path:
    """Write several files of one state of the desk into a new folder, all or none; return the folder.

    It is named after the period, with a number where there is one of that name. Raises JobCancelled,
    RuleBroken CUSTOMER_UNKNOWN, OutsideTrouble FOLDER_UNWRITABLE, DISK_FULL.
    """
    total = 1 + len(kinds)
    progress(0, total)
    target = free_folder(above, suggested_name(wanted))
    with whole_folder(target) as folder:
        figures = _Figures(desk, wanted, cancelled)
        for done, kind in enumerate(kinds, start=1):
            progress(done, total)
            with (folder / f"{suggested_name(wanted)}.{kind}").open("wb") as stream:
                figures.write(kind, stream)
            go_on_unless(cancelled)
    progress(total, total)
    return target


def suggested_name(wanted: StatisticsFilter) -> str:
    """Return the name of a file without its ending: Auswertung_2021-03-01_2022-02-28."""
    word = gettext_in(LANGUAGE, "Statistics")
    return f"{word}_{wanted.first.isoformat()}_{wanted.last.isoformat()}"


class _Figures:
    """The figures of one filter, and how each kind of file is made of them."""

    def __init__(self, desk: Desk, wanted: StatisticsFilter, cancelled: Cancelled) -> None:
        counted = statistics(desk, wanted, cancelled)
        go_on_unless(cancelled)
        self._paper = _paper(desk, counted)
        self._pdf = b""

    def write(self, kind: Kind, stream: BinaryIO) -> None:
        """Write one kind. Raises OSError."""
        writers: dict[Kind, Callable[[BinaryIO], None]] = {
            "csv": self._write_csv,
            "xlsx": self._write_xlsx,
            "pdf": self._write_pdf,
            "png": self._write_png,
        }
        writers[kind](stream)

    def _write_csv(self, stream: BinaryIO) -> None:
        write_delimited(stream, self._tables(), LANGUAGE)

    def _write_xlsx(self, stream: BinaryIO) -> None:
        from laverma_desk.services.statistics.workbook import write_workbook  # noqa: PLC0415 (40 ms)

        write_workbook(stream, self._tables(), self._paper.created_at)

    def _write_pdf(self, stream: BinaryIO) -> None:
        stream.write(self._rendered())

    def _write_png(self, stream: BinaryIO) -> None:
        from laverma_desk.documents.pictures import first_page_png  # noqa: PLC0415 (slow to import)

        stream.write(first_page_png(self._rendered()))

    def _rendered(self) -> bytes:
        """Return the paper, drawn once."""
        if not self._pdf:
            from laverma_desk.documents.statistics_pdf import (  # noqa: PLC0415 (fpdf2 is slow to import)
                render_statistics,
            )

            self._pdf = render_statistics(self._paper)
        return self._pdf

    def _tables(self) -> tuple[FigureTable, ...]:
        paper = self._paper
        return tables(paper.statistics, LANGUAGE, customer=paper.customer, supporter=paper.supporter)


def _paper(desk: Desk, counted: Statistics) -> StatisticsPaper:
    """Return the figures with the sender and the names of the filter that was counted."""
    tongue = i18n.current()
    with desk.database.read() as connection:
        customer = _customer_name(connection, counted.filter.customer_id)
        supporter = _supporter_name(connection, counted.filter.supporter_id)
        company = house_on(connection).company
    return StatisticsPaper(
        company=company,
        language=tongue,
        statistics=counted,
        tables=tables(counted, tongue, customer=customer, supporter=supporter),
        customer=customer,
        supporter=supporter,
        created_at=desk.clock.now(),
    )


def _customer_name(connection: Connection, customer_id: int | None) -> str:
    """Return under which name a filter's practice goes on; "–" where that is not to be named."""
    if customer_id is None:
        return ""
    record = customers.find(connection, customers.survivor(connection, customer_id))
    if record is None:
        raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number=customer_id)
    return _UNNAMED if record.restricted_at else record.name or _UNNAMED


def _supporter_name(connection: Connection, supporter_id: int | None) -> str:
    known = (one.name for one in stored.supporters(connection) if one.id == supporter_id)
    return next(known, "")
