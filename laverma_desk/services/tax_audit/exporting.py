"""Hand the data of a period to a tax audit (§ 147 Abs. 6 AO, "Z3"), in the form its programs import.

The form is the description standard of the German tax administration: flat files, index.xml that describes
them, and its document type beside it. The export is a folder that is there with all of it, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from laverma_desk import __version__, paths
from laverma_desk.domain.clock import local
from laverma_desk.domain.company import Company
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.private_files import FOLDER_MODE
from laverma_desk.services.desk import Desk
from laverma_desk.services.file_sets import free_folder, whole_folder
from laverma_desk.services.jobs import Cancelled, Progress, go_on_unless, never, silent
from laverma_desk.services.setup.house import house_on
from laverma_desk.services.tax_audit import invoice_tables, record_tables
from laverma_desk.services.tax_audit.cells import TextCells, cells_of, day
from laverma_desk.services.tax_audit.described import AuditTable
from laverma_desk.services.tax_audit.index_file import DOCUMENT_TYPE, Supplier, index_xml
from laverma_desk.storage import tax_audit
from laverma_desk.storage.tax_audit_scope import Scope

TABLES: tuple[AuditTable, ...] = (
    record_tables.RECORDS,
    invoice_tables.INVOICES,
    invoice_tables.VAT_SUMS,
    invoice_tables.LINES,
    invoice_tables.PAYMENTS,
    record_tables.SESSIONS_HELD,
    record_tables.CHANGES,
    invoice_tables.REMINDERS,
    invoice_tables.REMINDER_LINES,
    record_tables.RATES,
    record_tables.RANGES,
)

_EACH = 1000


@dataclass(frozen=True)
class GdpduResult:
    """The folder that was written, and how many rows each table has, by the name of its file."""

    folder: Path
    rows: tuple[tuple[str, int], ...]


def export_gdpdu(
    desk: Desk,
    first: date,
    last: date,
    folder: Path,
    *,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> GdpduResult:
    """Write all that an audit of some days needs into a new folder within `folder`.

    The files are one state of the desk, and nobody else on this machine can read them. A folder that is there
    is never written into: its name holds the period and the moment. Raises RuleBroken END_BEFORE_START at
    `last`, JobCancelled, OutsideTrouble FOLDER_UNWRITABLE, DISK_FULL with nothing left behind.
    """
    if last < first:
        raise RuleBroken(Rule.END_BEFORE_START, field="last")
    now = desk.clock.now()
    scope = Scope(first, last)
    place = free_folder(folder, folder_name(first, last, now))
    with whole_folder(place) as fresh, desk.database.read() as connection:
        fresh.chmod(FOLDER_MODE)
        tick = _Steps(tax_audit.expected(connection, scope), progress, cancelled)
        counted, widths = [], {}
        for table in TABLES:
            rows = tick.through(table.rows(connection, scope))
            count, widths[table.name] = _write(fresh / table.file, table, rows)
            counted.append((table.file, count))
        supplier = _supplier(house_on(connection).company, first, last, now)
        (fresh / "index.xml").write_bytes(index_xml(supplier, TABLES, widths, first, last))
        (fresh / DOCUMENT_TYPE).write_bytes(paths.resource("gdpdu", DOCUMENT_TYPE).read_bytes())
        go_on_unless(cancelled)
    tick.finish()
    return GdpduResult(place, tuple(counted))


def folder_name(first: date, last: date, now: datetime) -> str:
    """Return Z3_2026-01-01_2026-12-31_erstellt_2027-02-03_10-15-00."""
    return f"Z3_{first.isoformat()}_{last.isoformat()}_erstellt_{local(now):%Y-%m-%d_%H-%M-%S}"


def _supplier(company: Company, first: date, last: date, now: datetime) -> Supplier:
    town = f"{company.postcode} {company.city}".strip()
    return Supplier(
        company.name or "ohne Namen",
        ", ".join(part for part in (company.street, town) if part) or "ohne Anschrift",
        f"Datenüberlassung (Z3) nach § 147 Abs. 6 AO, {day(first)} bis {day(last)}, erstellt am "
        f"{local(now):%d.%m.%Y um %H:%M:%S} mit Laverma Desk {__version__}",
    )


class _Steps:
    """Counts the rows of all tables, tells how far they are, and stops where somebody wants to."""

    def __init__(self, total: int, progress: Progress, cancelled: Cancelled) -> None:
        self._total, self._progress, self._cancelled = max(1, total), progress, cancelled
        self._done = 0
        progress(0, self._total)

    def through(self, rows: Iterator[Any]) -> Iterator[Any]:
        """Yield rows and count them."""
        for row in rows:
            if self._done % _EACH == 0:
                go_on_unless(self._cancelled)
                self._progress(min(self._done, self._total), self._total)
            self._done += 1
            yield row

    def finish(self) -> None:
        """Say that everything is done."""
        self._progress(self._total, self._total)


def _write(file: Path, table: AuditTable, rows: Iterator[Any]) -> tuple[int, dict[str, int]]:
    """Write a table; return how many rows it has, and the widest value of each of its texts in bytes."""
    forms: list[Callable[[Any], str]] = [cells_of(one.kind) for one in table.columns]
    columns = [(one.value, form) for one, form in zip(table.columns, forms, strict=True)]
    count = 0
    with file.open("w", encoding="utf-8", newline="\r\n") as words:
        words.write(";".join(one.name for one in table.columns) + "\n")
        for row in rows:
            words.write(";".join([form(value(row)) for value, form in columns]) + "\n")
            count += 1
    named = zip(table.columns, forms, strict=True)
    return count, {one.name: form.widest for one, form in named if isinstance(form, TextCells)}
