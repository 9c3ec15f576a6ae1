"""A house that may write invoices, customers with an address, and sessions that wait to be billed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from laverma_desk.domain.clock import Clock
from laverma_desk.domain.company import Company
from laverma_desk.domain.customer import Contact, Customer, InvoiceFormat, Salutation, Workstation
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing import drafts
from laverma_desk.services.invoicing.drafts import DraftWish
from laverma_desk.services.setup import house, house_billing
from laverma_desk.storage import agreements, customers
from laverma_desk.storage.agreements import NewAgreement
from tests.support.desks import make_desk
from tests.support.past_sessions import past_session

COMPANY = Company(
    name="Laverma",
    slogan="IT für Zahnarztpraxen",
    street="Musterstraße 1",
    postcode="12345",
    city="Musterstadt",
    phone="07 00 / 52 83 76 23",
    email="rechnung@laverma.example",
    tax_number="123/456/78901",
    vat_id="DE999999999",
    account_holder="Laverma",
    iban="DE02120300000000202051",
    bic="BYLADEM1001",
    bank="Musterbank",
    tax_office="Musterstadt",
)
FEBRUARY = datetime(2022, 2, 3, 7, 41, tzinfo=UTC)
UNTIL = date(2022, 2, 28)


def make_house(folder: Path, clock: Clock | None = None, **company: Any) -> Desk:
    """Open a new desk whose house has all that an invoice must name."""
    desk = make_desk(folder, clock)
    house.save_company(desk, replace(COMPANY, **company))
    return desk


def add_practice(
    desk: Desk, number: str = "10017", name: str = "ZAP Dr. Bohrer", **values: Any
) -> Workstation:
    """Write a practice with an address, a person and a machine; return the machine."""
    given = {
        "street": "Zahnweg 5",
        "postcode": "12345",
        "city": "Musterstadt",
        "vat_id": "DE123456788",
        "email_invoice": "rechnung@praxis.example",
    } | values
    with desk.database.write() as connection:
        row = customers.insert_customer(connection, Customer(0, number, name, **given), desk.clock.now())
        customers.put_contact(connection, row, Contact(0, "Sabine Lorenz", "Rezeption", Salutation.MS))
        agreements.add_agreement(
            connection, NewAgreement(row, date(2015, 1, 1), None), datetime(2015, 1, 1, tzinfo=UTC)
        )
        place = Workstation(0, row, "PC Rezeption")
        return replace(place, id=customers.put_workstation(connection, place))


def add_sessions(
    desk: Desk, place: Workstation, *seconds: int, begin: datetime = FEBRUARY, **values: Any
) -> list[int]:
    """Write ended sessions of so many seconds, one a day; return their rows."""
    with desk.database.write() as connection:
        return [
            past_session(
                connection,
                place,
                begin + timedelta(days=day),
                count,
                **{"notes": f"Arbeit {day + 1}"} | values,
            )
            for day, count in enumerate(seconds)
        ]


def wish(place: Workstation, sessions: list[int]) -> DraftWish:
    """Return the wish to bill some sessions of a practice."""
    return DraftWish(place.customer_id, tuple(sessions))


def use_format(desk: Desk, one: InvoiceFormat) -> None:
    """Let the house issue all invoices in a format."""
    house_billing.save_invoice_settings(desk, replace(house.read_house(desk).invoice, format=one))


def draft_of(desk: Desk, place: Workstation, sessions: list[int], **change: Any) -> int:
    """Make a draft of sessions, set what a form could set, and return its row."""
    (draft,) = drafts.create_drafts(desk, [wish(place, sessions)], UNTIL).value
    if change:
        drafts.change_draft(desk, draft, drafts.DraftChange(**change))
    return draft


def rows(desk: Desk, table: str) -> list[Any]:
    """Return all rows of a table as they are."""
    with desk.database.read() as connection:
        return list(connection.exec_driver_sql(f"SELECT * FROM {table}"))  # noqa: S608 (names of tests)
