"""Visits at the customer's: proposed from what the desk knows, written for a calendar."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from laverma_desk import text
from laverma_desk.domain.appointment import Appointment, proposed_begin
from laverma_desk.domain.customer import Contact, Customer
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.i18n import current
from laverma_desk.services import checks
from laverma_desk.services.calls.session_access import session_on
from laverma_desk.services.desk import Desk
from laverma_desk.services.files import save_file
from laverma_desk.services.setup.house import read_house
from laverma_desk.storage import customers
from laverma_desk.storage.database import Connection

REASON_LIMIT = 2000
LONGEST_MINUTES = 24 * 60


def proposed_visit(
    desk: Desk, customer_id: int, *, workstation_id: int | None = None, session_id: int | None = None
) -> Appointment:
    """Return a visit at nine o'clock on the next working day, for an hour, with all that is known.

    A session that was not possible gives the reason; its notes follow. Raises RuleBroken CUSTOMER_UNKNOWN,
    CUSTOMER_RESTRICTED, SESSION_UNKNOWN.
    """
    with desk.database.read() as connection:
        head = customers.survivor(connection, customer_id)
        customer = customers.find(connection, head)
        if customer is None:
            raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number=customer_id)
        if customer.restricted_at is not None:
            raise RuleBroken(Rule.CUSTOMER_RESTRICTED)
        people = customers.contacts_of(connection, head)
        session = session_on(connection, session_id) if session_id is not None else None
        machine = _machine(connection, workstation_id, session)
    asked = session.requested_by if session else ""
    contact = next((one for one in people if one.name == asked), people[0] if people else None)
    return Appointment(
        uid=f"{uuid4()}@laverma-desk",
        customer_number=customer.number,
        customer_name=customer.name,
        workstation_name=machine,
        contact=asked or (contact.name if contact else ""),
        place=address_line(customer),
        phone=_phone(customer, contact),
        reason=_reason(session),
        begin=proposed_begin(desk.clock.now()),
    )


def _machine(connection: Connection, workstation_id: int | None, session: SupportSession | None) -> str:
    if session is not None:
        return session.workstation_name
    place = customers.find_workstation(connection, workstation_id) if workstation_id is not None else None
    return place.name if place else ""


def _phone(customer: Customer, contact: Contact | None) -> str:
    return customer.phone or (contact.phone or contact.mobile if contact else "")


def _reason(session: SupportSession | None) -> str:
    if session is None:
        return ""
    why = text.not_possible(session.not_possible) if session.not_possible else ""
    return "\n".join(part for part in (why[:1].upper() + why[1:], session.notes.strip()) if part)


def address_line(customer: Customer) -> str:
    """Return where a customer is in one line, as a calendar and a map take it."""
    town = " ".join(part for part in (customer.postcode, customer.city) if part)
    abroad = "" if customer.country == "DE" else text.country(customer.country)
    return ", ".join(part for part in (customer.street, town, abroad) if part)


def checked_visit(desk: Desk, typed: Appointment) -> Appointment:
    """Return a visit as it is written.

    Raises RuleBroken at its field: START_IN_PAST, DURATION_INVALID, TEXT_TOO_LONG.
    """
    if typed.begin <= desk.clock.now():
        raise RuleBroken(Rule.START_IN_PAST, field="begin")
    if not 0 < typed.minutes <= LONGEST_MINUTES:
        raise RuleBroken(Rule.DURATION_INVALID, field="minutes", value=str(typed.minutes))
    return replace(
        typed,
        place=checks.one_line(typed.place, "place"),
        contact=checks.one_line(typed.contact, "contact"),
        phone=checks.one_line(typed.phone, "phone"),
        reason=checks.several_lines(typed.reason, "reason", REASON_LIMIT),
    )


def write_visit(desk: Desk, one: Appointment, target: Path) -> Path:
    """Write a visit into a calendar file, complete or not at all, and return the file.

    Raises RuleBroken FILE_IS_THE_DESK and what `checked_visit` raises, OutsideTrouble FILE_UNWRITABLE,
    DISK_FULL.
    """
    from laverma_desk.services.exporting.appointment_file import calendar_file  # noqa: PLC0415 (see there)

    visit = checked_visit(desk, one)
    company = read_house(desk).company
    return save_file(desk, target, calendar_file(visit, company, current(), desk.clock.now()))
