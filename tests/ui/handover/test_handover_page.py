"""What is handed over is seen beforehand, written whole, and read back as it was shown."""

from __future__ import annotations

import threading
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from laverma_desk import settings
from laverma_desk.ui.background import Lane
from laverma_desk.ui.history.period_popup import PeriodPopup
from laverma_desk.ui.history.periods import Preset
from tests.support import datev_desks
from tests.support.datev_reading import debtors, postings
from tests.support.gdpdu_reading import read_medium
from tests.support.invoice_makers import sample_invoice
from tests.support.statistics_page import press

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def choose(exports, folder):
    """Choose a folder in the dialog that is open."""
    dialog = exports.files.dialog
    assert dialog is not None
    dialog.fileSelected.emit(str(folder))
    dialog.reject()


def take(page, first, last, card=None):
    (card or page.panel.datev).period._on_period_taken((first, last))
    page.settle()


def seen(page):
    return [one.replace("\u00a0", " ") for one in page.panel.datev.preview.words()]


def book_for_other_digits(desk, count):
    """Bill practices each of whose accounts stands in the way."""
    datev_desks.keep(desk, account_length=5)
    for place in range(count):
        row = datev_desks.add_debtor(desk, str(30_000 + place), f"Praxis {place}", 10_100 + place)
        number = f"RE-2022-3{place:03}"
        datev_desks.book(desk, row, sample_invoice(), number=number, issued_on=date(2022, 2, 3))


def test_the_month_that_is_over_is_shown_with_its_files(page, rows):
    page.bring()
    assert page.panel.datev.period.value() == "Februar 2022"
    assert page.panel.audit.period.value() == "2021"
    assert page.datev.wish().payments is False
    assert seen(page) == [
        "EXTF_Buchungsstapel_20220201_20220228.csv 1 Buchung",
        "EXTF_Debitoren.csv 1 Debitor",
        "1 Buchung, 176,72 € brutto berechnet",
    ]
    assert not page.panel.datev.foot.button.is_blocked()


def test_what_goes_along_is_chosen(page, rows):
    page.bring()
    QTest.keyClick(page.panel.datev.payments, Qt.Key.Key_Space)
    page.settle()
    assert seen(page)[0].endswith(" 2 Buchungen")
    assert seen(page)[-1] == "2 Buchungen, 176,72 € brutto berechnet, 10,00 € bezahlt"
    QTest.keyClick(page.panel.datev.masters, Qt.Key.Key_Space)
    page.settle()
    assert not any("Debitoren" in one for one in seen(page))


def test_payments_go_along_where_the_settings_say_so(page, rows, desk):
    datev_desks.keep(desk, payments=True)
    page.bring()
    assert page.panel.datev.payments.isChecked()
    QTest.keyClick(page.panel.datev.payments, Qt.Key.Key_Space)
    page.leave()
    page.bring()
    assert not page.panel.datev.payments.isChecked(), "somebody's own choice stays"


def test_the_files_are_those_that_were_shown(page, rows, tmp_path, opened_files):
    page.bring()
    QTest.keyClick(page.panel.datev.payments, Qt.Key.Key_Space)
    page.settle()
    shown = seen(page)
    page.panel.datev.period.setFocus()
    press(page, Qt.Key.Key_Return, CTRL)
    choose(page.datev.exports, tmp_path)
    assert page.panel.datev.foot.progress.isVisible()
    page.settle()
    (folder,) = tmp_path.glob("DATEV_*")
    assert sorted(one.name for one in folder.iterdir()) == sorted(one.split()[0] for one in shown[:2])
    read = postings((folder / "EXTF_Buchungsstapel_20220201_20220228.csv").read_bytes())
    assert [(abs(one.cents), one.field_1) for one in read] == [
        (17_672, sample_invoice().number), (1_000, sample_invoice().number),
    ]  # fmt: skip
    assert 10_017 in {read[0].account, read[0].contra}
    assert len(debtors((folder / "EXTF_Debitoren.csv").read_bytes())) == 1
    told = page.panel.datev.foot.outcome
    assert told.sentence().startswith(f"2 Dateien in {folder.name} geschrieben: 2 Buchungen, 176,72")
    assert not page.panel.datev.foot.progress.isVisible()
    told.link.click()
    assert opened_files == [folder]


