"""Sessions leave the desk as tables: whole, typed, and without a cell that a spreadsheet would calculate."""

from __future__ import annotations

import csv
import errno
import gc
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from laverma_desk.domain.customer import Tool, Workstation
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.message import MessageState
from laverma_desk.services import history
from laverma_desk.services.exporting.session_columns import COLUMNS
from laverma_desk.services.exporting.workbook import write_workbook
from laverma_desk.services.history import HistoryFilter, export_history
from laverma_desk.services.importing.sessions import import_sessions
from laverma_desk.services.jobs import JobCancelled
from laverma_desk.storage import billing, history_rows, outbox
from laverma_desk.storage.session_history import Change, log_change
from tests.support.desks import add_bohrer, make_desk
from tests.support.past_sessions import BEGIN, past_session
from tests.support.session_steps import mail
from tests.support.workbook_reading import frozen_rows, number_formats, sheets_of

EVERYTHING = HistoryFilter(None, None)
DANGEROUS = (
    "=1+1", "+49 30", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''@x", '=HYPERLINK("http://x.example")',
)  # fmt: skip


@pytest.fixture
def place(bohrer) -> Workstation:
    return Workstation(bohrer.server, bohrer.customer_id, "Server", Tool.TEAMVIEWER)


def past(desk, place, *more, **values) -> int:
    with desk.database.write() as connection:
        return past_session(connection, place, *more, **values)


def table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as reader:
        return list(csv.DictReader(reader, delimiter=";", strict=True))


def test_every_column_of_a_session(desk, place, tmp_path):
    number = past(
        desk, place, requested_by="Sabine Lorenz", channel="email", tool="anydesk", partner_id="123456789",
        notes="Druckertreiber\ngeprüft; „gut“", origin="manual", exception_reason="Notfall",
        exception_by="Chef", exception_at=BEGIN,
    )  # fmt: skip
    sent = mail(desk, number, MessageState.HANDED_OVER)
    with desk.database.write() as connection:
        at = datetime(2022, 3, 1, 10, 38, tzinfo=UTC)
        outbox.add_attempt(connection, sent, "a@b.example", outbox.Attempt(at, "250 ok"))
        log_change(connection, number, Change(BEGIN, "Klaus", "notes", "a", "b", "Tippfehler"))
        billing.bill(connection, [number], "RE-2022-0030")
    file = tmp_path / "Sitzungen.csv"
    assert export_history(desk, EVERYTHING, file, "csv") == 1
    assert file.read_bytes().startswith(b"\xef\xbb\xbfNummer;Kundennummer;")
    assert table(file) == [
        {
            "Nummer": "S-2022-0001",
            "Kundennummer": "10017",
            "Kunde": "ZAP Dr. Bohrer",
            "Arbeitsplatz": "Server",
            "Anfang": "01.03.2022 10:00:00",
            "Ende": "01.03.2022 10:12:22",
            "Dauer": "00:12:22",
            "Sekunden": "742",
            "Abgerechnete Minuten": "13",
            "Minutenpreis": "2,25",
            "Netto": "29,25",
            "USt-Satz": "19",
            "Abrechnen": "ja",
            "Grund": "",
            "Supporter": "Klaus Klassen",
            "Auftrag durch": "Sabine Lorenz",
            "Kanal": "per E-Mail",
            "Werkzeug": "AnyDesk",
            "Partner-ID": "123456789",
            "Notizen": "Druckertreiber\ngeprüft; „gut“",
            "Bericht": "gesendet",
            "Bericht vom": "01.03.2022 11:38:00",
            "Rechnung": "RE-2022-0030",
            "Ohne AVV": "nein",
            "Ausnahme AVV": "Notfall",
            "Ausnahme durch": "Chef",
            "Herkunft": "nachgetragen",
            "Korrigiert": "ja",
            "Nicht möglich": "",
        }
    ]


