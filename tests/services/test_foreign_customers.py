"""Customer files of other programs: what their headings mean, and what becomes of their rows."""

from __future__ import annotations

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.importing.customers import examine_source, import_source
from laverma_desk.services.importing.foreign import MappedFile, look_at
from laverma_desk.services.importing.mapping import propose
from laverma_desk.services.importing.remembered import mapping_for, remember
from laverma_desk.services.problems import FileRefused
from laverma_desk.storage import customers
from tests.support.desks import add_bohrer, add_customer

OUTLOOK = (
    '"Anrede","Vorname","Weitere Vornamen","Nachname","Firma","Abteilung","Position","Straße geschäftlich",'
    '"Ort geschäftlich","Postleitzahl geschäftlich","Land/Region geschäftlich","Fax geschäftlich",'
    '"Telefon geschäftlich","Mobiltelefon","E-Mail-Adresse","Notizen"\r\n'
    '"Frau","Sabine","","Lorenz","ZAP Dr. Bohrer","","Rezeption","Hauptstraße 5","Musterstadt","12345",'
    '"Deutschland","030 23125 019","(030) 23125-014","0171 1234567","lorenz@zap.example",""\r\n'
    '"Herr","Dr. Martin","","Bohrer","ZAP Dr. Bohrer","","Inhaber","Hauptstr. 5","Musterstadt","12345",'
    '"","","030 23125 010","","bohrer@zap.example","seit 2018"\r\n'
    '"","","","","Labor Süd","","","","Bonn","","","","0228 123456","","info@labor.example",""\r\n'
    '"Dr.","Anna","","Vogt","","","","","Köln","50667","","","","","",""\r\n'
)
DATEV = (
    '"EXTF";700;16;"Debitoren/Kreditoren";5;20240130140440439;;"RE";"";"";29098;55003;20240101;4;;;"";""\r\n'
    'Konto;"Name (Adressattyp Unternehmen)";"Unternehmensgegenstand";"Name (Adressattyp natürl. Person)";'
    '"Vorname (Adressattyp natürl. Person)";"Adressattyp";"Kurzbezeichnung";"EU-Land";"EU-UStID";Anrede;'
    "Straße;Postleitzahl;Ort;Land;Telefon;E-Mail;IBAN\r\n"
    '10017;"Zahnärzte am Markt";"";"";"";2;"ZAM";"DE";136695976;"Firma";"Markt 1";12345;"Musterstadt";"DE";'
    '"030/23125-014";"info@markt.example";"DE02120300000000202051"\r\n'
    '10018;"Praxis Dr. Weiß";"";"";"";2;"";"";"";"";"";04109;"Leipzig";"D";"";"";""\r\n'
)
PLAIN = (
    "KdNr\tPraxis\tStr.\tHausnr.\tPLZ/Ort\tTel\tMail\tRechner\tTeamViewer-ID\tAVV vom\n"
    "7\tPraxis Grün\tRing\t3a\t53111 Bonn\t0228 12 34 56\tpraxis@gruen.example\tServer\t"
    "1 234 567 890\t2022-01-15\n"
    "7\tPraxis Grün\t\t\t\t\t\tPC 2\t234 567 890\t\n"
)


def _file(tmp_path, content, encoding="utf-8", name="fremd.csv"):
    file = tmp_path / name
    file.write_bytes(content.encode(encoding))
    return file


def _mapped(file, mapping=None):
    table = look_at(file)
    return MappedFile(table, propose(table.headings) if mapping is None else mapping)


def _card(desk, name):
    with desk.database.read() as connection:
        (found,) = [one for one in customers.every_customer(connection) if one.name == name]
        people = customers.contacts_of(connection, found.id)
        return found, people, customers.workstations_of(connection, found.id)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_people_of_outlook_become_contacts_of_their_practice(desk, tmp_path, encoding):
    file = _file(tmp_path, OUTLOOK, encoding)
    source = _mapped(file)
    assert source.mapping == {
        "Anrede": "Anrede", "Vorname": "Vorname", "Nachname": "Nachname", "Firma": "Name",
        "Position": "Funktion",
        "Straße geschäftlich": "Straße", "Ort geschäftlich": "Ort", "Postleitzahl geschäftlich": "PLZ",
        "Land/Region geschäftlich": "Land", "Telefon geschäftlich": "Durchwahl",
        "Mobiltelefon": "Mobiltelefon", "E-Mail-Adresse": "E-Mail Ansprechpartner",
    }  # fmt: skip
    tally = import_source(desk, source).value.tally
    assert (tally.customers_added, tally.contacts_added) == (3, 3)
    practice, (lorenz, bohrer), _machines = _card(desk, "ZAP Dr. Bohrer")
    assert (practice.number, practice.street, practice.postcode) == ("10001", "Hauptstraße 5", "12345")
    assert (lorenz.name, lorenz.role, lorenz.phone) == ("Sabine Lorenz", "Rezeption", "+493023125014")
    assert (lorenz.mobile, lorenz.salutation.value) == ("+491711234567", "ms")
    assert (bohrer.name, bohrer.email) == ("Dr. Martin Bohrer", "bohrer@zap.example")
    laboratory, people, _machines = _card(desk, "Labor Süd")
    assert (laboratory.phone, laboratory.email_report, people) == ("+49228123456", "info@labor.example", ())
    assert [one.name for one in _card(desk, "Anna Vogt")[1]] == ["Anna Vogt"]
    again = import_source(desk, _mapped(file)).value.tally
    assert (again.customers_added, again.customers_changed, again.contacts_added) == (0, 0, 0)


