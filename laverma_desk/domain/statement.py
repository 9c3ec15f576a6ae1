"""A statement (Aufstellung) of remote sessions for a period: figures without being an invoice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from laverma_desk.domain.company import Company
from laverma_desk.domain.invoice import Buyer, InvoiceLine, VatGroup
from laverma_desk.domain.tariff import Rounding


@dataclass(frozen=True)
class Statement:
    """What a customer had done between two days.

    `invoices` holds, for each line, the invoice's number or nothing. Money is net cents. `allowances` say
    which least and free time was billed with, `notices` what tax law wants to be said, in its language.
    """

    language: str
    company: Company
    buyer: Buyer
    first: date
    last: date
    lines: tuple[InvoiceLine, ...]
    invoices: tuple[str, ...]
    groups: tuple[VatGroup, ...]
    net_cents: int
    vat_cents: int
    gross_cents: int
    minutes: int | None
    roundings: tuple[Rounding, ...]
    allowances: tuple[str, ...]
    notices: tuple[str, ...]
    supporter_name: str
    created_at: datetime