def test_a_workbook_has_typed_cells_under_a_header_that_stays(desk, place, tmp_path):
    past(desk, place, notes="Server")
    past(desk, place, BEGIN + timedelta(hours=30), 90_061, billable=False, free_reason_id=1)
    file = tmp_path / "Sitzungen.xlsx"
    assert export_history(desk, EVERYTHING, file, "xlsx") == 2
    sheets = sheets_of(file)
    assert list(sheets) == ["Sitzungen"]
    header, free, billed = sheets["Sitzungen"]
    assert list(header.values()) == [one.heading for one in COLUMNS]
    letter = {heading: letters for letters, heading in header.items()}
    assert billed[letter["Anfang"]] == pytest.approx(44621 + 10 / 24)
    assert billed[letter["Dauer"]] == pytest.approx(742 / 86400)
    assert (billed[letter["Sekunden"]], billed[letter["Netto"]], billed[letter["USt-Satz"]]) == (
        742,
        29.25,
        19,
    )
    assert (free[letter["Abrechnen"]], free[letter["Grund"]], free[letter["Netto"]]) == (
        "nein",
        "Garantie",
        0,
    )
    assert free[letter["Dauer"]] == pytest.approx(90_061 / 86400)
    assert billed[letter["Kundennummer"]] == "10017"
    assert letter["Bericht vom"] not in billed
    assert frozen_rows(file) == 1
    assert {"dd.mm.yyyy hh:mm:ss", "[hh]:mm:ss", '#,##0.00\u00a0"€"'} <= number_formats(file)


def test_only_what_the_filter_shows_newest_first(desk, place, tmp_path):
    for day in range(5):
        past(desk, place, BEGIN + timedelta(days=day), notes="Switch" if day % 2 else "Router")
    wanted = replace(EVERYTHING, first=BEGIN.date(), last=BEGIN.date() + timedelta(days=3), text="switch")
    file = tmp_path / "a.csv"
    assert export_history(desk, wanted, file, "csv") == 2
    shown = [
        row
        for one in history.overview(desk, wanted).days
        for row in history.rows(desk, wanted, one.day, 0, 9)
    ]
    assert [row["Nummer"] for row in table(file)] == [row.number for row in shown]


@pytest.mark.parametrize("said", DANGEROUS)
def test_no_cell_is_a_formula(desk, place, tmp_path, said):
    past(desk, place, notes=said, requested_by=said, customer_name=said, partner_id=said)
    export_history(desk, EVERYTHING, tmp_path / "a.csv", "csv")
    (row,) = table(tmp_path / "a.csv")
    for column in ("Notizen", "Auftrag durch", "Kunde", "Partner-ID"):
        assert row[column] == f"'{said}"
    export_history(desk, EVERYTHING, tmp_path / "a.xlsx", "xlsx")
    cells = sheets_of(tmp_path / "a.xlsx")["Sitzungen"][1]
    assert list(cells.values()).count(said) == 4


@pytest.mark.parametrize(
    "said", ["<r>raw</r>", "<r><t>x</t></r>", "a\x0bb", "x" * 40_000, "😀" * 20_000, "_x0041_"]
)
def test_a_workbook_takes_every_text(desk, place, tmp_path, said):
    past(desk, place, notes=said)
    export_history(desk, EVERYTHING, tmp_path / "a.xlsx", "xlsx")
    header, cells = sheets_of(tmp_path / "a.xlsx")["Sitzungen"]
    notes = cells[next(letters for letters, heading in header.items() if heading == "Notizen")]
    if len(said) > 15_000:
        assert notes.endswith("… (gekürzt: mehr fasst Excel nicht, die CSV-Datei enthält alles)")
        assert 32_765 <= len(notes.encode("utf-16-le")) // 2 <= 32_767
        assert said.startswith(notes[:16_000])
    else:
        assert notes.removesuffix(" ") == said


def test_a_full_sheet_goes_on_in_a_further_one(desk, place, tmp_path):
    for day in range(5):
        past(desk, place, BEGIN + timedelta(days=day))
    file = tmp_path / "a.xlsx"
    with file.open("wb") as stream, desk.database.read() as connection:
        rows = history_rows.every_row(connection, EVERYTHING)
        write_workbook(stream, tmp_path, COLUMNS, rows, rows_per_sheet=2)
    sheets = sheets_of(file)
    assert list(sheets) == ["Sitzungen", "Sitzungen 2", "Sitzungen 3"]
    assert [len(rows) for rows in sheets.values()] == [3, 3, 2]
    assert {rows[0]["A"] for rows in sheets.values()} == {"Nummer"}


