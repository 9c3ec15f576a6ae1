"""The accounts by which the bookkeeping knows the customers: looked at, given out, changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from laverma_desk.domain.bookkeeping import debtor_range, first_debtor
from laverma_desk.domain.customer import Customer
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.customers.debtor_account import keep_account, put_debtor_account
from laverma_desk.services.datev.ledger import Ledger
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house_bookkeeping import bookkeeping_on
from laverma_desk.storage import bookkeeping as stored
from laverma_desk.storage import customers

_NOTHING = stored.BilledSum(0, 0)


@dataclass(frozen=True)
class Debtor:
    """A customer with what was billed on some days, in gross cents, cancellations taken off.

    `customer_id` is the record that goes on. `fits`: the account has as many digits as the settings say; one
    that is missing does not fit.
    """

    customer_id: int
    number: str
    name: str
    account: int | None
    fits: bool
    documents: int
    gross_cents: int


def debtors(desk: Desk, first: date, last: date, *, payments: bool = False) -> tuple[Debtor, ...]:
    """Return those with a document of some days, by account; those without one come first, by number.

    With `payments` also those that only paid on them. A practice whose merged records have accounts of their
    own stands there once for each.
    """
    with desk.database.read() as connection:
        settings = bookkeeping_on(connection)
        rows = stored.concerned(connection, first, last, paid=payments)
        sums = stored.billed(connection, first, last)
        ledger = Ledger(connection, rows)
    lowest, highest = debtor_range(settings)
    found: dict[tuple[int, int | None], Debtor] = {}
    for row in rows:
        one = sums.get(row, _NOTHING)
        practice, account = ledger.debtor(row), ledger.account(row)
        key = (practice.id, account)
        known = found.get(key) or Debtor(
            practice.id,
            practice.number,
            practice.name,
            account,
            fits=account is not None and lowest <= account <= highest,
            documents=0,
            gross_cents=0,
        )
        found[key] = replace(
            known,
            documents=known.documents + one.documents,
            gross_cents=known.gross_cents + one.gross_cents,
        )
    return tuple(sorted(found.values(), key=lambda one: (one.account or 0, one.number)))


def set_debtor_account(desk: Desk, customer_id: int, account: int | None) -> Done[Customer]:
    """Give a customer an account, or take it away, as `put_debtor_account` does in a transaction."""
    with desk.database.write() as connection:
        return done(put_debtor_account(connection, desk, customer_id, account), Topic.CUSTOMERS)


def assign_debtor_accounts(desk: Desk, customer_ids: Iterable[int]) -> Done[tuple[Customer, ...]]:
    """Give each customer without an account the next free one; return those that got one.

    No account is given out twice, not even one that was taken away again. All or nothing. Raises RuleBroken
    CUSTOMER_UNKNOWN, DEBTOR_ACCOUNTS_USED_UP (with `highest`).
    """
    with desk.database.write() as connection:
        settings = bookkeeping_on(connection)
        heads = list(dict.fromkeys(customers.survivor(connection, one) for one in customer_ids))
        ledger = Ledger(connection, heads)
        given = stored.given_accounts(connection)
        free = (one for one in count(first_debtor(settings)) if one not in given)
        highest = debtor_range(settings)[1]
        assigned = []
        for head in heads:
            if ledger.account(head) is not None:
                continue
            account = next(free)
            if account > highest:
                raise RuleBroken(Rule.DEBTOR_ACCOUNTS_USED_UP, highest=highest)
            assigned.append(keep_account(connection, desk, head, account))
    return done(tuple(assigned), Topic.CUSTOMERS)
