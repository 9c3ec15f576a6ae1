"""Give all customers out as a table that the import takes back, or as cards for an address book."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.desk import Desk
from laverma_desk.services.exporting.customer_cards import cards
from laverma_desk.services.exporting.customer_table import table_rows
from laverma_desk.services.files import whole_file
from laverma_desk.services.importing.customer_columns import COLUMNS
from laverma_desk.services.jobs import Cancelled, Progress, go_on_unless, never, silent
from laverma_desk.storage.customer_export import FullCustomer, count_customers, full_customers

_TELLING = 100
TABLE, CARDS = "csv", "vcf"
KINDS = (TABLE, CARDS)


def kind_of(file: Path) -> str:
    """Return as what a file is to be written, by its ending. Raises RuleBroken FILE_KIND_UNKNOWN."""
    ending = file.suffix.casefold().removeprefix(".")
    if ending not in KINDS:
        raise RuleBroken(Rule.FILE_KIND_UNKNOWN, file=file.name, known=", ".join(f".{one}" for one in KINDS))
    return ending


def export_customers(
    desk: Desk,
    file: Path,
    *,
    archived: bool = False,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> int:
    """Write all customers to a .csv or .vcf file, archived ones if they are wanted; return how many.

    The table has the headings of the import, in UTF-8 with semicolons: the first row of a customer says all
    of it, further ones add people, machines, prices and agreements. A cell that begins like a formula has
    an apostrophe before it (see `cell_text`). The file is one state of the desk, and there only once it is
    complete. Raises RuleBroken FILE_KIND_UNKNOWN, FILE_IS_THE_DESK, OutsideTrouble FILE_UNWRITABLE,
    DISK_FULL, JobCancelled.
    """
    written = _table_piece if kind_of(file) == TABLE else cards
    with whole_file(desk, file) as writer, desk.database.read() as connection:
        total, count = count_customers(connection, archived=archived), 0
        if written is _table_piece:
            writer.write(b"\xef\xbb\xbf" + _line([list(COLUMNS)]))
        for one in full_customers(connection, archived=archived):
            if count % _TELLING == 0:
                go_on_unless(cancelled)
                progress(count, total)
            writer.write(written(one))
            count += 1
        go_on_unless(cancelled)
    progress(count, count)
    return count


def _table_piece(one: FullCustomer) -> bytes:
    return _line(table_rows(one))


def _line(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()
