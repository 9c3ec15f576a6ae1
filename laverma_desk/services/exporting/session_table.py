"""Write every session that a filter shows into one file, complete or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from laverma_desk.domain.history import HistoryFilter
from laverma_desk.services.desk import Desk
from laverma_desk.services.exporting.delimited_table import write_delimited
from laverma_desk.services.exporting.session_columns import COLUMNS
from laverma_desk.services.files import whole_file
from laverma_desk.services.jobs import Cancelled, Progress, go_on_unless
from laverma_desk.storage import history, history_rows
from laverma_desk.storage.database import Connection
from laverma_desk.storage.history_rows import ExportedSession

_EACH = 1000


def write_session_table(
    desk: Desk,
    wanted: HistoryFilter,
    file: Path,
    kind: Literal["csv", "xlsx"],
    *,
    progress: Progress,
    cancelled: Cancelled,
) -> int:
    """Write the sessions of one state of the desk, the newest first; return how many.

    Raises JobCancelled, RuleBroken FILE_IS_THE_DESK, OutsideTrouble FILE_UNWRITABLE, DISK_FULL.
    """
    with whole_file(desk, file) as stream, desk.database.read() as connection:
        total = history.count(connection, wanted)
        rows = _told(connection, wanted, total, progress, cancelled)
        if kind == "csv":
            write_delimited(stream, COLUMNS, rows)
        else:
            from laverma_desk.services.exporting.workbook import write_workbook  # noqa: PLC0415 (40 ms)

            # Beside the file: where there is room for it there is for its parts, which /tmp need not have.
            with TemporaryDirectory(dir=file.expanduser().resolve().parent, prefix=".sessions-") as scratch:
                write_workbook(stream, Path(scratch), COLUMNS, rows)
        go_on_unless(cancelled)
    return total


def _told(
    connection: Connection, wanted: HistoryFilter, total: int, progress: Progress, cancelled: Cancelled
) -> Iterator[ExportedSession]:
    progress(0, total)
    for count, row in enumerate(history_rows.every_row(connection, wanted)):
        if count % _EACH == 0:
            go_on_unless(cancelled)
            progress(count, total)
        yield row
    progress(total, total)
