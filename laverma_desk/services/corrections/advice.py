"""What a form says while it is filled in: how long, how much, what else ran then, what is still owed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from laverma_desk.domain.agreement import AgreementStatus, agreement_status
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.late_session import needs_agreement_reason
from laverma_desk.domain.money import Charge, charge
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.domain.tariff import tariff_on
from laverma_desk.services.calls.session_access import place_on, session_on
from laverma_desk.services.corrections.correcting import corrected
from laverma_desk.services.corrections.entry import LONGEST, entry_of
from laverma_desk.services.customers.tariffs import tariff_of
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage import agreements
from laverma_desk.storage import overlaps as stored
from laverma_desk.storage.database import Connection


@dataclass(frozen=True)
class Times:
    """What is typed so far: begin and end are instants (UTC), machine and supporter None while open.

    `took_place` False: an attempt stays one.
    """

    begin: datetime
    end: datetime
    workstation_id: int | None = None
    supporter_id: int | None = None
    took_place: bool = True


@dataclass(frozen=True)
class Advice:
    """What follows from the times typed. None of it forbids anything.

    `seconds` and `charge` as they would be stored; `too_long`: more than 24 hours, which is asked about;
    `agreement` is the state on the day of the start, None without a machine; `owes_reason`: report and
    invoice would wait for a reason.
    """

    seconds: int
    charge: Charge
    too_long: bool
    overlaps: tuple[SupportSession, ...]
    agreement: AgreementStatus | None
    owes_reason: bool


def advise(desk: Desk, times: Times, correcting: int | None = None) -> Advice:
    """Return what would follow; `correcting` is the session that is changed, None for a new one.

    Expects begin before end, for an attempt not behind it. Raises RuleBroken SESSION_UNKNOWN,
    WORKSTATION_UNKNOWN.
    """
    with desk.database.read() as connection:
        if correcting is None:
            cost, status, owed = _of_new(connection, times)
        else:
            cost, status, owed = _of_known(connection, times, session_on(connection, correcting))
        meanwhile: list[SupportSession] = []
        if times.supporter_id is not None:
            meanwhile = stored.overlapping(
                connection,
                times.supporter_id,
                times.begin,
                times.end,
                now=desk.clock.now(),
                except_id=correcting,
            )
    return Advice(cost.seconds, cost, times.end - times.begin > LONGEST, tuple(meanwhile), status, owed)


def _of_new(connection: Connection, times: Times) -> tuple[Charge, AgreementStatus | None, bool]:
    whole = (times.end - times.begin) // timedelta(seconds=1)
    day = local_day(times.begin)
    if times.workstation_id is None:
        house = house_on(connection)
        return charge(whole, tariff_on(day, house.tariffs, vat=house.vat_rates)), None, False
    _place, customer = place_on(connection, times.workstation_id)
    status = agreement_status(agreements.agreements_of(connection, customer.id), day)
    cost = charge(whole, tariff_of(connection, customer.id, times.begin))
    return cost, status, not status.allows_session


def _of_known(
    connection: Connection, times: Times, found: SupportSession
) -> tuple[Charge, AgreementStatus | None, bool]:
    place = times.workstation_id or found.workstation_id
    entry = replace(entry_of(found), begin=times.begin, end=times.end, workstation_id=place)
    if times.took_place:
        entry = replace(entry, not_possible=None)
    after, cost = corrected(connection, found, entry)
    known = agreements.agreements_of(connection, after.customer_id)
    status = agreement_status(known, local_day(times.begin))
    return cost, status, needs_agreement_reason(after, known)
