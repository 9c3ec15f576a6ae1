"""The check of the chain at work: begun by a key, called off, its result shown, copied and saved."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from laverma_desk.services.invoicing.findings import FindingKind
from laverma_desk.services.tax_audit.checking import CheckFinding, CheckResult, last_check
from laverma_desk.ui.announcing import voice
from laverma_desk.ui.audit.controller import AuditController
from laverma_desk.ui.background import Lane
from tests.support.opened_books import flip_a_byte

SOUND = "Alles in Ordnung: Jedes gestellte Dokument ist so, wie es gestellt wurde."


def press(page, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key where the focus is."""
    QTest.keyClick(page.shell.focusWidget() or page.shell, key, modifier)


def check(page):
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.settle()


def hold_up(page):
    """Let nothing long run until the returned event is set."""
    gate = threading.Event()
    page.surroundings.background.run(page, partial(gate.wait, 10), lambda _done: None, print, Lane.LONG)
    return gate


def test_at_first_nothing_was_checked(page):
    page.bring()
    result = page.panel.chain.result
    assert result.words() == [
        "Noch nichts geprüft.",
        "Bewährt: einmal im Monat, und bevor Zahlen übergeben werden.",
    ]
    assert not result.copy.isVisible()
    assert not result.save.isVisible()
    assert page.shell.focusWidget() is page.panel.chain.check


def test_all_is_well_and_the_next_visit_knows_it(page, desk, surroundings, owner, qtbot):
    page.bring()
    check(page)
    words = page.panel.chain.result.words()
    assert words[0] == SOUND
    assert words[1].startswith("Geprüft am 01.02.2023 12:00 Uhr von Klaus Klassen: 6\u00a0Rechnungen")
    again = AuditController(surroundings, owner)
    qtbot.addWidget(again.panel)
    again.activate()
    page.settle()
    assert again.panel.chain.result.words() == words


def test_a_flipped_byte_is_named_with_what_to_do(page, desk):
    page.bring()
    check(page)
    flip_a_byte(desk, "RE-2022-0003.pdf")
    heard = []
    voice.spoke.connect(heard.append)
    page.panel.chain.check.click()
    page.settle()
    voice.spoke.disconnect(heard.append)
    result = page.panel.chain.result
    assert result.reading.tone == "red"
    assert "RE-2022-0003: Das PDF ist nicht mehr das gespeicherte." in result.words()
    assert not [words for words in result.words()[2:] if "RE-2022-0003" not in words]
    assert result.reading.findings[0].remedy.startswith("In einer früheren Sicherung nachsehen")
    assert result.words()[0] in heard


def test_the_page_is_as_long_as_what_it_says(page, desk, qtbot):
    page.shell.resize(1120, 688)
    page.bring()
    found = tuple(
        CheckFinding(FindingKind.SESSION_STRAY.value, f"RE-2022-{number:04}") for number in range(30)
    )
    page.chain._on_checked(CheckResult(desk.clock.now(), "", 500, 0, 900, found, count=30, damaged=0))
    result = page.panel.chain.result
    qtbot.waitUntil(lambda: result.height() > page.shell.height())
    below = result.parentWidget().height() - result.geometry().bottom()
    assert below <= 25


def test_many_findings_are_counted_not_all_listed(page, desk):
    found = tuple(CheckFinding(FindingKind.GAP.value, f"RE-2022-{number:04}") for number in range(100))
    kept = CheckResult(desk.clock.now(), "", 500, 0, 900, found, count=450, damaged=0)
    page.chain._on_checked(kept)
    result = page.panel.chain.result
    assert len(result.words()) == 2 + 30
    assert result.reading.more == (
        "Und 420 weitere Befunde, die nicht aufgeführt sind. "
        "Kopieren und Speichern nehmen die ersten 100 mit."
    )
    result.copy.click()
    assert "RE-2022-0099" in QGuiApplication.clipboard().text()


def test_one_check_runs_at_a_time_and_can_be_called_off(page, desk):
    page.bring()
    check(page)
    before = last_check(desk)
    flip_a_byte(desk, "RE-2022-0003.pdf")
    gate = hold_up(page)
    page.chain.check()
    chain = page.panel.chain
    assert chain.progress.isVisible()
    assert chain.check.is_blocked()
    assert chain.progress.sentence() == "Belege und Dateien werden geprüft …"
    chain.progress._cancel.click()
    stopping = chain.progress._cancel.accessibleName()
    page.chain.check()
    assert chain.progress._cancel.accessibleName() == stopping
    gate.set()
    page.settle()
    assert page.panel.notice.sentence() == "Prüfung abgebrochen. Das letzte Ergebnis bleibt."
    assert not chain.progress.isVisible()
    assert not chain.check.is_blocked()
    assert chain.result.words()[0] == SOUND
    assert last_check(desk) == before


def test_a_check_goes_on_while_another_page_is_in_front(page):
    page.bring()
    gate = hold_up(page)
    page.chain.check()
    page.leave()
    gate.set()
    page.settle()
    assert page.panel.chain.result.words()[0] == SOUND


def test_a_broken_file_is_said_at_its_place(page, desk):
    page.bring()
    with closing(sqlite3.connect(desk.data.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = desk.data.database
    os.truncate(file, file.stat().st_size // 3)
    check(page)
    assert page.panel.notice.isVisible()
    assert not page.panel.chain.progress.isVisible()


def test_the_result_is_copied_and_saved(page, desk, tmp_path):
    page.bring()
    flip_a_byte(desk, "RE-2022-0003.pdf")
    check(page)
    page.panel.chain.result.copy.click()
    assert page.panel.notice.sentence() == "Kopiert."
    copied = QGuiApplication.clipboard().text()
    assert "RE-2022-0003: Das PDF ist nicht mehr das gespeicherte." in copied
    page.panel.chain.result.save.click()
    dialog = page.exports.files.dialog
    assert dialog.selectedFiles()[0].endswith("pruefung-2023-02-01.pdf")
    dialog.fileSelected.emit(str(tmp_path / "pruefung.txt"))
    dialog.close()
    page.settle()
    assert (tmp_path / "pruefung.txt").read_text(encoding="utf-8").strip() == copied.strip()
    assert page.panel.notice.sentence() == "Gespeichert als pruefung.txt."


def test_the_findings_are_read_with_the_page_keys(page, desk, qtbot):
    page.shell.resize(1120, 688)
    page.bring()
    for name in ("RE-2021-0001.pdf", "RE-2022-0001.pdf", "RE-2022-0002.pdf", "RE-2022-0003.pdf"):
        flip_a_byte(desk, name)
    check(page)
    bar = page.panel.chain.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)  # Laid out with the next turn of the event loop.
    press(page, Qt.Key.Key_PageDown)
    assert bar.value() > 0
