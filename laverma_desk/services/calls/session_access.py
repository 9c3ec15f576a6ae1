"""What services ask of a session in their own transaction: find it, pass the gate, number it, freeze it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from laverma_desk.domain.agreement import agreement_status
from laverma_desk.domain.clock import local, local_day
from laverma_desk.domain.customer import Customer, Workstation
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.money import charge
from laverma_desk.domain.support_session import (
    AgreementException,
    GapDecision,
    GapKind,
    Segment,
    SessionState,
    SupportSession,
    counted_seconds,
)
from laverma_desk.domain.tariff import Tariff
from laverma_desk.services.customers.tariffs import tariff_of
from laverma_desk.storage import agreements, customers, gaps, numbers, sessions
from laverma_desk.storage.database import Connection
from laverma_desk.storage.session_notes import KeptNotes


def place_on(connection: Connection, workstation_id: int) -> tuple[Workstation, Customer]:
    """Return a workstation and its customer.

    What belonged to a record that was merged into another is its namesake there. Raises RuleBroken
    WORKSTATION_UNKNOWN, CUSTOMER_RESTRICTED.
    """
    place = customers.find_workstation(connection, workstation_id)
    if place is not None:
        place = _today(connection, place)
    customer = customers.find(connection, place.customer_id) if place else None
    if place is None or customer is None:
        raise RuleBroken(Rule.WORKSTATION_UNKNOWN)
    if customer.restricted_at is not None:
        raise RuleBroken(Rule.CUSTOMER_RESTRICTED)
    return place, customer


def _today(connection: Connection, place: Workstation) -> Workstation:
    """Return the machine that goes on for one, itself unless its record was merged into another."""
    head = customers.survivor(connection, place.customer_id)
    if head == place.customer_id:
        return place
    namesakes = customers.workstations_of(connection, head)
    return next((one for one in namesakes if one.name.casefold() == place.name.casefold()), place)


def pass_gate(
    connection: Connection, customer_id: int, begin: datetime, reason: str | None, by: str
) -> AgreementException | None:
    """Return the exception that a session needs, None where an agreement counts on the day of its start.

    Raises RuleBroken AGREEMENT_MISSING, EXCEPTION_NOT_ALLOWED, EXCEPTION_WITHOUT_REASON,
    EXCEPTION_WITHOUT_NAME.
    """
    status = agreement_status(agreements.agreements_of(connection, customer_id), local_day(begin))
    if status.allows_session:
        return None
    if reason is None:
        raise RuleBroken(Rule.AGREEMENT_MISSING, state=status.state, until=status.until)
    if not status.allows_exception:
        raise RuleBroken(Rule.EXCEPTION_NOT_ALLOWED)
    if not reason.strip():
        raise RuleBroken(Rule.EXCEPTION_WITHOUT_REASON, field="reason")
    if not by.strip():
        raise RuleBroken(Rule.EXCEPTION_WITHOUT_NAME, field="decided_by")
    return AgreementException(reason.strip(), by.strip(), begin)


def next_session_number(connection: Connection, begin: datetime) -> str:
    """Take the next readable number: S-, the year of the start, counted in the order of recording."""
    year = local(begin).year
    return session_number(year, numbers.take(connection, numbers.SESSIONS, year))


def session_number(year: int, count: int) -> str:
    """Return a readable number, S-2022-0214."""
    return f"S-{year}-{count:04}"


def session_on(connection: Connection, session_id: int) -> SupportSession:
    """Return a session. Raises RuleBroken SESSION_UNKNOWN."""
    found = sessions.find(connection, session_id)
    if found is None:
        raise RuleBroken(Rule.SESSION_UNKNOWN, number=session_id)
    return found


def open_on(connection: Connection, session_id: int) -> SupportSession:
    """Return a session that has not ended. Raises RuleBroken SESSION_UNKNOWN, SESSION_ENDED."""
    found = session_on(connection, session_id)
    if found.state is SessionState.ENDED:
        raise RuleBroken(Rule.SESSION_ENDED, number=found.number)
    return found


def refuse_billed(found: SupportSession | KeptNotes) -> None:
    """Raise RuleBroken SESSION_BILLED, naming the invoice, where one bills the session: it stays as it is."""
    if found.invoice_number is not None:
        raise RuleBroken(Rule.SESSION_BILLED, number=found.number, invoice=found.invoice_number)


def refuse_not_possible(found: SupportSession) -> None:
    """Raise RuleBroken SESSION_NOT_POSSIBLE where support did not take place: nothing of it is billed."""
    if found.not_possible is not None:
        raise RuleBroken(Rule.SESSION_NOT_POSSIBLE, number=found.number)


def refuse_restricted(connection: Connection, customer_id: int) -> None:
    """Raise RuleBroken CUSTOMER_RESTRICTED where data protection has locked a practice."""
    customer = customers.find(connection, customers.survivor(connection, customer_id))
    if customer is not None and customer.restricted_at is not None:
        raise RuleBroken(Rule.CUSTOMER_RESTRICTED)


def refuse_open(found: SupportSession) -> None:
    """Raise RuleBroken SESSION_NOT_ENDED where a session runs or pauses."""
    if found.state is not SessionState.ENDED:
        raise RuleBroken(Rule.SESSION_NOT_ENDED, number=found.number)


def go_on(connection: Connection, found: SupportSession, now: datetime) -> None:
    """Let the time of a session that stands still run again from now on."""
    last = found.segments[-1]
    sessions.replace_segments(connection, found.id, [*found.segments, Segment(now)])
    sessions.update_session(connection, found.id, state=SessionState.RUNNING.value)
    if last.end is not None and now < last.end:
        # Set back while nothing ran: nobody is asked, but the same wall time comes twice from here on, and
        # a later gap must be found under its own clock.
        seam = gaps.add_gap(connection, found.id, GapKind.CLOCK_BACK, last.end, now)
        gaps.decide_gap(connection, seam, GapDecision.KEEP)


def stop(connection: Connection, found: SupportSession, now: datetime) -> None:
    """Close the segment that still runs; what stands still stays as it is."""
    if found.state is SessionState.RUNNING:
        last = found.segments[-1]
        # Where the wall clock was set back behind the start, the end must not come before the beginning.
        closed = replace(last, end=max(now, last.begin))
        sessions.replace_segments(connection, found.id, [*found.segments[:-1], closed])


def freeze(
    connection: Connection, session_id: int, *, report_open: bool, tariff: Tariff | None = None
) -> None:
    """End a session whose last segment is closed: names, the tariff of its first day, what it costs.

    A tariff that was frozen before stays, whatever the house has changed since; `tariff` goes before both.
    An attempt that was not possible costs nothing.
    """
    found = session_on(connection, session_id)
    tariff = tariff or found.tariff or tariff_of(connection, found.customer_id, found.begin)
    cost = charge(counted_seconds(found, found.end or found.begin), tariff)
    sessions.update_session(
        connection,
        session_id,
        state=SessionState.ENDED.value,
        report_open=report_open,
        customer_name=found.customer_name,
        workstation_name=found.workstation_name,
        supporter_name=found.supporter_name,
        **sessions.frozen_values(tariff, cost),
    )
