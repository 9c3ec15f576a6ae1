"""Practices, people, machines, prices and agreements come back as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from laverma_desk.domain.agreement import Agreement
from laverma_desk.domain.customer import Contact, Customer, Salutation, Tool, Workstation
from laverma_desk.domain.tariff import CustomerTariff, Rounding
from laverma_desk.storage import agreements, customers, stored_documents
from laverma_desk.storage.agreements import NewAgreement
from laverma_desk.storage.everyone import read_everyone
from tests.storage.conftest import NOON

BOHRER = Customer(
    0, "10017", "ZAP Dr. Bohrer", "Hauptstraße 5", "12345", "Musterstadt", "AT", "+493023125014",
    "rezeption@zap-bohrer.example", "rechnung@zap-bohrer.example", "ATU12345678",
    "04011000-1234512345-06", 9250,
)  # fmt: skip


@pytest.fixture
def connection(database):
    with database.write() as opened:
        yield opened


@pytest.fixture
def bohrer(connection) -> Customer:
    number = customers.insert_customer(connection, BOHRER, NOON)
    return replace(BOHRER, id=number)


def test_a_practice_with_every_field(connection, bohrer):
    assert customers.find(connection, bohrer.id) == bohrer
    assert customers.find_by_number(connection, "10017") == bohrer
    assert customers.find(connection, bohrer.id + 1) is None
    assert customers.find_by_number(connection, "1001") is None


def test_a_practice_with_its_name_alone(connection):
    number = customers.insert_customer(connection, Customer(99, "1", "Z"), NOON)
    assert customers.find(connection, number) == Customer(number, "1", "Z")


def test_a_practice_is_changed_and_no_other(connection, bohrer):
    other = customers.insert_customer(connection, Customer(0, "2", "Andere"), NOON)
    changed = replace(bohrer, name="MVZ Bohrer", on_site_cents=None, archived=True)
    customers.update_customer(connection, changed)
    assert customers.find(connection, bohrer.id) == changed
    assert customers.find(connection, other).name == "Andere"


def test_archived_practices_are_not_offered(connection, bohrer):
    second = customers.insert_customer(connection, Customer(0, "2", "Andere"), NOON)
    customers.insert_customer(connection, Customer(0, "3", "Weg", archived=True), NOON)
    assert [one.id for one in customers.every_customer(connection)] == [second, bohrer.id]


def test_a_number_belongs_to_one_practice(connection, bohrer):
    with pytest.raises(IntegrityError):
        customers.insert_customer(connection, replace(BOHRER, name="Zweite"), NOON)


def test_free_numbers_step_over_those_in_use(connection):
    assert customers.next_number(connection) == "10001"
    customers.insert_customer(connection, Customer(0, "10002", "Von Hand"), NOON)
    customers.insert_customer(connection, Customer(0, "10003", "Von Hand auch"), NOON)
    assert customers.next_number(connection) == "10004"


def test_people_keep_their_order_and_are_known_by_name(connection, bohrer):
    sabine = Contact(0, "Sabine Lorenz", "Rezeption", Salutation.MS, "+49301", "s@zap.example")
    first = customers.put_contact(connection, bohrer.id, sabine)
    second = customers.put_contact(connection, bohrer.id, Contact(0, "Dr. Bohrer"))
    assert customers.put_contact(connection, bohrer.id, replace(sabine, role="Leitung")) == first
    assert customers.contacts_of(connection, bohrer.id) == (
        replace(sabine, id=first, role="Leitung"),
        Contact(second, "Dr. Bohrer"),
    )
    other = customers.insert_customer(connection, Customer(0, "2", "Andere"), NOON)
    customers.put_contact(connection, other, sabine)
    assert len(customers.contacts_of(connection, bohrer.id)) == 2
    people = {row: sorted(names) for row, names in read_everyone(connection).people.by_row().items()}
    assert people == {bohrer.id: ["Dr. Bohrer", "Sabine Lorenz"], other: ["Sabine Lorenz"]}


def test_machines_are_known_by_practice_and_name(connection, bohrer):
    reception = Workstation(0, bohrer.id, "PC Rezeption", Tool.ANYDESK, "123456789")
    first = customers.put_workstation(connection, reception)
    second = customers.put_workstation(connection, Workstation(0, bohrer.id, "Server"))
    moved = replace(reception, id=first, tool=Tool.RUSTDESK, partner_id="987654321")
    assert customers.put_workstation(connection, moved) == first
    assert customers.find_workstation(connection, first) == moved
    assert customers.workstations_of(connection, bohrer.id) == (
        moved,
        Workstation(second, bohrer.id, "Server"),
    )
    customers.put_workstation(connection, replace(moved, archived=True))
    assert customers.workstations_of(connection, bohrer.id) == (Workstation(second, bohrer.id, "Server"),)
    assert customers.every_workstation(connection) == [Workstation(second, bohrer.id, "Server")]
    assert customers.find_workstation(connection, first).archived
    assert customers.find_workstation(connection, 99) is None


def test_a_practices_own_prices(connection, bohrer):
    late, early = (
        CustomerTariff(date(2022, 7, 1), 180),
        CustomerTariff(date(2022, 1, 1), None, Rounding.FULL_MINUTE),
    )
    for one in (late, early):
        customers.put_customer_tariff(connection, bohrer.id, one)
    assert customers.tariffs_of(connection, bohrer.id) == (early, late)
    other = customers.insert_customer(connection, Customer(0, "2", "Andere"), NOON)
    customers.put_customer_tariff(connection, other, replace(late, price_cents=1))
    again = CustomerTariff(late.valid_from, 190, Rounding.EXACT_SECOND)
    customers.put_customer_tariff(connection, bohrer.id, again)
    assert customers.tariffs_of(connection, bohrer.id) == (early, again)
    assert customers.tariffs_of(connection, other) == (replace(late, price_cents=1),)


def test_agreements_are_appended_and_ended(connection, bohrer):
    pdf = stored_documents.store(
        connection, kind="agreement", name="avv.pdf", mime_type="application/pdf", content=b"x", at=NOON
    )
    begin, until = date(2022, 1, 15), date(2026, 12, 31)
    first = agreements.add_agreement(
        connection,
        NewAgreement(bohrer.id, begin, until, signed_on=date(2022, 1, 10), document_id=pdf),
        NOON,
    )
    second = agreements.add_agreement(connection, NewAgreement(bohrer.id, until), NOON)
    agreements.end_agreement(connection, first, date(2023, 1, 1))
    expected = [
        Agreement(first, bohrer.id, begin, until, date(2022, 1, 10), date(2023, 1, 1), pdf),
        Agreement(second, bohrer.id, until),
    ]
    assert agreements.agreements_of(connection, bohrer.id) == expected
    other = customers.insert_customer(connection, Customer(0, "2", "Andere"), NOON)
    third = agreements.add_agreement(connection, NewAgreement(other, begin), NOON)
    assert agreements.agreements_of(connection, bohrer.id) == expected
    assert agreements.every_agreement(connection) == [*expected, Agreement(third, other, begin)]
