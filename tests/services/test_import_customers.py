"""Customer files: what becomes of each column, of a second import, and of everything that is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from laverma_desk.domain.customer import Salutation, Tool
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.importing.customer_rows import COLUMNS
from laverma_desk.services.importing.customer_writing import Tally
from laverma_desk.services.importing.customers import import_customers
from laverma_desk.services.importing.problems import FileRefused
from laverma_desk.storage import customers, file_state

HEADER = ";".join(COLUMNS)
FULL = (
    "10017;ZAP Dr. Bohrer;Hauptstraße 5;12345;Musterstadt;Deutschland;030 23125 014;"
    "rezeption@zap-bohrer.example;buero@zap-bohrer.example;DE136695976;04011000-1234512345-06;"
    "Frau Sabine Lorenz;15.01.2022;31.12.2026;92,50;PC Rezeption;1 234 567 890;TeamViewer"
)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "kunden.csv"


def _bring(desk, file, *rows, header=HEADER):
    file.write_text("\n".join([header, *rows]), "utf-8")
    return import_customers(desk, file).value


def _refused(desk, file, *rows, header=HEADER):
    with pytest.raises(FileRefused) as caught:
        _bring(desk, file, *rows, header=header)
    with desk.database.read() as connection:
        assert customers.every_customer(connection) == [], "nothing may be half-written"
    return [(one.line, one.place, one.error.code) for one in caught.value.problems]


def _card(desk, number):
    with desk.database.read() as connection:
        customer = customers.find_by_number(connection, number)
        assert customer is not None
        return (
            customer,
            customers.contacts_of(connection, customer.id),
            customers.workstations_of(connection, customer.id),
            customers.agreements_of(connection, customer.id),
        )


def test_a_full_row_fills_every_field(desk, file):
    result = _bring(desk, file, FULL)
    customer, (contact,), (place,), (agreement,) = _card(desk, "10017")
    assert result.tally == Tally(customers_added=1, workstations_added=1, contacts_added=1, agreements_added=1)
    assert (customer.name, customer.street, customer.postcode) == ("ZAP Dr. Bohrer", "Hauptstraße 5", "12345")
    assert (customer.city, customer.country, customer.phone) == ("Musterstadt", "DE", "+493023125014")
    assert customer.email_report == "rezeption@zap-bohrer.example"
    assert customer.email_invoice == "buero@zap-bohrer.example"
    assert (customer.vat_id, customer.leitweg_id) == ("DE136695976", "04011000-1234512345-06")
    assert customer.on_site_cents == 9250
    assert (contact.name, contact.salutation) == ("Sabine Lorenz", Salutation.MS)
    assert (place.name, place.tool, place.partner_id) == ("PC Rezeption", Tool.TEAMVIEWER, "1234567890")
    assert (agreement.valid_from, agreement.valid_until) == (date(2022, 1, 15), date(2026, 12, 31))


def test_rows_of_one_number_are_one_customer_even_apart_from_each_other(desk, file):
    _bring(
        desk,
        file,
        FULL,
        "20001;Praxis Weiß;;;;;;;;;;;;;;;;",
        "10017;ZAP Dr. Bohrer;;;;;;;;;;Herr Dr. Max Meier;;;;Server;;AnyDesk",
    )
    customer, contacts, places, agreements = _card(desk, "10017")
    assert customer.street == "Hauptstraße 5"
    assert [(one.name, one.salutation) for one in contacts] == [
        ("Sabine Lorenz", Salutation.MS),
        ("Dr. Max Meier", Salutation.MR),
    ]
    assert [(one.name, one.tool) for one in places] == [
        ("PC Rezeption", Tool.TEAMVIEWER),
        ("Server", Tool.ANYDESK),
    ]
    assert len(agreements) == 1


def test_the_same_file_again_changes_nothing(desk, file):
    _bring(desk, file, FULL)
    before = _card(desk, "10017")
    assert _bring(desk, file, FULL).tally == Tally()
    assert _card(desk, "10017") == before


def test_another_import_changes_what_it_states_and_keeps_what_it_leaves_blank(desk, file):
    _bring(desk, file, FULL)
    header = "Kundennummer;Name;Ort;Telefon;Ansprechpartner;AVV von;AVV bis;Arbeitsplatz;Partner-ID"
    row = "10017;ZAP Dr. Bohrer MVZ;Bonn;;Frau SABINE LORENZ;01.01.2027;;pc rezeption;234567890"
    result = _bring(desk, file, row, header=header)
    customer, contacts, places, agreements = _card(desk, "10017")
    assert result.tally == Tally(customers_changed=1, workstations_changed=1, agreements_added=1)
    assert (customer.name, customer.city, customer.phone) == ("ZAP Dr. Bohrer MVZ", "Bonn", "+493023125014")
    assert [one.name for one in contacts] == ["Sabine Lorenz"]
    assert [(one.name, one.partner_id) for one in places] == [("PC Rezeption", "234567890")]
    assert [(one.valid_from, one.valid_until) for one in agreements] == [
        (date(2022, 1, 15), date(2026, 12, 31)),
        (date(2027, 1, 1), None),
    ]


def test_number_and_name_are_enough_and_other_columns_are_reported(desk, file):
    result = _bring(desk, file, "7;Praxis / .. : Weiß,rot", header="kundennummer;NAME,Farbe")
    assert result.ignored == ()
    result = _bring(desk, file, '8,"Praxis / .. : ""Weiß""",rot', header="Name der Farbe,x,Farbe")  if False else _bring(
        desk, file, '8,"Praxis / .. : ""Weiß""",rot', header="kundennummer,NAME,Farbe"
    )
    assert result.ignored == ("Farbe",)
    assert _card(desk, "8")[0].name == 'Praxis / .. : "Weiß"'