def test_what_was_exported_can_be_brought_in_elsewhere(desk, place, tmp_path):
    past(desk, place, notes="- Drucker\n- Server", requested_by="=Lorenz")
    past(desk, place, BEGIN + timedelta(days=1, seconds=7), 61, billable=False, free_reason_id=1)
    export_history(desk, EVERYTHING, tmp_path / "a.csv", "csv")
    other = make_desk(tmp_path / "other")
    add_bohrer(other)
    other.clock.advance(days=9)
    import_sessions(other, tmp_path / "a.csv")
    export_history(other, EVERYTHING, tmp_path / "b.csv", "csv")
    other.close()
    known = (
        "Kundennummer",
        "Arbeitsplatz",
        "Anfang",
        "Ende",
        "Dauer",
        "Abrechnen",
        "Grund",
        "Auftrag durch",
        "Notizen",
    )
    first, second = table(tmp_path / "a.csv"), table(tmp_path / "b.csv")
    assert [[row[name] for name in known] for row in first] == [
        [row[name] for name in known] for row in second
    ]
    assert second[1]["Notizen"] == "'- Drucker\n- Server"
    assert second[1]["Herkunft"] == "Import"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_progress_is_told_and_a_cancelled_export_leaves_nothing(desk, place, tmp_path, kind):
    for day in range(3):
        past(desk, place, BEGIN + timedelta(days=day))
    folder = tmp_path / "files"
    folder.mkdir()
    file = folder / f"a.{kind}"
    file.write_text("earlier")
    told = []

    def cancelled() -> bool:
        return bool(told)

    with pytest.raises(JobCancelled):
        export_history(
            desk, EVERYTHING, file, kind, lambda done, total: told.append((done, total)), cancelled
        )
    assert told[0] == (0, 3)
    assert [one.name for one in folder.iterdir()] == [file.name]
    assert file.read_text() == "earlier"
    told.clear()
    assert export_history(desk, EVERYTHING, file, kind, lambda done, total: told.append((done, total))) == 3
    assert (told[0], told[-1]) == ((0, 3), (3, 3))
    assert [one.name for one in folder.iterdir()] == [file.name]
    assert file.read_bytes() != b"earlier"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_place_that_takes_no_file_is_said(desk, place, tmp_path, kind):
    with pytest.raises(OutsideTrouble) as trouble:
        export_history(desk, EVERYTHING, tmp_path / "nowhere" / f"a.{kind}", kind)
    assert trouble.value.code is Trouble.FILE_UNWRITABLE
    with pytest.raises(RuleBroken) as broken:
        export_history(desk, EVERYTHING, desk.data.database, kind)
    assert broken.value.code is Rule.FILE_IS_THE_DESK


class _FullDisk(BytesIO):
    def write(self, _content) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


class _FullSometime(BytesIO):
    """Takes so many writes and then no more."""

    def __init__(self, writes: int) -> None:
        super().__init__()
        self._left = writes

    def write(self, content) -> int:
        self._left -= 1
        if self._left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(content)


@pytest.mark.parametrize("writes", range(0, 60, 7))
def test_a_workbook_given_up_halfway_is_cleared_away_in_silence(desk, place, tmp_path, writes):
    past(desk, place)
    unheard = []
    gc.freeze()  # What all the tests before have made is not looked through once more.
    before, sys.unraisablehook = sys.unraisablehook, unheard.append
    try:
        with desk.database.read() as connection, suppress(OSError):
            write_workbook(
                _FullSometime(writes), tmp_path, COLUMNS, history_rows.every_row(connection, EVERYTHING)
            )
        gc.collect()
    finally:
        sys.unraisablehook = before
        gc.unfreeze()
    assert [str(one.exc_value) for one in unheard] == []


def test_a_disk_that_gets_full_while_a_workbook_is_closed_is_told_as_such(desk, place, tmp_path):
    past(desk, place)
    with desk.database.read() as connection, pytest.raises(OSError) as error:
        write_workbook(_FullDisk(), tmp_path, COLUMNS, history_rows.every_row(connection, EVERYTHING))
    assert error.value.errno == errno.ENOSPC
