"""Files that the page reads: chosen, read again, tables with their columns, and what is none."""

from __future__ import annotations

from PySide6.QtCore import Qt

from laverma_desk import settings
from laverma_desk.services.reconciling.overview import overview
from tests.support.connection_logs import at, line
from tests.support.reconciling_page import LINES, MINUTE, press, rows, settle, titles, write_log

TABLE = (
    "Gerät;Geräte-ID;Start;Ende;Gebühr\n"
    "PC Rezeption;1 234 567 890;28.02.2022 18:06:12;28.02.2022 18:19:03;9,00\n"
)


def test_a_chosen_file_is_read_and_what_came_of_it_is_said(page, desk, scene, log_file, qtbot):
    page.bring()
    page.reading.take(log_file)
    settle(page, qtbot)
    said = page.panel.notice.sentence()
    assert said == "Connections.txt gelesen: 6 neue Verbindungen, 3 ohne Sitzung."
    assert titles(page)[0] == "* Verbindungen ohne Sitzung (3)"
    assert page.panel.table.rows.hasFocus()


def test_a_file_is_read_again_and_only_what_is_new_is_added(page, desk, scene, log_file, qtbot):
    page.bring()
    page.reading.take(log_file)
    settle(page, qtbot)
    page.panel.title.again.click()
    settle(page, qtbot)
    assert page.panel.notice.sentence() == "Connections.txt erneut gelesen, nichts Neues."
    write_log(log_file.parent, *LINES, line(at("19:00"), MINUTE))
    page.panel.title.again.click()
    settle(page, qtbot)
    assert page.panel.notice.sentence() == "Connections.txt gelesen: 1 neue Verbindung, 4 ohne Sitzung."


def test_read_again_takes_the_file_that_this_machine_watches(page, scene, log_file, monkeypatch, qtbot):
    watched = settings.MachineSettings(watched_log=str(log_file))
    monkeypatch.setattr(settings, "load", lambda: watched)
    page.bring()
    page.panel.title.again.click()
    settle(page, qtbot)
    assert titles(page)[0] == "* Verbindungen ohne Sitzung (3)"


def test_without_any_known_file_reading_again_asks_for_one(page, read, monkeypatch):
    monkeypatch.setattr(settings, "load", settings.MachineSettings)
    page.bring()
    page.panel.title.again.click()
    assert page.reading.files.dialog is not None
    page.reading.files.dialog.reject()


def test_of_a_table_it_is_asked_what_the_columns_mean(page, desk, scene, tmp_path, qtbot):
    file = tmp_path / "verbindungen.csv"
    file.write_text(TABLE, encoding="utf-8")
    page.bring()
    page.reading.take(file)
    settle(page, qtbot)
    form = page._mapping
    assert not page.panel.shows_list()
    assert [row.heading for row in form.rows()] == ["Gerät", "Geräte-ID", "Start", "Ende", "Gebühr"]
    assert form.mapping() == {
        "Gerät": "partner_name", "Geräte-ID": "partner_id", "Start": "begin", "Ende": "end",
    }  # fmt: skip
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(page, qtbot)
    assert page.panel.shows_list()
    (one,) = overview(desk).open
    assert (one.partner_id, one.begin) == ("1234567890", at("18:06:12"))
    assert rows(page)[1].place.words == "ZAP Dr. Bohrer – PC Rezeption"


def test_a_meaning_goes_to_one_column_and_none_that_is_needed_is_missing(page, desk, scene, tmp_path, qtbot):
    file = tmp_path / "verbindungen.csv"
    file.write_text(TABLE, encoding="utf-8")
    page.bring()
    page.reading.take(file)
    settle(page, qtbot)
    form = page._mapping
    fee, start = form.rows()[4], form.rows()[2]
    fee.choice.setCurrentIndex(start.choice.currentIndex())
    assert start.target() == ""
    fee.choice.setCurrentIndex(0)
    assert form.problem.error == "Noch nicht gefunden: Anfang."
    assert form.go.is_blocked()
    form.accept()
    settle(page, qtbot)
    assert not page.panel.shows_list()
    press(page, Qt.Key.Key_Escape)
    assert page.panel.shows_list()
    assert overview(desk).reading is None


def test_a_file_that_carries_nothing_is_refused_in_words(page, desk, scene, tmp_path, qtbot):
    file = tmp_path / "brief.txt"
    file.write_text("Sehr geehrte Damen und Herren\n", encoding="utf-8")
    page.bring()
    page.reading.take(file)
    settle(page, qtbot)
    assert not page.panel.notice.isHidden()
    assert page.panel.notice.sentence()
    assert page.panel.empty_sentence() == "Noch kein Protokoll gelesen."
    assert not page.reading.running


def test_a_file_that_is_gone_is_said(page, read, tmp_path, qtbot):
    page.bring()
    page.reading.take(tmp_path / "weg.txt")
    settle(page, qtbot)
    said = page.panel.notice.sentence()
    assert said == "Die Datei weg.txt lässt sich nicht lesen. Namen und Rechte prüfen."
    assert titles(page)[0] == "* Verbindungen ohne Sitzung (3)"
