"""What an audit reads of each table: instants in UTC, money in cents, rates in percent."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple


class AuditedCustomer(NamedTuple):
    """A record as it is today; `merged_into` is the number of the one that goes on for it."""

    number: str
    name: str
    street: str
    postcode: str
    city: str
    country: str
    vat_id: str
    debtor_account: int | None
    merged_into: str | None
    created_at: datetime
    restricted_at: datetime | None
    erased_at: datetime | None


class AuditedInvoice(NamedTuple):
    """An issued document. `within`: issued in the period; `place` counts all documents in their chain."""

    number: str
    within: bool
    place: int
    kind: str
    issued_on: date
    issued_at: datetime
    customer_number: str
    customer_name: str
    first: date
    last: date
    due_on: date | None
    net_cents: int
    vat_cents: int
    gross_cents: int
    cancels: str | None
    reason: str
    supporter_name: str
    format: str
    record: str
    record_sha256: str
    pdf_sha256: str
    xml_sha256: str
    chain_sha256: str
    erased_at: datetime | None


class AuditedVat(NamedTuple):
    """All lines of a document that are taxed alike: their net sum."""

    number: str
    category: str
    rate: Decimal
    net_cents: int


class AuditedLine(NamedTuple):
    """A line of a document; `price_cents` buys `base` units. `session_number` None: no session is billed."""

    number: str
    position: int
    kind: str
    session_number: str | None
    day: date
    text: str
    quantity: str
    unit: str
    price_cents: int
    base: int
    net_cents: int
    category: str
    rate: Decimal


class AuditedPayment(NamedTuple):
    """Money for an invoice; `takes_back_id` is the entry that this one makes undone."""

    id: int
    number: str
    paid_on: date
    cents: int
    note: str
    who: str
    created_at: datetime
    takes_back_id: int | None


class AuditedSession(NamedTuple):
    """A session; what is frozen at its end is None where it runs again."""

    number: str
    within: bool
    customer_number: str
    customer_name: str | None
    workstation_name: str | None
    day: date
    begin: datetime
    end: datetime | None
    seconds: int | None
    billed_seconds: int | None
    price_cents: int | None
    rounding: str | None
    net_cents: int | None
    vat_rate: Decimal | None
    billable: bool
    free_reason: str | None
    not_possible: str
    supporter_name: str | None
    invoice_number: str | None
    origin: str
    created_at: datetime


class AuditedChange(NamedTuple):
    """A line of a log. `session_number` None: of a customer's record, both None: of the house's settings.

    The field of a setting is "section.field", and `subject` whose it is.
    """

    id: int
    session_number: str | None
    customer_number: str | None
    at: datetime
    who: str
    field: str
    old: str
    new: str
    reason: str
    subject: str = ""


class AuditedReminder(NamedTuple):
    """A letter about open invoices."""

    number: str
    customer_number: str
    level: int
    issued_on: date
    counted_until: date
    due_on: date
    open_cents: int
    fee_cents: int
    interest_cents: int
    created_at: datetime


class AuditedReminderLine(NamedTuple):
    """An invoice that a letter names, with what was open of it."""

    number: str
    invoice_number: str
    open_cents: int


class AuditedRate(NamedTuple):
    """The general rate of VAT from a day on."""

    valid_from: date
    rate: Decimal


class AuditedRange(NamedTuple):
    """How far a range of numbers has come; year 0 counts through all years."""

    kind: str
    year: int
    last: int
