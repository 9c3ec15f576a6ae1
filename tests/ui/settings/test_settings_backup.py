"""The page for backups on a real desk: where copies go, the lock, one more copy, one copy back."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from laverma_desk.mail.secret import Secrets
from laverma_desk.services.backups.passphrase import kept_passphrase
from laverma_desk.services.backups.plan import change_plan, read_plan
from laverma_desk.services.backups.restoring import RestorePreview
from laverma_desk.services.backups.taking import take_copy
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.invoicing.issuing import issue_open
from laverma_desk.services.setup.house import read_house
from laverma_desk.storage import backup_sealing
from laverma_desk.ui.background import Background
from laverma_desk.ui.change_bus import ChangeBus
from laverma_desk.ui.settings.backup_section import backup_section
from laverma_desk.ui.settings.page_frame import PageFrame
from laverma_desk.ui.surroundings import Surroundings
from tests.support.desks import add_customer, bohrer, clock, desk  # noqa: F401 (fixtures)
from tests.support.fake_clock import FakeClock
from tests.support.invoice_houses import FEBRUARY, UNTIL, add_practice, add_sessions, make_house, wish
from tests.support.memory_keyring import MemoryKeyring

PHRASE = "gruene Baeume im Maerz"


class BackupPage:
    """The page with a hand that clicks and waits."""

    def __init__(self, opened, qtbot):
        self.owner = QObject()
        self.background = Background(self.owner)
        self.section = backup_section(
            Surroundings(opened, self.background, ChangeBus(self.owner)), self.owner
        )
        self.form = self.section.form
        self.frame = PageFrame("Datensicherung", "", self.form)
        self.desk, self.qtbot = opened, qtbot
        self.section.show_house(read_house(opened))
        self.frame.resize(704, 620)
        with qtbot.waitActive(self.frame):
            self.frame.show()
            self.frame.activateWindow()
        self.settle()

    @property
    def copies(self):
        return self.form.copies

    @property
    def card(self):
        return self.form.card

    def settle(self):
        self.qtbot.waitUntil(lambda: not self.background.busy)
        QApplication.processEvents()

    def click(self, button):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        return self

    def type(self, name, words):
        field = self.form.field(name)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, words)
        return self

    def save(self):
        """Save as the settings do: prepared in place, written beside, marked afterwards."""
        what = self.section.prepared()
        if what is None:
            return False
        values = self.form.values()
        self.section.write(what)
        self.section.mark_saved(values)
        return True

    def close(self):
        self.background.close()
        self.frame.close()
        self.frame.deleteLater()
        self.owner.deleteLater()


@pytest.fixture
def keyed(desk, monkeypatch):  # noqa: F811 (the fixture)
    monkeypatch.setattr(backup_sealing, "WORK", 2)
    return replace(desk, secrets=Secrets(MemoryKeyring()))


@pytest.fixture
def make_page(dressed, qtbot):
    made = []

    def make(opened):
        made.append(BackupPage(opened, qtbot))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def page(make_page, keyed):
    return make_page(keyed)


def test_a_desk_without_a_copy_says_so_and_makes_one(page):
    assert page.copies.sentence() == "Noch keine Sicherung."
    assert page.copies.list.isHidden()
    assert page.copies.restore.is_blocked()
    page.click(page.copies.copy)
    assert page.copies.progress.isVisible()
    page.settle()
    assert page.copies.sentence().startswith("Zuletzt gesichert: heute 10:22 Uhr, ")
    assert page.copies.progress.isHidden()
    (entry,) = page.copies.list.entries()
    assert entry.words == "01.03.2022 10:22 Uhr"
    assert entry.badge == "täglich, wöchentlich, monatlich"
    assert not page.copies.restore.is_blocked()


def test_a_copy_that_is_called_off_leaves_none(page, monkeypatch):
    page.section._job.cancel()
    page.click(page.copies.copy)
    page.copies.progress._cancel.click()
    page.settle()
    if page.copies.sentence() == "Abgebrochen.":
        assert not list(page.desk.data.backups.glob("desk-*"))
    else:
        assert len(page.copies.list.entries()) == 1, "it was done before the click arrived"


def test_a_folder_that_is_gone_is_said_with_a_way_out(page, tmp_path):
    gone = tmp_path / "usb"
    change_plan(page.desk.data, folder=gone)
    page.section.show_house(read_house(page.desk))
    page.section.refresh()
    assert page.copies.sentence() == f"Der Ordner für die Sicherungen fehlt: {gone}"
    assert page.copies.way_out.isVisible()
    page.click(page.copies.copy).settle()
    assert "Laufwerk anschließen oder einen anderen Ordner wählen" in page.copies.sentence()
    page.click(page.copies.way_out)
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog)]
    other = tmp_path / "nas"
    other.mkdir()
    dialog.fileSelected.emit(str(other))
    dialog.reject()
    assert page.form.value("folder") == str(other)
    assert page.section.changes() == 1
    assert page.save()
    assert read_plan(page.desk.data).folder == other
    page.click(page.copies.copy).settle()
    assert [one.name for one in other.iterdir()] == ["desk-20220301T092200.sqlite3"]
    assert page.copies.way_out.isHidden()


def test_a_folder_that_does_not_exist_is_not_taken(page, tmp_path):
    page.type("folder", str(tmp_path / "fehlt"))
    assert not page.save()
    assert "fehlt" in page.form.error("folder")
    page.type("folder", str(page.desk.data.backups))
    assert page.save()
    assert read_plan(page.desk.data).folder is None


def test_the_lock_asks_for_a_passphrase_twice_and_says_what_losing_it_means(page):
    assert not page.form.asks_for_passphrase()
    QTest.keyClick(page.form.sealed, Qt.Key.Key_Space)
    assert page.form.asks_for_passphrase()
    assert not page.save()
    assert page.form.error("passphrase") == "Mindestens 10 Zeichen."
    page.type("passphrase", PHRASE).type("again", PHRASE[:-1])
    assert not page.save()
    assert page.form.error("again") == "Die beiden Passphrasen sind nicht gleich."
    page.type("again", PHRASE)
    assert page.save()
    assert page.form.values() == {"folder": "", "sealed": True, "passphrase": "", "again": ""}
    assert page.section.changes() == 0
    assert kept_passphrase(page.desk.data, page.desk.secrets) == PHRASE
    assert page.form.passphrase.is_kept_shown()
    page.click(page.copies.copy).settle()
    (entry,) = page.copies.list.entries()
    assert entry.aside.endswith(", verschlüsselt")
    QTest.keyClick(page.form.sealed, Qt.Key.Key_Space)
    assert not page.form.asks_for_passphrase()
    assert page.save()
    assert not read_plan(page.desk.data).sealed


def test_without_a_keyring_nothing_is_locked(make_page, desk):  # noqa: F811 (the fixture)
    page = make_page(desk)
    QTest.keyClick(page.form.sealed, Qt.Key.Key_Space)
    page.type("passphrase", PHRASE).type("again", PHRASE)
    what = page.section.prepared()
    with pytest.raises(Exception, match="backup_needs_keyring") as caught:
        page.section.write(what)
    page.section.refuse(caught.value)
    assert "keinen Anmeldespeicher" in page.form.error("passphrase")
    assert not read_plan(desk.data).sealed


def test_a_passphrase_that_the_keyring_lost_is_asked_for_again(page):
    change_plan(page.desk.data, sealed=True)
    page.section.show_house(read_house(page.desk))
    page.click(page.copies.copy).settle()
    assert "liegt nicht im Anmeldespeicher" in page.copies.sentence()
    assert QApplication.focusWidget() is page.form.passphrase


def test_a_copy_is_shown_beside_today_and_given_to_the_window(page, bohrer, qtbot):  # noqa: F811 (the fixture)
    page.click(page.copies.copy).settle()
    add_customer(page.desk, "2", "Praxis Neu", "PC 1")
    page.copies.list.setFocus()
    QTest.keyClick(page.copies.list, Qt.Key.Key_Return)
    page.settle()
    assert page.copies.isHidden()
    assert page.card.title() == "Sicherung vom 01.03.2022 10:22 Uhr"
    assert page.card.rows()[:6] == ["", "In der Sicherung", "Heute", "Kunden", "1", "2"]
    assert QApplication.focusWidget() is page.card.close_, "one Enter too many restores nothing"
    with qtbot.waitSignal(page.section.restore_wanted) as wanted:
        page.click(page.card.restore)
    (preview,) = wanted.args
    assert isinstance(preview, RestorePreview)
    assert preview.copy.customers == 1
    page.click(page.card.close_)
    assert page.card.isHidden()
    assert page.copies.isVisible()
    assert not preview.prepared.exists(), "who does not want it leaves nothing behind"


def test_invoices_that_the_copy_does_not_hold_are_named_before_anything_happens(make_page, tmp_path):
    desk = make_house(tmp_path / "house", FakeClock())  # noqa: F811 (the fixture)
    practice = add_practice(desk)
    page = make_page(replace(desk, secrets=Secrets(MemoryKeyring())))
    page.click(page.copies.copy).settle()
    for minutes in (0, 20, 40):
        sessions = add_sessions(desk, practice, 600, begin=FEBRUARY + timedelta(minutes=minutes))
        issue_open(desk, wish(practice, sessions), UNTIL)
    page.click(page.copies.restore).settle()
    assert "RE-2022-0001 bis RE-2022-0003 sind in dieser Kopie nicht enthalten." in page.card.warning()
    page.click(page.card.close_)
    desk.close()


def test_what_was_issued_while_the_card_was_open_is_shown_before_anything_is_lost(make_page, tmp_path, qtbot):
    desk = make_house(tmp_path / "house", FakeClock())  # noqa: F811 (the fixture)
    place = add_practice(desk)
    rows = add_sessions(desk, place, 742, begin=FEBRUARY)
    page = make_page(replace(desk, secrets=Secrets(MemoryKeyring())))
    take_copy(desk)
    page.section.refresh()
    page.click(page.copies.restore).settle()
    assert "RE-2022-0001" not in page.card.warning()
    issue_open(desk, wish(place, rows), UNTIL)
    with qtbot.assertNotEmitted(page.section.restore_wanted):
        page.click(page.card.restore)
    assert page.card.warning().splitlines()[1].startswith("RE-2022-0001 ist in dieser Kopie nicht enthalten.")
    assert page.card.error() == "Seit dem Öffnen wurde etwas gestellt. Bitte noch einmal ansehen."
    with qtbot.waitSignal(page.section.restore_wanted):
        page.click(page.card.restore)
    page.click(page.card.close_)
    desk.close()


def test_closing_the_window_leaves_no_opened_copy_behind(page):
    take_copy(page.desk)
    page.section.refresh()
    page.click(page.copies.restore).settle()
    hidden = [one for one in page.desk.data.root.iterdir() if one.name.startswith(".restore")]
    assert len(hidden) == 1
    page.background.close()
    assert not hidden[0].exists()


def test_a_running_session_is_in_the_way_until_it_has_ended(page, bohrer, qtbot):  # noqa: F811 (the fixture)
    take_copy(page.desk)
    page.section.refresh()
    session = timekeeping.start_session(page.desk, bohrer.reception).value
    page.click(page.copies.restore).settle()
    assert page.card.error() == "Eine Sitzung läuft oder ist pausiert. Vor dem Wiederherstellen beenden."
    with qtbot.assertNotEmitted(page.section.restore_wanted):
        page.click(page.card.restore)
    timekeeping.end_session(page.desk, session.id)
    with qtbot.waitSignal(page.section.restore_wanted):
        page.click(page.card.restore)
    assert page.card.error() == ""
    page.click(page.card.close_)


def test_a_locked_copy_asks_and_a_wrong_passphrase_is_said(page):
    take_copy(page.desk, PHRASE)
    page.section.refresh()
    page.click(page.copies.restore).settle()
    assert page.card.error() == ""
    assert QApplication.focusWidget() is page.card.passphrase
    QTest.keyClicks(page.card.passphrase, "falsch und lang")
    QTest.keyClick(page.card.passphrase, Qt.Key.Key_Return)
    page.settle()
    assert page.card.error().startswith("Diese Passphrase öffnet desk-20220301T092200.sqlite3.age nicht.")
    page.card.passphrase.clear()
    QTest.keyClicks(page.card.passphrase, PHRASE)
    page.click(page.card.unlock).settle()
    assert page.card.restore.isVisible()
    assert page.card.passphrase.text() == ""
    page.click(page.card.close_)


def test_a_damaged_copy_and_one_that_vanished_are_said(page):
    taken = take_copy(page.desk)
    page.section.refresh()
    content = taken.file.read_bytes()
    taken.file.write_bytes(content[:5000] + os.urandom(len(content) - 5000))
    page.click(page.copies.restore).settle()
    assert (
        page.card.error()
        == f"Die Datei {taken.file.name} ist beschädigt oder keine Sicherung. Eine andere wählen."
    )
    page.click(page.card.close_)
    taken.file.unlink()
    page.click(page.copies.restore).settle()
    assert "lässt sich nicht lesen" in page.card.error()
    page.click(page.card.close_)
    assert page.copies.isVisible()


def test_a_copy_from_elsewhere_is_chosen_by_a_file(page, tmp_path):
    taken = take_copy(page.desk)
    elsewhere = tmp_path / "sicherung vom stick.sqlite3"
    taken.file.rename(elsewhere)
    os.utime(elsewhere, (time.time(), 1646126520))
    page.click(page.copies.other)
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog)]
    dialog.fileSelected.emit(str(elsewhere))
    dialog.reject()
    page.settle()
    assert page.card.title() == "Sicherung vom 01.03.2022 10:22 Uhr"
    assert page.card.restore.isVisible()
    page.click(page.card.close_)


def test_nothing_is_brought_back_into_the_sample_data(make_page, keyed):
    page = make_page(replace(keyed, demo=True))
    take_copy(page.desk)
    page.section.refresh()
    assert page.copies.restore.is_blocked()
    assert page.copies.other.is_blocked()
    page.copies.list.setFocus()
    QTest.keyClick(page.copies.list, Qt.Key.Key_Return)
    assert page.card.isHidden()


def test_everything_that_can_be_pressed_has_a_name(page):
    take_copy(page.desk)
    page.section.refresh()
    for widget in (
        page.copies.copy, page.copies.restore, page.copies.other, page.copies.list, page.copies.way_out,
        page.card.restore, page.card.close_, page.card.unlock, page.card.passphrase, page.form.sealed,
        page.form.field("folder"),
    ):  # fmt: skip
        assert widget.accessibleName() or getattr(widget, "text", str)(), widget
