"""What the heart notices while a session runs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.support_session import GapKind
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.ui.background import Background
from laverma_desk.ui.change_bus import ChangeBus
from laverma_desk.ui.heartbeat import Heartbeat
from laverma_desk.ui.surroundings import Surroundings


@pytest.fixture
def surroundings(desk, qtbot):
    owner = QWidget()
    qtbot.addWidget(owner)
    made = Surroundings(desk, Background(owner), ChangeBus(owner))
    yield made
    made.background.close()


@pytest.fixture
def heart(surroundings):
    made = Heartbeat(surroundings, surroundings.bus)
    yield made
    made.set_running(running=False)


def test_it_rests_without_a_session(heart):
    assert not heart._timer.isActive()
    heart.set_running(running=True)
    assert heart._timer.isActive()
    heart.set_running(running=False)
    assert not heart._timer.isActive()


def test_standby_becomes_a_gap_and_is_published(heart, surroundings, bohrer, clock):
    session = timekeeping.start_session(surroundings.desk, bohrer.reception).value
    heart.set_running(running=True)
    clock.advance(seconds=30)
    heart.beat()
    published = []
    surroundings.bus.changed.connect(published.append)
    clock.advance(minutes=31)
    heart.beat()
    gap = timekeeping.read_session(surroundings.desk, session.id).open_gap
    assert gap is not None
    assert gap.kind is GapKind.SLEEP
    assert gap.end - gap.begin == timedelta(minutes=31)
    assert published == [frozenset({Topic.SESSIONS})]


def test_a_beat_that_the_disk_refuses_is_made_up_for(heart, surroundings, bohrer, clock):
    session = timekeeping.start_session(surroundings.desk, bohrer.reception).value
    heart.set_running(running=True)
    clock.advance(minutes=10)
    with surroundings.desk.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE heartbeat RENAME TO elsewhere")
    with pytest.raises(Exception, match="no such table"):
        heart.beat()
    with surroundings.desk.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO heartbeat")
    heart.beat()
    gap = timekeeping.read_session(surroundings.desk, session.id).open_gap
    assert gap is not None
    assert gap.seconds == 600
