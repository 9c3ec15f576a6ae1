"""Make the one frozen record of an invoice from what the desk holds now; paper and XML follow from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from laverma_desk.domain.customer import Customer
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import Invoice, InvoiceDraft, InvoiceKind, LineKind
from laverma_desk.domain.invoice_sums import summed
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.domain.taxing import category_of
from laverma_desk.services.billing_words import allowances
from laverma_desk.services.invoicing import lines, wording
from laverma_desk.services.invoicing.drafts import DraftWish
from laverma_desk.services.invoicing.terms import (
    AS_DRAFTED,
    IssueTerms,
    buyer_of,
    format_for,
    invoice_contact,
    payment_days,
)
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage import customers, drafts, open_sessions, sessions, vat_rates
from laverma_desk.storage import house as stored
from laverma_desk.storage.database import Connection
from laverma_desk.storage.open_sessions import OpenRow


@dataclass(frozen=True)
class Built:
    """A record with what it came from: the customer's record, the rows that wait, the sessions it bills."""

    invoice: Invoice
    customer: Customer
    rows: tuple[OpenRow, ...]
    sessions: tuple[SupportSession, ...]
    attach_reports: bool


@dataclass(frozen=True)
class _Wanted:
    """What is asked for: a draft, or open sessions that are in none yet."""

    customer_id: int
    until: date
    rows: tuple[OpenRow, ...]
    draft: InvoiceDraft | None = None


def draft_record(connection: Connection, draft_id: int, number: str = "", *, today: date) -> Invoice:
    """Return the record of a draft as one transaction sees it. `today` is the house's day.

    Raises RuleBroken DRAFT_UNKNOWN, INVOICE_DATE_FUTURE, INVOICE_DATE_EARLY at `issued_on`; INVOICE_EMPTY,
    INCLUDED_TOO_MANY, INVOICE_NEGATIVE.
    """
    return build_draft(connection, draft_id, number, today).invoice


def wish_record(
    connection: Connection, wish: DraftWish, until: date, today: date, number: str = ""
) -> Invoice:
    """Return the record that open sessions would become. Raises as `draft_record`.

    `until` is the last day that may be billed. Raises OPEN_SESSIONS_CHANGED where one of them does not wait
    for its invoice (any more).
    """
    return build_wish(connection, wish, until, number, today).invoice


def build_draft(
    connection: Connection, draft_id: int, number: str, today: date, terms: IssueTerms = AS_DRAFTED
) -> Built:
    """Return the record of a draft with what it came from. Raises as `draft_record`."""
    found = drafts.find(connection, draft_id)
    if found is None:
        raise RuleBroken(Rule.DRAFT_UNKNOWN)
    draft = terms.over(found)
    rows = tuple(row for _draft, row in open_sessions.drafted_rows(connection, draft_id))
    return _build(connection, _Wanted(draft.customer_id, draft.until, rows, draft), number, today)


def build_wish(connection: Connection, wish: DraftWish, until: date, number: str, today: date) -> Built:
    """Return the record of open sessions with what it came from. Raises as `wish_record`."""
    family = customers.family(connection, wish.customer_id)
    wanted = set(wish.session_ids)
    rows = tuple(row for row in open_sessions.open_rows(connection, until, family) if row.id in wanted)
    if len(rows) != len(wanted):
        raise RuleBroken(Rule.OPEN_SESSIONS_CHANGED)
    return _build(connection, _Wanted(wish.customer_id, until, rows), number, today)


def _build(connection: Connection, wanted: _Wanted, number: str, today: date) -> Built:
    house = house_on(connection)
    customer = customers.find(connection, customers.survivor(connection, wanted.customer_id))
    if customer is None:
        raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number="")
    found = sessions.several(connection, [row.id for row in wanted.rows])
    reasons = {one.id: one for one in stored.free_reasons(connection)}
    category = category_of(house.company, customer)
    rates = vat_rates.vat_rates(connection)
    items = wanted.draft.items if wanted.draft else ()
    made = [(one, lines.session_line(one, reasons, category, rates)) for one in found]
    listed = lines.in_order(
        [
            *(line for _one, line in made if line is not None),
            *(lines.item_line(item, category, rates) for item in items),
        ]
    )
    lines.check_lines(listed)
    issued_on = _issued_on(wanted.draft, max(line.last for line in listed), today)
    first, last = lines.service_period(listed, min(wanted.until, issued_on))
    days = payment_days(wanted.draft, customer, house)
    contact = invoice_contact(customers.contacts_of(connection, customer.id))
    billed = [line for line in listed if line.kind is LineKind.SESSION]
    roundings = tuple(
        dict.fromkeys(one.charge.rounding for one, line in made if line is not None and one.charge)
    )
    unfinished = Invoice(
        kind=InvoiceKind.INVOICE,
        number=number,
        language=customer.language,
        issued_on=issued_on,
        due_on=issued_on + timedelta(days=days),
        payment_days=days,
        first=first,
        last=last,
        company=house.company,
        supporter_name=house.supporter_name,
        supporter_email=house.supporter.email if house.supporter else "",
        buyer=buyer_of(customer, contact),
        lines=listed,
        groups=(),
        net_cents=0,
        vat_cents=0,
        gross_cents=0,
        minutes=lines.billed_minutes(listed) if billed else 0,
        roundings=roundings,
        texts=wording.NOTHING_SAID,
        format=format_for(wanted.draft, customer, house),
    )
    counted = summed(unfinished)
    if counted.gross_cents == 0:
        counted = replace(counted, due_on=None)
    introduction = wanted.draft.introduction if wanted.draft else ""
    rules = allowances(
        open_sessions.allowances(connection, [one.id for one, line in made if line is not None]),
        customer.language,
    )
    written = wording.written(counted, contact, introduction, rules)
    return Built(
        invoice=written,
        customer=customer,
        rows=wanted.rows,
        sessions=tuple(one for one, line in made if line is not None),
        attach_reports=wanted.draft is not None and wanted.draft.attach_reports,
    )


def _issued_on(draft: InvoiceDraft | None, last: date, today: date) -> date:
    chosen = draft.issued_on if draft is not None and draft.issued_on is not None else today
    check_day(chosen, last, today)
    return chosen


def check_day(issued_on: date, earliest: date, today: date) -> None:
    """Raise RuleBroken at `issued_on`: INVOICE_DATE_FUTURE, INVOICE_DATE_EARLY (with the `earliest` day)."""
    if issued_on > today:
        raise RuleBroken(Rule.INVOICE_DATE_FUTURE, field="issued_on", day=issued_on)
    if issued_on < earliest:
        raise RuleBroken(Rule.INVOICE_DATE_EARLY, field="issued_on", day=issued_on, earliest=earliest)
