"""No account of a debtor is two customers': said of the row, before anything is written."""

from __future__ import annotations

from dataclasses import replace

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.importing.customer_columns import DEBTOR_ACCOUNT
from laverma_desk.services.importing.customer_rows import CustomerRow
from laverma_desk.services.problems import Problems
from laverma_desk.storage.bulk_records import Holder, account_holders
from laverma_desk.storage.database import Connection

_FIELD = "debtor_account"


class DebtorAccounts:
    """Who has which account: those of the desk, then those of the rows before."""

    def __init__(self, connection: Connection) -> None:
        """Read who has one."""
        self._holders = account_holders(connection)

    def take(self, row: CustomerRow, problems: Problems) -> None:
        """Take the account of a row; one that another customer has is a problem.

        To let two customers change theirs takes two imports: between them an account has to be free.
        """
        account = next((one.value for one in row.stated if one.field == _FIELD), None)
        if account is None:
            return
        holder = self._holders.setdefault(account, Holder(row.number, row.value("name")))
        if holder.number != row.number:
            with problems.at(DEBTOR_ACCOUNT, row.line):
                raise RuleBroken(
                    Rule.DEBTOR_ACCOUNT_TAKEN, field=DEBTOR_ACCOUNT, account=account, name=holder.name
                )


def without_account(row: CustomerRow) -> CustomerRow:
    """Return a row without its account: a record that went into another one keeps its own."""
    return replace(row, stated=tuple(one for one in row.stated if one.field != _FIELD))
