"""What the forms of a customer's record hold, as typed; checked and made values elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DraftKind(StrEnum):
    """Which form a field belongs to."""

    MASTER = "master"
    CONTACT = "contact"
    WORKSTATION = "workstation"
    TERMS = "terms"
    TARIFF = "tariff"
    INVOICE = "invoice"


class VisitPrice(StrEnum):
    """How a visit is paid: not agreed, flat, or travel plus an hourly rate."""

    NONE = "none"
    FLAT = "flat"
    TRAVEL = "travel"


@dataclass(frozen=True)
class MasterDraft:
    """Name, address and what goes where. An empty number takes the next free one."""

    number: str = ""
    name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    phone: str = ""
    email_report: str = ""
    email_invoice: str = ""
    software: str = ""
    since: str = ""
    language: str = "de"


@dataclass(frozen=True)
class ContactDraft:
    """A person of the practice; `salutation` is "", "ms" or "mr"."""

    name: str = ""
    role: str = ""
    salutation: str = ""
    phone: str = ""
    mobile: str = ""
    email: str = ""
    gets_reports: bool = False
    gets_invoices: bool = False
    signs_agreement: bool = False


@dataclass(frozen=True)
class WorkstationDraft:
    """A machine; `tool` is the value of a `Tool`."""

    name: str = ""
    tool: str = "teamviewer"
    partner_id: str = ""
    place: str = ""


@dataclass(frozen=True)
class OwnTariffDraft:
    """What a customer pays from a day on; an empty price or rounding keeps the house's."""

    valid_from: str = ""
    price: str = ""
    rounding: str = ""


@dataclass(frozen=True)
class TermsDraft:
    """Own tariffs, the price of a visit, the days to pay (empty: the house's), and the debtor's account."""

    tariffs: tuple[OwnTariffDraft, ...] = ()
    visit: str = VisitPrice.NONE.value
    flat: str = ""
    travel: str = ""
    hourly: str = ""
    km: str = ""
    payment_days: str = ""
    debtor_account: str = ""


@dataclass(frozen=True)
class InvoiceDataDraft:
    """What an electronic invoice needs to know."""

    invoice_format: str = ""
    vat_id: str = ""
    leitweg_id: str = ""
    electronic_address: str = ""
