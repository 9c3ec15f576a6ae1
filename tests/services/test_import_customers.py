"""Customer files: what becomes of each column, of a second import, and of everything that is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from laverma_desk.domain.customer import Salutation, Tool
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.importing.customer_columns import COLUMNS
from laverma_desk.services.importing.customer_writing import Tally
from laverma_desk.services.problems import FileRefused
from laverma_desk.storage import agreements, customers
from tests.support.customer_imports import import_customers

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
            agreements.agreements_of(connection, customer.id),
        )


def test_people_stand_behind_those_who_are_there(desk, file):
    for names in (("Sabine Lorenz", "Peter Panther"), ("Theo Tiger", "Anna Adler")):
        rows = [f"10017;ZAP Dr. Bohrer;{name}" for name in names]
        _bring(desk, file, *rows, header="Kundennummer;Name;Ansprechpartner")
    with desk.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT name, position FROM contact ORDER BY position").all()
    assert rows == [("Sabine Lorenz", 0), ("Peter Panther", 1), ("Theo Tiger", 2), ("Anna Adler", 3)]


def test_a_full_row_fills_every_field(desk, file):
    result = _bring(desk, file, FULL)
    customer, (contact,), (place,), (agreement,) = _card(desk, "10017")
    assert result.tally == Tally(
        customers_added=1, workstations_added=1, contacts_added=1, agreements_added=1
    )
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
    header = "kundennummer,NAME,Farbe,"
    result = _bring(desk, file, '8,"Praxis / .. : ""Weiß""",rot,', header=header)
    assert result.ignored == ("Farbe",)
    assert _card(desk, "8")[0].name == 'Praxis / .. : "Weiß"'


def test_a_later_row_may_say_since_when_the_agreement_runs(desk, file):
    header = "Kundennummer;Name;AVV von;AVV bis"
    _bring(desk, file, "1;Praxis;;31.12.2026", "2;Labor;;", "1;Praxis;15.01.2022;", header=header)
    assert _card(desk, "1")[3][0].valid_from == date(2022, 1, 15)


def test_a_postcode_is_checked_by_the_rules_of_its_country(desk, file):
    header = "Kundennummer;Name;PLZ;Land"
    _bring(desk, file, "1;Wien;1010;Österreich", "1;Wien;1010;", header=header)
    assert _card(desk, "1")[0].country == "AT"
    # On the second import only the desk knows the country.
    _bring(desk, file, "1;Wien;1020", header="Kundennummer;Name;PLZ")
    assert _card(desk, "1")[0].postcode == "1020"


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("Kundennummer", "", Rule.TEXT_MISSING),
        ("Name", " ", Rule.TEXT_MISSING),
        ("Name", "x" * 301, Rule.TEXT_TOO_LONG),
        ("PLZ", "1234", Rule.POSTCODE_INVALID),
        ("Land", "Atlantis", Rule.COUNTRY_UNKNOWN),
        ("Telefon", "keins", Rule.PHONE_INVALID),
        ("E-Mail Bericht", "a@b", Rule.EMAIL_WITHOUT_ENDING),
        ("E-Mail Bericht", "a@praxis.de\nBcc: alle@praxis.de", Rule.EMAIL_INVALID),
        ("E-Mail Rechnung", "kein", Rule.EMAIL_INVALID),
        ("USt-IdNr", "DE123456789", Rule.VAT_ID_INVALID),
        ("Leitweg-ID", "991-12345-03", Rule.LEITWEG_INVALID),
        ("Ansprechpartner", "Frau", Rule.TEXT_MISSING),
        ("AVV von", "31.02.2022", Rule.DATE_INVALID),
        ("AVV bis", "2026-12-31", Rule.DATE_INVALID),
        ("AVV bis", "14.01.2022", Rule.END_BEFORE_START),
        ("AVV von", "", Rule.TEXT_MISSING),
        ("Vor-Ort-Preis", "-5", Rule.AMOUNT_INVALID),
        ("Vor-Ort-Preis", "92,505", Rule.AMOUNT_INVALID),
        ("Arbeitsplatz", "", Rule.TEXT_MISSING),
        ("Partner-ID", "12345", Rule.PARTNER_ID_INVALID),
        ("Partner-ID", "r1234567890", Rule.PARTNER_ID_INVALID),
        ("Programm", "VNC", Rule.VALUE_NOT_IN_LIST),
    ],
)
def test_a_wrong_value_is_named_with_line_and_column_and_nothing_is_written(desk, file, column, value, rule):
    fields = FULL.split(";")
    quoted = value.replace('"', '""')
    fields[COLUMNS.index(column)] = f'"{quoted}"'
    found = _refused(desk, file, "1;Gute Praxis;;;;;;;;;;;;;;;;", ";".join(fields))
    assert found == [(3, column, rule)]