def test_the_master_data_of_datev_come_in_past_their_leading_line(desk, tmp_path):
    source = _mapped(_file(tmp_path, DATEV, "cp1252"))
    assert source.mapping["Konto"] == "Kundennummer"
    assert source.mapping["Name (Adressattyp Unternehmen)"] == "Name"
    assert "IBAN" in source.ignored
    import_source(desk, source)
    market, people, _machines = _card(desk, "Zahnärzte am Markt")
    assert (market.number, market.vat_id, market.phone, people) == (
        "10017",
        "DE136695976",
        "+493023125014",
        (),
    )
    assert _card(desk, "Praxis Dr. Weiß")[0].postcode == "04109"


def test_what_is_kept_apart_elsewhere_is_put_together(desk, tmp_path):
    import_source(desk, _mapped(_file(tmp_path, PLAIN)))
    practice, _people, machines = _card(desk, "Praxis Grün")
    assert (practice.street, practice.postcode, practice.city) == ("Ring 3a", "53111", "Bonn")
    assert [(one.name, one.partner_id) for one in machines] == [
        ("Server", "1234567890"),
        ("PC 2", "234567890"),
    ]


def test_columns_without_telling_headings_are_known_by_their_content(tmp_path):
    content = (
        "A;B;C;D;E;F\nPraxis;a@b.example;53111;1 234 567 890;0228 123456;rot\n"
        "Labor;c@d.example;04109;987654321;;\n"
    )
    table = look_at(_file(tmp_path, content))
    assert propose(table.headings) == {"B": "E-Mail Bericht", "C": "PLZ", "D": "Partner-ID", "E": "Telefon"}


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("Firma;Name", {"Firma": "Name", "Name": "Ansprechpartner"}),
        ("Name;Telefon", {"Name": "Name", "Telefon": "Telefon"}),
        ("Kundenummer;Praxisnahme", {"Kundenummer": "Kundennummer", "Praxisnahme": "Name"}),
        ("Customer No.;Company;Post Code;Town", {"Customer No.": "Kundennummer", "Company": "Name",
                                                  "Post Code": "PLZ", "Town": "Ort"}),
        ("Kunde;Strasse;Ort;STADT", {"Kunde": "Name", "Strasse": "Straße", "Ort": "Ort"}),
    ],
)  # fmt: skip
def test_headings_are_understood_in_both_languages_and_near_spellings(tmp_path, headings, expected):
    cells = ";".join("12345" for _heading in headings.split(";"))
    table = look_at(_file(tmp_path, f"{headings}\n{cells}\n"))
    assert propose(table.headings) == expected


def test_the_line_in_which_excel_names_the_delimiter_is_no_heading(tmp_path):
    table = look_at(_file(tmp_path, "sep=;\nFirma;Ort\nA;B\n"))
    assert propose(table.headings) == {"Firma": "Name", "Ort": "Ort"}


def test_headings_that_repeat_stay_apart(tmp_path):
    table = look_at(_file(tmp_path, "Firma;Telefon;Telefon\nA;0228 123456;0228 654321\n"))
    assert [one.key for one in table.headings] == ["Firma", "Telefon", "Telefon (2)"]
    assert propose(table.headings)["Telefon (2)"] == "Durchwahl"


