"""The way out of the GUI thread and back."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from laverma_desk.ui.background import Background, Lane


@pytest.fixture
def background(qtbot):
    made = Background()
    yield made
    made.close()
    made.deleteLater()


def test_work_leaves_the_gui_thread_and_its_result_comes_back(background, qtbot):
    threads = []
    results = []
    owner = QObject()

    def work():
        threads.append(threading.current_thread())
        return 42

    def on_success(value):
        results.append((value, threading.current_thread()))

    with qtbot.waitSignal(background.idle):
        background.run(owner, work, on_success, results.append)
    assert results == [(42, threading.main_thread())]
    assert threads[0] is not threading.main_thread()


def test_an_error_goes_to_the_error_callback(background, qtbot):
    errors = []
    owner = QObject()

    def work():
        raise ValueError("no")

    with qtbot.waitSignal(background.idle):
        background.run(owner, work, pytest.fail, errors.append)
    assert [str(error) for error in errors] == ["no"]


def test_a_result_is_dropped_when_its_owner_is_gone(background, qtbot):
    results = []
    owner = QObject()
    gate = threading.Event()
    background.run(owner, gate.wait, results.append, results.append)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    with qtbot.waitSignal(background.idle):
        gate.set()
    assert results == []


def test_one_lane_works_in_order_and_the_other_beside_it(background, qtbot):
    done = []
    owner = QObject()
    gate = threading.Event()
    with qtbot.waitSignal(background.idle):
        background.run(owner, gate.wait, lambda _: done.append("first"), pytest.fail)
        background.run(owner, lambda: None, lambda _: done.append("second"), pytest.fail)
        background.run(owner, gate.set, lambda _: done.append("network"), pytest.fail, Lane.NETWORK)
    assert set(done) == {"first", "second", "network"}
    assert done.index("first") < done.index("second")


def test_cancelled_work_never_runs_and_the_lane_becomes_idle(background, qtbot):
    ran = []
    owner = QObject()
    gate = threading.Event()
    background.run(owner, gate.wait, ran.append, pytest.fail)
    waiting = background.run(owner, lambda: ran.append("late"), pytest.fail, pytest.fail)
    assert waiting.cancel()
    with qtbot.waitSignal(background.idle):
        gate.set()
    assert ran == [True]
    assert not background.busy


def test_what_comes_after_closing_is_dropped(qtbot):
    background = Background()
    owner = QObject()
    assert background.close()
    late = background.run(owner, lambda: pytest.fail("ran"), pytest.fail, pytest.fail)
    assert late.cancelled()
    assert not background.busy
    background.deleteLater()


def test_closing_waits_no_longer_than_its_patience(qtbot):
    background = Background()
    owner = QObject()
    gate = threading.Event()
    background.run(owner, gate.wait, lambda _: None, pytest.fail)
    assert not background.close(patience=0.0)
    gate.set()
    assert background.close()
    background.deleteLater()


def test_nobody_is_called_back_after_closing(qtbot):
    background = Background()
    owner = QObject()
    background.run(owner, lambda: 42, pytest.fail, pytest.fail).result(5)
    assert background.close()
    with qtbot.waitSignal(background.idle):
        pass  # What had ended is counted, and told to nobody.
    assert not background.busy
    background.deleteLater()
