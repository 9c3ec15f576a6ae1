"""How the house works with the desk, as far as the program knows: what its Verfahrensdokumentation says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from laverma_desk.domain.bookkeeping import BookkeepingSettings
from laverma_desk.domain.company import Company, FreeReason, InvoiceSettings
from laverma_desk.domain.customer import Tool
from laverma_desk.domain.mail_account import MailAccount
from laverma_desk.domain.reminder_settings import ReminderSettings
from laverma_desk.domain.setting_change import SettingChange
from laverma_desk.domain.tariff import Tariff
from laverma_desk.domain.vat import VatRate


class Sealed(StrEnum):
    """What the database itself refuses to change, by the name of its table."""

    DOCUMENTS = "document"
    INVOICES = "invoice"
    INVOICE_LINES = "invoice_line"
    PAYMENTS = "payment"
    REMINDERS = "reminder"
    REMINDED_INVOICES = "reminder_invoice"
    SESSIONS = "session"
    SEGMENTS = "segment"
    GAPS = "gap"
    SESSION_CHANGES = "session_change"
    CUSTOMER_CHANGES = "customer_change"
    SETTING_CHANGES = "setting_change"
    AGREEMENTS = "agreement"


@dataclass(frozen=True)
class Seal:
    """Whether everything that keeps a table as it is stands in the file; `missing` are names of triggers."""

    sealed: Sealed
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class NumberRange:
    """How far a range of numbers has come; year 0 counts through all years."""

    kind: str
    year: int
    last: int


@dataclass(frozen=True)
class Holdings:
    """How much the desk holds; `first` and `last` are the days of its sessions."""

    customers: int = 0
    sessions: int = 0
    first: date | None = None
    last: date | None = None
    documents: int = 0
    payments: int = 0
    reminders: int = 0


@dataclass(frozen=True)
class ChainEnd:
    """The newest issued document and the hash that holds all before it."""

    number: str
    issued_on: date
    chain_sha256: str


@dataclass(frozen=True)
class Copies:
    """How the desk is copied. `there` False: the folder cannot be reached; `newest` None: never copied."""

    folder: str
    there: bool = True
    sealed: bool = False
    count: int = 0
    newest: datetime | None = None
    oldest: datetime | None = None


@dataclass(frozen=True)
class ToolPlace:
    """A remote tool and what is started for it on this machine, empty where there is none."""

    tool: Tool
    started: str = ""


@dataclass(frozen=True)
class Machine:
    """Where the program runs, and on which database (`engine`).

    `private`: others of this machine cannot read the desk, None where that is not known.
    """

    system: str
    python: str
    engine: str
    database: str
    log: str
    private: bool | None = None
    keyring: str = ""


@dataclass(frozen=True)
class Procedures:
    """All of it at one moment (UTC). `revision` is the schema's; passwords are no part of anything here.

    `changes` are the newest of those settings on which figures depend, the newest first.
    """

    made_at: datetime
    version: str
    revision: str
    company: Company
    machine: Machine
    supporters: tuple[str, ...]
    tariffs: tuple[Tariff, ...]
    vat_rates: tuple[VatRate, ...]
    free_reasons: tuple[FreeReason, ...]
    invoice: InvoiceSettings
    reminders: ReminderSettings
    bookkeeping: BookkeepingSettings
    mail: MailAccount
    tools: tuple[ToolPlace, ...]
    copies: Copies
    holdings: Holdings
    ranges: tuple[NumberRange, ...]
    seals: tuple[Seal, ...]
    chain: ChainEnd | None = None
    changes: tuple[SettingChange, ...] = ()
