"""What the customer reads after a session: one frozen record for paper, preview and mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from laverma_desk.domain.company import Company
from laverma_desk.domain.customer import Channel, Tool
from laverma_desk.domain.money import Charge
from laverma_desk.domain.not_possible import NotPossible


@dataclass(frozen=True)
class Report:
    """The content of a session report.

    Instants are UTC, `seconds` the duration, `charge` None for a free session, whose reason is then
    in `free_reason`. `names_vat` says that the tax of the charge is asked for, as on the invoice; `rules` are
    sentences about least and free time and about the tax. `agreement_signed_on` is the day of the
    agreement that the session rests on; `exception` says that it took place without one. `created_at` dates
    the document. `not_possible`: support could not take place, and why.
    """

    language: str
    company: Company
    number: str
    customer_name: str
    workstation_name: str
    begin: datetime
    end: datetime
    seconds: int
    supporter_name: str
    requested_by: str
    channel: Channel
    tool: Tool
    partner_id: str
    notes: str
    charge: Charge | None
    free_reason: str
    names_vat: bool
    rules: tuple[str, ...]
    agreement_signed_on: date | None
    exception: bool
    created_at: datetime
    not_possible: NotPossible | None = None
