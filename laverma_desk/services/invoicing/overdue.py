"""Who has not paid in time: customers with their overdue invoices, and which letter comes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from laverma_desk import i18n, text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import Customer
from laverma_desk.domain.invoice import LineKind
from laverma_desk.domain.reminder import LAST_LEVEL, ReminderRow
from laverma_desk.i18n import gettext_in
from laverma_desk.services.desk import Desk
from laverma_desk.storage import customers
from laverma_desk.storage import payments as paid
from laverma_desk.storage import reminders as stored
from laverma_desk.storage.reminders import DueInvoice


@dataclass(frozen=True)
class OverdueInvoice:
    """An invoice whose due day has passed and that is not fully paid. Money is cents with VAT.

    `service` is what it was for, in the interface language. `level` is that of the last letter that names it,
    0 before the first.
    """

    id: int
    number: str
    issued_on: date
    due_on: date
    days_overdue: int
    service: str
    gross_cents: int
    paid_cents: int
    open_cents: int
    level: int


@dataclass(frozen=True)
class OverdueCustomer:
    """A customer with all overdue invoices, the longest overdue first.

    `level` and `reminded_on` are those of the last letter that names one of them (0 and None before the
    first). `waits_until`: the day up to which that letter lets them pay, None once it has passed.
    `next_level` is the letter that is proposed; after the last level it is that one again. `surplus_on`: an
    invoice on which money of theirs lies that is not owed there; no letter is written until that is mended.
    """

    customer_id: int
    number: str
    name: str
    invoices: tuple[OverdueInvoice, ...]
    open_cents: int
    days_overdue: int
    level: int
    reminded_on: date | None
    waits_until: date | None
    next_level: int
    surplus_on: str = ""


def overdue(desk: Desk, today: date | None = None) -> tuple[OverdueCustomer, ...]:
    """Return the customers that are late, the longest overdue first.

    Invoices of merged records stand under the record that goes on. Cancelled and paid invoices are left out,
    and so are customers whom data protection has locked. Fees and interest of letters are not claims
    of their own: who has paid the invoices is no longer late.
    """
    day = today or local_day(desk.clock.now())
    with desk.database.read() as connection:
        due = stored.due_before(connection, day)
        head_of = customers.merged_heads(connection)
        by_customer: dict[int, list[DueInvoice]] = defaultdict(list)
        for one in due:
            by_customer[head_of.get(one.customer_id, one.customer_id)].append(one)
        records = customers.several(connection, by_customer)
        numbers = [one.id for one in due]
        kinds = stored.kinds_of_lines(connection, numbers)
        letters = stored.of_invoices(connection, numbers)
        family_of = {one: one for one in records} | {
            merged: head for merged, head in head_of.items() if head in records
        }
        surplus = {
            family_of[one.customer_id]: one.number
            for one in reversed(paid.overpaid(connection, family_of.keys()))
        }
    found = [
        replace(
            _customer(customer, by_customer[customer.id], kinds, letters, day),
            surplus_on=surplus.get(customer.id, ""),
        )
        for customer in records.values()
        if customer.restricted_at is None
    ]
    return tuple(sorted(found, key=lambda one: (-one.days_overdue, one.name, one.customer_id)))


def last_letter(letters: Mapping[int, list[ReminderRow]]) -> ReminderRow | None:
    """Return the newest letter about some invoices."""
    return max((one for some in letters.values() for one in some), key=lambda one: one.id, default=None)


def proposed_level(letters: Mapping[int, list[ReminderRow]]) -> int:
    """Return the level above the highest that one of the invoices has had, at most the last."""
    highest = max((one.level for some in letters.values() for one in some), default=0)
    return min(highest + 1, LAST_LEVEL)


def service_words(one: DueInvoice, kinds: Mapping[LineKind, str], language: str) -> str:
    """Return what an invoice was for: remote support with its month, a visit with its day, else its text."""
    if LineKind.SESSION in kinds:
        return gettext_in(language, "Remote support %(period)s") % {"period": _period(one, language)}
    if LineKind.VISIT in kinds or LineKind.TRAVEL in kinds:
        if one.first == one.last:
            day = text.date(one.first, language)
            return gettext_in(language, "On-site visit on %(date)s") % {"date": day}
        return gettext_in(language, "On-site visits %(period)s") % {"period": _period(one, language)}
    return next(iter(kinds.values()), "")


def _period(one: DueInvoice, language: str) -> str:
    if (one.first.year, one.first.month) == (one.last.year, one.last.month):
        return text.month(one.first, language)
    return f"{text.date(one.first, language)} – {text.date(one.last, language)}"


def _customer(
    one: Customer,
    late: Sequence[DueInvoice],
    kinds: Mapping[int, Mapping[LineKind, str]],
    letters_by_invoice: Mapping[int, list[ReminderRow]],
    day: date,
) -> OverdueCustomer:
    numbers = [invoice.id for invoice in late]
    letters = {number: letters_by_invoice[number] for number in numbers if number in letters_by_invoice}
    last = last_letter(letters)
    listed = tuple(
        OverdueInvoice(
            id=invoice.id,
            number=invoice.number,
            issued_on=invoice.issued_on,
            due_on=invoice.due_on,
            days_overdue=(day - invoice.due_on).days,
            service=service_words(invoice, kinds.get(invoice.id, {}), i18n.current()),
            gross_cents=invoice.gross_cents,
            paid_cents=invoice.paid_cents,
            open_cents=invoice.gross_cents - invoice.paid_cents,
            level=max((letter.level for letter in letters.get(invoice.id, ())), default=0),
        )
        for invoice in late
    )
    return OverdueCustomer(
        customer_id=one.id,
        number=one.number,
        name=one.name,
        invoices=listed,
        open_cents=sum(invoice.open_cents for invoice in listed),
        days_overdue=max(invoice.days_overdue for invoice in listed),
        level=last.level if last else 0,
        reminded_on=last.issued_on if last else None,
        waits_until=last.due_on if last and last.due_on >= day else None,
        next_level=proposed_level(letters),
    )
