"""Who is on the phone: cards for the window, new practices in one small form, the last calls."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from laverma_desk.domain.agreement import agreement_status
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import Customer, CustomerCard, Tool, Workstation, is_partner_id
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.folding import digits_of, fold
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.domain.tariff import Tariff
from laverma_desk.services import checks
from laverma_desk.services.alone import seen_alone
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.customers.tariffs import tariff_of
from laverma_desk.services.customers.trace import Difference, differences, log_differences
from laverma_desk.services.desk import Desk
from laverma_desk.storage import agreements, customer_records, customers, sessions, stored_documents
from laverma_desk.storage.agreements import NewAgreement
from laverma_desk.storage.database import Connection

LAST_SESSIONS = 3
MOST_SIMILAR = 3
_SAME_NAME = 88
"""Similarity in percent from which two practice names are shown as perhaps the same."""

_PHONE_DIGITS = 7
"""The last digits that say whether two phone numbers are the same line."""


class CustomerDuringCall(NamedTuple):
    """A customer with what the call needs: the tariff of today, the latest sessions, those that go on."""

    card: CustomerCard
    tariff: Tariff
    last_sessions: tuple[SupportSession, ...]
    exceptions: tuple[SupportSession, ...]
    unfinished: tuple[SupportSession, ...]


@dataclass(frozen=True)
class NewCustomer:
    """What the small form asks for, as typed. An agreement or an exception is for the caller to see to.

    `customer_id` set: the practice exists, only the workstation is new.
    """

    name: str
    city: str
    phone: str
    email_report: str
    workstation: str
    partner_id: str
    agreement_until: date | None = None
    has_agreement: bool = False
    agreement_file: str = ""
    agreement_content: bytes = b""
    customer_id: int | None = None


class Place(NamedTuple):
    """A practice and one of its machines, as rows."""

    customer_id: int
    workstation_id: int


@seen_alone
def customer_card(desk: Desk, customer_id: int, *, exceptions: bool = True) -> CustomerDuringCall:
    """Return what the window shows of a customer; of a merged record that is the one it went into.

    Its `exceptions` need a look at each of its sessions: where they are not shown they stay away.
    Raises RuleBroken CUSTOMER_UNKNOWN.
    """
    now = desk.clock.now()
    with desk.database.read() as connection:
        customer_id = customers.survivor(connection, customer_id)
        customer = customers.find(connection, customer_id)
        if customer is None:
            raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number=customer_id)
        return CustomerDuringCall(
            card=CustomerCard(
                customer=customer,
                contacts=customers.contacts_of(connection, customer_id),
                workstations=customers.workstations_of(connection, customer_id),
                agreement=agreement_status(agreements.agreements_of(connection, customer_id), local_day(now)),
            ),
            tariff=tariff_of(connection, customer_id, now),
            last_sessions=tuple(sessions.last_of_customer(connection, customer_id, LAST_SESSIONS)),
            exceptions=tuple(sessions.exceptions_of_customer(connection, customer_id)) if exceptions else (),
            unfinished=tuple(
                one for one in sessions.open_sessions(connection) if one.customer_id == customer_id
            ),
        )


def recent_sessions(desk: Desk) -> list[SupportSession]:
    """Return the last three calls, each workstation once ("Zuletzt"); running ones are left out."""
    with desk.database.read() as connection:
        found = sessions.latest(connection, 3 + 8)
    return [one for one in found if one.end is not None and one.charge is not None][:LAST_SESSIONS]


def check_new_customer(new: NewCustomer) -> NewCustomer:
    """Return the form's values normalised. Raises RuleBroken at the first field that is wrong.

    Practice and phone are needed for a new practice, the workstation's name always.
    """
    if new.customer_id is None:
        checks.required(new.name, "name")
    phone = checks.phone(new.phone, "phone") if new.phone.strip() else ""
    if new.customer_id is None and not phone:
        raise RuleBroken(Rule.TEXT_MISSING, field="phone")
    address = checks.email(new.email_report, "email_report") if new.email_report.strip() else ""
    checks.required(new.workstation, "workstation")
    digits = digits_of(new.partner_id)
    if new.partner_id.strip() and not is_partner_id(digits):
        raise RuleBroken(Rule.PARTNER_ID_INVALID, field="partner_id")
    return replace(
        new,
        name=checks.one_line(new.name, "name"),
        city=checks.one_line(new.city, "city"),
        phone=phone,
        email_report=address,
        workstation=checks.one_line(new.workstation, "workstation"),
        partner_id=digits,
    )


def check_field(field: str, typed: str) -> None:
    """Check one field of the small form as it is left. Raises RuleBroken at the field.

    `field` is the name of a text in `NewCustomer`. An empty one is nothing wrong yet.
    """
    line = checks.one_line(typed, field)
    if not line:
        return
    if field == "phone":
        checks.phone(line, field)
    elif field == "email_report":
        checks.email(line, field)
    elif field == "partner_id" and not is_partner_id(digits_of(line)):
        raise RuleBroken(Rule.PARTNER_ID_INVALID, field=field)


def create_customer(desk: Desk, new: NewCustomer) -> Done[Place]:
    """Write a practice with its first workstation and, where there is one, its agreement; all or nothing.

    Where the practice has a machine of that name, it is that machine; an empty partner ID leaves its
    own. Raises RuleBroken at the field that is wrong, CUSTOMER_UNKNOWN for a practice that is not there.
    """
    checked = check_new_customer(new)
    now = desk.clock.now()
    with desk.database.write() as connection:
        if checked.customer_id is None:
            customer_id = customers.insert_customer(
                connection,
                Customer(
                    id=0,
                    number=customers.next_number(connection),
                    name=checked.name,
                    city=checked.city,
                    phone=checked.phone,
                    email_report=checked.email_report,
                ),
                now,
            )
            log_differences(connection, desk, customer_id, [Difference("created", "", checked.name)])
        else:
            customer_id = checked.customer_id
            if customers.find(connection, customer_id) is None:
                raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number=customer_id)
        workstation_id = _keep_machine(connection, desk, customer_id, checked)
        if checked.has_agreement:
            _add_agreement(connection, customer_id, checked, now)
    return done(Place(customer_id, workstation_id), Topic.CUSTOMERS)


def _keep_machine(connection: Connection, desk: Desk, customer_id: int, new: NewCustomer) -> int:
    folded = fold(new.workstation)
    machines = customer_records.all_workstations(connection, customer_id)
    known = next((one for one in machines if fold(one.name) == folded), None)
    if known is None:
        wanted = Workstation(0, customer_id, new.workstation, Tool.TEAMVIEWER, new.partner_id)
        log_differences(connection, desk, customer_id, [Difference("workstation", "", wanted.name)])
        return customer_records.insert_workstation(connection, wanted)
    changed = replace(known, archived=False)
    if new.partner_id:
        changed = replace(changed, tool=Tool.TEAMVIEWER, partner_id=new.partner_id)
    customer_records.update_workstation(connection, changed, desk.clock.now())
    lines = differences(known, changed, ("tool", "partner_id", "archived"), kind="workstation")
    log_differences(connection, desk, customer_id, lines)
    return known.id


def _add_agreement(connection: Connection, customer_id: int, new: NewCustomer, now: datetime) -> None:
    today = local_day(now)
    if new.agreement_until is not None and new.agreement_until < today:
        raise RuleBroken(Rule.END_BEFORE_START, field="agreement_until")
    document_id = None
    if new.agreement_content:
        document_id = stored_documents.store(
            connection,
            kind="agreement",
            name=new.agreement_file,
            mime_type="application/pdf",
            content=new.agreement_content,
            at=now,
        )
    agreements.add_agreement(
        connection,
        NewAgreement(customer_id, today, new.agreement_until, document_id=document_id),
        now,
    )


def similar_customers(desk: Desk, name: str, phone: str, partner_id: str) -> list[Customer]:
    """Return up to three practices that may be the one being typed, the surest first.

    The owner of the partner ID, then the same phone line, then what is called alike.
    """
    folded, line, digits = fold(name).strip(), digits_of(phone)[-_PHONE_DIGITS:], digits_of(partner_id)
    with desk.database.read() as connection:
        everyone = customers.every_customer(connection)
        machines = customers.every_workstation(connection) if is_partner_id(digits) else []
    owners = {one.customer_id for one in machines if one.partner_id == digits}
    found = [one for one in everyone if one.id in owners]
    if len(line) == _PHONE_DIGITS:
        found += [one for one in everyone if digits_of(one.phone).endswith(line)]
    if len(folded) > 3:
        # Loaded late: the start of the program waits for every library.
        from rapidfuzz import fuzz, process  # noqa: PLC0415

        names = [fold(one.name) for one in everyone]
        alike = process.extract(
            folded, names, scorer=fuzz.token_sort_ratio, score_cutoff=_SAME_NAME, limit=MOST_SIMILAR
        )
        found += [everyone[place] for _name, _score, place in alike]
    return list(dict.fromkeys(found))[:MOST_SIMILAR]
