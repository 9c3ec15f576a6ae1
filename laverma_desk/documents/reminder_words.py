"""What a payment reminder says beside its own sentences, in its language, before it is laid out."""

from __future__ import annotations

from laverma_desk import text
from laverma_desk.documents.din_letter import Fact
from laverma_desk.documents.din_payment import Sum
from laverma_desk.domain.interest import POINTS_ABOVE_BASE, InterestSpan
from laverma_desk.domain.reminder import FIRST_LEVEL, Reminder, ReminderLine
from laverma_desk.i18n import gettext_in, ngettext_in

_MOST_PAYMENTS = 4
_MOST_ENCLOSURES = 12


def facts(reminder: Reminder) -> tuple[Fact, ...]:
    """Return the lines of the block at the right; what is unknown has no line."""
    tongue = reminder.language
    level = {
        1: gettext_in(tongue, "1 (reminder)"),
        2: gettext_in(tongue, "2 (dunning letter)"),
        3: gettext_in(tongue, "3 (final dunning letter)"),
    }[reminder.level]
    counted = gettext_in(tongue, "%(date)s included") % {"date": text.date(reminder.counted_until, tongue)}
    found = (
        Fact(gettext_in(tongue, "Letter"), reminder.number or gettext_in(tongue, "Draft"), bold=True),
        Fact(gettext_in(tongue, "Date"), text.date(reminder.issued_on, tongue)),
        Fact(gettext_in(tongue, "Customer number"), reminder.buyer.number),
        Fact(gettext_in(tongue, "Level"), level),
        Fact(gettext_in(tongue, "Payments up to"), counted),
        Fact(gettext_in(tongue, "Your contact"), reminder.supporter_name),
        Fact(gettext_in(tongue, "Phone"), text.phone(reminder.company.phone)),
    )
    return tuple(fact for fact in found if fact.value.strip())


def headings(reminder: Reminder) -> tuple[tuple[str, ...], ...]:
    """Return the headings of the eight columns, line by line."""
    tongue = reminder.language
    return (
        (gettext_in(tongue, "Pos."),),
        (gettext_in(tongue, "Invoice"),),
        (gettext_in(tongue, "Service"),),
        (gettext_in(tongue, "Due on"),),
        tuple(gettext_in(tongue, "Days\noverdue").split("\n")),
        (gettext_in(tongue, "Amount"),),
        (gettext_in(tongue, "Paid"),),
        (gettext_in(tongue, "Still open"),),
    )


def invoice_date(reminder: Reminder, line: ReminderLine) -> str:
    """Return what stands below an invoice's number: vom 17.01.2022."""
    day = text.date(line.issued_on, reminder.language)
    return gettext_in(reminder.language, "of %(date)s") % {"date": day}


def carried(reminder: Reminder) -> str:
    """Return how the sum at the end of a page is called."""
    return gettext_in(reminder.language, "Carried over")


def sums(reminder: Reminder) -> tuple[Sum, ...]:
    """Return the rows above the total: label and amount. Many payments are one row.

    That the first reminder costs nothing is said; else only what is asked.
    """
    tongue = reminder.language
    gross = (
        gettext_in(tongue, "Invoice amounts with VAT")
        if reminder.vat
        else gettext_in(tongue, "Invoice amounts")
    )
    rows = [Sum(gross, text.money(reminder.gross_cents, tongue)), *_payments(reminder)]
    if reminder.fee_cents or reminder.level == FIRST_LEVEL:
        rows.append(Sum(gettext_in(tongue, "Dunning fee"), text.money(reminder.fee_cents, tongue)))
    if reminder.interest_cents:
        until = gettext_in(tongue, "Default interest up to %(date)s") % {
            "date": text.date(reminder.counted_until, tongue)
        }
        rows.append(Sum(until, text.money(reminder.interest_cents, tongue)))
    if reminder.lump_cents:
        lump = gettext_in(tongue, "Lump sum (§ 288 Abs. 5 BGB)")
        rows.append(Sum(lump, text.money(reminder.lump_cents, tongue)))
    return tuple(rows)


def total(reminder: Reminder) -> Sum:
    """Return label and amount of what is to be paid."""
    return Sum(
        gettext_in(reminder.language, "Open amount"),
        text.money(reminder.total_cents, reminder.language),
    )


def interest(reminder: Reminder) -> list[str]:
    """Return how the default interest comes about, invoice by invoice; nothing where none is asked."""
    tongue = reminder.language
    bearing = [line for line in reminder.lines if line.spans]
    if not bearing:
        return []
    lead = gettext_in(
        tongue,
        "Default interest (§ 288 Abs. 2 BGB): base rate plus %(points)s\u00a0percentage points,"
        " exact to the day.",
    ) % {"points": text.number(POINTS_ABOVE_BASE, tongue)}
    return [lead, *(_interest_of(line, tongue) for line in bearing)]


def greeting(reminder: Reminder) -> list[str]:
    """Return how the letter ends."""
    return [one for one in (gettext_in(reminder.language, "Kind regards"), reminder.supporter_name) if one]


def enclosures(reminder: Reminder) -> str:
    """Return what goes along: copies of the invoices, by name unless there are very many."""
    tongue = reminder.language
    numbers = [line.number for line in reminder.lines]
    if len(numbers) > _MOST_ENCLOSURES:
        return gettext_in(tongue, "Enclosures: copies of the %(count)s invoices named above") % {
            "count": text.number(len(numbers), tongue)
        }
    *others, last = numbers
    named = last
    if others:
        named = gettext_in(tongue, "%(first)s and %(last)s") % {
            "first": text.list_sentence(others),
            "last": last,
        }
    return ngettext_in(
        tongue, "Enclosure: copy of invoice %(numbers)s", "Enclosures: copies of invoices %(numbers)s",
        len(numbers),
    ) % {"numbers": named}  # fmt: skip


def _payments(reminder: Reminder) -> list[Sum]:
    tongue = reminder.language
    if len(reminder.payments) > _MOST_PAYMENTS:
        until = text.date(reminder.counted_until, tongue)
        label = gettext_in(tongue, "Payments up to %(date)s") % {"date": until}
        return [Sum(label, _taken_off(sum(one.cents for one in reminder.payments), tongue))]
    return [
        Sum(
            gettext_in(tongue, "Payment of %(date)s") % {"date": text.date(one.paid_on, tongue)},
            _taken_off(one.cents, tongue),
        )
        for one in reminder.payments
    ]


def _taken_off(cents: int, tongue: str) -> str:
    """Return what a payment takes off the sum, with a minus as long as the digits are wide."""
    return ("−" if cents > 0 else "") + text.money(abs(cents), tongue)


def _interest_of(line: ReminderLine, tongue: str) -> str:
    return gettext_in(tongue, "%(number)s: %(spans)s; together %(amount)s") % {
        "number": line.number,
        "spans": text.list_sentence([_span(one, tongue) for one in line.spans]),
        "amount": text.money(line.interest_cents, tongue),
    }


def _span(one: InterestSpan, tongue: str) -> str:
    return ngettext_in(
        tongue,
        "%(sum)s from %(first)s to %(last)s (%(days)s\u00a0day) at %(rate)s",
        "%(sum)s from %(first)s to %(last)s (%(days)s\u00a0days) at %(rate)s",
        one.days,
    ) % {
        "sum": text.money(one.principal_cents, tongue),
        "first": text.date(one.first, tongue),
        "last": text.date(one.last, tongue),
        "days": text.number(one.days, tongue),
        "rate": text.percent(one.rate, tongue),
    }