def test_the_data_of_an_audit_are_read_back(page, rows, tmp_path, opened_files):
    page.bring("gdpdu")
    assert page.shell.focusWidget() is page.panel.audit.period
    take(page, date(2022, 1, 1), date(2022, 12, 31), page.panel.audit)
    press(page, Qt.Key.Key_Return, CTRL)
    choose(page.audit.exports, tmp_path)
    page.settle()
    (folder,) = tmp_path.glob("Z3_*")
    tables = read_medium(folder)
    assert [one["Rechnungsnummer"] for one in tables["Rechnungen"].rows] == [sample_invoice().number]
    count = sum(len(told.rows) for told in tables.values())
    told = page.panel.audit.foot.outcome
    assert told.sentence() == f"{len(tables)} Tabellen mit {count} Zeilen in {folder.name} geschrieben."
    assert not page.panel.datev.foot.outcome.isVisible(), "each card tells of its own"
    told.link.click()
    assert opened_files == [folder]


def test_the_folder_is_remembered_on_this_machine(page, rows, tmp_path):
    page.bring()
    chosen = tmp_path / "Steuer"
    chosen.mkdir()
    page.datev.export()
    choose(page.datev.exports, chosen)
    page.settle()
    assert settings.load(page.datev.exports.machine_file).handover_folder == str(chosen)
    page.audit.export()
    assert page.audit.exports.files.dialog.directory().absolutePath() == str(chosen)
    page.audit.exports.files.dialog.reject()


def test_what_came_of_it_is_in_sight_in_a_low_window(page, rows, desk, tmp_path, qtbot):
    page.shell.resize(1120, 688)
    book_for_other_digits(desk, 15)
    page.bring("gdpdu")
    page.audit.export()
    choose(page.audit.exports, tmp_path)
    page.settle()
    outcome, viewport = page.panel.audit.foot.outcome, page.panel.area.viewport()
    qtbot.waitUntil(lambda: outcome.mapTo(viewport, outcome.rect().bottomLeft()).y() <= viewport.height())
    assert outcome.isVisible()


def test_coming_to_a_low_window_the_card_is_seen_from_its_heading_on(page, rows, desk):
    page.shell.resize(1120, 688)
    book_for_other_digits(desk, 15)
    page.bring()
    page.leave()
    page.bring()
    assert page.panel.datev.mapTo(page.panel.area.viewport(), QPoint(0, 0)).y() >= 0


def test_a_folder_that_cannot_be_written_is_said_beside_the_button(page, rows, tmp_path):
    page.bring()
    blocked = tmp_path / "Datei"
    blocked.write_text("keine Mappe")
    for part, card in ((page.datev, page.panel.datev), (page.audit, page.panel.audit)):
        part.export()
        choose(part.exports, blocked)
        page.settle()
        assert "Datei" in card.foot.outcome.sentence()
        assert not card.foot.button.is_blocked()
        assert settings.load(part.exports.machine_file).handover_folder == "", "nor proposed again"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["Datei", "desk"]


def test_an_export_can_be_called_off(page, rows, tmp_path):
    page.bring()
    for part, card in ((page.datev, page.panel.datev), (page.audit, page.panel.audit)):
        # The lane is held, so that the export is called off before its first row and not after its last.
        held = threading.Event()
        page.surroundings.background.run(page, partial(held.wait, 10), bool, bool, Lane.LONG)
        part.export()
        choose(part.exports, tmp_path)
        assert card.foot.button.is_blocked(), "one at a time"
        card.foot.progress.cancelled.emit()
        held.set()
        page.settle()
        assert card.foot.outcome.sentence() == "Export abgebrochen. Es wurde keine Datei geschrieben."
        assert not card.foot.button.is_blocked()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["desk"]


