"""Address books: cards as Apple, Google, Outlook and old phones write them, and our own."""

from __future__ import annotations

import pytest
import vobject

from laverma_desk.domain.customer import Contact, Salutation
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.exporting.customers import export_customers
from laverma_desk.services.importing.customer_writing import Tally
from laverma_desk.services.importing.customers import examine_source, import_source
from laverma_desk.services.importing.vcards import open_cards
from laverma_desk.services.problems import FileRefused
from laverma_desk.storage import customers
from tests.support.desks import add_bohrer, add_contact, add_customer, make_desk

APPLE = """BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//macOS 14.5//EN
N:;;;;
FN:ZAP Dr. Bohrer\\, Musterstadt
ORG:ZAP Dr. Bohrer\\, Musterstadt;
EMAIL;type=INTERNET;type=WORK;type=pref:rezeption@zap-bohrer.example
TEL;type=WORK;type=VOICE;type=pref:030 23125 014
TEL;type=WORK;type=FAX:030 23125 019
item1.ADR;type=WORK;type=pref:;;Hauptstraße 5;Musterstadt;;12345;Deutschland
item1.X-ABADR:de
X-ABShowAs:COMPANY
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wCEAAkGBxMTEhUTEx
 MVFhUXGBgYFxgYGBgYGBgYGBcYGBgYFxgYHSggGBolGxcYITEhJSkrLi4uFx8zODMtNygtLisB
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:Lorenz;Sabine;;Frau;
FN:Frau Sabine Lorenz
ORG:ZAP Dr. Bohrer\\, Musterstadt;Empfang
TITLE:Rezeption
TEL;type=CELL;type=VOICE;type=pref:0171 1234567
item1.EMAIL;type=INTERNET;type=pref:lorenz@zap-bohrer.example
item2.ADR;type=WORK;type=pref:;;Hauptstr. 5;Musterstadt;;12345;Deutschland
NOTE:kennt sich aus
END:VCARD
"""
GOOGLE = """BEGIN:VCARD
VERSION:3.0
FN:Dr. Martin Bohrer
N:Bohrer;Martin;;Dr.;
EMAIL;TYPE=INTERNET;TYPE=HOME:privat@bohrer.example
EMAIL;TYPE=INTERNET;TYPE=WORK:bohrer@zap-bohrer.example
TEL;TYPE=WORK:+49 30 23125010
ORG:ZAP Dr. Bohrer\\, Musterstadt
ADR;TYPE=WORK:;;Hauptstraße 5;Musterstadt;;12345;DE
CATEGORIES:myContacts
END:VCARD
"""
OUTLOOK = """BEGIN:VCARD
VERSION:2.1
N;LANGUAGE=de;CHARSET=Windows-1252:Müller;Anna;;Frau
FN;CHARSET=Windows-1252:Frau Anna Müller
ORG;CHARSET=Windows-1252:Zahnärzte am Markt;Empfang
TITLE;CHARSET=Windows-1252:Büro
TEL;WORK;VOICE:(030) 23125-099
ADR;WORK;PREF;CHARSET=Windows-1252:;;Markt 1;Köln;;50667;Deutschland
LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:Markt 1=0D=0A=
50667 K=F6ln
EMAIL;PREF;INTERNET:mueller@markt.example
PHOTO;TYPE=JPEG;ENCODING=BASE64:
 /9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAUDBAQEAwUEBAQFBQUGBwwIBwcHBw8LCwkMEQ8S

REV:20240101T101010Z
END:VCARD
"""
PHONE = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Gr=C3=BCn;J=C3=B6rg;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg Gr=C3=
=BCn
TEL;CELL:01711234567
END:VCARD
"""
MODERN = """BEGIN:VCARD
VERSION:4.0
KIND:individual
FN:Petra Kühn
N:Kühn;Petra;;;
ORG:Labor Süd
TEL;VALUE=uri;PREF=1;TYPE="voice,work":tel:+49-228-123456;ext=12
EMAIL;TYPE=work:kuehn@labor.example
ROLE:Abrechnung
ADR;TYPE=work;LABEL="Ring 1":;;Ring 1;Bonn;;53111;Germany
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:group
FN:Freunde
MEMBER:urn:uuid:03a0e51f-d1aa-4385-8a53-e29025acd8af
END:VCARD
"""


def _bring(desk, tmp_path, content, encoding="utf-8", ending="\n"):
    file = tmp_path / "kontakte.vcf"
    file.write_bytes(content.replace("\n", ending).encode(encoding))
    return import_source(desk, open_cards(file)).value


def _card(desk, name):
    with desk.database.read() as connection:
        (found,) = [one for one in customers.every_customer(connection) if one.name == name]
        return found, customers.contacts_of(connection, found.id)


def test_cards_of_one_organisation_at_one_place_are_people_of_one_customer(desk, tmp_path):
    result = _bring(desk, tmp_path, APPLE + GOOGLE, ending="\r\n")
    assert (result.tally.customers_added, result.tally.contacts_added) == (1, 2)
    assert result.ignored == ("NOTE", "CATEGORIES")
    practice, (lorenz, bohrer) = _card(desk, "ZAP Dr. Bohrer, Musterstadt")
    assert (practice.phone, practice.email_report) == ("+493023125014", "rezeption@zap-bohrer.example")
    assert (practice.street, practice.postcode, practice.country) == ("Hauptstraße 5", "12345", "DE")
    assert (lorenz.name, lorenz.salutation, lorenz.role) == ("Sabine Lorenz", Salutation.MS, "Rezeption")
    assert (lorenz.mobile, lorenz.phone, lorenz.email) == ("+491711234567", "", "lorenz@zap-bohrer.example")
    assert (bohrer.name, bohrer.phone) == ("Dr. Martin Bohrer", "+493023125010")
    assert bohrer.email == "bohrer@zap-bohrer.example"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-16"])
def test_a_card_of_outlook_is_read_in_every_encoding(desk, tmp_path, encoding):
    _bring(desk, tmp_path, OUTLOOK, encoding, "\r\n")
    practice, (person,) = _card(desk, "Zahnärzte am Markt")
    assert (practice.city, practice.postcode) == ("Köln", "50667")
    assert (person.name, person.role, person.phone) == ("Anna Müller", "Büro", "+493023125099")


def test_a_card_of_an_old_phone_is_a_customer_of_its_own(desk, tmp_path):
    _bring(desk, tmp_path, PHONE)
    customer, (person,) = _card(desk, "Jörg Grün")
    assert (customer.phone, person.name, person.mobile) == ("+491711234567", "Jörg Grün", "+491711234567")


def test_cards_of_the_latest_version_are_read_and_lists_are_passed_by(desk, tmp_path):
    assert _bring(desk, tmp_path, MODERN).tally.customers_added == 1
    practice, (person,) = _card(desk, "Labor Süd")
    assert (practice.city, practice.country) == ("Bonn", "DE")
    assert (person.name, person.role, person.phone) == ("Petra Kühn", "Abrechnung", "+49228123456")


def test_cards_meet_the_customers_of_the_desk_and_fill_only_what_is_empty(desk, tmp_path):
    add_customer(desk, "77", "Labor Sued", phone="+4922899", city="Bonn")
    seen = _bring(desk, tmp_path, MODERN)
    assert (seen.tally.customers_added, seen.tally.customers_changed) == (0, 1)
    laboratory, _people = _card(desk, "Labor Sued")
    assert (laboratory.number, laboratory.phone, laboratory.street) == ("77", "+4922899", "Ring 1")


@pytest.mark.parametrize(
    "broken",
    [
        "BEGIN:VCARD\nVERSION:3.0\nFN:A\n",
        "BEGIN:VCARD\nVERSION:3.0\nkein Wert\nEND:VCARD\n",
        "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=KLINGON;ENCODING=QUOTED-PRINTABLE:A=C3\nEND:VCARD\n",
    ],
)
def test_a_card_that_cannot_be_read_is_named_by_its_line(desk, tmp_path, broken):
    with pytest.raises(FileRefused) as caught:
        _bring(desk, tmp_path, PHONE + broken)
    (problem,) = caught.value.problems
    assert (problem.error.code, problem.line) == (Rule.ROW_UNREADABLE, PHONE.count("\n") + 1)


def test_wrong_values_of_cards_are_named_and_nothing_is_written(desk, tmp_path):
    with pytest.raises(FileRefused) as caught:
        _bring(desk, tmp_path, GOOGLE + MODERN.replace("53111", "531").replace("tel:+49-228-123456", "keins"))
    assert [(one.place, one.error.code) for one in caught.value.problems] == [
        ("PLZ", Rule.POSTCODE_INVALID),
        ("Durchwahl", Rule.PHONE_INVALID),
    ]
    with desk.database.read() as connection:
        assert customers.every_customer(connection) == []


def test_a_file_without_cards_is_refused(desk, tmp_path):
    with pytest.raises(RuleBroken) as caught:
        _bring(desk, tmp_path, "Name;Ort\n")
    assert caught.value.code is Rule.FILE_WITHOUT_CARDS


def test_a_look_at_cards_shows_lines_and_values(desk, tmp_path):
    file = tmp_path / "k.vcf"
    file.write_text(APPLE, "utf-8")
    seen = examine_source(desk, open_cards(file))
    assert [one.line for one in seen.sample] == [1, 16]
    assert seen.sample[0].cells["Telefon"].shown == "030 23125 014"
    assert seen.imported.tally == Tally(customers_added=1, contacts_added=1)


def test_our_own_cards_name_practice_and_people_and_find_back(desk, tmp_path):
    bohrer = add_bohrer(desk)
    add_contact(desk, bohrer.customer_id, Contact(0, "Kühn; Petra, geb. Ölmann", phone="+493023125016"))
    file = tmp_path / "kunden.vcf"
    assert export_customers(desk, file) == 1
    with file.open(encoding="utf-8") as reader:
        practice, lorenz, petra = vobject.readComponents(reader)
    assert (practice.fn.value, practice.tel.value) == ("ZAP Dr. Bohrer", "+493023125014")
    assert (lorenz.n.value.family, lorenz.n.value.prefix, lorenz.title.value) == (
        "Lorenz",
        "Frau",
        "Rezeption",
    )
    assert (petra.fn.value, petra.adr.value.street) == ("Kühn; Petra, geb. Ölmann", "Hauptstraße 5")
    assert import_source(desk, open_cards(file)).value.tally == Tally()


def test_our_own_cards_make_the_same_customers_at_another_desk(desk, tmp_path):
    add_bohrer(desk)
    file = tmp_path / "kunden.vcf"
    export_customers(desk, file)
    other = make_desk(tmp_path / "other")
    try:
        import_source(other, open_cards(file))
        export_customers(other, tmp_path / "wieder.vcf")
    finally:
        other.close()
    assert (tmp_path / "wieder.vcf").read_bytes() == file.read_bytes()
