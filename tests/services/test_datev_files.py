"""The files themselves: what heads them, how they are parted, and that they are whole or not there."""

from __future__ import annotations

from datetime import date

import pytest

from laverma_desk.domain.bookkeeping import Chart
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.services.datev import batch
from laverma_desk.services.datev.exporting import DatevWish, export_datev, preview
from laverma_desk.services.jobs import JobCancelled
from tests.support import datev_desks
from tests.support.datev_desks import (
    add_debtor,
    book,
    export,
    keep,
    pay,
    postings_of,
    take_back,
)
from tests.support.datev_reading import HEADER, Refused, postings, read
from tests.support.invoice_makers import sample_invoice

desk, rows = datev_desks.desk, datev_desks.rows

FIRST, LAST = date(2022, 1, 1), date(2022, 12, 31)


def test_the_header_says_whose_it_is(desk, rows, tmp_path):
    keep(desk, chart=Chart.SKR04, account_length=5, fiscal_month=7, committed=True)
    add_debtor(desk, "10019", "KFO Dr. Lindner", 100_019)
    book(desk, 3)
    result = export(desk, tmp_path, date(2022, 2, 15), date(2022, 3, 31))
    assert result.folder.name == "DATEV_20220215-20220331_20220301-102200"
    assert [one.name for one in result.files] == [
        "EXTF_Buchungsstapel_20220215_20220331.csv", "EXTF_Debitoren.csv",
    ]  # fmt: skip
    content = (result.folder / result.files[0].name).read_bytes()
    header = read(content).header
    told = {name: header[name] for name, _rule in HEADER if header[name]}
    assert told == {
        "Kennzeichen": "EXTF",
        "Versionsnummer": "700",
        "Formatkategorie": "21",
        "Formatname": "Buchungsstapel",
        "Formatversion": "13",
        "Erzeugt am": "20220301102200000",
        "Herkunft": "RE",
        "Exportiert von": "LavermaDesk",
        "Beraternummer": "29098",
        "Mandantennummer": "55003",
        "WJ-Beginn": "20210701",
        "Sachkontenlänge": "5",
        "Datum von": "20220215",
        "Datum bis": "20220331",
        "Bezeichnung": "Belege 15.02.22 bis 31.03.22",
        "Buchungstyp": "1",
        "Rechnungslegungszweck": "0",
        "Festschreibung": "1",
        "WKZ": "EUR",
        "Sachkontenrahmen": "04",
        "Anwendungsinformation": "LavermaDesk",
    }
    (one,) = postings(content)
    assert (one.account, one.contra, one.committed) == (100_019, 44_000, True)
    masters = read((result.folder / "EXTF_Debitoren.csv").read_bytes()).header
    assert masters["WJ-Beginn"] == "20210701"
    assert (masters["Datum von"], masters["WKZ"], masters["Festschreibung"]) == ("", "", "")


def test_the_headings_stand_where_the_description_has_them(desk, rows, tmp_path):
    book(desk, rows[0])
    result = export(desk, tmp_path, FIRST, LAST)
    batch_, masters = (read((result.folder / one.name).read_bytes()).headings for one in result.files)
    assert (len(batch_), len(masters)) == (125, 254)
    named = {
        1: "Umsatz (ohne Soll/Haben-Kz)", 7: "Konto", 8: "Gegenkonto (ohne BU-Schlüssel)", 10: "Belegdatum",
        11: "Belegfeld 1", 12: "Belegfeld 2", 14: "Buchungstext", 20: "Beleglink", 37: "KOST1 - Kostenstelle",
        40: "EU-Land u. UStID (Bestimmung)", 95: "Auftragsnummer", 114: "Festschreibung",
        115: "Leistungsdatum", 116: "Datum Zuord. Steuerperiode", 117: "Fälligkeit",
        118: "Generalumkehr (GU)", 119: "Steuersatz", 120: "Land", 125: "Abw. Skontokonto",
    }  # fmt: skip
    assert {place: batch_[place - 1] for place in named} == named
    named = {1: "Konto", 7: "Adressattyp", 16: "Straße", 99: "Kunden-/Lief.-Nr.", 254: "Letzte Frist"}
    assert {place: masters[place - 1] for place in named} == named


def test_a_fiscal_year_has_files_of_its_own_and_each_lies_in_one_calendar_year(desk, rows, tmp_path):
    keep(desk, fiscal_month=7)
    days = ["2021-12-30", "2021-12-31", "2022-01-01", "2022-06-30", "2022-07-01"]
    for number, day in enumerate(days):
        book(desk, rows[0], issued_on=date.fromisoformat(day), number=f"RE-{number}")
    result = export(desk, tmp_path, date(2021, 12, 31), date(2022, 7, 31))
    found = []
    for one in result.files[:-1]:
        content = (result.folder / one.name).read_bytes()
        begin = read(content).header["WJ-Beginn"]
        found.append((one.name, begin, [row.day.isoformat() for row in postings(content)]))
    assert found == [
        ("EXTF_Buchungsstapel_20211231_20211231.csv", "20210701", ["2021-12-31"]),
        ("EXTF_Buchungsstapel_20220101_20220630.csv", "20210701", ["2022-01-01", "2022-06-30"]),
        ("EXTF_Buchungsstapel_20220701_20220731.csv", "20220701", ["2022-07-01"]),
    ]


def test_debtors_are_those_of_the_last_fiscal_year_that_has_postings(desk, rows, tmp_path):
    book(desk, rows[0], issued_on=date(2022, 5, 1))
    result = export(desk, tmp_path, date(2000, 1, 1), date(2099, 12, 31))
    assert [one.name for one in result.files[1:]] == ["EXTF_Debitoren.csv"]
    for one in result.files:
        assert read((result.folder / one.name).read_bytes()).header["WJ-Beginn"] == "20220101"


