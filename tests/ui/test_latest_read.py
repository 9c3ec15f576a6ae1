"""What was asked last is what is shown, whatever an earlier question still brings."""

from __future__ import annotations

import threading

import pytest

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.ui.background import Background
from laverma_desk.ui.change_bus import ChangeBus
from laverma_desk.ui.latest_read import LatestRead
from laverma_desk.ui.surroundings import Surroundings
from tests.support import rooms
from tests.support.desks import clock, desk

__all__ = ["clock", "desk"]
owner = rooms.owner


@pytest.fixture
def reader(desk, owner):
    background = Background(owner)
    made = LatestRead(Surroundings(desk, background, ChangeBus(owner)), owner)
    made.told = []
    made.loaded.connect(made.told.append)
    made.failed.connect(made.told.append)
    yield made
    background.close()


def asked_in_the_meantime(reader, qtbot, early):
    """Ask for something slow, then for something else; return what was told."""
    begun, go = threading.Event(), threading.Event()

    def slow():
        begun.set()
        assert go.wait(10)
        return early()

    reader.start(slow)
    assert begun.wait(10)
    reader.start(lambda: "late")
    go.set()
    qtbot.waitUntil(lambda: "late" in reader.told)
    return reader.told


def test_an_earlier_answer_is_dropped(reader, qtbot):
    assert asked_in_the_meantime(reader, qtbot, lambda: "early") == ["late"]


def test_an_earlier_failure_is_dropped_too(reader, qtbot):
    def busy():
        raise OutsideTrouble(Trouble.DATABASE_BUSY, file="desk.sqlite")

    assert asked_in_the_meantime(reader, qtbot, busy) == ["late"]


def test_the_latest_failure_is_told(reader, qtbot):
    def busy():
        raise OutsideTrouble(Trouble.DATABASE_BUSY, file="desk.sqlite")

    reader.start(busy)
    qtbot.waitUntil(lambda: bool(reader.told))
    assert [one.code for one in reader.told] == [Trouble.DATABASE_BUSY]
    assert not reader._timer.isActive()


def test_a_bug_of_an_earlier_question_is_heard_and_the_latest_goes_on(reader, qtbot):
    begun, go, told = threading.Event(), threading.Event(), threading.Event()

    def broken():
        begun.set()
        assert go.wait(10)
        raise ZeroDivisionError

    reader.start(broken)
    assert begun.wait(10)
    reader.start(lambda: told.wait(10))
    go.set()
    qtbot.waitUntil(lambda: bool(reader.told))
    assert isinstance(reader.told.pop(), ZeroDivisionError)
    assert reader.running
    told.set()
    qtbot.waitUntil(lambda: reader.told == [True])
    assert not reader.running


def test_what_was_called_off_is_never_told(reader, qtbot):
    go = threading.Event()
    reader.start(lambda: go.wait(10))
    assert reader.running
    reader.stop()
    assert not reader.running
    go.set()
    qtbot.waitUntil(lambda: not reader._surroundings.background.busy)
    assert reader.told == []
