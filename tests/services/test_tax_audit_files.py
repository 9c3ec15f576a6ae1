"""The folder for a tax audit: there with everything or not at all, its texts such as an importer can read."""

from __future__ import annotations

import os
import stat
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.services.jobs import JobCancelled
from laverma_desk.services.tax_audit import exporting
from laverma_desk.services.tax_audit.cells import decimal, money, plain
from laverma_desk.services.tax_audit.exporting import export_gdpdu
from tests.support.audited_desks import hold, open_audited
from tests.support.foreign_deeds import kept_bytes
from tests.support.gdpdu_reading import read_medium, records_of

YEAR = (date(2022, 1, 1), date(2022, 12, 31))


@pytest.fixture
def story(tmp_path):
    """Two years of a house."""
    made = open_audited(tmp_path / "desk")
    yield made
    made.desk.close()


def test_a_period_must_not_end_before_it_begins(desk, tmp_path):
    with pytest.raises(RuleBroken) as error:
        export_gdpdu(desk, YEAR[1], YEAR[0], tmp_path / "aus")
    assert (error.value.code, error.value.field) == (Rule.END_BEFORE_START, "last")
    assert not (tmp_path / "aus").exists()


def test_nothing_is_written_over(desk, tmp_path):
    folders = [export_gdpdu(desk, *YEAR, tmp_path).folder for _ in range(3)]
    assert [one.name for one in folders] == [
        "Z3_2022-01-01_2022-12-31_erstellt_2022-03-01_10-22-00",
        "Z3_2022-01-01_2022-12-31_erstellt_2022-03-01_10-22-00-2",
        "Z3_2022-01-01_2022-12-31_erstellt_2022-03-01_10-22-00-3",
    ]
    assert sorted(one.name for one in tmp_path.iterdir() if one.name.startswith((".", "Z3"))) == [
        one.name for one in folders
    ]


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps its own rights")
def test_nobody_else_reads_it(desk, tmp_path):
    folder = export_gdpdu(desk, *YEAR, tmp_path).folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_called_off_nothing_stays(story, tmp_path, after, monkeypatch):
    monkeypatch.setattr(exporting, "_EACH", 4)
    asked_how_often = iter(range(1000))

    def stop() -> bool:
        return next(asked_how_often) >= after

    with pytest.raises(JobCancelled):
        export_gdpdu(story.desk, *YEAR, tmp_path / "aus", cancelled=stop)
    assert list((tmp_path / "aus").iterdir()) == []


def test_a_file_in_the_way_of_the_folder_is_named(desk, tmp_path):
    (tmp_path / "aus").write_text("")
    with pytest.raises(OutsideTrouble) as error:
        export_gdpdu(desk, *YEAR, tmp_path / "aus")
    assert error.value.code is Trouble.FOLDER_UNWRITABLE
    assert error.value.parameters["folder"] == str(tmp_path / "aus")


def test_how_far_it_is(story, tmp_path, monkeypatch):
    monkeypatch.setattr(exporting, "_EACH", 1)
    told: list[tuple[int, int]] = []
    export_gdpdu(story.desk, *YEAR, tmp_path, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] > 0
    assert len({total for _done, total in told}) == 1


def test_it_reads_and_never_writes(story, tmp_path):
    before = kept_bytes(story.desk)
    export_gdpdu(story.desk, *YEAR, tmp_path)
    assert kept_bytes(story.desk) == before


def test_sessions_come_by_their_begin(story, tmp_path):
    hold(story, "10017", datetime(2022, 6, 1, 9, tzinfo=UTC), *[60] * 200)
    rows = read_medium(export_gdpdu(story.desk, *YEAR, tmp_path).folder)["Fernwartungen"].rows
    begins = [(row["Tag"], row["Beginn"]) for row in rows if row["Im_Zeitraum"] == "ja"]
    assert len(begins) > 200
    assert begins == sorted(begins)
    assert begins[-1][0] - begins[0][0] > timedelta(days=200)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_comes_back_on_one_line(words):
    line = plain(words)
    assert line == plain(line)
    assert all(letter >= " " for letter in line)
    quoted = '"' + line.replace('"', '""') + '"'
    assert records_of(f"{quoted};{quoted}\r\n", ";", "\r\n", '"') == [[(line, True), (line, True)]]


@given(st.integers(-(10**12), 10**12))
def test_any_amount_comes_back(cents):
    assert Decimal(money(cents).replace(",", ".")) * 100 == cents


def test_no_digit_is_ever_dropped():
    assert decimal(Decimal("1.125"), 3) == "1,125"
    with pytest.raises(ValueError, match=r"1\.125"):
        decimal(Decimal("1.125"), 2)
