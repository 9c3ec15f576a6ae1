"""Whether DATEV would take a row, and what the house has to mend where it would not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from laverma_desk import text
from laverma_desk.domain.bookkeeping import BookkeepingSettings, debtor_range
from laverma_desk.domain.customer import Customer
from laverma_desk.domain.document_number import ALLOWED, LONGEST
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.datev import columns
from laverma_desk.services.datev.ledger import Ledger
from laverma_desk.services.datev.lines import unwritable
from laverma_desk.services.datev.obstacles import Obstacles
from laverma_desk.services.datev.postings import Posting, gross
from laverma_desk.storage.bookkeeping import BookedDocument

_MOST_CENTS = 999_999_999_999
"""Twelve digits, two of them behind the comma."""


class Checker:
    """Looks at settings, documents and rows, and puts what is wrong among the obstacles."""

    def __init__(self, settings: BookkeepingSettings, obstacles: Obstacles, ledger: Ledger) -> None:
        """Know by what is checked, and where it goes."""
        self._settings = settings
        self._obstacles = obstacles
        self._ledger = ledger
        self._debtors = debtor_range(settings)

    def check_settings(self) -> None:
        """Ask for the numbers without which no file is taken."""
        if self._settings.consultant is None or self._settings.client is None:
            self._obstacles.add(None, RuleBroken(Rule.DATEV_NUMBERS_MISSING))

    def nothing_there(self, first: date, last: date) -> None:
        """Say that there is not a single posting."""
        days = {"first": text.date(first), "last": text.date(last)}
        self._obstacles.add(None, RuleBroken(Rule.DATEV_EMPTY, **days))

    def check_sums(self, one: BookedDocument) -> None:
        """See that what is posted for a document is what the document asks."""
        if sum(gross(part) for part in one.sums) != one.gross_cents:
            self._obstacles.add(one.number, RuleBroken(Rule.DATEV_SUMS, number=one.number))

    def check_posting(self, one: Posting, cells: Mapping[str, str], file: str, row: int) -> None:
        """See that a posting has its accounts, and values that the format can hold."""
        debtor = self._ledger.debtor(one.customer_id)
        account, contra = (one.account, one.contra) if one.way else (one.contra, one.account)
        self._check_account(debtor, account)
        if contra is None and one.way:
            category, rate = one.way
            error = RuleBroken(Rule.DATEV_REVENUE_MISSING, category=category, rate=rate, number=one.document)
            self._obstacles.add(one.way, error)
        if abs(one.cents) > _MOST_CENTS:
            self._obstacles.add(one.document, RuleBroken(Rule.DATEV_AMOUNT, number=one.document))
        if len(one.number) > LONGEST or not set(one.number) <= ALLOWED:
            self._obstacles.add(one.number, RuleBroken(Rule.DATEV_NUMBER_REFUSED, number=one.number))
        self._check_characters(debtor, {columns.TEXT: cells[columns.TEXT]}, file, row)

    def check_debtor(self, debtor: Customer, cells: Mapping[str, str], file: str, row: int) -> None:
        """See that the master data of a debtor can be written."""
        self._check_characters(debtor, cells, file, row)

    def _check_account(self, debtor: Customer, account: int | None) -> None:
        lowest, highest = self._debtors
        if account is None:
            error = RuleBroken(Rule.DEBTOR_ACCOUNT_MISSING, name=debtor.name, number=debtor.number)
        elif not lowest <= account <= highest:
            error = RuleBroken(
                Rule.DEBTOR_ACCOUNT_LENGTH,
                name=debtor.name,
                account=account,
                lowest=lowest,
                highest=highest,
            )
        else:
            return
        self._obstacles.add((debtor.id, account), error, debtor.id)

    def _check_characters(self, debtor: Customer, cells: Mapping[str, str], file: str, row: int) -> None:
        for field, value in cells.items():
            if characters := unwritable(value):
                error = RuleBroken(
                    Rule.DATEV_CHARACTER,
                    file=file,
                    line=row,
                    column=field,
                    characters=characters,
                    name=debtor.name,
                )
                self._obstacles.add((debtor.id, field, characters), error, debtor.id)
