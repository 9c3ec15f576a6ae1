"""The account by which the bookkeeping knows a customer: checked, and kept with a line in the history."""

from __future__ import annotations

from dataclasses import replace

from laverma_desk.domain.bookkeeping import BookkeepingSettings, debtor_range
from laverma_desk.domain.customer import Customer
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services import checks
from laverma_desk.services.customers.trace import differences, log_differences
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house_bookkeeping import bookkeeping_on
from laverma_desk.storage import bookkeeping as stored
from laverma_desk.storage import customers
from laverma_desk.storage.database import Connection

FIELD = "debtor_account"


def checked_debtor_account(typed: str, settings: BookkeepingSettings) -> int | None:
    """Return the account that was typed, None for nothing. Raises RuleBroken NUMBER_INVALID at `FIELD`."""
    return checks.whole_number(typed, FIELD, *debtor_range(settings)) if typed.strip() else None


def put_debtor_account(
    connection: Connection, desk: Desk, customer_id: int, account: int | None, reason: str = ""
) -> Customer:
    """Give a customer an account, or take it away, within a transaction; return the record that goes on.

    Also of a locked record: the bookkeeping outlives the erasure. An account that a record merged into this
    one has goes over to it. `reason` stands in the history. Raises RuleBroken CUSTOMER_UNKNOWN, and at
    `FIELD` NUMBER_INVALID for one with other digits than the settings say, DEBTOR_ACCOUNT_TAKEN (with `name`
    of who has it).
    """
    if account is not None:
        lowest, highest = debtor_range(bookkeeping_on(connection))
        if not lowest <= account <= highest:
            raise RuleBroken(Rule.NUMBER_INVALID, field=FIELD, lowest=lowest, highest=highest)
    head = customers.survivor(connection, customer_id)
    record = customers.find(connection, head)
    if record is None:
        raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number=customer_id)
    holders = {number: row for row, number in stored.held_accounts(connection).items()}
    holder = head if account is None else holders.get(account, head)
    if holder != head:
        if customers.survivor(connection, holder) != head:
            raise _taken(connection, holder, account)
        keep_account(connection, desk, holder, None, reason)
    return keep_account(connection, desk, head, account, reason)


def keep_account(
    connection: Connection, desk: Desk, row: int, account: int | None, reason: str = ""
) -> Customer:
    """Write an account that was checked into a record and its history. Raises RuleBroken CUSTOMER_UNKNOWN."""
    before = customers.find(connection, row)
    if before is None:
        raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number=row)
    after = replace(before, debtor_account=account)
    stored.keep_account(connection, row, account)
    log_differences(connection, desk, row, differences(before, after, [FIELD]), reason)
    return after


def _taken(connection: Connection, holder: int, account: int | None) -> RuleBroken:
    owner = customers.find(connection, holder)
    return RuleBroken(
        Rule.DEBTOR_ACCOUNT_TAKEN, field=FIELD, account=account, name=owner.name if owner else ""
    )
