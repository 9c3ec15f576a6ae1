"""What the desk has on record of one customer and period, as the extract on paper prints it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from laverma_desk.domain.agreement import Agreement
from laverma_desk.domain.company import Company
from laverma_desk.domain.support_session import SupportSession


@dataclass(frozen=True)
class AgreementRecord:
    """One agreement with the name and SHA-256 of its signed file ("" where none is stored).

    `end_reason` is what was written down when it was ended before its time.
    """

    agreement: Agreement
    file_name: str = ""
    sha256: str = ""
    end_reason: str = ""


@dataclass(frozen=True)
class Delivery:
    """A report on its way to the customer: to whom, when (UTC), under which Message-ID.

    `accepted`: our mail server took it. Otherwise the connection broke and nobody knows.
    """

    recipient: str
    at: datetime
    message_id: str
    accepted: bool


@dataclass(frozen=True)
class RecordedChange:
    """One line of a session's log: who changed which field when (UTC), from what to what, and why."""

    at: datetime
    who: str
    field: str
    old: str
    new: str
    reason: str = ""


@dataclass(frozen=True)
class SessionRecord:
    """One ended session with all that hangs on it. `covered`: an agreement counted on its first day."""

    session: SupportSession
    covered: bool
    deliveries: tuple[Delivery, ...] = ()
    changes: tuple[RecordedChange, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """The head of the extract; its sessions follow one by one, because there may be very many.

    The period is inclusive, days of the house's calendar. `seconds` is the running time of all sessions.
    `made_by` may be empty.
    """

    language: str
    company: Company
    customer_number: str
    customer_name: str
    customer_address: str
    first: date
    last: date
    sessions: int
    seconds: int
    agreements: tuple[AgreementRecord, ...]
    made_by: str
    created_at: datetime