def test_a_partner_id_is_one_of_the_program_in_its_row(desk, file):
    header = "Kundennummer;Name;Arbeitsplatz;Programm;Partner-ID"
    rows = [
        "1;Praxis;Anmeldung;AnyDesk;praxis@ad",
        "1;Praxis;Server;RustDesk;praxis_server",
        "1;Praxis;Labor;AnyDesk;123 456 789",
    ]
    _bring(desk, file, *rows, header=header)
    _customer, _contacts, places, _agreements = _card(desk, "1")
    assert sorted(one.partner_id for one in places) == ["123456789", "praxis@ad", "praxis_server"]


def test_what_is_no_id_of_the_program_in_its_row_is_named(desk, file):
    header = "Kundennummer;Name;Arbeitsplatz;Programm;Partner-ID"
    found = _refused(desk, file, "1;Praxis;Labor;AnyDesk;--play", "1;Praxis;OP;;praxis@ad", header=header)
    assert found == [(line, "Partner-ID", Rule.PARTNER_ID_INVALID) for line in (2, 3)]


def test_all_wrong_rows_are_named_at_once(desk, file):
    found = _refused(desk, file, "1;;12", "2;Gut;12345", "3;Praxis;12x", header="Kundennummer;Name;PLZ")
    assert found == [
        (2, "Name", Rule.TEXT_MISSING),
        (2, "PLZ", Rule.POSTCODE_INVALID),
        (4, "PLZ", Rule.POSTCODE_INVALID),
    ]


def test_rows_that_contradict_each_other_are_refused(desk, file):
    header = "Kundennummer;Name;Ort;Arbeitsplatz;Partner-ID"
    found = _refused(
        desk,
        file,
        "1;Praxis;Bonn;PC;123456789",
        "2;Labor;;;",
        "1;Praxis;Köln;pc;987654321",
        header=header,
    )
    assert found == [(4, "Ort", Rule.FIELD_CONTRADICTS), (4, "Partner-ID", Rule.FIELD_CONTRADICTS)]


def test_a_missing_column_is_named(desk, file):
    with pytest.raises(RuleBroken) as caught:
        _bring(desk, file, "1;Bonn", header="Kundennummer;Ort")
    assert caught.value.parameters == {"column": "Name", "found": "Kundennummer, Ort"}


def test_thousands_of_rows_come_in_whole_and_once(desk, file):
    rows = [
        f"{20000 + number};Praxis {number};Ring {number};12345;Ort;;030 23125 {number % 1000:03d};"
        f"praxis{number}@example.de;;;;Herr Nr{number};01.01.2022;;;PC;1{number:09d};"
        for number in range(3000)
    ]
    tally = _bring(desk, file, *rows).tally
    assert (tally.customers_added, tally.workstations_added, tally.agreements_added) == (3000, 3000, 3000)
    assert _bring(desk, file, *rows).tally == Tally()
    assert _card(desk, "22999")[2][0].partner_id == "1000002999"
