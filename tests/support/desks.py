"""Real desks in a temporary folder, with the practices of the pictures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from keyring.backends.fail import Keyring

from laverma_desk.domain.clock import Clock
from laverma_desk.domain.company import Company
from laverma_desk.domain.customer import Contact, Customer, Salutation, Tool, Workstation
from laverma_desk.domain.mail_account import MailAccount, Security
from laverma_desk.domain.tariff import Tariff
from laverma_desk.mail.secret import Secrets
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup import house, house_mail
from laverma_desk.storage import agreements, customers
from laverma_desk.storage import house as stored_house
from laverma_desk.storage.agreements import NewAgreement
from tests.support.fake_clock import FakeClock
from tests.support.kept_desks import open_kept


def memory_secrets() -> Secrets:
    """Return secrets that never touch the machine's keyring."""
    return Secrets(Keyring())


@dataclass(frozen=True)
class Bohrer:
    """Rows of the practice that most tests call."""

    customer_id: int
    reception: int
    server: int


def make_desk(folder: Path, clock: Clock | None = None) -> Desk:
    """Open a new desk in a folder, set up with the house of the pictures, without customers."""
    return open_kept(folder, clock or FakeClock(), memory_secrets(), lay_out)[0]


def lay_out(desk: Desk) -> None:
    """Give a new desk the house of the pictures."""
    house.prepare_new_desk(desk)
    house.save_company(
        desk,
        Company(
            name="Laverma",
            slogan="IT für Zahnarztpraxen",
            street="Musterstraße 1",
            postcode="12345",
            city="Musterstadt",
            phone="07 00 / 52 83 76 23",
            email="info@laverma.example",
            website="https://laverma.example/fernwartung",
        ),
    )
    house.save_tariff(desk, Tariff(date(2020, 1, 1)))
    house.save_supporter(desk, "Klaus Klassen", "klaus@laverma.example")
    house.finish_setup(desk)


def add_bohrer(desk: Desk) -> Bohrer:
    """Write ZAP Dr. Bohrer with two machines and a valid agreement."""
    with desk.database.write() as connection:
        customer_id = customers.insert_customer(
            connection,
            Customer(
                0, "10017", "ZAP Dr. Bohrer", "Hauptstraße 5", "12345", "Musterstadt",
                phone="+493023125014", email_report="rezeption@zap-bohrer.example", on_site_cents=9250,
            ),
            desk.clock.now(),
        )  # fmt: skip
        customers.put_contact(
            connection, customer_id, Contact(0, "Sabine Lorenz", "Rezeption", Salutation.MS)
        )
        reception = customers.put_workstation(
            connection, Workstation(0, customer_id, "PC Rezeption", Tool.TEAMVIEWER, "1234567890")
        )
        server = customers.put_workstation(connection, Workstation(0, customer_id, "Server"))
        agreements.add_agreement(
            connection,
            NewAgreement(customer_id, date(2022, 1, 15), date(2026, 12, 31), signed_on=date(2022, 1, 15)),
            desk.clock.now(),
        )
    return Bohrer(customer_id, reception, server)


def add_customer(
    desk: Desk, number: str, name: str, *workstations: str, agreement_until: date | None = None,
    has_agreement: bool = True, phone: str = "", email: str = "", city: str = "",
) -> int:  # fmt: skip
    """Write a practice with machines; return its row."""
    with desk.database.write() as connection:
        customer_id = customers.insert_customer(
            connection,
            Customer(0, number, name, city=city, phone=phone, email_report=email),
            desk.clock.now(),
        )
        for place in workstations:
            customers.put_workstation(connection, Workstation(0, customer_id, place))
        if has_agreement:
            agreements.add_agreement(
                connection,
                NewAgreement(customer_id, date(2020, 1, 1), agreement_until),
                datetime(2020, 1, 1, tzinfo=UTC),
            )
    return customer_id


def add_contact(desk: Desk, customer_id: int, contact: Contact) -> None:
    """Write a person of a practice."""
    with desk.database.write() as connection:
        customers.put_contact(connection, customer_id, contact)


def set_mail_account(desk: Desk, port: int, *, user: str = "", password: str | None = None,
                     security: Security = Security.NONE, host: str = "127.0.0.1") -> None:  # fmt: skip
    """Point the desk's mail account at a server on this machine."""
    house_mail.save_mail_account(
        desk,
        MailAccount(
            host=host, port=port, security=security, user=user, sender="bericht@laverma.example",
            sender_name="Laverma, Klaus Klassen", copy_to_self=False,
        ),
        password,
    )  # fmt: skip


def take_net_away(desk: Desk) -> None:
    """Let every way to the mail server end as without a network: no line leads to such an address."""
    set_mail_account(desk, 587, host="255.255.255.255", security=Security.STARTTLS)


@pytest.fixture
def clock() -> FakeClock:
    """A clock at 10:22 on 1 March 2022 in Berlin."""
    return FakeClock()


@pytest.fixture
def desk(tmp_path: Path, clock: FakeClock):
    """A new desk with the house of the pictures, closed after the test."""
    opened = make_desk(tmp_path / "desk", clock)
    yield opened
    opened.close()


@pytest.fixture
def bohrer(desk: Desk) -> Bohrer:
    """ZAP Dr. Bohrer with PC Rezeption and Server."""
    return add_bohrer(desk)


def archive_supporter(desk: Desk, supporter_id: int) -> None:
    """Take a technician out of the choices: the settings would refuse it for the last one."""
    with desk.database.write() as connection:
        stored_house.archive_supporter(connection, supporter_id)
