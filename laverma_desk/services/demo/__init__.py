"""Fill a desk with invented practices and calls, so that somebody can look around before using it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from laverma_desk.domain.clock import local
from laverma_desk.domain.company import Company
from laverma_desk.domain.customer import Customer, Tool, Workstation
from laverma_desk.domain.mail_account import MailAccount
from laverma_desk.domain.tariff import Tariff
from laverma_desk.services.demo.calls import write_calls
from laverma_desk.services.demo.connections import write_connections
from laverma_desk.services.demo.details import people_of, room_of, signer_of, with_details
from laverma_desk.services.demo.earlier import write_earlier_calls
from laverma_desk.services.demo.invoices import write_invoices
from laverma_desk.services.demo.mails import write_mails
from laverma_desk.services.demo.practices import PRACTICES, Practice
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup import house, house_mail
from laverma_desk.storage import agreements, customers, heartbeats
from laverma_desk.storage.agreements import NewAgreement
from laverma_desk.storage.database import Connection

_PARTNER_ID_STEP = 7_315_021


def fill_demo(desk: Desk) -> None:
    """Fill an empty desk: the house, its practices, past calls, two that go on, an outbox, invoices.

    All of it is relative to the desk's clock. Nothing is ever sent from such a desk.
    """
    now = desk.clock.now()
    house.prepare_new_desk(desk)
    _set_up_house(desk, now)
    with desk.database.write() as connection:
        places = {
            one.number: _write_practice(connection, one, place, now) for place, one in enumerate(PRACTICES)
        }
        write_earlier_calls(connection, places, now)
        calls = write_calls(connection, places, now)
        write_mails(connection, calls, now)
        heartbeats.write_beat(connection, now, desk.clock.uptime())
    write_invoices(desk)
    write_connections(desk, calls.ended)


def _set_up_house(desk: Desk, now: datetime) -> None:
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
            tax_number="12/345/67890",
            account_holder="Laverma",
            iban="DE02120300000000202051",
            bic="BYLADEM1001",
            bank="Musterbank",
            tax_office="Finanzamt Musterstadt",
        ),
    )
    house.save_tariff(desk, Tariff(date(local(now).year - 1, 1, 1)))
    klaus = house.save_supporter(desk, "Klaus Klassen", "klaus@laverma.example").value
    house.save_supporter(desk, "Jana Petersen", "jana@laverma.example")
    house.choose_supporter(desk, klaus)
    house_mail.save_mail_account(
        desk,
        MailAccount(
            host="smtp.laverma.example",
            user="bericht@laverma.example",
            sender="bericht@laverma.example",
            sender_name="Laverma, Klaus Klassen",
        ),
        None,
    )
    house.finish_setup(desk)


def _write_practice(connection: Connection, one: Practice, place: int, now: datetime) -> list[int]:
    """Write a practice and return its workstations."""
    today = local(now).date()
    record = Customer(
        id=0,
        number=one.number,
        name=one.name,
        street=one.street,
        postcode=one.postcode,
        city=one.city,
        phone=one.phone,
        email_report=one.mailbox,
        on_site_cents=one.on_site_cents,
    )
    customer_id = customers.insert_customer(connection, with_details(record, place, today), now)
    for person in people_of(one.people):
        customers.put_contact(connection, customer_id, person)
    if one.agreement_days is not None:
        signed = today - timedelta(days=45)
        agreement_id = agreements.add_agreement(
            connection,
            NewAgreement(
                customer_id,
                signed - timedelta(days=300),
                today + timedelta(days=one.agreement_days),
                signed_on=signed - timedelta(days=300),
                version="2.1",
                signed_by_customer=signer_of(one.people),
                signed_by_house="Klaus Klassen",
                signed_on_house=signed - timedelta(days=298),
                secrecy_on=signed - timedelta(days=298),
            ),
            now,
        )
        if one.ended:
            agreements.end_agreement(connection, agreement_id, today - timedelta(days=9))
    places = []
    for spot, name in enumerate(one.workstations):
        partner_id = 234_567_890 + _PARTNER_ID_STEP * (int(one.number) * 3 + spot) % 700_000_000
        if (one.number, spot) == ("10017", 0):
            partner_id = 1_234_567_890
        machine = Workstation(0, customer_id, name, Tool.TEAMVIEWER, str(partner_id), place=room_of(name))
        places.append(customers.put_workstation(connection, machine))
    return places
