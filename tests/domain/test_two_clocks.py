"""What two clocks say together of the time between two beats."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.support_session import GapKind
from laverma_desk.domain.timekeeping import (
    BEAT_SECONDS,
    UNASKED_SECONDS,
    Beat,
    Interruption,
    after_restart,
    compare,
)

TEN = datetime(2022, 3, 1, 10, tzinfo=UTC)
BEFORE = Beat(TEN, 5000.0)


def at(seconds: float) -> datetime:
    return TEN + timedelta(seconds=seconds)


def later(passed: float, step: float = 0) -> Beat:
    """Return the beat after so much real time, the wall clock set by `step` meanwhile."""
    return Beat(at(passed + step), 5000.0 + passed)


def test_the_limits_are_those_of_the_house():
    assert (BEAT_SECONDS, UNASKED_SECONDS) == (30, 120)


@pytest.mark.parametrize("passed", [0, 1, 30, 45, 149])
def test_a_heart_that_beats_on_is_nothing(passed):
    assert compare(BEFORE, later(passed)) == ()


@pytest.mark.parametrize("passed", [150, 151, 1890, 90_000])
def test_missed_beats_are_sleep(passed):
    assert compare(BEFORE, later(passed)) == (Interruption(GapKind.SLEEP, TEN, at(passed)),)


@pytest.mark.parametrize("step", [-119, -60, -1, 1, 60, 119])
def test_small_steps_are_not_asked_about(step):
    assert compare(BEFORE, later(30, step)) == ()


@pytest.mark.parametrize("step", [120, 121, 3600, 10**8])
def test_set_forward(step):
    assert compare(BEFORE, later(30, step)) == (Interruption(GapKind.CLOCK_FORWARD, at(30), at(30 + step)),)


@pytest.mark.parametrize("step", [-120, -121, -3600, -(10**8)])
def test_set_back(step):
    assert compare(BEFORE, later(30, step)) == (Interruption(GapKind.CLOCK_BACK, at(30), at(30 + step)),)


def test_slept_and_a_small_step():
    assert compare(BEFORE, later(1800, 60)) == (Interruption(GapKind.SLEEP, TEN, at(1860)),)
    assert compare(BEFORE, later(1800, -60)) == (Interruption(GapKind.SLEEP, TEN, at(1740)),)


def test_slept_and_set_are_two_questions():
    assert compare(BEFORE, later(1800, 600)) == (
        Interruption(GapKind.SLEEP, TEN, at(1800)),
        Interruption(GapKind.CLOCK_FORWARD, at(1800), at(2400)),
    )
    assert compare(BEFORE, later(1800, -7200)) == (
        Interruption(GapKind.SLEEP, TEN, at(1800)),
        Interruption(GapKind.CLOCK_BACK, at(1800), at(-5400)),
    )


def test_small_steps_do_not_add_up():
    """Each beat is compared with the one before: a clock that is slewed slowly is never asked about."""
    beat = BEFORE
    for _ in range(20):
        after = Beat(beat.wall + timedelta(seconds=130), beat.uptime + 30)
        assert compare(beat, after) == ()
        beat = after


@given(st.integers(0, 10**6), st.integers(-(10**6), 10**6))
def test_sleep_and_set_clock_explain_the_wall_clock(passed, step):
    found = compare(BEFORE, later(passed, step))
    assert len(found) == (passed >= 150) + (abs(step) >= 120)
    if passed >= 150:
        assert found[0].kind is GapKind.SLEEP
        assert found[0].begin == TEN
    if abs(step) >= 120:
        assert found[-1].end - found[-1].begin == timedelta(seconds=step)
    if found:
        assert found[-1].end == later(passed, step).wall


@pytest.mark.parametrize(
    ("away", "kind"),
    [(0, None), (119, None), (120, GapKind.NOT_RUNNING), (90_000, GapKind.NOT_RUNNING),
     (-119, None), (-120, GapKind.CLOCK_BACK), (-90_000, GapKind.CLOCK_BACK)],
)  # fmt: skip
def test_after_a_restart(away, kind):
    expected = None if kind is None else Interruption(kind, TEN, at(away))
    assert after_restart(TEN, at(away)) == expected
