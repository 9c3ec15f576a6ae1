"""Which account a document is booked on, and whose it is."""

from __future__ import annotations

from collections.abc import Collection

from laverma_desk.domain.customer import Customer
from laverma_desk.storage import bookkeeping, customers
from laverma_desk.storage.database import Connection


class Ledger:
    """The debtors as one transaction sees them.

    A document stays on the account of the record that it was issued for, also after that was merged into
    another: what is open there is settled there. Where that record has none, the practice's own counts, and
    then any that one of its records has.
    """

    def __init__(self, connection: Connection, concerned: Collection[int]) -> None:
        """Read what is needed for the documents of some records."""
        self._heads = customers.merged_heads(connection)
        self._accounts = bookkeeping.held_accounts(connection)
        self._families: dict[int, int] = {}
        for row in sorted(self._accounts, reverse=True):
            self._families[self.head(row)] = self._accounts[row]
        self._records = customers.several(connection, {self.head(row) for row in concerned})

    def head(self, customer_id: int) -> int:
        """Return the row of the record that goes on for one."""
        return self._heads.get(customer_id, customer_id)

    def account(self, customer_id: int) -> int | None:
        """Return the account on which documents of a record are booked, None where there is none."""
        head = self.head(customer_id)
        own = self._accounts.get(customer_id, self._accounts.get(head))
        return self._families.get(head) if own is None else own

    def debtor(self, customer_id: int) -> Customer:
        """Return the practice of a record that was named at the beginning."""
        return self._records[self.head(customer_id)]
