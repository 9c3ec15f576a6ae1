"""Whose agreement ends or is missing: every customer at a glance, the most urgent first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from laverma_desk.domain.agreement import Agreement, AgreementState, AgreementStatus, agreement_status
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.message import MessageState
from laverma_desk.services.agreements.template import template_on
from laverma_desk.services.desk import Desk
from laverma_desk.storage import agreements
from laverma_desk.storage.agreement_overview import latest_templates, practices

_URGENCY = {
    AgreementState.EXPIRED: 0,
    AgreementState.MISSING: 1,
    AgreementState.EXPIRING: 2,
    AgreementState.ENDED: 3,
}


@dataclass(frozen=True)
class ExpiryRow:
    """A customer who lacks a valid agreement or will soon; `recipient` is where the template would go.

    `template_at` (UTC) and `template_state` are those of the latest template mail, None where none was sent.
    """

    customer_id: int
    number: str
    name: str
    city: str
    status: AgreementStatus
    recipient: str
    template_at: datetime | None = None
    template_state: MessageState | None = None


@dataclass(frozen=True)
class ExpiryList:
    """Who needs an agreement, the most urgent first; `template_name` "" where the house has no template."""

    rows: tuple[ExpiryRow, ...]
    template_name: str


def expiring(desk: Desk) -> ExpiryList:
    """Return all customers whose agreement expires within its reminder days, or who lack one.

    Expired ones come first (those just expired before those long ago), then missing ones, then those
    that expire (the nearest day first), then those that the customer ended. Archived customers are left out.
    """
    now = desk.clock.now()
    today = local_day(now)
    with desk.database.read() as connection:
        everyone = practices(connection)
        mails = latest_templates(connection)
        template = template_on(connection).file
        by_customer: dict[int, list[Agreement]] = defaultdict(list)
        for one in agreements.every_agreement(connection):
            by_customer[one.customer_id].append(one)
    rows = []
    for practice in everyone:
        status = agreement_status(by_customer[practice.id], today)
        if status.state is AgreementState.VALID:
            continue
        mail = mails.get(practice.id)
        rows.append(
            ExpiryRow(
                customer_id=practice.id,
                number=practice.number,
                name=practice.name,
                city=practice.city,
                status=status,
                recipient=practice.signer_email or practice.email,
                template_at=mail.queued_at if mail else None,
                template_state=mail.state if mail else None,
            )
        )
    rows.sort(key=lambda row: _urgency(row, today))
    return ExpiryList(tuple(rows), template.name if template else "")


def _urgency(row: ExpiryRow, today: date) -> tuple[int, int]:
    until = row.status.until
    # How far the day lies away counts, before today as after it. Rows without one keep the order of names.
    return _URGENCY[row.status.state], abs((until - today).days) if until else 0
