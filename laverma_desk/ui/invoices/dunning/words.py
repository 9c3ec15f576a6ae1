"""What is said of late customers and of the letters to them."""

from __future__ import annotations

from datetime import date

from laverma_desk import text
from laverma_desk.domain.reminder import Reminder
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.invoicing.reminders import OverdueCustomer


def level_name(level: int) -> str:
    """Return how a letter of a level is called."""
    return {
        1: _("Payment reminder"),
        2: _("Dunning letter"),
        3: _("Final dunning letter"),
    }[level]


def days_late(days: int) -> str:
    """Return how long something is overdue."""
    return ngettext("%(n)s day overdue", "%(n)s days overdue", days) % {"n": text.number(days)}


def invoice_count(count: int) -> str:
    """Return how many invoices."""
    return ngettext("%(n)s invoice", "%(n)s invoices", count) % {"n": text.number(count)}


def late_words(one: OverdueCustomer) -> str:
    """Return how late a customer is: 29 Tage überfällig, 3 Rechnungen."""
    return f"{days_late(one.days_overdue)}, {invoice_count(len(one.invoices))}"


def last_letter(one: OverdueCustomer) -> str:
    """Return what the customer was sent last, or what is to be sorted out before anything is sent."""
    if one.surplus_on:
        return _("payment on %(number)s is not owed there") % {"number": one.surplus_on}
    if not one.level or one.reminded_on is None:
        return _("not reminded yet")
    if one.waits_until is not None:
        return _("%(letter)s, waits until %(day)s") % {
            "letter": level_name(one.level),
            "day": text.date(one.waits_until),
        }
    return _("%(letter)s of %(day)s") % {
        "letter": level_name(one.level),
        "day": text.date(one.reminded_on),
    }


def summary(customers: tuple[OverdueCustomer, ...]) -> str:
    """Return how many are late, with what sum."""
    if not customers:
        return ""
    count = ngettext("%(n)s customer", "%(n)s customers", len(customers)) % {"n": text.number(len(customers))}
    amount = text.money(sum(one.open_cents for one in customers))
    return _("%(customers)s, %(amount)s open") % {"customers": count, "amount": amount}


def sums_of(record: Reminder) -> list[tuple[str, str]]:
    """Return what a letter asks for; the sum at the end."""
    lines = [
        (_("Still open"), text.money(record.open_cents)),
        (_("Fee"), text.money(record.fee_cents + record.lump_cents)),
        (_("Interest"), text.money(record.interest_cents)),
        (_("To be paid until"), text.date(record.due_on)),
    ]
    return [*lines, (_("To be paid"), text.money(record.total_cents))]


def missing_rates(days: tuple[date, ...]) -> str:
    """Return why a letter asks no interest, or nothing."""
    if not days:
        return ""
    listed = text.list_sentence([text.date(day) for day in days])
    return _("No interest is asked: the base rate from %(days)s on is missing in the settings.") % {
        "days": listed
    }


def waiting(one: OverdueCustomer) -> str:
    """Return that the last letter still lets the customer pay, or nothing."""
    if one.waits_until is None:
        return ""
    return _("The last letter lets them pay until %(day)s.") % {"day": text.date(one.waits_until)}


def issued(number: str) -> str:
    """Return that a letter was issued."""
    return _("%(number)s is issued. It can be printed or sent.") % {"number": number}


def sent(number: str, recipient: str) -> str:
    """Return that a letter is about to leave."""
    return _("%(number)s is issued and leaves in a moment for %(recipient)s.") % {
        "number": number,
        "recipient": recipient,
    }


def not_sent(number: str, why: str) -> str:
    """Return that a letter was issued but could not be sent."""
    return _("%(number)s is issued but not sent. %(why)s") % {"number": number, "why": why}