def test_customers_without_numbers_are_known_by_name_and_place(desk, tmp_path):
    add_bohrer(desk)
    add_customer(desk, "20", "Praxis Weiß", city="Bonn")
    add_customer(desk, "21", "Praxis Weiß", city="Köln")
    content = (
        "Praxis;PLZ;Ort;Fax;Telefon\n"
        "zap dr. bohrer;12345;Musterstadt Süd;;030 23125 099\n"
        "PRAXIS WEISS;;koeln;;0221 123456\n"
        "ZAP Dr. Bohrer;50667;Köln;;\n"
        "ZAP Dr. Bohrer;50667;Köln;;0221 999999\n"
    )
    seen = examine_source(desk, _mapped(_file(tmp_path, content)))
    assert (seen.imported.tally.customers_added, seen.imported.tally.customers_changed) == (1, 2)
    import_source(desk, _mapped(_file(tmp_path, content)))
    with desk.database.read() as connection:
        found = {one.number: one for one in customers.every_customer(connection)}
    assert found["10017"].name == "ZAP Dr. Bohrer"
    assert (found["10017"].phone, found["21"].phone) == ("+493023125099", "+49221123456")
    (new,) = set(found) - {"10017", "20", "21"}
    assert (found[new].city, found[new].phone) == ("Köln", "+49221999999")


def test_a_name_that_several_customers_have_is_refused_without_a_place(desk, tmp_path):
    add_customer(desk, "20", "Praxis Weiß", city="Bonn")
    add_customer(desk, "21", "Praxis Weiß", city="Köln")
    with pytest.raises(FileRefused) as caught:
        import_source(desk, _mapped(_file(tmp_path, "Praxis;Telefon\nPraxis Weiß;0228 123456\n")))
    (problem,) = caught.value.problems
    assert (problem.error.code, problem.place, problem.line) == (Rule.CUSTOMER_AMBIGUOUS, "Name", 2)


def test_new_numbers_pass_by_those_that_exist(desk, tmp_path):
    add_customer(desk, "10001", "Praxis Alt")
    import_source(desk, _mapped(_file(tmp_path, "Praxis;Ort\nNeu;Bonn\nNoch eine;Bonn\n")))
    assert [_card(desk, name)[0].number for name in ("Neu", "Noch eine")] == ["10002", "10003"]


def test_a_look_takes_no_number(desk, tmp_path):
    source = _mapped(_file(tmp_path, "Praxis;Ort\nNeu;Bonn\n"))
    examine_source(desk, source)
    import_source(desk, source)
    assert _card(desk, "Neu")[0].number == "10001"


def test_a_machine_without_a_name_is_called_by_its_id(desk, tmp_path):
    import_source(desk, _mapped(_file(tmp_path, "Firma;TeamViewer-ID\nPraxis;234567890\nPraxis;987654321\n")))
    assert [one.name for one in _card(desk, "Praxis")[2]] == [
        "Arbeitsplatz 234 567 890",
        "Arbeitsplatz 987 654 321",
    ]


def test_what_headings_mean_is_remembered_for_files_alike(desk, tmp_path):
    table = look_at(_file(tmp_path, "Firma;Merkmal\nA;b\n"))
    assert mapping_for(desk, table) == ({"Firma": "Name"}, False)
    remember(desk, table, {"Firma": "Name", "Merkmal": "Software"})
    alike = look_at(_file(tmp_path, "merkmal;FIRMA\nx;y\n", name="zwei.csv"))
    assert alike.fingerprint == table.fingerprint
    same = look_at(_file(tmp_path, "Firma;Merkmal\nC;d\n", name="drei.csv"))
    assert mapping_for(desk, same) == ({"Firma": "Name", "Merkmal": "Software"}, True)
    other = look_at(_file(tmp_path, "Firma;Farbe\nA;b\n", name="vier.csv"))
    assert mapping_for(desk, other)[1] is False


@pytest.mark.parametrize("kept", [50])
def test_only_the_last_kinds_of_files_are_remembered(desk, tmp_path, kept):
    tables = [look_at(_file(tmp_path, f"Firma;F{number}\nA;b\n")) for number in range(kept + 1)]
    for table in tables:
        remember(desk, table, {"Firma": "Name"})
    assert mapping_for(desk, tables[0])[1] is False
    assert mapping_for(desk, tables[1])[1] is True


def test_an_empty_file_and_one_with_headings_alone_are_refused(desk, tmp_path):
    with pytest.raises(RuleBroken) as caught:
        look_at(_file(tmp_path, "\n\n"))
    assert caught.value.code is Rule.FILE_EMPTY
    with pytest.raises(RuleBroken) as caught:
        examine_source(desk, _mapped(_file(tmp_path, "Firma;Ort\n"), {"Firma": "Name"}))
    assert caught.value.code is Rule.FILE_EMPTY
