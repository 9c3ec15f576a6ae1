"""The changes in the window: filtered, walked through, read whole below, and as many as there may be."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from laverma_desk.domain.change_log import ChangeKind
from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.services.changes import Topic, done
from laverma_desk.services.datev.settings import bookkeeping, save_bookkeeping
from laverma_desk.storage import session_history
from laverma_desk.storage.session_history import Change
from laverma_desk.ui.audit.change_model import BLOCK, KEPT_BLOCKS, LINE
from laverma_desk.ui.audit.columns import Column
from laverma_desk.ui.audit.parts import Part
from laverma_desk.ui.history.periods import Preset
from laverma_desk.ui.widgets.choice_popup import ChoicePopup

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def changes(page):
    """The page with the changes in front."""
    page.bring()
    page.show_part(Part.CHANGES)
    page.settle()
    return page


def press(page, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key where the focus is."""
    QTest.keyClick(page.shell.focusWidget() or page.shell, key, modifier)


def rows_of(page):
    model = page.panel.changes.table.rows.model()
    return [model.index(row, 0).data(LINE) for row in range(model.rowCount())]


def take(page, key):
    popup = next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, ChoicePopup) and one.isVisible()
    )
    choice = next(one for one in popup._model.shown if one.key == key)
    popup.choice_taken.emit(choice)
    popup.close()
    page.shell.activateWindow()
    page.settle()


def log(story, at, **values):
    said = {"who": "Klaus Klassen", "field": "notes", "old": "", "new": "neu", "reason": "Grund"} | values
    with story.desk.database.write() as connection:
        session_history.log_change(connection, 1, Change(at, **said))


def test_the_newest_is_chosen_and_read_below(changes):
    part = changes.panel.changes
    assert changes.shell.focusWidget() is part.table.rows
    assert part.table.rows.current() == 0
    assert part.count_words() == f"{len(rows_of(changes))} Änderungen"
    assert part.detail.words() == ("10021: Gesperrt, Vorher: –, Nachher: 02.05.2022, Grund: Verlangen")
    model = part.table.rows.model()
    assert model.index(0, Column.WHEN).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "02.05.2022 13:00 Uhr, Klaus Klassen, 10021, Gesperrt, 02.05.2022, Verlangen"
    )


def test_the_keys_walk_and_the_line_below_follows(changes):
    part = changes.panel.changes
    press(changes, Qt.Key.Key_End)
    last = rows_of(changes)[-1]
    assert part.table.rows.current() == len(rows_of(changes)) - 1
    assert "Zahlung zurückgenommen" in part.detail.words()
    assert last.field == "Zahlung zurückgenommen"
    press(changes, Qt.Key.Key_Up)
    press(changes, Qt.Key.Key_Down)
    press(changes, Qt.Key.Key_Down)
    assert part.table.rows.current() == len(rows_of(changes)) - 1
    press(changes, Qt.Key.Key_PageUp)
    assert part.table.rows.current() < len(rows_of(changes)) - 5
    press(changes, Qt.Key.Key_Home)
    assert part.table.rows.current() == 0


def test_kind_and_person_are_filtered_by_their_keys(changes):
    press(changes, Qt.Key.Key_A, ALT)
    take(changes, ChangeKind.CANCELLATION)
    assert [line.field for line in rows_of(changes)] == ["Rechnung storniert"]
    assert changes.panel.changes.filters.kind.value() == "Stornierte Rechnungen"
    press(changes, Qt.Key.Key_A, ALT)
    take(changes, None)
    press(changes, Qt.Key.Key_W, ALT)
    take(changes, "Klaus")
    assert [line.who for line in rows_of(changes)] == ["Klaus"]


def test_a_period_is_filtered_by_its_key(changes, story):
    log(story, story.clock.now() - timedelta(hours=1), reason="heute")
    press(changes, Qt.Key.Key_Z, ALT)
    popup = next(one for one in QApplication.topLevelWidgets() if hasattr(one, "presets") and one.isVisible())
    next(one for one in popup.presets if one.preset is Preset.TODAY).click()
    changes.settle()
    assert [line.reason for line in rows_of(changes)] == ["heute"]


