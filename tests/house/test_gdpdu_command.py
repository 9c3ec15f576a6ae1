"""`export gdpdu` as a shell calls it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from laverma_desk.__main__ import main
from tests.support.billing_desks import make_billing_desk
from tests.support.gdpdu_reading import read_medium

YEAR = ("--from", "01.01.2022", "--to", "2022-12-31")


@pytest.fixture
def call(tmp_path, capsys):
    """The desk of the pictures, whose shell is asked."""
    desk, _billing = make_billing_desk(tmp_path / "daten")
    desk.close()

    def called(*arguments):
        code = main(["--data-dir", str(tmp_path / "daten"), "export", "gdpdu", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return called


def test_a_folder_for_the_auditor(call, tmp_path):
    out = tmp_path / "prüfung" / "2022"
    code, said, err = call(*YEAR, "--out", out)
    assert (code, err) == (0, "")
    (folder,) = out.iterdir()
    assert re.fullmatch(r"Z3_2022-01-01_2022-12-31_erstellt_[0-9-]+_[0-9-]+", folder.name)
    lines = said.splitlines()
    assert lines[0] == "kunden.csv: 6 Zeilen"
    assert "fernwartungen.csv: 30 Zeilen" in lines
    assert lines[-1] == f"Die Daten für die Betriebsprüfung liegen in {folder}."
    tables = read_medium(folder)
    assert len(tables["Fernwartungen"].rows) == 30
    assert len(lines) == len(tables) + 1


def test_a_second_call_leaves_the_first_export_alone(call, tmp_path):
    for _ in range(2):
        assert call(*YEAR, "--out", tmp_path / "aus")[0] == 0
    first, second = sorted((tmp_path / "aus").iterdir())
    assert first != second
    assert (first / "kunden.csv").read_bytes() == (second / "kunden.csv").read_bytes()


def test_a_period_that_ends_before_it_begins(call, tmp_path):
    code, said, err = call("--from", "02.01.2022", "--to", "01.01.2022", "--out", tmp_path / "aus")
    assert (code, said, err) == (1, "", "Der Anfang liegt nach dem Ende.\n")
    assert not (tmp_path / "aus").exists()


@pytest.mark.parametrize(
    "arguments", [YEAR, ("--to", "31.12.2022", "--out", "aus"), (*YEAR, "--out", " "), ("--from", "heute")]
)
def test_what_is_missing_is_said(call, arguments):
    with pytest.raises(SystemExit) as error:
        call(*arguments)
    assert error.value.code == 2


def test_the_description_is_german_whatever_the_messages_are(call, tmp_path):
    code, said, _err = call(*YEAR, "--out", tmp_path / "aus", "--language", "en")
    assert code == 0
    assert "The export for the tax audit lies in" in said
    index = next(Path(tmp_path / "aus").rglob("index.xml")).read_text(encoding="utf-8")
    assert "Ausgangsrechnungen und Stornorechnungen" in index
    sessions = next(Path(tmp_path / "aus").rglob("fernwartungen.csv")).read_text(encoding="utf-8")
    assert "jede angefangene Minute" in sessions
    assert "every started minute" not in sessions
