"""A desk at the end of a month: the house and the practices of the pictures of the invoices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from laverma_desk.domain.clock import from_local
from laverma_desk.domain.customer import Contact, Customer, Salutation, Workstation
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup import house
from laverma_desk.storage import agreements, customers
from laverma_desk.storage.agreements import NewAgreement
from tests.support.desks import lay_out, memory_secrets
from tests.support.fake_clock import FakeClock
from tests.support.kept_desks import open_kept
from tests.support.past_sessions import past_session

UNTIL = date(2022, 2, 28)
FREE = "Garantie"


@dataclass(frozen=True)
class Line:
    """A session as a test tells it: local begin, seconds, place, what was done, by whom, why it is free."""

    begin: datetime
    seconds: int
    place: str
    notes: str
    supporter: str = "Klaus Klassen"
    free: str = ""


@dataclass(frozen=True)
class Billing:
    """Rows of the practices by their numbers, of their machines, people at the house, and sessions."""

    customers: dict[str, int]
    places: dict[tuple[str, str], Workstation]
    supporters: dict[str, int]
    sessions: dict[str, tuple[int, ...]]

    @property
    def bohrer(self) -> int:
        """Return the row of ZAP Dr. Bohrer."""
        return self.customers["10017"]


def at(day: int, hour: int, minute: int, month: int = 2) -> datetime:
    """Return the instant of a local time in 2022."""
    return from_local(datetime(2022, month, day, hour, minute))  # noqa: DTZ001 (a wall clock in the house)


BOHRER = (
    Line(at(3, 8, 41), 1068, "PC Rezeption", "Kartenterminal neu gekoppelt, Testkarte gelesen"),
    Line(at(9, 14, 5), 1392, "Server", "Datensicherung geprüft, Rücksicherung einer Datei getestet"),
    Line(at(16, 11, 30), 485, "Behandlung 2", "Röntgensoftware: Netzpfad korrigiert", "Jana Petersen"),
    Line(
        at(17, 9, 2), 391, "Behandlung 2", "Nachbesserung Netzpfad vom 16.02.2022", "Jana Petersen", FREE
    ),
    Line(at(24, 16, 18), 860, "PC Rezeption", "Rezeptdrucker: Fach 2 zugeordnet, Testdruck"),
)  # fmt: skip
"""The five lines of the picture: 18, 24, 9 and 15 minutes, and 7 free ones."""

OTHERS = {
    "10018": ("Praxis Dr. Weiß", 10, (12, 9, 21, 16, 18, 11, 17), "Update eingespielt"),
    "10019": ("KFO Dr. Lindner", 12, (20, 11, 14, 9, 23, 10), "Rezeptdrucker eingerichtet"),
    "10020": ("Praxis Dr. Berger", 13, (16, 22, 19, 16), "Speicherplatz freigegeben"),
    "10021": ("Praxis Dr. Sommer", 15, (8, 13, 11, 16, 10), "Kartenleser neu verbunden"),
    "10022": ("Praxis Dr. Vogt", 17, (14, 18, 9), "Bildschirm eingerichtet"),
}
"""Name, hour of the day, billed minutes of each session, what was done."""


def make_billing_desk(folder: Path, clock: FakeClock | None = None) -> tuple[Desk, Billing]:
    """Open a desk on 1 March 2022 with six practices that have February to pay for."""
    return open_kept(folder, clock or FakeClock(), memory_secrets(), _set_up)


def _set_up(desk: Desk) -> Billing:
    lay_out(desk)
    set_up_to_bill(desk)
    house.save_supporter(desk, "Jana Petersen", "jana@laverma.example")
    supporters = {one.name: one.id for one in house.read_house(desk).supporters}
    with desk.database.write() as connection:
        house.remember(connection, supporter_id=supporters["Klaus Klassen"])
    rows: dict[str, int] = {}
    places: dict[tuple[str, str], Workstation] = {}
    sessions: dict[str, tuple[int, ...]] = {}
    for number, name, lines in [
        ("10017", "ZAP Dr. Bohrer", BOHRER),
        *(
            (number, name, _lines(hour, minutes, notes))
            for number, (name, hour, minutes, notes) in OTHERS.items()
        ),
    ]:
        rows[number] = add_practice(desk, number, name)
        for place in dict.fromkeys(line.place for line in lines):
            places[number, place] = add_place(desk, rows[number], place)
        sessions[number] = tuple(
            add_line(desk, places[number, line.place], line, supporters) for line in lines
        )
    return Billing(rows, places, supporters, sessions)


def set_up_to_bill(desk: Desk) -> None:
    """Give the house of the pictures its bank and its tax data."""
    known = house.read_house(desk).company
    house.save_company(
        desk,
        replace(
            known, email="rechnung@laverma.example", tax_number="123/456/78901", vat_id="DE999999999",
            tax_office="Finanzamt Musterstadt", account_holder="Laverma", iban="DE02120300000000202051",
            bic="BYLADEM1001", bank="Musterbank",
        ),
    )  # fmt: skip


def add_practice(desk: Desk, number: str, name: str, *, agreed: bool = True, **values: Any) -> int:
    """Write a practice with an address, a person for invoices and (`agreed`) an agreement; return its row."""
    record = Customer(
        0, number, name, "Zahnweg 5", "12345", "Musterstadt", phone="+493023125014",
        email_report=f"praxis{number}@praxen.example", email_invoice=f"rechnung{number}@praxen.example",
        vat_id="DE123456789",
    )  # fmt: skip
    with desk.database.write() as connection:
        row = customers.insert_customer(connection, replace(record, **values), desk.clock.now())
        customers.put_contact(
            connection, row, Contact(0, "Sabine Lorenz", "Rezeption", Salutation.MS, gets_invoices=True)
        )
        if agreed:
            new = NewAgreement(row, date(2020, 1, 1))
            agreements.add_agreement(connection, new, datetime(2020, 1, 1, tzinfo=UTC))
    return row


def add_place(desk: Desk, customer_id: int, name: str) -> Workstation:
    """Write a machine of a practice."""
    one = Workstation(0, customer_id, name)
    with desk.database.write() as connection:
        return replace(one, id=customers.put_workstation(connection, one))


def add_line(
    desk: Desk, place: Workstation, line: Line, supporters: dict[str, int] | None = None, **values: Any
) -> int:
    """Write an ended session at a machine; return its row."""
    known = house.read_house(desk)
    people = supporters or {one.name: one.id for one in known.supporters}
    if line.free:
        values["billable"] = False
        values["free_reason_id"] = next(one.id for one in known.free_reasons if one.name == line.free)
    with desk.database.write() as connection:
        owner = customers.find(connection, place.customer_id)
        assert owner is not None
        return past_session(
            connection, place, line.begin, line.seconds, notes=line.notes,
            supporter_id=people[line.supporter], supporter_name=line.supporter,
            **{"customer_name": owner.name} | values,
        )  # fmt: skip


def _lines(hour: int, minutes: tuple[int, ...], notes: str) -> tuple[Line, ...]:
    """Return sessions every three days, each a few seconds under its billed minutes."""
    first = at(2, hour, 4)
    return tuple(
        Line(first + timedelta(days=3 * place), 60 * billed - 13, "Rezeption 1", notes)
        for place, billed in enumerate(minutes)
    )


@pytest.fixture
def billing_desk(tmp_path: Path):
    """A desk and its `Billing`, closed after the test."""
    desk, billing = make_billing_desk(tmp_path / "desk")
    yield desk, billing
    desk.close()