def test_the_days_count_at_both_ends(desk, rows, tmp_path):
    for number, day in enumerate([date(2022, 1, 31), date(2022, 2, 1), date(2022, 2, 28), date(2022, 3, 1)]):
        book(desk, rows[0], issued_on=day, number=f"RE-{number}")
    found = postings_of(export(desk, tmp_path, date(2022, 2, 1), date(2022, 2, 28)))
    assert [one.field_1 for one in found] == ["RE-1", "RE-2"]


def test_more_rows_than_a_file_may_have_go_into_further_ones(desk, rows, tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "ROWS_PER_FILE", 2)
    for number in range(5):
        book(desk, rows[0], number=f"RE-{number}")
    result = export(desk, tmp_path, FIRST, LAST)
    assert [(one.name[-6:], one.rows) for one in result.files if one.first] == [
        ("31.csv", 2), ("_2.csv", 2), ("_3.csv", 1),
    ]  # fmt: skip
    assert [one.field_1 for one in postings_of(result)] == [f"RE-{number}" for number in range(5)]


def test_a_preview_says_what_an_export_then_writes(desk, rows, tmp_path):
    one = sample_invoice()
    row = book(desk, rows[0], one)
    book(desk, rows[1], number="RE-2022-0032")
    take_back(desk, row, one, "ST-2022-0001")
    pay(desk, row, 17_672, date(2022, 3, 9))
    wanted = DatevWish(FIRST, LAST, payments=True)
    seen = preview(desk, wanted)
    assert list(tmp_path.glob("DATEV*")) == []
    made = export_datev(desk, wanted, tmp_path)
    assert seen.obstacles == ()
    assert (seen.bookings, seen.debtors, seen.billed_cents, seen.paid_cents) == (4, 2, 17_672, 17_672)
    assert (made.bookings, made.debtors, made.billed_cents, made.paid_cents) == (4, 2, 17_672, 17_672)
    assert seen.files == made.files
    assert [one.rows for one in seen.files] == [4, 2]


def test_a_second_export_writes_over_nothing(desk, rows, tmp_path):
    book(desk, rows[0])
    folders = [export(desk, tmp_path / "neu" / "hier", FIRST, LAST).folder for _ in range(3)]
    assert [one.name[-2:] for one in folders] == ["00", "-2", "-3"]
    assert len({(one / "EXTF_Debitoren.csv").read_bytes() for one in folders}) == 1


@pytest.mark.parametrize("at", [1, 2, 3])
def test_what_is_called_off_leaves_nothing_behind(desk, rows, tmp_path, at):
    for number in range(3):
        book(desk, rows[0], number=f"RE-{number}")
    asked = []

    def cancelled():
        asked.append(1)
        return len(asked) == at

    with pytest.raises(JobCancelled):
        export_datev(desk, DatevWish(FIRST, LAST), tmp_path / "out", cancelled=cancelled)
    assert list((tmp_path / "out").iterdir()) == []


def test_progress_ends_at_the_end(desk, rows, tmp_path):
    row = book(desk, rows[0])
    pay(desk, row, 100, date(2022, 3, 9))
    told = []
    export_datev(
        desk, DatevWish(FIRST, LAST, payments=True), tmp_path, lambda done, total: told.append((done, total))
    )
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_a_folder_that_takes_nothing_is_said(desk, rows, tmp_path):
    book(desk, rows[0])
    (tmp_path / "datei").write_text("", encoding="utf-8")
    with pytest.raises(OutsideTrouble) as caught:
        export(desk, tmp_path / "datei", FIRST, LAST)
    assert caught.value.code is Trouble.FOLDER_UNWRITABLE
    assert caught.value.parameters == {"folder": str(tmp_path / "datei")}


def test_days_that_run_backwards_are_refused(desk, rows, tmp_path):
    for work in (
        lambda: preview(desk, DatevWish(LAST, FIRST)),
        lambda: export(desk, tmp_path, LAST, FIRST),
    ):
        with pytest.raises(RuleBroken) as caught:
            work()
        assert caught.value.code is Rule.END_BEFORE_START
    assert list(tmp_path.glob("DATEV*")) == []


def spoilt(content, old, new):
    assert content.count(old) == 1
    return content.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"EXTF"', b"EXTF"),
        (b";13;2022", b";7;2022"),
        (b";20220101;4;", b";20220701;4;"),
        (b"176,72", b"176.72"),
        (b"176,72", b"-176,72"),
        (b"176,72", b"0,00"),
        (b"176,72", b"12345678901,00"),
        (b'"RE-2022-0031"', b'"RE 2022 0031"'),
        (b'"RE-2022-0031"', b'""'),
        (b"10017;8400", b"10017;840000"),
        (b"10017;8400", b"70017;8400"),
        (b";0103;", b";103;"),
        (b";0103;", b";3102;"),
        (b";28022022;28022022;", b";28022022;;"),
        (b"\r\n176", b"\n176"),
        (b'Bohrer"', b"Bohrer"),
        (b'Bohrer"', b'Bohrer\x81"'),
        (b'Bohrer"', b"Bohrer" + b"r" * 30 + b'"'),
        (b";0;28022022", b";28022022"),
    ],
)  # fmt: skip
def test_the_reader_refuses_what_the_description_does_not_allow(desk, rows, tmp_path, old, new):
    book(desk, rows[0])
    result = export(desk, tmp_path, FIRST, LAST)
    content = (result.folder / result.files[0].name).read_bytes()
    assert len(postings(content)) == 1
    with pytest.raises(Refused):
        postings(spoilt(content, old, new))
