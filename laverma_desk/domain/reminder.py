"""A payment reminder as it is frozen when it is issued, from the friendly first to the last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from laverma_desk.domain.company import Company
from laverma_desk.domain.interest import InterestSpan
from laverma_desk.domain.invoice import Buyer

FIRST_LEVEL = 1
LAST_LEVEL = 3
LEVELS = (1, 2, 3)
"""1 is a friendly reminder (Zahlungserinnerung), 2 a dunning letter (Mahnung), 3 the last one."""


@dataclass(frozen=True)
class ReminderRow:
    """A letter as a list shows it; money is cents, `fee_cents` with the lump sum."""

    id: int
    number: str
    customer_id: int
    level: int
    issued_on: date
    counted_until: date
    due_on: date
    open_cents: int
    fee_cents: int
    interest_cents: int
    pdf_id: int


@dataclass(frozen=True)
class ReminderLine:
    """An invoice that is overdue on the day of the letter. Money is cents with VAT.

    `service` says what it was for. `spans` are the days for which interest is asked, none where there are
    none.
    """

    position: int
    number: str
    issued_on: date
    service: str
    due_on: date
    days_overdue: int
    gross_cents: int
    paid_cents: int
    open_cents: int
    interest_cents: int = 0
    spans: tuple[InterestSpan, ...] = ()


@dataclass(frozen=True)
class CountedPayment:
    """What was paid on one day for the invoices of the letter; negative where money went back."""

    paid_on: date
    cents: int


@dataclass(frozen=True)
class ReminderTexts:
    """The sentences on it, filled in, in its language. The first line of `request` stands out."""

    salutation: str
    title: str
    opening: str
    request: str
    closing: str


@dataclass(frozen=True)
class Reminder:
    """Everything that the letter says. `number` is empty in a preview.

    All payments up to `counted_until` are counted, that day included. `open_cents` is the open sum of the
    invoices alone, `lump_cents` the 40 euros of § 288 Abs. 5 BGB where they are asked. `vat`: whether the
    invoices contain VAT.
    """

    number: str
    level: int
    language: str
    issued_on: date
    counted_until: date
    due_on: date
    company: Company
    supporter_name: str
    buyer: Buyer
    lines: tuple[ReminderLine, ...]
    payments: tuple[CountedPayment, ...]
    open_cents: int
    fee_cents: int
    interest_cents: int
    lump_cents: int
    texts: ReminderTexts
    vat: bool = True

    @property
    def gross_cents(self) -> int:
        """Return what the invoices came to."""
        return sum(line.gross_cents for line in self.lines)

    @property
    def total_cents(self) -> int:
        """Return what is to be paid: the open sum and what is asked on top of it."""
        return self.open_cents + self.fee_cents + self.interest_cents + self.lump_cents
