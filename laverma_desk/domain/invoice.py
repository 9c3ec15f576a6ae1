"""An invoice as it is frozen when it is issued: one record from which paper and XML are made."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from laverma_desk.domain.company import Company
from laverma_desk.domain.customer import InvoiceFormat, Salutation
from laverma_desk.domain.tariff import Rounding


class InvoiceKind(StrEnum):
    """What an issued document is. A cancellation (Stornorechnung) is never called a credit note."""

    INVOICE = "invoice"
    CANCELLATION = "cancellation"


class LineKind(StrEnum):
    """What a line bills."""

    SESSION = "session"
    TRAVEL = "travel"
    VISIT = "visit"
    FLAT = "flat"
    INCLUDED_MINUTES = "included_minutes"
    OTHER = "other"


class Unit(StrEnum):
    """In what a line counts, as UN/ECE Recommendation 20 codes it."""

    MINUTE = "MIN"
    SECOND = "SEC"
    HOUR = "HUR"
    DAY = "DAY"
    KILOMETRE = "KMT"
    PIECE = "C62"
    LUMP_SUM = "LS"


class VatCategory(StrEnum):
    """How a line is taxed, as UNTDID 5305 codes it.

    EXEMPT is the small business of § 19 UStG, REVERSE_CHARGE the recipient's duty (§ 13b UStG). OUTSIDE is
    not taxable in Germany (§ 3a UStG): papers name no VAT then, and no invoice is issued.
    """

    STANDARD = "S"
    EXEMPT = "E"
    REVERSE_CHARGE = "AE"
    OUTSIDE = "O"


@dataclass(frozen=True)
class Buyer:
    """Who gets the invoice, as the customer's record said when it was issued.

    `contact` is a person's name, for "z. Hd."; `country` a two-letter code.
    """

    number: str
    name: str
    contact: str = ""
    salutation: Salutation = Salutation.NONE
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "DE"
    vat_id: str = ""
    leitweg_id: str = ""
    electronic_address: str = ""
    email: str = ""


@dataclass(frozen=True)
class InvoiceLine:
    """One line. Money is net cents; `price_cents` buys `base` units (60 for a price per minute in seconds).

    `first` and `last` are the days of the service. A session brings its start (UTC), place, supporter,
    duration in seconds and number; `free_reason` says why it costs nothing.
    """

    position: int
    kind: LineKind
    text: str
    first: date
    last: date
    quantity: Decimal
    unit: Unit
    price_cents: int
    base: int
    net_cents: int
    vat_category: VatCategory
    vat_rate: Decimal
    begin: datetime | None = None
    seconds: int | None = None
    place: str = ""
    supporter: str = ""
    session_number: str = ""
    free_reason: str = ""


@dataclass(frozen=True)
class VatGroup:
    """All lines of one rate: their sum, and the VAT on it, rounded once."""

    category: VatCategory
    rate: Decimal
    net_cents: int
    vat_cents: int


@dataclass(frozen=True)
class Reference:
    """Number and date of another document."""

    number: str
    issued_on: date


@dataclass(frozen=True)
class InvoiceTexts:
    """The sentences on it, in its language. `rounding` has one for each rule, `notices` those of tax law."""

    salutation: str = ""
    introduction: str = ""
    terms: str = ""
    rounding: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    closing: str = ""


@dataclass(frozen=True)
class Invoice:
    """Everything that an invoice says. `number` is empty in a preview.

    `first` and `last` enclose the days of all lines: these days, or the calendar month in which they all lie
    (§ 31 Abs. 4 UStDV). `format` is PDF, ZUGFERD or XRECHNUNG, never HOUSE.
    `minutes` are the billed ones of its sessions, free ones left out, None where one is billed by seconds.
    `cancels` and `reason` belong to a cancellation.
    """

    kind: InvoiceKind
    number: str
    language: str
    issued_on: date
    due_on: date | None
    payment_days: int
    first: date
    last: date
    company: Company
    supporter_name: str
    supporter_email: str
    buyer: Buyer
    lines: tuple[InvoiceLine, ...]
    groups: tuple[VatGroup, ...]
    net_cents: int
    vat_cents: int
    gross_cents: int
    minutes: int | None
    roundings: tuple[Rounding, ...]
    texts: InvoiceTexts
    format: InvoiceFormat = InvoiceFormat.PDF
    cancels: Reference | None = None
    reason: str = ""


@dataclass(frozen=True)
class DraftItem:
    """A line of a draft that is no session. `vat_rate` None is the rate of its day.

    Included minutes of a contract have a negative quantity.
    """

    id: int
    kind: LineKind
    day: date
    text: str
    quantity: Decimal
    unit: Unit
    price_cents: int
    vat_rate: Decimal | None = None


@dataclass(frozen=True)
class InvoiceDraft:
    """What is to become an invoice; it has no number.

    `issued_on` None is the day of issuing, `payment_days` None the customer's, `format` HOUSE the customer's.
    `version` counts every change, of its sessions and items too.
    """

    id: int
    customer_id: int
    until: date
    created_at: datetime
    issued_on: date | None = None
    payment_days: int | None = None
    introduction: str = ""
    format: InvoiceFormat = InvoiceFormat.HOUSE
    attach_reports: bool = False
    session_ids: tuple[int, ...] = ()
    items: tuple[DraftItem, ...] = ()
    version: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Payment:
    """Money that came in for an invoice; negative where an entry is taken back or money went back.

    `takes_back` is the entry that this one makes undone.
    """

    id: int
    invoice_id: int
    paid_on: date
    cents: int
    note: str
    who: str
    created_at: datetime
    takes_back: int | None = None


def numbered(invoice: Invoice, number: str) -> Invoice:
    """Return the invoice with its number."""
    return replace(invoice, number=number)
