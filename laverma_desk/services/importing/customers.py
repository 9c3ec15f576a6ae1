"""Bring customers in: one row for each machine or person, everything or nothing, again without doubles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.importing.collected import CollectedCustomer
from laverma_desk.services.importing.customer_columns import NAME, NUMBER
from laverma_desk.services.importing.customer_rows import CustomerRow, read_row
from laverma_desk.services.importing.customer_source import CustomerSource
from laverma_desk.services.importing.customer_stage import CustomerStage
from laverma_desk.services.importing.customer_writing import Author, CustomerWriter, Tally
from laverma_desk.services.importing.debtor_accounts import DebtorAccounts, without_account
from laverma_desk.services.importing.delimited import Row
from laverma_desk.services.importing.numbering import Numbering
from laverma_desk.services.importing.preview import PreviewRow, preview_row
from laverma_desk.services.importing.staging import Staging
from laverma_desk.services.jobs import Cancelled, Progress, go_on_unless, never, silent
from laverma_desk.services.problems import Problem, Problems
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage import bulk_records
from laverma_desk.storage.bulk_records import Known
from laverma_desk.storage.database import Connection

T = TypeVar("T")

CHUNK = 500
"""Customers or sessions that are compared and written at a time."""

SAMPLE = 50
"""Rows of a file that are shown before it is imported."""


@dataclass(frozen=True)
class ImportedCustomers:
    """What an import did; `ignored` are columns of the file that this desk does not know."""

    customers: int
    tally: Tally
    ignored: tuple[str, ...]

    @property
    def unchanged(self) -> int:
        """Return of how many customers the record stayed as it was."""
        return self.customers - self.tally.customers_added - self.tally.customers_changed


@dataclass(frozen=True)
class ExaminedCustomers:
    """What an import would do. `imported` leaves customers out whose rows are faulty.

    `faulty_rows` have `problem_count` problems; the first of them are `problems`. `sample` are the
    first rows, as they would be stored.
    """

    imported: ImportedCustomers
    rows: int
    faulty_rows: int
    problem_count: int
    problems: tuple[Problem, ...]
    sample: tuple[PreviewRow, ...]


class _UndoneOnPurpose(Exception):
    """Ends a dry run."""


def import_source(
    desk: Desk, source: CustomerSource, progress: Progress = silent, cancelled: Cancelled = never
) -> Done[ImportedCustomers]:
    """Write the customers, people, machines, prices and agreements of a source.

    A customer is known by number (see `numbering` for those without), a machine and a person by name,
    a price by its first day, an agreement by its days. What the source leaves blank stays as it is. It
    is checked whole before the first write, so that a window that is open on the desk is held up
    for as short as possible. Raises FileRefused with all problems, OutsideTrouble FILE_UNREADABLE,
    JobCancelled with nothing written.
    """
    with Staging() as staging:
        run = _Run(desk, source, staging, progress, cancelled)
        run.read(0)
        run.problems.refuse_if_any()
        return done(run.write(dry=False), Topic.CUSTOMERS)


def examine_source(
    desk: Desk, source: CustomerSource, progress: Progress = silent, cancelled: Cancelled = never
) -> ExaminedCustomers:
    """Return what `import_source` would do: the same work, and then undone.

    Raises OutsideTrouble FILE_UNREADABLE, RuleBroken FILE_EMPTY, JobCancelled.
    """
    with Staging() as staging:
        run = _Run(desk, source, staging, progress, cancelled)
        run.read(SAMPLE)
        imported = run.write(dry=True)
        problems = run.problems
        return ExaminedCustomers(
            imported, run.rows, problems.lines, problems.count, problems.named, tuple(run.sample)
        )


class _Run:
    """One pass through a source: read and checked, then written."""

    def __init__(
        self, desk: Desk, source: CustomerSource, staging: Staging, progress: Progress, cancelled: Cancelled
    ) -> None:
        self._desk, self._source = desk, source
        self._progress, self._cancelled = progress, cancelled
        self._stage = CustomerStage(staging)
        self.problems = Problems()
        self.rows = 0
        self.sample: list[PreviewRow] = []
        with desk.database.read() as connection:
            self._known: Known = bulk_records.known_customers(connection)
            named = () if source.numbered else bulk_records.named_customers(connection)
            self._numbering = Numbering(named)
            self._accounts = DebtorAccounts(connection)

    def read(self, sample: int) -> None:
        """Check and stage every row; keep the first ones as a sample."""
        for row in self._source.rows(self.problems):
            self.rows += 1
            if self.rows % CHUNK == 0:
                go_on_unless(self._cancelled)
                self._progress(row.line, 2 * self._source.lines)
            found = Problems()
            checked = self._take(row, found)
            self.problems.extend(found)
            if len(self.sample) < sample:
                self.sample.append(preview_row(row, checked, found.named))
        go_on_unless(self._cancelled)
        self._stage.finish()
        self._stage.check(self.problems)

    def _take(self, row: Row, found: Problems) -> CustomerRow | None:
        checked = read_row(row, self._country_of, found, numbered=self._source.numbered)
        if checked is not None:
            with found.at(NUMBER if checked.number else NAME, row.line):
                checked = self._numbered(checked)
                self._accounts.take(checked, found)
        if checked is None or found.count:
            self._stage.reject(" ".join(row.values.get(NUMBER, "").split()))
            return None
        self._stage.add(checked, found)
        return checked

    def _country_of(self, number: str) -> str:
        return self._stage.country_of(number) or self._known.countries.get(number, "DE")

    def _numbered(self, row: CustomerRow) -> CustomerRow:
        if not row.number:
            number = self._numbering.number_of(row.value("name"), row.value("postcode"), row.value("city"))
            # The desk's own spelling of a name is the one by which it was found.
            stated = tuple(replace(one, weak=True) if one.column == NAME else one for one in row.stated)
            return replace(row, number=number, stated=stated)
        survivor = self._known.merged.get(row.number)
        if survivor is not None:
            stated = tuple(replace(one, weak=True) for one in row.stated)
            row = without_account(replace(row, number=survivor, stated=stated))
        if row.number in self._known.closed:
            raise RuleBroken(Rule.CUSTOMER_RESTRICTED, field=NUMBER)
        return row

    def write(self, *, dry: bool) -> ImportedCustomers:
        """Write what nothing is wrong with, in one transaction.

        A dry run undoes each group at once: nobody else has to wait for more than one of them.
        """
        tally = Tally()
        groups = chunks(self._stage.customers(), CHUNK)
        if dry:
            written = 0
            for some in groups:
                with suppress(_UndoneOnPurpose), self._desk.database.write() as connection:
                    self._write_groups(connection, tally, [some], written)
                    raise _UndoneOnPurpose
                written += len(some)
        else:
            with self._desk.database.write() as connection:
                written = self._write_groups(connection, tally, groups, 0)
                go_on_unless(self._cancelled)
        self._progress(2 * self._source.lines, 2 * self._source.lines)
        return ImportedCustomers(written, tally, self._source.ignored)

    def _write_groups(
        self, connection: Connection, tally: Tally, groups: Iterable[list[CollectedCustomer]], written: int
    ) -> int:
        author = Author(house_on(connection).supporter_name, f"Import {self._source.file.name}")
        writer = CustomerWriter(connection, self._desk.clock.now(), author, self._stage.numbers, tally)
        count, lines = max(1, len(self._stage)), self._source.lines
        for some in groups:
            go_on_unless(self._cancelled)
            self._progress(lines + written * lines // count, 2 * lines)
            writer.write(some)
            written += len(some)
        return written


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of at most `size`."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