def test_what_is_typed_is_looked_for_when_the_hand_rests(changes, qtbot):
    press(changes, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(changes.panel.changes.filters.search, "patientin")
    qtbot.waitUntil(lambda: len(rows_of(changes)) == 1)
    assert rows_of(changes)[0].field == "Notizen"
    press(changes, Qt.Key.Key_Down)
    assert changes.shell.focusWidget() is changes.panel.changes.table.rows


def test_an_empty_filter_says_so_and_is_taken_back(changes, qtbot):
    part = changes.panel.changes
    part.filters.search.setText("gibt es nicht")
    qtbot.waitUntil(lambda: part.empty_sentence() != "")
    assert part.empty_sentence() == "Keine Änderung passt zu den Filtern."
    assert not part.table.isVisible()
    part.reset.click()
    changes.settle()
    assert part.empty_sentence() == ""
    assert part.filters.search.text() == ""
    assert len(rows_of(changes)) > 30


def test_a_new_change_comes_by_itself_and_the_chosen_one_stays(changes, story, surroundings):
    press(changes, Qt.Key.Key_Down)
    chosen = changes.panel.changes.detail.words()
    log(story, datetime(2023, 2, 1, 10, tzinfo=UTC), reason="eben erst")
    surroundings.bus.publish(done(None, Topic.SESSIONS))
    changes.settle()
    assert rows_of(changes)[0].reason == "eben erst"
    assert changes.panel.changes.detail.words() == chosen
    assert changes.panel.changes.table.rows.current() == 2


def test_a_changed_setting_comes_by_itself_too(changes, desk, surroundings):
    surroundings.bus.publish(save_bookkeeping(desk, replace(bookkeeping(desk), consultant=4711)))
    changes.settle()
    newest = rows_of(changes)[0]
    assert (newest.kind, newest.new) == ("Einstellungen", "4711")


def test_out_of_sight_nothing_is_read(changes, story, surroundings):
    changes.show_part(Part.CHAIN)
    log(story, datetime(2023, 2, 1, 10, tzinfo=UTC), reason="eben erst")
    surroundings.bus.publish(done(None, Topic.SESSIONS))
    changes.settle()
    assert rows_of(changes)[0].reason != "eben erst"
    changes.show_part(Part.CHANGES)
    changes.settle()
    assert rows_of(changes)[0].reason == "eben erst"


def test_hundreds_of_thousands_are_walked_through_in_little_memory(page, story):
    with story.desk.database.write() as connection:
        connection.exec_driver_sql(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150000) "
            "INSERT INTO session_change (session_id, at, who, field, old, new, reason) "
            "SELECT 1, datetime('2015-01-01', '+' || i || ' minutes') || '.000000', 'Klaus Klassen', "
            "'notes', '', 'Notiz ' || i, '' FROM n"
        )
    page.bring()
    page.show_part(Part.CHANGES)
    page.settle()
    part = page.panel.changes
    model = part.table.rows.model()
    assert part.count_words() == "150.032 Änderungen"
    press(page, Qt.Key.Key_End)
    assert part.detail.words().endswith("Vorher: –, Nachher: Notiz 1, Grund: –")
    for _ in range(100):
        press(page, Qt.Key.Key_PageUp)
        part.table.rows.viewport().repaint()
    for row in range(0, model.rowCount(), 500):
        model.index(row, 0).data(LINE)
    assert model.kept_rows <= BLOCK * KEPT_BLOCKS
    assert model.line_at(149_000).new == "Notiz 1032"


def test_what_cannot_be_read_is_said_once(changes, monkeypatch):
    said = []
    part = changes.panel.changes
    model = part.table.rows.model()
    model.failed.connect(said.append)

    def refuse(_keys):
        raise OutsideTrouble(Trouble.DATABASE_BROKEN, file="desk.sqlite3")

    monkeypatch.setattr(model, "_read", refuse)
    model.show_keys(model._keys)
    part.table.rows.viewport().repaint()
    part.table.rows.choose(3)
    assert len(said) == 1
    assert changes.panel.notice.isVisible()


def test_the_export_writes_what_the_filter_shows(changes, tmp_path):
    press(changes, Qt.Key.Key_A, ALT)
    take(changes, ChangeKind.CORRECTION)
    press(changes, Qt.Key.Key_E, ALT)
    dialog = changes.exports.files.dialog
    assert dialog.selectedFiles()[0].endswith("aenderungen-2023-02-01.csv")
    dialog.fileSelected.emit(str(tmp_path / "x.csv"))
    dialog.close()
    changes.settle()
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=";"))
    assert [row[6] for row in rows[1:]] == [line.field for line in rows_of(changes)]
    assert changes.panel.notice.sentence() == "Nach x.csv exportiert: 3 Änderungen."


def test_what_does_not_fit_below_can_be_scrolled_with_the_keys(changes, story, surroundings, qtbot):
    detail = changes.panel.changes.detail
    assert detail.focusPolicy() is Qt.FocusPolicy.NoFocus
    log(story, datetime(2023, 2, 1, 10, tzinfo=UTC), new="Zeile\n" * 200)
    surroundings.bus.publish(done(None, Topic.SESSIONS))
    changes.settle()
    press(changes, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: detail.focusPolicy() is Qt.FocusPolicy.StrongFocus)
    assert detail.words().count("Zeile") == 200
    detail.setFocus()
    press(changes, Qt.Key.Key_Down)
    assert detail.verticalScrollBar().value() > 0
