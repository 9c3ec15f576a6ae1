"""The house itself, its people, and what it has written down once for every call."""

from __future__ import annotations

from dataclasses import dataclass

from laverma_desk.domain.customer import InvoiceFormat


@dataclass(frozen=True)
class Company:
    """Sender of every document. Texts are as typed; `phone` keeps its own spelling (vanity numbers).

    `small_business` is § 19 UStG, `vat_on_receipt` taxation by what was received (§ 20 UStG).
    """

    name: str = ""
    slogan: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "DE"
    phone: str = ""
    email: str = ""
    website: str = ""
    tax_number: str = ""
    vat_id: str = ""
    register: str = ""
    account_holder: str = ""
    iban: str = ""
    bic: str = ""
    bank: str = ""
    small_business: bool = False
    tax_office: str = ""
    vat_on_receipt: bool = False

    @property
    def plain_iban(self) -> str:
        """Return the IBAN without blanks, as machines read it."""
        return "".join(self.iban.split())


@dataclass(frozen=True)
class InvoiceSettings:
    """How invoices are numbered, when they are due, and as what they are sent to whom nothing else is said.

    Each kind has a range of its own; see `domain.document_number`.
    """

    number_format: str = "RE-{year}-{seq:04}"
    cancellation_format: str = "ST-{year}-{seq:04}"
    reminder_format: str = "ZE-{year}-{seq:04}"
    dunning_format: str = "MA-{year}-{seq:04}"
    payment_days: int = 14
    format: InvoiceFormat = InvoiceFormat.PDF


@dataclass(frozen=True)
class RemoteSettings:
    """How what the remote tools wrote down is joined, and from when a session is called long.

    Connections to one machine with a pause under `reconnect_minutes` count as one.
    """

    reconnect_minutes: int = 5
    long_session_hours: int = 2


@dataclass(frozen=True)
class FiguresSettings:
    """What statistics may show of the house's people.

    Working times are data about employees (§ 26 BDSG): with `per_supporter` off nothing is split by person.
    """

    per_supporter: bool = True


@dataclass(frozen=True)
class Supporter:
    """A technician."""

    id: int
    name: str
    email: str = ""
    archived: bool = False


@dataclass(frozen=True)
class Snippet:
    """A phrase for the notes: what the chip says, and what is inserted."""

    id: int
    label: str
    text: str


@dataclass(frozen=True)
class FreeReason:
    """Why a session is not billed.

    `on_invoice`: listed with 0,00 on the invoice, otherwise it stays internal.
    """

    id: int
    name: str
    on_invoice: bool
    archived: bool = False


@dataclass(frozen=True)
class ReportTemplate:
    """The house's own wording around a report: mail subject, mail text, phone guide.

    Placeholders in braces, for example {date}; see `domain.wording.PLACEHOLDERS`.
    """

    subject: str
    body: str
    guide: tuple[str, ...]
    guide_subject: str
    guide_body: str
    download_link: str
