"""A long job runs beside the window, says how far it is, and stops when it is asked to."""

from __future__ import annotations

import threading

import pytest

from laverma_desk.services.jobs import JobCancelled, go_on_unless
from laverma_desk.ui.background import Background, Lane
from laverma_desk.ui.long_job import Advance, LongJob
from laverma_desk.ui.widgets.progress_line import ProgressLine


@pytest.fixture
def background(qtbot):
    one = Background()
    yield one
    assert one.close()


@pytest.fixture
def job(background):
    return LongJob(background, background)


def fail(error: Exception) -> None:
    raise error


def test_its_progress_and_its_result_arrive(qtbot, job):
    seen, results = [], []
    job.progressed.connect(seen.append)

    def work(progress, _cancelled):
        for done in range(1, 100_001):
            progress(done, 100_000)
        return "written"

    job.run(work, results.append, fail)
    assert job.running
    qtbot.waitUntil(lambda: results == ["written"])
    assert not job.running
    assert seen[-1] == Advance(100_000, 100_000)
    assert len(seen) < 1000


def test_called_off_it_says_so_and_nothing_else(qtbot, job):
    begun, told = threading.Event(), []

    def work(_progress, cancelled):
        begun.set()
        while True:
            go_on_unless(cancelled)

    job.run(work, told.append, told.append)
    assert begun.wait(5)
    with qtbot.waitSignal(job.stopped):
        job.cancel()
    assert told == []
    assert not job.running


def test_what_went_wrong_is_handed_over(qtbot, job):
    errors = []

    def work(_progress, _cancelled):
        raise ValueError(7)

    job.run(work, fail, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert errors[0].args == (7,)


def test_only_one_at_a_time(qtbot, job):
    go, results = threading.Event(), []
    job.run(lambda _progress, _cancelled: go.wait(5), results.append, fail)
    job.run(lambda _progress, _cancelled: fail(JobCancelled()), results.append, fail)
    go.set()
    qtbot.waitUntil(lambda: results == [True])


def test_the_call_does_not_wait_for_it(qtbot, background, job):
    go, order = threading.Event(), []
    job.run(lambda _progress, _cancelled: go.wait(5), lambda _value: order.append("long"), fail)
    background.run(background, lambda: None, lambda _value: order.append("call"), fail, Lane.DESK)
    qtbot.waitUntil(lambda: order == ["call"])
    go.set()
    qtbot.waitUntil(lambda: order == ["call", "long"])


def test_closing_the_window_calls_it_off(qtbot):
    background, begun, ended = Background(), threading.Event(), []
    job = LongJob(background, background)

    def work(_progress, cancelled):
        begun.set()
        while not cancelled():
            pass
        ended.append(True)

    job.run(work, ended.append, ended.append)
    assert begun.wait(5)
    assert background.close()
    assert ended[0] is True


def test_the_line_says_how_far_it_is(qtbot):
    line = ProgressLine()
    qtbot.addWidget(line)
    line.begin("Sitzungen werden exportiert …")
    assert line.sentence() == "Sitzungen werden exportiert …"
    line.show_progress(12_000, 100_000)
    assert line.sentence() == "Sitzungen werden exportiert … 12.000 von 100.000"
    line.show_progress(12_001, 0)
    assert line.sentence() == "Sitzungen werden exportiert … 12.001"
    line.end()
    assert line.isHidden()


def test_it_is_called_off_once(qtbot):
    line = ProgressLine()
    qtbot.addWidget(line)
    line.begin("Wird gesichert …")
    line.show()
    line._cancel.setFocus()
    asked = []
    line.cancelled.connect(lambda: asked.append(1))
    line._cancel.click()
    line._cancel.click()
    assert asked == [1]
    assert line._cancel.isEnabled(), "who pressed it keeps the focus"
