"""Make the one frozen record of a reminder from what the desk holds now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from laverma_desk import text
from laverma_desk.domain.customer import Customer
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.interest import (
    LUMP_SUM_CENTS,
    BaseRateMissing,
    InterestSpan,
    default_begins,
    half_years,
    interest_cents,
    interest_spans,
)
from laverma_desk.domain.invoice import LineKind, Payment
from laverma_desk.domain.reminder import (
    FIRST_LEVEL,
    LAST_LEVEL,
    CountedPayment,
    Reminder,
    ReminderLine,
    ReminderRow,
    ReminderTexts,
)
from laverma_desk.domain.reminder_settings import ReminderSettings, ReminderWords, words_on
from laverma_desk.domain.wording import fill
from laverma_desk.i18n import gettext_in
from laverma_desk.services.invoicing.overdue import proposed_level, service_words
from laverma_desk.services.invoicing.reminder_defaults import default_words
from laverma_desk.services.invoicing.reminder_settings import reminder_settings_on
from laverma_desk.services.invoicing.terms import buyer_of, invoice_contact
from laverma_desk.services.mails.reporting import salutation
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage import customers
from laverma_desk.storage import payments as paid
from laverma_desk.storage import reminders as stored
from laverma_desk.storage.database import Connection
from laverma_desk.storage.reminders import DueInvoice


@dataclass(frozen=True)
class Built:
    """A record with the rows it came from: the customer's, and those of its invoices in their order.

    `missing_rates` are the half-years whose base rate the table lacks; then the letter asks no interest.
    """

    record: Reminder
    customer_id: int
    invoice_ids: tuple[int, ...]
    missing_rates: tuple[date, ...]


@dataclass(frozen=True)
class _Late:
    """An invoice with its money by day and the day on which its default begins."""

    invoice: DueInvoice
    by_day: tuple[tuple[date, int], ...]
    default_from: date


def build_reminder(
    connection: Connection, customer_id: int, level: int | None, today: date, number: str = ""
) -> Built:
    """Return the letter to a customer as one transaction sees it; `level` None is the proposed one.

    Raises RuleBroken CUSTOMER_UNKNOWN, CUSTOMER_RESTRICTED, REMINDER_NOT_DUE, PAYMENT_UNASSIGNED where the
    customer's money lies on an invoice that does not ask for it, NUMBER_INVALID for a level that there is
    not.
    """
    customer = _customer(connection, customer_id)
    records = customers.family(connection, customer.id)
    due = stored.due_before(connection, today, records)
    if not due:
        raise RuleBroken(Rule.REMINDER_NOT_DUE, name=customer.name)
    for one in paid.overpaid(connection, records):
        raise RuleBroken(Rule.PAYMENT_UNASSIGNED, number=one.number, amount=text.money(one.cents))
    numbers = [one.id for one in due]
    letters = stored.of_invoices(connection, numbers)
    chosen = proposed_level(letters) if level is None else level
    if not FIRST_LEVEL <= chosen <= LAST_LEVEL:
        raise RuleBroken(Rule.NUMBER_INVALID, field="level", lowest=FIRST_LEVEL, highest=LAST_LEVEL)
    named = _named(due, letters, chosen)
    numbers = [one.id for one in named]
    entries = paid.payments_by_invoice(connection, numbers)
    late = [
        _Late(
            one,
            _by_day(entries.get(one.id, ())),
            default_begins(one.due_on, (letter.due_on for letter in letters.get(one.id, ()))),
        )
        for one in named
    ]
    # What came in today counts too: nobody is asked for what has just been paid.
    paid_today = any(day == today for one in late for day, _cents in one.by_day)
    counted_until = today if paid_today else today - timedelta(days=1)
    settings = reminder_settings_on(connection)
    spans, missing = _interest(late, settings, chosen, counted_until)
    kinds = stored.kinds_of_lines(connection, numbers)
    lines = _lines(late, spans, kinds, customer.language, today)
    house = house_on(connection)
    contact = invoice_contact(customers.contacts_of(connection, customer.id))
    lump, fee = _charges(settings, chosen, any(one.default_from <= today for one in late))
    buyer = buyer_of(customer, contact)
    unsaid = Reminder(
        number=number,
        level=chosen,
        language=customer.language,
        issued_on=today,
        counted_until=counted_until,
        due_on=today + timedelta(days=settings.days_of(chosen)),
        company=house.company,
        supporter_name=house.supporter_name,
        buyer=buyer,
        lines=lines,
        payments=_counted(late),
        open_cents=sum(line.open_cents for line in lines),
        fee_cents=fee,
        interest_cents=sum(line.interest_cents for line in lines),
        lump_cents=lump,
        texts=ReminderTexts(f"{salutation(buyer.contact, contact, customer.language)},", "", "", "", ""),
        vat=any(one.vat_cents for one in named),
    )
    return Built(said(unsaid, settings.words), customer.id, tuple(numbers), missing)


def _named(
    due: Sequence[DueInvoice], letters: Mapping[int, Sequence[ReminderRow]], level: int
) -> Sequence[DueInvoice]:
    """Return the invoices that a letter names: those that have had the one before it.

    Its words speak of earlier letters, which is not true of an invoice that became late meanwhile. Where none
    has had any, somebody has chosen to leave a letter out, and all are named.
    """
    ready = [one for one in due if any(letter.level >= level - 1 for letter in letters.get(one.id, ()))]
    return ready if level > FIRST_LEVEL and ready else due


def said(record: Reminder, words: Iterable[ReminderWords]) -> Reminder:
    """Return a counted letter with its sentences, the house's words of its day filled in."""
    known = words_on(record.issued_on, record.level, record.language, words)
    known = known or words_on(record.issued_on, record.level, record.language, default_words())
    if known is None:  # pragma: no cover (every level has words of the program's own)
        raise LookupError(record.level, record.language)
    values = _values(record)
    return replace(
        record,
        texts=replace(
            record.texts,
            title=" ".join(fill(known.title, values).split()),
            opening=fill(known.opening, values),
            request=fill(known.request, values),
            closing=fill(known.closing, values),
        ),
    )


