from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from tests.support.statistics_page import settle


def export(page, qtbot, kind, file):
    page.panel.head.export_wanted.emit(kind)
    dialog = page.exports.files.dialog
    assert dialog is not None
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    settle(page, qtbot)


@pytest.mark.parametrize(("kind", "begins"), [("xlsx", b"PK"), ("pdf", b"%PDF"), ("png", b"\x89PNG")])
def test_every_kind_is_written(picture, page, qtbot, tmp_path, opened_files, kind, begins):
    page.bring()
    file = tmp_path / f"auswertung.{kind}"
    export(page, qtbot, kind, file)
    assert file.read_bytes().startswith(begins)
    assert page.panel.notice.sentence() == f"Gespeichert als auswertung.{kind}."
    assert not page.panel.progress.isVisible()
    page.panel.notice.link_activated.emit()
    assert opened_files == [Path(tmp_path)]


def test_a_table_holds_what_the_filter_shows(picture, page, qtbot, tmp_path):
    page.bring()
    page.panel.head._on_period_taken((date(2022, 2, 1), date(2022, 2, 28)))
    settle(page, qtbot)
    file = tmp_path / "auswertung.csv"
    export(page, qtbot, "csv", file)
    with file.open(encoding="utf-8-sig", newline="") as written:
        rows = list(csv.reader(written, delimiter=";"))
    assert any("106" in row for row in rows)
    assert not any("31" in row for row in rows)


def test_the_name_that_is_proposed_says_the_period(picture, page):
    page.bring()
    page.panel.head.export_wanted.emit("pdf")
    assert page.exports.files.dialog.selectedFiles()[0].endswith("Auswertung_2021-04-01_2022-03-31.pdf")
    page.exports.files.dialog.reject()


def test_an_open_period_is_named_from_the_first_session(picture, page, qtbot):
    page.bring()
    page.panel.head._on_period_taken((None, None))
    settle(page, qtbot)
    page.panel.head.export_wanted.emit("csv")
    assert page.exports.files.dialog.selectedFiles()[0].endswith("Auswertung_2022-02-01_2022-03-31.csv")
    page.exports.files.dialog.reject()


def test_a_folder_that_takes_nothing_is_explained(picture, page, qtbot, tmp_path):
    page.bring()
    export(page, qtbot, "csv", tmp_path / "gibtesnicht" / "auswertung.csv")
    assert page.panel.notice.isVisible()
    assert not (tmp_path / "gibtesnicht").exists()
