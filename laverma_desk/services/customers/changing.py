"""Make, change, archive and, while nothing hangs on it, delete a customer's record."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

from laverma_desk import text
from laverma_desk.domain.customer import Contact, Customer, InvoiceFormat
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.tariff import CustomerTariff, Rounding
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.customers.debtor_account import FIELD, put_debtor_account
from laverma_desk.services.customers.fields import check_field, country_code
from laverma_desk.services.customers.forms import (
    ContactDraft,
    DraftKind,
    InvoiceDataDraft,
    MasterDraft,
    OwnTariffDraft,
    TermsDraft,
    VisitPrice,
    WorkstationDraft,
)
from laverma_desk.services.customers.people import checked_contact
from laverma_desk.services.customers.places import checked_workstation
from laverma_desk.services.customers.trace import (
    Difference,
    differences,
    editable_on,
    log_differences,
    tariff_differences,
)
from laverma_desk.services.desk import Desk
from laverma_desk.storage import customer_records, customers
from laverma_desk.storage.database import Connection

_MASTER = tuple(one.name for one in fields(MasterDraft))
_INVOICE = tuple(one.name for one in fields(InvoiceDataDraft))
_TERMS = ("on_site_cents", "on_site_travel_cents", "on_site_hourly_cents", "on_site_km", "payment_days")


def create_record(
    desk: Desk,
    draft: MasterDraft,
    contact: ContactDraft | None = None,
    workstation: WorkstationDraft | None = None,
) -> Done[Customer]:
    """Write a new customer with a first person and machine, where they are given; all or nothing.

    Raises RuleBroken at the first field that is wrong; fields of the person are called "contact.name",
    those of the machine "workstation.name" and so on.
    """
    values = _checked_master(draft)
    person = _named("contact", lambda: checked_contact(contact)) if contact is not None else None
    machine = (
        _named("workstation", lambda: checked_workstation(workstation)) if workstation is not None else None
    )
    with desk.database.write() as connection:
        number = str(values["number"]) or customers.next_number(connection)
        _check_number_free(connection, number, 0)
        new = Customer(id=0, **values | {"number": number})
        customer_id = customers.insert_customer(connection, new, desk.clock.now())
        found = [Difference("created", "", new.name)]
        if isinstance(person, Contact):
            customer_records.insert_contact(connection, customer_id, person)
            found.append(Difference("contact", "", person.name))
        if machine is not None:
            customer_records.insert_workstation(connection, replace(machine, customer_id=customer_id))
            found.append(Difference("workstation", "", machine.name))
        log_differences(connection, desk, customer_id, found)
        return done(editable_on(connection, customer_id), Topic.CUSTOMERS)


def _named(kind: str, check: Any) -> Any:
    try:
        return check()
    except RuleBroken as error:
        raise RuleBroken(error.code, field=f"{kind}.{error.field}", **error.parameters) from error


def save_master(
    desk: Desk, customer_id: int, draft: MasterDraft, *, version: int | None = None
) -> Done[Customer]:
    """Keep name, address, and what goes where; `version` is the one that an editor showed.

    Raises RuleBroken at the first field that is wrong, RECORD_CHANGED.
    """
    values = _checked_master(draft)
    with desk.database.write() as connection:
        before = editable_on(connection, customer_id, version)
        values["number"] = values["number"] or before.number
        _check_number_free(connection, str(values["number"]), customer_id)
        after = replace(before, **values)
        return _keep(connection, desk, before, after, _MASTER)


def save_invoice_data(
    desk: Desk, customer_id: int, draft: InvoiceDataDraft, *, version: int | None = None
) -> Done[Customer]:
    """Keep what electronic invoices need.

    Raises RuleBroken at the first field that is wrong, RECORD_CHANGED.
    """
    values: dict[str, Any] = {
        name: check_field(DraftKind.INVOICE, name, typed) for name, typed in asdict(draft).items()
    }
    values["invoice_format"] = InvoiceFormat(str(values["invoice_format"]))
    with desk.database.write() as connection:
        before = editable_on(connection, customer_id, version)
        return _keep(connection, desk, before, replace(before, **values), _INVOICE)


def save_terms(
    desk: Desk, customer_id: int, draft: TermsDraft, *, version: int | None = None
) -> Done[Customer]:
    """Keep own tariffs, the price of a visit, the days to pay and the debtor's account, as one.

    A tariff by which sessions were charged stays as it is, and so does a debtor's account that is not
    changed, whether or not it fits the settings. Raises RuleBroken at the field (those of the tariffs are
    called "price:0" and so on): AMOUNT_INVALID, DATE_INVALID, TEXT_MISSING, TARIFF_EMPTY, TARIFF_IN_USE,
    FIELD_CONTRADICTS for a day that stands twice, and those of `set_debtor_account`; RECORD_CHANGED.
    """
    tariffs = _checked_tariffs(draft.tariffs)
    values = _checked_visit(draft)
    typed = check_field(DraftKind.TERMS, FIELD, draft.debtor_account)
    account = typed if isinstance(typed, int) else None
    with desk.database.write() as connection:
        before = editable_on(connection, customer_id, version)
        if account != before.debtor_account:
            before = put_debtor_account(connection, desk, customer_id, account)
        known = customers.tariffs_of(connection, customer_id)
        gone = [one for one in known if one not in tariffs]
        for one in gone:
            _check_unused(connection, customer_id, one, known, draft)
        after = replace(before, **values)
        for one in gone:
            customer_records.delete_tariff(connection, customer_id, one.valid_from)
        for one in tariffs:
            if one not in known:
                customers.put_customer_tariff(connection, customer_id, one)
        log_differences(connection, desk, customer_id, tariff_differences(known, tariffs))
        return _keep(connection, desk, before, after, _TERMS)


def archive_customer(desk: Desk, customer_id: int, *, archived: bool) -> Done[Customer]:
    """Put a record away, or take it back. Raises RuleBroken CUSTOMER_RUNNING while a session runs."""
    with desk.database.write() as connection:
        before = editable_on(connection, customer_id)
        if archived and customer_records.has_open_session(connection, customer_id=customer_id):
            raise RuleBroken(Rule.CUSTOMER_RUNNING)
        return _keep(connection, desk, before, replace(before, archived=archived), ("archived",))


def delete_customer(desk: Desk, customer_id: int) -> Done[None]:
    """Take a record out for which nothing ever happened. Raises RuleBroken CUSTOMER_USED."""
    with desk.database.write() as connection:
        found = editable_on(connection, customer_id)
        if customer_records.is_used(connection, customer_id):
            raise RuleBroken(Rule.CUSTOMER_USED)
        customer_records.delete_customer(connection, customer_id)
        log_differences(connection, desk, customer_id, [Difference("deleted", found.name, "")])
    return done(None, Topic.CUSTOMERS)


def _keep(
    connection: Connection, desk: Desk, before: Customer, after: Customer, names: tuple[str, ...]
) -> Done[Customer]:
    customers.update_customer(connection, after)
    log_differences(connection, desk, after.id, differences(before, after, names))
    # Sessions that run show the record's name.
    return done(after, Topic.CUSTOMERS, Topic.SESSIONS)


def _checked_master(draft: MasterDraft) -> dict[str, Any]:
    country = country_code(draft.country)
    values = {
        name: check_field(DraftKind.MASTER, name, typed, country=country)
        for name, typed in asdict(draft).items()
    }
    if not values["name"]:
        raise RuleBroken(Rule.TEXT_MISSING, field="name")
    return values


def _check_number_free(connection: Connection, number: str, customer_id: int) -> None:
    owner = customers.find_by_number(connection, number)
    if owner is not None and owner.id != customer_id:
        raise RuleBroken(Rule.CUSTOMER_NUMBER_TAKEN, field="number", name=owner.name, number=number)


def _checked_visit(draft: TermsDraft) -> dict[str, Any]:
    def checked(name: str) -> Any:
        return check_field(DraftKind.TERMS, name, getattr(draft, name))

    visit = VisitPrice(str(checked("visit")))
    flat = checked("flat") if visit is VisitPrice.FLAT else None
    travel = checked("travel") if visit is VisitPrice.TRAVEL else None
    hourly = checked("hourly") if visit is VisitPrice.TRAVEL else None
    if visit is VisitPrice.FLAT and flat is None:
        raise RuleBroken(Rule.TEXT_MISSING, field="flat")
    if visit is VisitPrice.TRAVEL and hourly is None:
        raise RuleBroken(Rule.TEXT_MISSING, field="hourly")
    return {
        "on_site_cents": flat,
        "on_site_travel_cents": (travel or 0) if visit is VisitPrice.TRAVEL else None,
        "on_site_hourly_cents": hourly,
        "on_site_km": checked("km"),
        "payment_days": checked("payment_days"),
    }


def _checked_tariffs(drafts: tuple[OwnTariffDraft, ...]) -> list[CustomerTariff]:
    found: list[CustomerTariff] = []
    for place, draft in enumerate(drafts):
        made = {}
        for name, typed in asdict(draft).items():
            try:
                made[name] = check_field(DraftKind.TARIFF, name, typed)
            except RuleBroken as error:
                raise RuleBroken(error.code, field=f"{name}:{place}", **error.parameters) from error
        day, price, rounding = made["valid_from"], made["price"], made["rounding"]
        if not isinstance(day, date):
            raise RuleBroken(Rule.TEXT_MISSING, field=f"valid_from:{place}")
        if price is None and not rounding:
            raise RuleBroken(Rule.TARIFF_EMPTY, field=f"price:{place}")
        if any(other.valid_from == day for other in found):
            raise RuleBroken(Rule.FIELD_CONTRADICTS, field=f"valid_from:{place}", value=text.date(day))
        cents = price if isinstance(price, int) else None
        found.append(CustomerTariff(day, cents, Rounding(str(rounding)) if rounding else None))
    return sorted(found, key=lambda one: one.valid_from)


def _check_unused(
    connection: Connection,
    customer_id: int,
    one: CustomerTariff,
    known: tuple[CustomerTariff, ...],
    draft: TermsDraft,
) -> None:
    later = [other.valid_from for other in known if other.valid_from > one.valid_from]
    family = customers.family(connection, customer_id)
    if not customer_records.sessions_between(connection, family, one.valid_from, min(later, default=None)):
        return
    typed = text.date(one.valid_from, "de")  # as a draft holds it, whatever the window speaks
    place = next((at for at, row in enumerate(draft.tariffs) if row.valid_from.strip() == typed), None)
    field = "tariffs" if place is None else f"price:{place}"
    raise RuleBroken(Rule.TARIFF_IN_USE, field=field, day=text.date(one.valid_from))