def _values(record: Reminder) -> dict[str, str]:
    tongue = record.language
    return {
        "amount": text.money(record.total_cents, tongue),
        "company": record.company.name,
        "counted_until": text.date(record.counted_until, tongue),
        "customer": record.buyer.name,
        "date": text.date(record.issued_on, tongue),
        "due": text.date(record.due_on, tongue),
        "number": record.number or gettext_in(tongue, "Draft"),
        "phone": text.phone(record.company.phone),
        "supporter": record.supporter_name,
    }


def _customer(connection: Connection, customer_id: int) -> Customer:
    found = customers.find(connection, customers.survivor(connection, customer_id))
    if found is None:
        raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number=customer_id)
    if found.restricted_at is not None:
        raise RuleBroken(Rule.CUSTOMER_RESTRICTED)
    return found


def _by_day(entries: Iterable[Payment]) -> tuple[tuple[date, int], ...]:
    """Return what came in on each day; an entry that was taken back leaves no trace."""
    days: dict[date, int] = defaultdict(int)
    for one in entries:
        days[one.paid_on] += one.cents
    return tuple((day, cents) for day, cents in sorted(days.items()) if cents)


def _counted(late: Iterable[_Late]) -> tuple[CountedPayment, ...]:
    days: dict[date, int] = defaultdict(int)
    for one in late:
        for day, cents in one.by_day:
            days[day] += cents
    return tuple(CountedPayment(day, cents) for day, cents in sorted(days.items()) if cents)


def _interest(
    late: Sequence[_Late], settings: ReminderSettings, level: int, until: date
) -> tuple[dict[int, tuple[InterestSpan, ...]], tuple[date, ...]]:
    """Return the days of interest for each invoice; none at all where the table has a gap."""
    if level == FIRST_LEVEL or not settings.interest:
        return {}, ()
    known = {one.valid_from for one in settings.base_rates}
    needed = {day for one in late for day in half_years(one.default_from, until)}
    try:
        return {
            one.invoice.id: interest_spans(
                one.invoice.gross_cents, one.by_day, settings.base_rates, one.default_from, until
            )
            for one in late
        }, ()
    except BaseRateMissing:
        return {}, tuple(sorted(needed - known))


def _charges(settings: ReminderSettings, level: int, in_default: bool) -> tuple[int, int]:
    """Return the lump sum and the fee in cents.

    The letter that only brings default about costs nothing. The lump sum counts towards what the letters
    cost (§ 288 Abs. 5 Satz 3 BGB), so only what a fee exceeds it by is asked beside it.
    """
    if level == FIRST_LEVEL or not in_default:
        return 0, 0
    lump = LUMP_SUM_CENTS if settings.lump_sum else 0
    return lump, max(0, settings.fee_of(level) - lump)


def _lines(
    late: Iterable[_Late],
    spans: Mapping[int, tuple[InterestSpan, ...]],
    kinds: Mapping[int, Mapping[LineKind, str]],
    language: str,
    today: date,
) -> tuple[ReminderLine, ...]:
    lines: list[ReminderLine] = []
    services: set[str] = set()
    for place, one in enumerate(late, start=1):
        invoice = one.invoice
        service = service_words(invoice, kinds.get(invoice.id, {}), language)
        if service and service in services:
            service = gettext_in(language, "%(service)s, addendum") % {"service": service}
        services.add(service)
        own = spans.get(invoice.id, ())
        lines.append(
            ReminderLine(
                position=place,
                number=invoice.number,
                issued_on=invoice.issued_on,
                service=service,
                due_on=invoice.due_on,
                days_overdue=(today - invoice.due_on).days,
                gross_cents=invoice.gross_cents,
                paid_cents=invoice.paid_cents,
                open_cents=invoice.gross_cents - invoice.paid_cents,
                interest_cents=interest_cents(own),
                spans=own,
            )
        )
    return tuple(lines)
