"""Who calls: the practice, its people and its machines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from laverma_desk.domain.agreement import AgreementStatus


class Salutation(StrEnum):
    """How a letter addresses a person."""

    NONE = ""
    MS = "ms"
    MR = "mr"


class Tool(StrEnum):
    """The remote-support program on a workstation."""

    TEAMVIEWER = "teamviewer"
    ANYDESK = "anydesk"
    RUSTDESK = "rustdesk"
    OTHER = "other"


class Channel(StrEnum):
    """How a session was asked for."""

    PHONE = "phone"
    EMAIL = "email"
    TICKET = "ticket"
    IN_PERSON = "in_person"


class InvoiceFormat(StrEnum):
    """As what a customer gets invoices; HOUSE is whatever the house sends to everybody."""

    HOUSE = ""
    PDF = "pdf"
    ZUGFERD = "zugferd"
    XRECHNUNG = "xrechnung"


@dataclass(frozen=True)
class Contact:
    """A person at the practice; the flags say what they get and whether they sign agreements."""

    id: int
    name: str
    role: str = ""
    salutation: Salutation = Salutation.NONE
    phone: str = ""
    email: str = ""
    mobile: str = ""
    gets_reports: bool = False
    gets_invoices: bool = False
    signs_agreement: bool = False


@dataclass(frozen=True)
class FormerPartnerId:
    """An ID by which a machine was reached until an instant (UTC)."""

    workstation_id: int
    tool: Tool
    partner_id: str
    until: datetime


@dataclass(frozen=True)
class Workstation:
    """A machine at the practice; `partner_id` is digits only or empty, `place` where it stands."""

    id: int
    customer_id: int
    name: str
    tool: Tool = Tool.TEAMVIEWER
    partner_id: str = ""
    archived: bool = False
    place: str = ""


@dataclass(frozen=True)
class Customer:
    """A practice. `phone` is E.164 (or as given, where it is no such number), money in cents.

    A visit costs `on_site_cents` flat, or `on_site_travel_cents` plus `on_site_hourly_cents` an hour.
    `payment_days` None is the house's own. `merged_into` is the record that goes on for this one.
    `restricted_at`: erasure was asked for; what is left is kept because the law needs it (Art. 18 GDPR).
    `debtor_account` is what the bookkeeping knows the practice by, None before it has one.
    """

    id: int
    number: str
    name: str
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "DE"
    phone: str = ""
    email_report: str = ""
    email_invoice: str = ""
    vat_id: str = ""
    leitweg_id: str = ""
    on_site_cents: int | None = None
    archived: bool = False
    software: str = ""
    since: date | None = None
    payment_days: int | None = None
    on_site_km: int | None = None
    on_site_travel_cents: int | None = None
    on_site_hourly_cents: int | None = None
    invoice_format: InvoiceFormat = InvoiceFormat.HOUSE
    electronic_address: str = ""
    language: str = "de"
    merged_into: int | None = None
    restricted_at: datetime | None = None
    erased_at: datetime | None = None
    debtor_account: int | None = None


@dataclass(frozen=True)
class CustomerCard:
    """All that the window shows of a customer during a call."""

    customer: Customer
    contacts: tuple[Contact, ...]
    workstations: tuple[Workstation, ...]
    agreement: AgreementStatus

    @property
    def first_contact(self) -> Contact | None:
        """Return the contact that is named first, if there is one."""
        return self.contacts[0] if self.contacts else None


def partner_id_digits(typed: str) -> str:
    """Return the digits of a partner ID as it is read out or pasted."""
    return "".join(character for character in typed if character in "0123456789")


def is_partner_id(digits: str) -> bool:
    """Return whether digits can be a TeamViewer partner ID: nine or ten of them."""
    return digits.isascii() and digits.isdigit() and len(digits) in (9, 10)