def test_other_days_are_other_files(page, rows, desk, qtbot):
    datev_desks.book(desk, rows[1], sample_invoice(), number="RE-2021-0009", issued_on=date(2021, 12, 3))
    page.bring()
    page.panel.datev.period.setFocus()
    press(page, Qt.Key.Key_Z, ALT)
    popup = page.panel.datev.findChild(PeriodPopup)
    names = [one.text() for one in popup.presets]
    assert names == [
        "Letzter Monat", "Dieser Monat", "Letztes Quartal", "Dieses Quartal", "Letztes Jahr", "Dieses Jahr",
    ]  # fmt: skip
    next(one for one in popup.presets if one.preset is Preset.LAST_QUARTER).click()
    page.settle()
    assert page.panel.datev.period.value() == "Okt 2021 – Dez 2021"
    assert seen(page)[0] == "EXTF_Buchungsstapel_20211001_20211231.csv 1 Buchung"
    take(page, date(2021, 7, 1), date(2022, 6, 30))
    assert [one.split()[0] for one in seen(page)[:2]] == [
        "EXTF_Buchungsstapel_20210701_20211231.csv",
        "EXTF_Buchungsstapel_20220101_20220630.csv",
    ]


def test_a_fiscal_year_of_its_own_is_offered(page, rows, desk):
    datev_desks.keep(desk, fiscal_month=7)
    page.bring("gdpdu")
    assert page.panel.audit.period.days() == (date(2020, 7, 1), date(2021, 6, 30))
    popup = page.panel.audit.period.open_popup()
    assert [one.text() for one in popup.presets] == ["Letztes Wirtschaftsjahr", "Dieses Wirtschaftsjahr"]
    popup.first.set_day(None)
    popup._on_return_pressed()
    assert popup.error() == "Beide Tage werden gebraucht."
    popup.close()
    datev_desks.keep(desk, fiscal_month=1)
    page.leave()
    page.bring()
    assert page.panel.audit.period.days() == (date(2021, 1, 1), date(2021, 12, 31))


def test_a_new_day_takes_the_named_period_along(page, rows, clock):
    page.bring()
    take(page, date(2021, 1, 1), date(2021, 3, 31), page.panel.audit)
    page.leave()
    clock.advance(days=31)
    page.bring()
    assert page.panel.datev.period.value() == "März 2022"
    assert page.panel.audit.period.days() == (date(2021, 1, 1), date(2021, 3, 31)), "own days stay"
    assert "gibt es nichts zu übergeben" in seen(page)[0]


def test_the_page_is_walked_by_keys(page, rows, qtbot):
    page.bring()
    assert page.areas() == [page.panel.datev, page.panel.audit, page.panel.head]
    assert page.shell.focusWidget() is page.panel.datev.period
    walked = []
    for _number in range(6):
        press(page, Qt.Key.Key_Tab)
        walked.append(page.shell.focusWidget())
    panel = page.panel
    assert walked[:5] == [
        panel.datev.payments, panel.datev.masters, panel.datev.foot.button,
        panel.audit.period, panel.audit.foot.button,
    ]  # fmt: skip
    with qtbot.waitSignal(page.left):
        press(page, Qt.Key.Key_Escape)
    with qtbot.waitSignal(page.left):
        panel.head.back.click()
    assert panel.head.back.accessibleName() == "Zurück zur Auswertung"


@pytest.mark.parametrize("kind", ["datev", "gdpdu"])
def test_the_card_that_was_wanted_has_the_focus(page, rows, kind):
    page.bring(kind)
    cards = {"datev": page.panel.datev, "gdpdu": page.panel.audit}
    assert page.shell.focusWidget() is cards[kind].period
    page.leave()
    page.activate()
    page.settle()
    assert page.shell.focusWidget() is cards[kind].period, "where one was before"
