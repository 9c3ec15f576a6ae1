"""What stands in the small form, as typed."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from laverma_desk.ui.widgets.badge import Tone

FIELDS = ("name", "city", "phone", "email_report", "workstation", "partner_id")
PRACTICE_FIELDS = FIELDS[:4]


class TypedAgreement(NamedTuple):
    """The lower part: the agreement's last day, or an exception. `wrong_day`: what is typed is no day."""

    signed: bool
    until: date | None
    wrong_day: bool
    open_ended: bool
    reason: str
    decided_by: str


class TypedCustomer(NamedTuple):
    """All that the form holds; `partner_id` is digits."""

    name: str
    city: str
    phone: str
    email_report: str
    workstation: str
    partner_id: str
    agreement: TypedAgreement


class KnownPractice(NamedTuple):
    """A practice that the form adds a machine to, as shown; `gate_open`: its agreement is valid."""

    name: str
    city: str
    phone: str
    email_report: str
    badge: str
    tone: Tone
    gate_open: bool
    exception_allowed: bool
