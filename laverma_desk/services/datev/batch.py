"""One run over what is to be handed over: every row made, checked, and written where somebody wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice

from laverma_desk.domain.bookkeeping import BookingSpan, BookkeepingSettings, booking_spans
from laverma_desk.services.datev import columns
from laverma_desk.services.datev.checking import Checker
from laverma_desk.services.datev.ledger import Ledger
from laverma_desk.services.datev.lines import RowWriter, debtors_header, headings, postings_header
from laverma_desk.services.datev.master_data import debtor_cells
from laverma_desk.services.datev.obstacles import Obstacles
from laverma_desk.services.datev.postings import Posting, of_document, of_payment
from laverma_desk.services.jobs import Cancelled, Progress, go_on_unless
from laverma_desk.storage import bookkeeping as stored
from laverma_desk.storage.database import Connection

ROWS_PER_FILE = 99_999
"""As many postings as DATEV takes in one file."""
_ROW_OF_FIRST = 3

Write = Callable[[str, Iterator[str]], None]
"""Takes the name of a file and its lines, one after the other."""


@dataclass(frozen=True)
class DatevWish:
    """The days to be handed over; `payments`: what came in, too; `masters`: who the debtors are, too."""

    first: date
    last: date
    payments: bool = False
    masters: bool = True


@dataclass(frozen=True)
class DatevFile:
    """A file with its rows. `first` and `last` are its days, None for debtors, who have none."""

    name: str
    rows: int
    first: date | None = None
    last: date | None = None


class Batch:
    """Makes the files of a wish in one transaction. What it met is in its fields once `run` is over.

    `billed_cents` is the gross sum of all documents, cancellations taken off; `paid_cents` the money.
    """

    def __init__(
        self, connection: Connection, settings: BookkeepingSettings, wish: DatevWish, made_at: datetime
    ) -> None:
        """Prepare; nothing but whose documents they are is read yet."""
        self.files: list[DatevFile] = []
        self.postings = 0
        self.billed_cents = 0
        self.paid_cents = 0
        self.debtors: dict[int, int] = {}
        self.obstacles = Obstacles()
        self._connection = connection
        self._settings = settings
        self._wish = wish
        self._made_at = made_at
        self._ledger = Ledger(
            connection, stored.concerned(connection, wish.first, wish.last, paid=wish.payments)
        )
        self._checker = Checker(settings, self.obstacles, self._ledger)

    def run(self, write: Write, progress: Progress, cancelled: Cancelled) -> None:
        """Make every row, and let `write` have the lines of each file. Raises JobCancelled."""
        wish = self._wish
        total = stored.count(self._connection, wish.first, wish.last, paid=wish.payments)
        progress(0, total)
        done = 0

        def step() -> None:
            nonlocal done
            done += 1
            go_on_unless(cancelled)
            progress(done, total)

        self._checker.check_settings()
        begin = wish.first
        for span in booking_spans(wish.first, wish.last, self._settings.fiscal_month):
            postings = self._postings(span, step)
            part = 1
            while (first := next(postings, None)) is not None:
                some = chain((first,), islice(postings, ROWS_PER_FILE - 1))
                self._write_postings(write, span, part, some)
                part, begin = part + 1, span.begin
        if wish.masters and self.debtors:
            self._write_debtors(write, begin)
        if not self.postings:
            self._checker.nothing_there(wish.first, wish.last)

    def _postings(self, span: BookingSpan, step: Callable[[], None]) -> Iterator[Posting]:
        ledger, settings = self._ledger, self._settings
        for document in stored.documents(self._connection, span.first, span.last):
            self._checker.check_sums(document)
            self.billed_cents += document.gross_cents
            account, debtor = ledger.account(document.customer_id), ledger.debtor(document.customer_id)
            yield from of_document(document, account, debtor, settings)
            step()
        if not self._wish.payments:
            return
        for payment in stored.payments(self._connection, span.first, span.last):
            self.paid_cents += payment.cents
            account, debtor = ledger.account(payment.customer_id), ledger.debtor(payment.customer_id)
            yield of_payment(payment, account, debtor, settings)
            step()

    def _write_postings(self, write: Write, span: BookingSpan, part: int, some: Iterator[Posting]) -> None:
        ending = "" if part == 1 else f"_{part}"
        name = f"EXTF_Buchungsstapel_{span.first:%Y%m%d}_{span.last:%Y%m%d}{ending}.csv"
        rows = 0

        def lines() -> Iterator[str]:
            nonlocal rows
            yield postings_header(self._settings, span, self._made_at)
            yield headings(columns.POSTINGS)
            writer = RowWriter(columns.POSTINGS)
            for row, one in enumerate(some, _ROW_OF_FIRST):
                cells = one.cells(self._settings)
                self._checker.check_posting(one, cells, name, row)
                self._remember(one)
                rows += 1
                yield writer.row(cells)

        write(name, lines())
        self.postings += rows
        self.files.append(DatevFile(name, rows, span.first, span.last))

    def _remember(self, one: Posting) -> None:
        account = self._ledger.account(one.customer_id)
        if account is not None:
            self.debtors[account] = one.customer_id

    def _write_debtors(self, write: Write, begin: date) -> None:
        name = "EXTF_Debitoren.csv"
        named = [
            (account, debtor)
            for account, row in sorted(self.debtors.items())
            if (debtor := self._ledger.debtor(row)).erased_at is None
        ]

        def lines() -> Iterator[str]:
            yield debtors_header(self._settings, begin, self._made_at)
            yield headings(columns.DEBTORS)
            writer = RowWriter(columns.DEBTORS)
            for row, (account, debtor) in enumerate(named, _ROW_OF_FIRST):
                cells = debtor_cells(account, debtor)
                self._checker.check_debtor(debtor, cells, name, row)
                yield writer.row(cells)

        if named:
            write(name, lines())
            self.files.append(DatevFile(name, len(named)))
