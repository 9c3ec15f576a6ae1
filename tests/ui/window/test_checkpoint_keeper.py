"""The log goes into the file when nothing was changed for a while, and not in the thread of the window."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject, QTimer

from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.services.checkpoints import WORTH
from laverma_desk.storage.database import Database
from laverma_desk.ui.background import Background
from laverma_desk.ui.change_bus import ChangeBus
from laverma_desk.ui.checkpoint_keeper import QUIET_MS, CheckpointKeeper
from laverma_desk.ui.surroundings import Surroundings


@pytest.fixture
def owner(qapp):
    made = QObject()
    yield made
    made.deleteLater()


@pytest.fixture
def surroundings(desk, owner):
    background = Background(owner)
    yield Surroundings(desk, background, ChangeBus(owner))
    background.close()


@pytest.fixture
def keeper(surroundings, owner, monkeypatch):
    monkeypatch.setattr("laverma_desk.ui.checkpoint_keeper.QUIET_MS", 20)
    return CheckpointKeeper(surroundings, owner)


@pytest.fixture
def taken(monkeypatch):
    """Note the threads in which checkpoints were tried, and whether they were worth it."""
    tried, take = [], Database.checkpoint

    def noted(database, least):
        done = take(database, least)
        tried.append((threading.current_thread().name, done))
        return done

    monkeypatch.setattr(Database, "checkpoint", noted)
    return tried


def test_it_is_taken_once_after_many_changes_and_never_by_the_thread_of_the_window(
    desk, bohrer, surroundings, taken, keeper, qtbot
):
    qtbot.waitUntil(lambda: len(taken) == 1)
    taken.clear()
    desk.database.checkpoint(0)
    taken.clear()
    session = surroundings.bus.publish(timekeeping.start_session(desk, bohrer.reception))
    for count in range(WORTH):
        call_sheet.save_notes(desk, session.id, f"Zeile {count}", "")
        surroundings.bus.announce(Topic.SESSIONS)
    assert taken == []
    qtbot.waitUntil(lambda: len(taken) == 1)
    (thread, done) = taken[0]
    assert done
    assert thread.startswith("long")
    surroundings.bus.announce(Topic.SESSIONS)
    qtbot.waitUntil(lambda: len(taken) == 2)
    assert taken[1][1] is False  # Nothing was written since.


def test_each_change_puts_it_off_and_where_nothing_changes_it_rests(desk, surroundings, owner, qtbot):
    keeper = CheckpointKeeper(surroundings, owner)
    (timer,) = keeper.findChildren(QTimer)
    assert timer.isSingleShot()
    assert timer.interval() == QUIET_MS
    timer.stop()
    surroundings.bus.announce(Topic.SESSIONS)
    assert timer.remainingTime() > QUIET_MS / 2
    timer.start(0)
    qtbot.waitUntil(lambda: not timer.isActive())
