"""Bring a customer file in: one row for each workstation, everything or nothing, again without doubles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.importing.collected import CustomerStage
from laverma_desk.services.importing.customer_rows import COLUMNS, REQUIRED, read_row
from laverma_desk.services.importing.customer_writing import CustomerWriter, Tally
from laverma_desk.services.importing.delimited import open_table
from laverma_desk.services.importing.problems import Problems
from laverma_desk.services.importing.staging import Staging
from laverma_desk.storage import bulk

T = TypeVar("T")

CHUNK = 500
"""Customers or sessions that are compared and written at a time."""


@dataclass(frozen=True)
class ImportedCustomers:
    """What an import did; `ignored` are columns of the file that this desk does not know."""

    customers: int
    tally: Tally
    ignored: tuple[str, ...]


def import_customers(desk: Desk, file: Path) -> Done[ImportedCustomers]:
    """Write the customers, people, machines and agreements of a file.

    A customer is known by number, a machine and a person by name, an agreement by its days. What
    the file leaves blank stays as it is. The whole file is checked before the first write, so that
    a window that is open on the desk is held up for as short as possible. Raises FileRefused with
    all problems, RuleBroken FILE_… for the file as a whole, OutsideTrouble FILE_UNREADABLE.
    """
    table = open_table(file, COLUMNS, REQUIRED)
    with desk.database.read() as connection:
        countries = bulk.countries_by_number(connection)
    problems = Problems()
    with Staging() as staging:
        stage = CustomerStage(staging)

        def country_of(number: str) -> str:
            return stage.country_of(number) or countries.get(number, "DE")

        for row in table.rows(problems):
            checked = read_row(row, country_of, problems)
            if checked is not None:
                stage.add(checked, problems)
        stage.finish()
        stage.check(problems)
        problems.refuse_if_any()
        with desk.database.write() as connection:
            writer = CustomerWriter(connection, desk.clock.now())
            for some in chunks(stage.customers(), CHUNK):
                writer.write(some)
        return done(ImportedCustomers(len(stage), writer.tally, table.ignored), Topic.CUSTOMERS)


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of at most `size`."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
