"""The copy of the day in the background, and a restore between two runs of the window."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import QObject, QProcess, QTimer
from PySide6.QtWidgets import QApplication

from laverma_desk import log, settings
from laverma_desk.domain.clock import SystemClock
from laverma_desk.domain.errors import Trouble
from laverma_desk.program import Program, Start
from laverma_desk.services.backups.news import take_news
from laverma_desk.services.backups.plan import News, change_plan
from laverma_desk.services.backups.restoring import preview_restore
from laverma_desk.services.backups.taking import take_copy
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.desk import open_desk
from laverma_desk.storage.backup_reading import holdings
from laverma_desk.ui.background import Background
from laverma_desk.ui.backup_keeper import BackupKeeper
from laverma_desk.ui.backup_notice import BackupNotice
from laverma_desk.ui.change_bus import ChangeBus
from laverma_desk.ui.settings.backup_words import news_sentence
from laverma_desk.ui.single_instance import SingleInstance
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.widgets.notice_bar import NoticeBar
from tests.support.desks import add_customer, memory_secrets


class Kept:
    """A keeper and all that it said."""

    def __init__(self, desk, qtbot):
        self.owner = QObject()
        self.background = Background(self.owner)
        self.keeper = BackupKeeper(Surroundings(desk, self.background, ChangeBus(self.owner)), self.owner)
        self.taken, self.failed, self.restored = [], [], []
        self.keeper.taken.connect(self.taken.append)
        self.keeper.failed.connect(self.failed.append)
        self.keeper.restored.connect(self.restored.append)
        self._qtbot = qtbot

    def ask(self):
        self.keeper.ask()
        self._qtbot.waitUntil(lambda: not self.background.busy)
        QApplication.processEvents()


@pytest.fixture
def kept(desk, qtbot):
    made = Kept(desk, qtbot)
    yield made
    made.keeper.stop()
    made.background.close()
    made.owner.deleteLater()


def test_one_copy_a_day(kept, desk, clock):
    kept.ask()
    kept.ask()
    assert [one.file.name for one in kept.taken] == ["desk-20220301T092200.sqlite3"]
    clock.advance(days=1)
    kept.ask()
    assert len(kept.taken) == 2
    assert kept.failed == []


def test_nobody_on_the_phone_is_disturbed_unless_it_cannot_wait(kept, desk, bohrer, clock):
    kept.ask()
    clock.advance(days=1)
    session = timekeeping.start_session(desk, bohrer.reception).value
    kept.ask()
    assert len(kept.taken) == 1, "it can wait for the end of the call"
    clock.advance(days=1)
    kept.ask()
    assert len(kept.taken) == 2, "two days without a copy are too many"
    timekeeping.end_session(desk, session.id)


def test_trouble_is_said_once_and_again_after_a_success(kept, desk, clock, tmp_path):
    drive = tmp_path / "usb"
    change_plan(desk.data, folder=drive)
    kept.ask()
    kept.ask()
    assert [one.code for one in kept.failed] == [Trouble.BACKUP_FOLDER_MISSING]
    drive.mkdir()
    kept.ask()
    assert len(kept.taken) == 1
    drive.rename(tmp_path / "away")
    clock.advance(days=1)
    kept.ask()
    assert len(kept.failed) == 2


def test_a_keeper_that_is_stopped_ticks_no_more(kept):
    kept.keeper.start()
    kept.keeper.stop()
    assert not kept.keeper._first.isActive()
    assert not kept.keeper._hourly.isActive()


@pytest.fixture
def program(tmp_path, desk, bohrer, dressed, monkeypatch, qtbot):
    """The whole program on the desk of the test; what it would start anew is only noted."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    started = []
    monkeypatch.setattr(QProcess, "startDetached", lambda *command: started.append(command))
    hooks = sys.excepthook, threading.excepthook
    quits = dressed.quitOnLastWindowClosed()
    taken = take_copy(desk)
    add_customer(desk, "2", "Praxis Neu", "PC 1")
    desk.close()
    log.start(desk.data)
    instance = SingleInstance(desk.data)
    assert instance.acquire()
    made = Program(dressed, Start(desk.data, demo=False, language="de"), settings.MachineSettings(), instance)
    made.copy, made.started = taken.file, started
    yield made
    instance.release()
    made._shell.close()
    made._shell.deleteLater()
    sys.excepthook, threading.excepthook = hooks
    dressed.setQuitOnLastWindowClosed(quits)
    log.stop()


def test_the_window_closes_restores_and_starts_anew(program, desk, dressed):
    preview = preview_restore(desk.data, program.copy)
    before = []

    class Hand(QObject):
        def press(self):
            if program._running is None:
                QTimer.singleShot(20, self, self.press)
                return
            before.append(holdings(desk.data.database).customers)
            program._running.stage.later.settings.restore_wanted.emit(preview)

    hand = Hand()
    dressed.setQuitOnLastWindowClosed(True)
    QTimer.singleShot(20, hand, hand.press)
    assert program.run() == 0
    assert before == [2]
    assert len(program.started) == 1, "the program starts anew"
    assert not preview.prepared.exists()
    assert holdings(desk.data.database).customers == 1
    news = take_news(desk.data)
    assert news.kept.endswith("-before-restore.sqlite3")
    assert holdings(desk.data.backups / news.kept).customers == 2
    assert news_sentence(news).startswith("Wiederhergestellt: der Stand vom 01.03.2022 10:22 Uhr.")
    assert take_news(desk.data) is None, "told once"


def test_a_restore_that_cannot_be_is_told_at_the_next_start(program, desk, qtbot):
    preview = preview_restore(desk.data, program.copy)
    other = open_desk(desk.data, SystemClock(), memory_secrets())
    try:
        timekeeping.start_session(other, 1)
        program._bring_back(preview)
    finally:
        other.close()
    assert holdings(desk.data.database).customers == 2
    news = take_news(desk.data)
    assert news_sentence(news).startswith("Nichts wurde wiederhergestellt. Eine Sitzung läuft")
    assert not preview.prepared.exists()


def test_the_news_of_a_restore_is_told_at_the_start(kept, desk):
    change_plan(desk.data, news=News(desk.clock.now(), "desk-x-before-restore.sqlite3", 2))
    kept.keeper.start()
    assert [one.held_mails for one in kept.restored] == [2]
    assert "2 Mails warten im Postausgang auf eine Entscheidung." in news_sentence(kept.restored[0])


def test_the_notice_waits_for_the_bar_says_it_once_and_goes(kept, desk, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("laverma_desk.ui.backup_notice.WAITING_MS", 1)
    bar = NoticeBar()
    qtbot.addWidget(bar)
    notice = BackupNotice(kept.keeper, bar, kept.owner)
    bar.show_notice("Bericht geht in 10 s raus.")
    change_plan(desk.data, folder=tmp_path / "usb")
    kept.ask()
    assert bar.sentence() == "Bericht geht in 10 s raus."
    bar.clear()
    qtbot.waitUntil(bar.isVisible)
    assert bar.sentence().startswith("Die heutige Datensicherung ist gescheitert. Der Ordner")
    with qtbot.waitSignal(notice.settings_wanted) as wanted:
        bar.link_activated.emit()
    assert wanted.args == ["backup"]
    notice._timer.setInterval(0)
    qtbot.waitUntil(bar.isHidden)
    notice.stop()
