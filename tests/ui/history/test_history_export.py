from __future__ import annotations

import csv
import threading
from pathlib import Path

from laverma_desk.ui.background import Lane
from tests.support.history_page import settle


def export(page, qtbot, kind, file):
    page.panel.filters.export_wanted.emit(kind)
    dialog = page.exports.files.dialog
    assert dialog is not None
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    settle(page, qtbot)


def test_the_menu_offers_both_kinds(picture, page):
    page.bring()
    menu = page.panel.filters.export.open_menu()
    assert [one.text() for one in menu.actions()] == ["CSV-Datei …", "Excel-Datei (XLSX) …"]
    menu.close()


def test_what_the_filter_shows_is_written_and_the_folder_opened(picture, page, qtbot, tmp_path, opened_files):
    page.bring()
    page.panel.filters.search.setText("update")
    page._typing.timeout.emit()
    settle(page, qtbot)
    file = tmp_path / "verlauf.csv"
    export(page, qtbot, "csv", file)
    with file.open(encoding="utf-8-sig", newline="") as written:
        assert len(list(csv.reader(written, delimiter=";"))) == 1 + 2
    assert page.panel.notice.sentence() == "Exportiert nach verlauf.csv: 2 Sitzungen."
    assert not page.panel.progress.isVisible()
    page.panel.notice.link_activated.emit()
    assert opened_files == [Path(tmp_path)]


def test_a_workbook_too(picture, page, qtbot, tmp_path):
    page.bring()
    file = tmp_path / "verlauf.xlsx"
    export(page, qtbot, "xlsx", file)
    assert file.read_bytes().startswith(b"PK")


def test_a_folder_that_takes_nothing_is_explained(picture, page, qtbot, tmp_path):
    page.bring()
    export(page, qtbot, "csv", tmp_path / "gibtesnicht" / "verlauf.csv")
    assert page.panel.notice.isVisible()
    assert "gibtesnicht" in page.panel.notice.sentence() or "verlauf.csv" in page.panel.notice.sentence()


def test_the_name_that_is_proposed_carries_the_day(picture, page):
    page.bring()
    page.panel.filters.export_wanted.emit("csv")
    assert page.exports.files.dialog.selectedFiles()[0].endswith("verlauf-2022-03-01.csv")
    page.exports.files.dialog.reject()


def test_an_export_that_is_called_off_leaves_no_file(picture, page, owner, surroundings, qtbot, tmp_path):
    page.bring()
    file, gate, ignored = tmp_path / "verlauf.csv", threading.Event(), []
    surroundings.background.run(owner, gate.wait, ignored.append, ignored.append, Lane.LONG)
    page.panel.filters.export_wanted.emit("csv")
    page.exports.files.dialog.fileSelected.emit(str(file))
    page.exports.files.dialog.reject()
    assert page.panel.progress.isVisible()
    page.panel.progress.cancelled.emit()
    gate.set()
    settle(page, qtbot)
    assert not file.exists()
    assert not page.panel.progress.isVisible()
    assert page.panel.notice.sentence() == "Export abgebrochen. Es wurde keine Datei geschrieben."
