"""`export sessions` as a shell calls it."""

from __future__ import annotations

import csv
import os
import pty
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from laverma_desk.__main__ import main
from laverma_desk.domain.customer import Workstation
from tests.support.desks import add_bohrer, add_customer, make_desk
from tests.support.past_sessions import BEGIN, past_session
from tests.support.workbook_reading import sheets_of

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path):
    """A desk with three sessions of two practices."""
    desk = make_desk(tmp_path / "daten")
    bohrer = add_bohrer(desk)
    other = add_customer(desk, "10018", "Praxis Dr. Weiß", "PC")
    with desk.database.write() as connection:
        first = Workstation(bohrer.server, bohrer.customer_id, "Server")
        past_session(connection, first, notes="Druckertreiber")
        past_session(connection, first, BEGIN + timedelta(days=1), notes="Router", billable=False)
        past_session(connection, Workstation(3, other, "PC"), BEGIN + timedelta(days=2), notes="Kartenleser")
    desk.close()
    return tmp_path


@pytest.fixture
def call(folder, capsys):
    def called(*arguments):
        code = main(["--data-dir", str(folder / "daten"), "export", "sessions", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return called


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        ([], ["S-2022-0003", "S-2022-0002", "S-2022-0001"]),
        (["--from", "02.03.2022"], ["S-2022-0003", "S-2022-0002"]),
        (["--from", "2022-03-02", "--to", "02.03.2022"], ["S-2022-0002"]),
        (["--customer", "10018"], ["S-2022-0003"]),
        (["--supporter", "klaus klassen", "--status", "free"], ["S-2022-0002"]),
        (["--text", "treiber"], ["S-2022-0001"]),
        (["--text", "treiber", "--status", "report-failed"], []),
    ],
)
def test_what_was_asked_for_is_written(call, folder, options, numbers):
    file = folder / "aus.csv"
    code, out, err = call(file, *options)
    assert (code, err) == (0, "")
    count = f"{len(numbers)} Sitzung" if len(numbers) == 1 else f"{len(numbers)} Sitzungen"
    assert out == f"{count} nach {file} geschrieben\n"
    with file.open(encoding="utf-8-sig", newline="") as reader:
        assert [row["Nummer"] for row in csv.DictReader(reader, delimiter=";")] == numbers


def test_the_ending_says_what_kind_of_file_it_is(call, folder):
    assert call(folder / "AUS.XLSX")[0] == 0
    assert len(sheets_of(folder / "AUS.XLSX")["Sitzungen"]) == 4


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["aus.txt"], 2, "„aus.txt“ endet weder auf .csv noch auf .xlsx."),
        (["aus.csv", "--status", "x"], 2, "--status"),
        (["aus.csv", "--customer", "99"], 1, "99"),
        (["aus.csv", "--supporter", "Niemand"], 1, "„Niemand“ ist hier nicht bekannt."),
        (["aus.csv", "--text", "x" * 301], 1, "höchstens 300 Zeichen"),
        (["nirgends/aus.csv"], 1, "nirgends"),
    ],
)
def test_what_cannot_be_written_is_said(call, folder, monkeypatch, capsys, arguments, code, sentence):
    monkeypatch.chdir(folder)
    try:
        found, out, err = call(*arguments)
    except SystemExit as left:
        found, (out, err) = left.code, capsys.readouterr()
    assert (found, out) == (code, "")
    assert sentence in err
    assert [one.name for one in folder.iterdir()] == ["daten"]


def test_ctrl_c_leaves_nothing_and_the_earlier_file(folder):
    """A terminal sees the progress; the interrupt comes when the first of it is there."""
    file = folder / "aus.xlsx"
    file.write_text("earlier")
    script = (
        "import sys, time\n"
        "from laverma_desk.services.exporting import session_table\n"
        "row = session_table.history_rows.every_row\n"
        "def slow(*values):\n"
        "    for one in row(*values):\n"
        "        yield one\n"
        "        time.sleep(60)\n"
        "session_table.history_rows.every_row = slow\n"
        "from laverma_desk.__main__ import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", script, "--data-dir", str(folder / "daten"), "export", "sessions", str(file)],
        cwd=folder, stdout=subprocess.PIPE, stderr=theirs, encoding="utf-8",
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
    )  # fmt: skip
    os.close(theirs)
    told = b""
    while b"%" not in told:
        told += os.read(ours, 1000)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 130
    while b"Abgebrochen." not in told:
        told += os.read(ours, 1000)
    os.close(ours)
    assert b"Traceback" not in told
    assert sorted(one.name for one in folder.iterdir() if not one.name.startswith(".")) == [
        "aus.xlsx",
        "daten",
    ]
    assert not [one.name for one in folder.iterdir() if one.name.startswith((".aus", ".sessions"))]
    assert file.read_text() == "earlier"
    process.stdout.close()
