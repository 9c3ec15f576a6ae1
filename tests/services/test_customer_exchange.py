"""Customers go out as a file and come back the same; nothing is written by a look at a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laverma_desk.domain.customer import Contact, Customer, InvoiceFormat, Salutation, Tool, Workstation
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.tariff import CustomerTariff, Rounding
from laverma_desk.services.cell_text import guarded, unguarded
from laverma_desk.services.exporting.customers import export_customers
from laverma_desk.services.importing.customer_source import own_file
from laverma_desk.services.importing.customer_writing import Tally
from laverma_desk.services.importing.customers import examine_source, import_source
from laverma_desk.services.importing.foreign import MappedFile, look_at
from laverma_desk.services.importing.mapping import propose
from laverma_desk.services.jobs import JobCancelled
from laverma_desk.storage import agreements, customer_export, customers
from laverma_desk.storage.agreements import NewAgreement
from laverma_desk.storage.customer_history import customer_changes_of
from tests.support.customer_imports import import_customers
from tests.support.desks import add_bohrer, add_customer, make_desk

FULL = Customer(
    0, "10017", "ZAP Dr. Bohrer", "Hauptstraße 5", "12345", "Musterstadt", phone="+493023125014",
    email_report="rezeption@zap-bohrer.example", email_invoice="buero@zap-bohrer.example",
    vat_id="DE136695976",
    leitweg_id="04011000-1234512345-06", software="Synadoc, Röntgen; KIM", since=date(2018, 4, 12),
    payment_days=14, on_site_km=18, on_site_travel_cents=0, on_site_hourly_cents=9500,
    invoice_format=InvoiceFormat.ZUGFERD, electronic_address="0204:04011000-1234512345-06", language="en",
)  # fmt: skip
PEOPLE = (
    Contact(0, "Sabine Lorenz", "Rezeption", Salutation.MS, "+493023125014", "lorenz@zap.example",
            "+491711234567", gets_reports=True),
    Contact(0, "Herr Mann", "=SUMME(A1)", Salutation.NONE, gets_invoices=True, signs_agreement=True),
)  # fmt: skip
MACHINES = (
    Workstation(0, 0, "PC Rezeption", Tool.TEAMVIEWER, "1234567890", place="Empfang, EG"),
    Workstation(0, 0, "-Server", Tool.ANYDESK, "12345", archived=True),
    Workstation(0, 0, "Behandlung 2", Tool.OTHER),
)
PRICES = (
    CustomerTariff(date(2022, 1, 1), 199),
    CustomerTariff(date(2024, 1, 1), None, Rounding.EXACT_SECOND),
    CustomerTariff(date(2025, 1, 1)),
)
SIGNED = (
    (date(2020, 1, 1), date(2021, 12, 31), None),
    (date(2022, 1, 15), date(2026, 12, 31), date(2023, 5, 1)),
    (date(2023, 5, 2), None, None),
)


def _write(desk, customer, people=(), machines=(), prices=(), signed=()):
    with desk.database.write() as connection:
        number = customers.insert_customer(connection, customer, desk.clock.now())
        for one in people:
            customers.put_contact(connection, number, one)
        for one in machines:
            customers.put_workstation(connection, replace(one, customer_id=number))
        for one in prices:
            customers.put_customer_tariff(connection, number, one)
        for begin, until, ended in signed:
            row = agreements.add_agreement(connection, NewAgreement(number, begin, until), desk.clock.now())
            if ended:
                agreements.end_agreement(connection, row, ended)
    return number


def _everything(desk):
    with desk.database.read() as connection:
        found = list(customer_export.full_customers(connection, archived=True))
    return [
        (
            replace(one.customer, id=0),
            [replace(person, id=0) for person in one.contacts],
            [replace(machine, id=0, customer_id=0) for machine in one.workstations],
            one.tariffs,
            [(signed.valid_from, signed.valid_until, signed.ended_on) for signed in one.agreements],
        )
        for one in found
    ]


@pytest.fixture
def other(tmp_path):
    opened = make_desk(tmp_path / "other")
    yield opened
    opened.close()


def test_everything_with_a_column_comes_back_as_it_went_out(desk, other, tmp_path):
    _write(desk, FULL, PEOPLE, MACHINES, PRICES, SIGNED)
    _write(
        desk, Customer(0, "+7", "'=Praxis", country="AT", postcode="1010", phone="+4314000", archived=True)
    )
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    assert export_customers(desk, first, archived=True) == 2
    import_customers(other, first)
    assert _everything(other) == _everything(desk)
    export_customers(other, second, archived=True)
    assert second.read_bytes() == first.read_bytes()
    assert import_customers(other, first).value.tally == Tally()


def test_the_window_reads_our_own_file_as_the_command_does(desk, other, tmp_path):
    _write(desk, FULL, PEOPLE, MACHINES, PRICES, SIGNED)
    _write(desk, Customer(0, "8", "Praxis Weiß", archived=True), [Contact(0, "Frau Holle")])
    file = tmp_path / "a.csv"
    export_customers(desk, file, archived=True)
    table = look_at(file)
    import_source(other, MappedFile(table, propose(table.headings)))
    assert _everything(other) == _everything(desk)


def test_cells_that_begin_like_formulas_are_guarded_in_the_file(desk, tmp_path):
    _write(desk, FULL, PEOPLE, MACHINES)
    file = tmp_path / "kunden.csv"
    export_customers(desk, file)
    content = file.read_text("utf-8-sig")
    assert ";'=SUMME(A1);" in content
    assert ";'-Server;" in content
    cells = [cell.strip('"') for line in content.splitlines() for cell in line.split(";")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@given(st.text())
def test_a_guarded_cell_is_no_formula_and_gives_its_value_back(value):
    assert unguarded(guarded(value)) == value
    assert not guarded(value).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
_TEXT = st.lists(_WORDS, max_size=3).map(" ".join)
_NAME = st.lists(_WORDS, min_size=1, max_size=3).map(" ".join)
_DAY = st.dates(date(2000, 1, 1), date(2099, 12, 31))
_CENTS = st.none() | st.integers(0, 1_000_000)
_FLAG = st.booleans()


def _unique(names):
    return names.casefold()


_PEOPLE = st.lists(
    st.builds(
        Contact, st.just(0), _NAME, _TEXT, st.sampled_from(Salutation), gets_reports=_FLAG,
        gets_invoices=_FLAG, signs_agreement=_FLAG,
        phone=st.sampled_from(["", "+493023125014", "+431234567", "+4970052837627"]),
    ),
    max_size=3, unique_by=lambda one: one.name.casefold(),
)  # fmt: skip
_MACHINES = st.lists(
    st.builds(
        Workstation, st.just(0), st.just(0), _NAME, st.sampled_from(Tool),
        st.sampled_from(["", "123456789", "1234567890"]), _FLAG, _TEXT,
    ),
    max_size=3, unique_by=lambda one: one.name.casefold(),
)  # fmt: skip
_PRICES = st.lists(
    st.builds(CustomerTariff, _DAY, _CENTS, st.none() | st.sampled_from(Rounding)),
    max_size=2, unique_by=lambda one: one.valid_from,
)  # fmt: skip
_RECORD = st.builds(
    Customer, st.just(0), st.just(""), _NAME, _TEXT, st.just("12345"), _TEXT, software=_TEXT,
    on_site_cents=_CENTS, on_site_hourly_cents=_CENTS, archived=_FLAG, since=st.none() | _DAY,
    payment_days=st.none() | st.integers(0, 365), language=st.sampled_from(["de", "en"]),
    invoice_format=st.sampled_from(InvoiceFormat),
)  # fmt: skip
_runs = count()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(_RECORD, _PEOPLE, _MACHINES, _PRICES), max_size=3))
def test_export_import_export_gives_the_same_bytes(tmp_path, practices):
    folder = tmp_path / str(next(_runs))
    folder.mkdir()
    first, second = make_desk(folder / "first"), make_desk(folder / "second")
    try:
        for number, (record, people, machines, prices) in enumerate(practices):
            _write(first, replace(record, number=str(20000 + number)), people, machines, prices)
        export_customers(first, folder / "a.csv", archived=True)
        if practices:
            import_customers(second, folder / "a.csv")
        export_customers(second, folder / "b.csv", archived=True)
        assert (folder / "a.csv").read_bytes() == (folder / "b.csv").read_bytes()
        assert _everything(second) == _everything(first)
    finally:
        first.close()
        second.close()


def test_archived_customers_go_out_on_request_and_merged_ones_with_their_survivor(desk, tmp_path):
    survivor = add_customer(desk, "1", "Praxis Weiß", "PC")
    gone = add_customer(desk, "2", "Praxis Weiss")
    archived = add_customer(desk, "3", "Praxis Alt")
    with desk.database.write() as connection:
        merged = customers.find(connection, gone)
        customers.update_customer(connection, replace(merged, archived=True, merged_into=survivor))
        old = customers.find(connection, archived)
        customers.update_customer(connection, replace(old, archived=True))
    assert export_customers(desk, tmp_path / "a.csv") == 1
    assert export_customers(desk, tmp_path / "b.csv", archived=True) == 2
    assert "Weiss" not in (tmp_path / "b.csv").read_text("utf-8-sig")


def test_a_merged_number_means_the_record_that_goes_on(desk, tmp_path):
    survivor = add_customer(desk, "1", "Praxis Weiß", "PC")
    gone = add_customer(desk, "2", "Praxis Weiss")
    with desk.database.write() as connection:
        merged = customers.find(connection, gone)
        customers.update_customer(connection, replace(merged, archived=True, merged_into=survivor))
    file = tmp_path / "k.csv"
    file.write_text("Kundennummer;Name;Ort;Arbeitsplatz\n2;Praxis Weiss;Bonn;Server\n", "utf-8")
    import_customers(desk, file)
    with desk.database.read() as connection:
        found = customers.find(connection, survivor)
        assert (found.name, found.city) == ("Praxis Weiß", "Bonn")
        assert [one.name for one in customers.workstations_of(connection, survivor)] == ["PC", "Server"]


def test_a_record_that_data_protection_has_closed_is_not_written(desk, tmp_path):
    closed = add_customer(desk, "1", "Praxis Weiß")
    with desk.database.write() as connection:
        one = customers.find(connection, closed)
        customers.update_customer(connection, replace(one, restricted_at=desk.clock.now()))
    file = tmp_path / "k.csv"
    file.write_text("Kundennummer;Name\n1;Praxis Neu\n", "utf-8")
    with pytest.raises(RuleBroken) as caught:
        import_customers(desk, file)
    assert [one.error.code for one in caught.value.problems] == [Rule.CUSTOMER_RESTRICTED]
    assert export_customers(desk, tmp_path / "a.csv", archived=True) == 0


def test_what_an_import_changes_stands_in_the_history_of_the_record(desk, tmp_path):
    bohrer = add_bohrer(desk)
    file = tmp_path / "neu.csv"
    file.write_text(
        "Kundennummer;Name;Ort;Ansprechpartner;Funktion;Arbeitsplatz;Partner-ID\n"
        "10017;ZAP Dr. Bohrer;Bonn;Sabine Lorenz;Leitung;PC Rezeption;234567890\n",
        "utf-8",
    )
    import_customers(desk, file)
    with desk.database.read() as connection:
        lines = customer_changes_of(connection, bohrer.customer_id)
    assert [(one.field, one.old, one.new, one.who, one.reason) for one in lines] == [
        ("city", "Musterstadt", "Bonn", "Klaus Klassen", "Import neu.csv"),
        ("workstation.partner_id", "PC Rezeption\n1234567890", "PC Rezeption\n234567890", "Klaus Klassen",
         "Import neu.csv"),
        ("contact.role", "Sabine Lorenz\nRezeption", "Sabine Lorenz\nLeitung", "Klaus Klassen",
         "Import neu.csv"),
    ]  # fmt: skip


def test_a_look_at_a_file_counts_everything_and_writes_nothing(desk, tmp_path):
    add_bohrer(desk)
    file = tmp_path / "k.csv"
    file.write_text(
        "Kundennummer;Name;Ort;PLZ;Telefon\n10017;ZAP Dr. Bohrer;Musterstadt;12345;\n"
        "1;Neu;Bonn;53111;030 23125 010\n"
        "2;Schlecht;Bonn;531;keins\n10017;ZAP Dr. Bohrer;;;\n",
        "utf-8",
    )
    before = _everything(desk)
    seen = examine_source(desk, own_file(file))
    assert _everything(desk) == before
    assert (seen.rows, seen.faulty_rows, seen.problem_count) == (4, 1, 2)
    tally = seen.imported.tally
    assert (tally.customers_added, tally.customers_changed, seen.imported.unchanged) == (1, 0, 1)
    assert [one.line for one in seen.sample] == [2, 3, 4, 5]
    assert seen.sample[1].cells["Telefon"].shown == "030 23125 010"
    wrong = {column: cell.error.code for column, cell in seen.sample[2].cells.items() if cell.error}
    assert wrong == {"PLZ": Rule.POSTCODE_INVALID, "Telefon": Rule.PHONE_INVALID}
    assert seen.sample[2].cells["Telefon"].shown == "keins"


@pytest.mark.parametrize("step", [1, 2, 5])
def test_an_import_that_is_called_off_leaves_nothing(desk, tmp_path, step):
    file = tmp_path / "k.csv"
    rows = "\n".join(f"{20000 + number};Praxis {number}" for number in range(1500))
    file.write_text(f"Kundennummer;Name\n{rows}\n", "utf-8")
    asked = count(1)
    with pytest.raises(JobCancelled):
        import_customers(desk, file, cancelled=lambda: next(asked) > step)
    assert _everything(desk) == []


def test_an_export_that_is_called_off_leaves_the_file_of_before(desk, tmp_path):
    add_bohrer(desk)
    file = tmp_path / "k.csv"
    file.write_text("von gestern", "utf-8")
    with pytest.raises(JobCancelled):
        export_customers(desk, file, cancelled=lambda: True)
    assert file.read_text("utf-8") == "von gestern"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["k.csv"]


def test_an_export_that_is_interrupted_leaves_nothing(desk, tmp_path):
    add_bohrer(desk)

    def interrupt(_done, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_customers(desk, tmp_path / "k.vcf", progress=interrupt)
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == []


def test_a_file_of_an_unknown_kind_is_not_written(desk, tmp_path):
    with pytest.raises(RuleBroken) as caught:
        export_customers(desk, tmp_path / "kunden.xls")
    assert caught.value.code is Rule.FILE_KIND_UNKNOWN
