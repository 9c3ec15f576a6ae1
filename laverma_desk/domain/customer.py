"""Who calls: the practice, its people and its machines."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Contact:
    """A person at the practice."""

    id: int
    name: str
    role: str = ""
    salutation: Salutation = Salutation.NONE
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Workstation:
    """A machine at the practice; `partner_id` is digits only or empty."""

    id: int
    customer_id: int
    name: str
    tool: Tool = Tool.TEAMVIEWER
    partner_id: str = ""
    archived: bool = False


@dataclass(frozen=True)
class Customer:
    """A practice. `phone` is E.164 (or as given, where it is no such number), money in cents."""

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
