"""The data processing agreement (AVV, Art. 28 GDPR) that a remote session needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

REMINDER_DAYS = 60
"""How many days before its end an agreement is EXPIRING, unless its own record says otherwise."""


class AgreementState(StrEnum):
    """What the gate knows of a customer's agreement on a day."""

    VALID = "valid"
    EXPIRING = "expiring"
    MISSING = "missing"
    EXPIRED = "expired"
    ENDED = "ended"


@dataclass(frozen=True)
class Agreement:
    """One signed agreement. Dates are inclusive; `valid_until` None is open-ended.

    `ended_on` is the day on which somebody cancelled it: valid no more from that day on. `signed_on` is
    the customer's day, `signed_on_house` ours; `secrecy_on` the day of the commitment to secrecy
    (§ 203 Abs. 4 StGB), which is a declaration of its own.
    """

    id: int
    customer_id: int
    valid_from: date
    valid_until: date | None = None
    signed_on: date | None = None
    ended_on: date | None = None
    document_id: int | None = None
    version: str = ""
    signed_by_customer: str = ""
    signed_by_house: str = ""
    signed_on_house: date | None = None
    secrecy_on: date | None = None
    reminder_days: int = REMINDER_DAYS

    @property
    def last_day(self) -> date | None:
        """Return the last day on which it counts, None where it is open-ended."""
        days = [self.valid_until] if self.valid_until else []
        if self.ended_on is not None:
            days.append(self.ended_on - timedelta(days=1))
        return min(days, default=None)

    def in_force(self, day: date) -> bool:
        """Return whether it counts on a day."""
        return self.valid_from <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True)
class AgreementStatus:
    """The state on a day, the last valid day (None: open-ended or none) and the days left."""

    state: AgreementState
    until: date | None = None
    days_left: int | None = None
    agreement: Agreement | None = None

    @property
    def allows_session(self) -> bool:
        """Return whether a session may start without an exception."""
        return self.state in (AgreementState.VALID, AgreementState.EXPIRING)

    @property
    def allows_exception(self) -> bool:
        """Return whether a reasoned exception is offered: not where the agreement was cancelled."""
        return self.state is not AgreementState.ENDED


def agreement_status(agreements: Iterable[Agreement], day: date) -> AgreementStatus:
    """Return what counts on a day; of several agreements in force, the one that lasts longest.

    Where others follow on it without a day between, `until` is the end of the last of them.
    One that expires within its reminder days (60) is EXPIRING. Where none is in force, the most recent one
    says whether the state is ENDED, EXPIRED or, where none has ever begun, MISSING.
    """
    known = list(agreements)
    best = _longest_on(known, day)
    if best is not None:
        last = _end_of_row(known, best)
        if last.last_day is None:
            return AgreementStatus(AgreementState.VALID, agreement=best)
        left = (last.last_day - day).days
        state = AgreementState.EXPIRING if left <= last.reminder_days else AgreementState.VALID
        return AgreementStatus(state, last.last_day, left, best)
    begun = [one for one in known if one.valid_from <= day]
    if not begun:
        return AgreementStatus(AgreementState.MISSING)
    latest = max(begun, key=lambda one: (one.valid_from, one.id))
    if latest.ended_on is not None and latest.ended_on <= day:
        return AgreementStatus(AgreementState.ENDED, latest.ended_on, None, latest)
    return AgreementStatus(AgreementState.EXPIRED, latest.valid_until, None, latest)


def _longest_on(agreements: Iterable[Agreement], day: date) -> Agreement | None:
    """Return the agreement in force on a day that lasts longest."""
    in_force = [one for one in agreements if one.in_force(day)]
    return max(in_force, key=lambda one: (one.last_day or date.max, one.id), default=None)


def _end_of_row(agreements: list[Agreement], first: Agreement) -> Agreement:
    """Return the last of the agreements that follow on one another without a day between."""
    last = first
    while last.last_day is not None and last.last_day < date.max:
        following = _longest_on(agreements, last.last_day + timedelta(days=1))
        if following is None:
            break
        last = following
    return last
