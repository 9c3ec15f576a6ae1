"""Figures leave the desk as files: whole, typed, of the kind that was wanted, and read back here."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from pypdf import PdfReader

from laverma_desk import i18n
from laverma_desk.domain.company import FiguresSettings
from laverma_desk.domain.customer import Workstation
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.statistics import StatisticsFilter
from laverma_desk.services.customers.merging import merge
from laverma_desk.services.jobs import JobCancelled
from laverma_desk.services.setup import house
from laverma_desk.services.setup.house_figures import save_figures_settings
from laverma_desk.services.statistics.files import (
    KINDS,
    suggested_name,
    write_statistics,
    write_statistics_set,
)
from laverma_desk.storage import customers
from tests.support.desks import add_customer
from tests.support.past_sessions import past_session
from tests.support.workbook_reading import frozen_rows, number_formats, sheets_of

SPRING = StatisticsFilter(date(2022, 2, 1), date(2022, 4, 30))
TITLES = [
    "Gesamt", "Nach Monat", "Nach Kunde", "Kostenlos nach Grund", "Nach Wochentag und Stunde",
    "Nach Arbeitsplatz", "Vor Ort wäre günstiger gewesen", "Nach Supporter",
]  # fmt: skip
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@dataclass(frozen=True)
class Places:
    """Rows of two practices and of a second technician."""

    markt: Workstation
    weiss: Workstation
    jana: int


def _place(desk, number, name, machine) -> Workstation:
    customer_id = add_customer(desk, number, name, machine, has_agreement=False)
    with desk.database.read() as connection:
        return customers.workstations_of(connection, customer_id)[0]


@pytest.fixture
def places(desk) -> Places:
    """Four sessions in spring: 30, 20 and 10 minutes billed, 15 free; one more in June."""
    markt = _place(desk, "10023", "Zahnärzte am Markt", "Server")
    weiss = _place(desk, "10008", "=Praxis Dr. Weiß", "Rezeption 1")
    jana = house.save_supporter(desk, "Jana Petersen", "").value
    with desk.database.write() as connection:
        past_session(connection, markt, datetime(2022, 2, 7, 8, tzinfo=UTC), 1800)
        past_session(connection, markt, datetime(2022, 4, 4, 12, tzinfo=UTC), 1200, supporter_id=jana)
        past_session(connection, weiss, datetime(2022, 4, 5, 12, 30, tzinfo=UTC), 600)
        past_session(
            connection, weiss, datetime(2022, 4, 6, 7, tzinfo=UTC), 871, billable=False, free_reason_id=1
        )
        past_session(connection, weiss, datetime(2022, 6, 6, 7, tzinfo=UTC), 60)
    return Places(markt, weiss, jana)


def written(desk, folder: Path, kind, wanted=SPRING) -> Path:
    file = folder / f"aus.{kind}"
    write_statistics(desk, wanted, file, kind)
    return file


def table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as reader:
        return list(csv.DictReader(reader, delimiter=";", strict=True))


def filled(row: dict[str, str]) -> dict[str, str]:
    return {heading: cell for heading, cell in row.items() if cell}


def test_the_csv_file_has_every_table(desk, places, tmp_path):
    file = written(desk, tmp_path, "csv")
    assert file.read_bytes().startswith(b"\xef\xbb\xbfTabelle;Erster Tag;")
    rows = [filled(one) for one in table(file)]
    assert list(dict.fromkeys(one["Tabelle"] for one in rows)) == [
        one for one in TITLES if not one.startswith("Vor Ort")
    ]
    assert rows[0] == {
        "Tabelle": "Gesamt", "Erster Tag": "01.02.2022", "Letzter Tag": "30.04.2022", "Kunde": "alle",
        "Sitzungen": "4", "Arbeitszeit": "01:14:31", "Minuten abgerechnet": "60", "Minuten kostenlos": "15",
        "Umsatz, netto": "135,00", "Entgangener Umsatz, netto": "33,75", "Anteil abgerechnet": "80,0 %",
        "Durchschnittliche Sitzung": "00:18:38",
    }  # fmt: skip
    assert [(one["Monat"], one["Sitzungen"]) for one in rows[1:4]] == [
        ("2022-02", "1"),
        ("2022-03", "0"),
        ("2022-04", "3"),
    ]
    assert "Anteil abgerechnet" not in rows[2]
    assert [
        (one["Wochentag"], one["Begonnen"], one["Sitzungen"])
        for one in rows
        if one["Tabelle"] == "Nach Wochentag und Stunde"
    ] == [
        ("Montag", "09:00–10:00", "1"),
        ("Montag", "14:00–15:00", "1"),
        ("Dienstag", "14:00–15:00", "1"),
        ("Mittwoch", "09:00–10:00", "1"),
    ]
    assert [(one["Supporter"], one["Umsatz, netto"]) for one in rows[-2:]] == [
        ("Klaus Klassen", "90,00"),
        ("Jana Petersen", "45,00"),
    ]


def test_no_cell_is_a_formula(desk, places, tmp_path):
    named = [one for one in table(written(desk, tmp_path, "csv")) if "Weiß" in one["Kunde"]]
    assert [one["Kunde"] for one in named] == ["'=Praxis Dr. Weiß"] * 2
    sheets = sheets_of(written(desk, tmp_path, "xlsx"), shared=True)
    assert [row["B"] for row in sheets["Nach Kunde"]] == ["Kunde", "Zahnärzte am Markt", "=Praxis Dr. Weiß"]


def test_the_workbook_has_typed_cells_on_a_sheet_for_each_table(desk, places, tmp_path):
    file = written(desk, tmp_path, "xlsx")
    sheets = sheets_of(file, shared=True)
    assert list(sheets) == TITLES
    head, *months = sheets["Nach Monat"]
    letter = {heading: letters for letters, heading in head.items()}
    assert [row[letter["Monat"]] for row in months] == [44593, 44621, 44652]
    april = months[2]
    assert april[letter["Umsatz, netto"]] == 67.5
    assert april[letter["Minuten abgerechnet"]] == 30
    assert april[letter["Arbeitszeit"]] == pytest.approx((1200 + 600 + 871) / 86400)
    assert april[letter["Anteil abgerechnet"]] == pytest.approx(30 / 45)
    assert letter["Anteil abgerechnet"] not in months[1]
    assert sheets["Vor Ort wäre günstiger gewesen"] == [
        dict(zip("ABCDEF", ("Kundennummer", "Kunde", "Kosten eines Besuchs, netto", "Sitzungen",
                            "Minuten abgerechnet", "Mehrkosten, netto"), strict=True))
    ]  # fmt: skip
    assert frozen_rows(file) == 1
    assert {"mm/yyyy", "[hh]:mm:ss", '#,##0.00\u00a0"€"', "0.0\u00a0%", "dd.mm.yyyy"} <= number_formats(file)


def _charts(file: Path) -> list[ET.Element]:
    with zipfile.ZipFile(file) as book:
        names = sorted(one for one in book.namelist() if one.startswith("xl/charts/chart"))
        return [ET.fromstring(book.read(one)) for one in names]  # noqa: S314 (a file that the test has made)


def test_its_charts_begin_at_zero_and_lead_to_the_cells(desk, places, tmp_path):
    charts = _charts(written(desk, tmp_path, "xlsx"))
    values = [[one.text for one in chart.iterfind(f".//{DRAWING}val//{DRAWING}f")] for chart in charts]
    assert values == [
        ["'Nach Monat'!$D$2:$D$4", "'Nach Monat'!$E$2:$E$4"],
        ["'Nach Monat'!$F$2:$F$4"],
        ["'Nach Kunde'!$G$2:$G$3"],
        ["'Kostenlos nach Grund'!$D$2"],
    ]
    for chart in charts:
        axis = chart.find(f".//{DRAWING}valAx")
        assert axis.find(f".//{DRAWING}min").get("val") == "0"
        assert not list(chart.iter(f"{DRAWING}pieChart"))
    assert [one.text for one in charts[0].iterfind(f".//{DRAWING}tx//{DRAWING}f")] == [
        "'Nach Monat'!$D$1",
        "'Nach Monat'!$E$1",
    ]


def paper(file: Path) -> str:
    pages = PdfReader(file, strict=True).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_the_paper_says_what_the_tables_say(desk, places, tmp_path):
    said = paper(written(desk, tmp_path, "pdf"))
    assert "Auswertung Februar 2022 – April 2022, Stand 01.03.2022" in said
    for words in (
        "Minuten gesamt 75", "4 Sitzungen in 3 Monaten", "60 Min × 2,25 €", "80,0 %", "April 67,50 €",
        "Zahnärzte am Markt 2 50 0 112,50 € 0,00 €", "Garantie 1 15 33,75 €", "Jana Petersen 1 20 0 45,00 €",
    ):  # fmt: skip
        assert words in said, words


def test_paper_and_picture_speak_as_the_window_does(desk, places, tmp_path):
    i18n.use("en")
    said = paper(written(desk, tmp_path, "pdf"))
    assert "Statistics February 2022 – April 2022, as of 01/03/2022" in said
    assert "Minuten" not in said
    assert table(written(desk, tmp_path, "csv"))[0]["Tabelle"] == "Gesamt"


def test_the_picture_is_the_first_page(desk, places, tmp_path):
    with Image.open(written(desk, tmp_path, "png")) as image:
        assert image.format == "PNG"
        assert image.size == (1588, 2246)
        assert image.mode == "RGB"
        assert tuple(round(one) for one in image.info["dpi"]) == (192, 192)
        image.load()
        colours = {colour: count for count, colour in image.getcolors(1 << 24)}
    # Paper, and the bars in their one colour.
    assert colours[255, 255, 255] > 2_500_000
    assert colours[11, 110, 117] > 15_000
    assert sum(colours.values()) == 1588 * 2246


def test_a_customer_and_a_supporter_are_named(desk, places, tmp_path):
    wanted = StatisticsFilter(SPRING.first, SPRING.last, places.markt.customer_id, places.jana)
    said = paper(written(desk, tmp_path, "pdf", wanted))
    assert "Zahnärzte am Markt, Supporter Jana Petersen, Stand 01.03.2022" in said
    first = filled(table(written(desk, tmp_path, "csv", wanted))[0])
    assert (first["Kunde"], first["Supporter"], first["Sitzungen"]) == (
        "Zahnärzte am Markt",
        "Jana Petersen",
        "1",
    )


def test_who_was_merged_is_called_as_the_practice_is_now(desk, places, tmp_path):
    merge(desk, places.markt.customer_id, places.weiss.customer_id, {}, "doppelt")
    wanted = StatisticsFilter(SPRING.first, SPRING.last, places.weiss.customer_id)
    first = filled(table(written(desk, tmp_path, "csv", wanted))[0])
    assert (first["Kunde"], first["Sitzungen"]) == ("Zahnärzte am Markt", "4")


def test_a_locked_customer_is_not_named(desk, places, tmp_path):
    with desk.database.write() as connection:
        found = customers.find(connection, places.markt.customer_id)
        customers.update_customer(connection, replace(found, restricted_at=desk.clock.now()))
    wanted = StatisticsFilter(SPRING.first, SPRING.last, places.markt.customer_id)
    first = filled(table(written(desk, tmp_path, "csv", wanted))[0])
    assert (first["Kunde"], first["Sitzungen"]) == ("–", "0")
    assert "Markt" not in paper(written(desk, tmp_path, "pdf", wanted))
    assert "Markt" not in written(desk, tmp_path, "csv").read_text(encoding="utf-8")


def test_a_house_that_wants_no_figures_of_people_gets_none(desk, places, tmp_path):
    save_figures_settings(desk, FiguresSettings(per_supporter=False))
    wanted = StatisticsFilter(SPRING.first, SPRING.last, None, places.jana)
    for kind in ("csv", "xlsx", "pdf"):
        file = written(desk, tmp_path, kind, wanted)
        if kind == "csv":
            said = file.read_text(encoding="utf-8")
            assert ";4;01:14:31;60;" in said
        elif kind == "pdf":
            said = paper(file)
        else:
            sheets = sheets_of(file, shared=True)
            said = json.dumps(sheets, ensure_ascii=False)
        for name in ("Supporter", "Jana", "Klaus"):
            assert name not in said, (kind, name)


def test_without_a_session_there_are_files_all_the_same(desk, tmp_path):
    for kind in KINDS:
        written(desk, tmp_path, kind)
    assert "Noch keine Daten für diesen Zeitraum." in paper(tmp_path / "aus.pdf")
    assert [one["Sitzungen"] for one in table(tmp_path / "aus.csv")] == ["0"] * 4
    assert len(_charts(tmp_path / "aus.xlsx")) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_one_that_is_called_off_leaves_the_earlier_file(desk, places, tmp_path, kind):
    file = tmp_path / "files" / f"aus.{kind}"
    file.parent.mkdir()
    file.write_text("earlier")
    told = []

    def after_reading() -> bool:
        return (1, 2) in told

    with pytest.raises(JobCancelled):
        write_statistics(
            desk, SPRING, file, kind, progress=lambda *step: told.append(step), cancelled=after_reading
        )
    assert [one.name for one in file.parent.iterdir()] == [file.name]
    assert file.read_text() == "earlier"
    assert (2, 2) not in told
    write_statistics(desk, SPRING, file, kind, progress=lambda *step: told.append(step))
    assert told[-1] == (2, 2)
    assert file.read_bytes() != b"earlier"


def test_a_place_that_takes_no_file_is_said(desk, places, tmp_path):
    with pytest.raises(OutsideTrouble) as trouble:
        written(desk, tmp_path / "nowhere", "pdf")
    assert trouble.value.code is Trouble.FILE_UNWRITABLE
    with pytest.raises(RuleBroken) as broken:
        write_statistics(desk, SPRING, desk.data.database, "csv")
    assert broken.value.code is Rule.FILE_IS_THE_DESK


def test_a_customer_who_is_not_there_is_said(desk, places, tmp_path):
    with pytest.raises(RuleBroken) as broken:
        written(desk, tmp_path, "csv", StatisticsFilter(SPRING.first, SPRING.last, 999))
    assert broken.value.code is Rule.CUSTOMER_UNKNOWN
    assert not (tmp_path / "aus.csv").exists()


def test_a_set_has_every_kind_in_a_folder_of_its_own(desk, places, tmp_path):
    above = tmp_path / "neu" / "hier"
    first, second = (write_statistics_set(desk, SPRING, above) for _ in range(2))
    name = "Auswertung_2022-02-01_2022-04-30"
    assert suggested_name(SPRING) == name
    assert (first, second) == (above / name, above / f"{name}-2")
    assert sorted(one.name for one in first.iterdir()) == [f"{name}.{kind}" for kind in sorted(KINDS)]
    alone = written(desk, tmp_path, "csv").read_bytes()
    assert (first / f"{name}.csv").read_bytes() == alone
    assert (second / f"{name}.csv").read_bytes() == alone
    with Image.open(first / f"{name}.png") as image:
        image.verify()
    assert zipfile.ZipFile(io.BytesIO((first / f"{name}.xlsx").read_bytes())).testzip() is None


@pytest.mark.parametrize("steps", range(5))
def test_a_set_that_is_called_off_leaves_nothing(desk, places, tmp_path, steps):
    told = []
    with pytest.raises(JobCancelled):
        write_statistics_set(
            desk, SPRING, tmp_path / "neu", progress=lambda *step: told.append(step),
            cancelled=lambda: len(told) > steps,
        )  # fmt: skip
    assert len(told) == steps + 1
    assert list((tmp_path / "neu").iterdir()) == []
