"""`export statistics` as a shell calls it."""

from __future__ import annotations

import csv
from datetime import timedelta

import pytest

from laverma_desk.__main__ import main
from laverma_desk.storage import customers
from tests.support.desks import add_customer, make_desk
from tests.support.past_sessions import BEGIN, past_session


@pytest.fixture
def folder(tmp_path):
    """A desk with three sessions of two practices."""
    desk = make_desk(tmp_path / "daten")
    for number, name, count in (("10017", "ZAP Dr. Bohrer", 2), ("10018", "Praxis Dr. Weiß", 1)):
        row = add_customer(desk, number, name, "Server", has_agreement=False)
        with desk.database.write() as connection:
            place = customers.workstations_of(connection, row)[0]
            for day in range(count):
                past_session(connection, place, BEGIN + timedelta(days=day))
    desk.close()
    return tmp_path


@pytest.fixture
def call(folder, capsys):
    def called(*arguments):
        try:
            code = main(["--data-dir", str(folder / "daten"), "export", "statistics", *map(str, arguments)])
        except SystemExit as left:
            code = left.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return called


MARCH = ("--from", "01.03.2022", "--to", "2022-03-31")
NAME = "Auswertung_2022-03-01_2022-03-31"


def sessions_in(folder) -> str:
    with (folder / f"{NAME}.csv").open(encoding="utf-8-sig", newline="") as reader:
        return next(csv.DictReader(reader, delimiter=";"))["Sitzungen"]


def test_all_kinds_are_written_into_a_new_folder(call, folder):
    out = folder / "neu" / "hier"
    assert call(*MARCH, "--out", out) == (0, f"Die Auswertung liegt in {out / NAME}\n", "")
    assert sorted(one.suffix for one in (out / NAME).iterdir()) == [".csv", ".pdf", ".png", ".xlsx"]
    assert sessions_in(out / NAME) == "3"


def test_nothing_is_overwritten(call, folder):
    first, second = (call(*MARCH, "--out", folder / "aus", "--as", "csv") for _ in range(2))
    assert first[0] == second[0] == 0
    assert second[1] == f"Die Auswertung liegt in {folder / 'aus' / NAME}-2\n"
    assert sorted(one.name for one in (folder / "aus").iterdir()) == [NAME, f"{NAME}-2"]


def test_only_what_was_asked_for(call, folder):
    code, _out, err = call(
        *MARCH, "--out", folder, "--as", "csv", "--as", "pdf", "--as", "csv", "--customer", "10018"
    )
    assert (code, err) == (0, "")
    assert sorted(one.name for one in (folder / NAME).iterdir()) == [f"{NAME}.csv", f"{NAME}.pdf"]
    assert sessions_in(folder / NAME) == "1"


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (
            ["--from", "02.03.2022", "--to", "01.03.2022", "--out", "aus"],
            1,
            "Der Anfang liegt nach dem Ende.",
        ),
        ([*MARCH, "--out", "aus", "--customer", "99"], 1, "99"),
        ([*MARCH, "--out", "aus", "--as", "ods"], 2, "ods"),
        ([*MARCH], 2, "--out"),
        (["--to", "01.03.2022", "--out", "aus"], 2, "--from"),
        (["--from", "gestern", "--to", "01.03.2022", "--out", "aus"], 2, "„gestern“ ist kein Tag."),
        ([*MARCH, "--out", "daten/desk.sqlite3"], 1, "desk.sqlite3"),
    ],
)
def test_what_cannot_be_written_is_said(call, folder, monkeypatch, arguments, code, sentence):
    monkeypatch.chdir(folder)
    found, out, err = call(*arguments)
    assert (found, out) == (code, "")
    assert sentence in err
    assert [one.name for one in folder.iterdir()] == ["daten"]
