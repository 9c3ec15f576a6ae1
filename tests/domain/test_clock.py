"""Local time and instants, above all in the two nights when they disagree."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.clock import SystemClock, changes_offset, from_local, local, local_day


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def wall(*parts: int) -> datetime:
    """Return a time as it stands on the wall."""
    return datetime(*parts)  # noqa: DTZ001 (local times are naive)


def test_summer_and_winter():
    assert from_local(wall(2026, 7, 1, 10, 22)) == utc(2026, 7, 1, 8, 22)
    assert from_local(wall(2026, 1, 1, 10, 22)) == utc(2026, 1, 1, 9, 22)
    assert local(utc(2022, 3, 1, 9, 22)).isoformat() == "2022-03-01T10:22:00+01:00"


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_the_hour_that_summer_time_leaves_out_is_refused(minute):
    for fold in (0, 1):
        with pytest.raises(ValueError):
            from_local(wall(2026, 3, 29, 2, minute), fold=fold)


def test_around_the_hour_that_is_left_out():
    assert from_local(wall(2026, 3, 29, 1, 59, 59)) == utc(2026, 3, 29, 0, 59, 59)
    assert from_local(wall(2026, 3, 29, 3, 0)) == utc(2026, 3, 29, 1, 0)


def test_the_hour_that_comes_twice():
    twice = wall(2026, 10, 25, 2, 30)
    assert from_local(twice) == utc(2026, 10, 25, 0, 30)
    assert from_local(twice, fold=1) == utc(2026, 10, 25, 1, 30)
    assert from_local(wall(2026, 10, 25, 3, 0), fold=1) == utc(2026, 10, 25, 2, 0)


def test_the_result_is_in_utc():
    assert from_local(wall(2026, 7, 1, 10, 22)).tzinfo is UTC


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError):
        local(wall(2022, 3, 1))
    with pytest.raises(ValueError):
        local_day(wall(2022, 3, 1))


def test_the_day_is_the_one_in_berlin():
    assert local_day(utc(2021, 12, 31, 22, 59, 59)) == date(2021, 12, 31)
    assert local_day(utc(2021, 12, 31, 23, 0)) == date(2022, 1, 1)
    assert local_day(utc(2022, 6, 30, 22, 0)) == date(2022, 7, 1)
    assert local_day(datetime(2022, 1, 1, 8, tzinfo=timezone(timedelta(hours=9)))) == date(2022, 1, 1)


def test_a_change_of_offset_is_seen():
    assert changes_offset(utc(2026, 3, 29, 0, 59), utc(2026, 3, 29, 1, 0))
    assert changes_offset(utc(2026, 10, 25, 0, 59), utc(2026, 10, 25, 1, 0))
    assert not changes_offset(utc(2026, 3, 29, 1, 0), utc(2026, 10, 25, 0, 59))


@given(st.datetimes(wall(1990, 1, 1), wall(2060, 1, 1)), st.sampled_from([0, 1]))
def test_a_local_time_comes_back_or_is_refused(typed, fold):
    try:
        instant = from_local(typed, fold=fold)
    except ValueError:
        before, after = from_local(typed - timedelta(hours=1)), from_local(typed + timedelta(hours=1))
        assert after - before == timedelta(hours=1), "only an hour that does not exist is refused"
    else:
        assert local(instant).replace(tzinfo=None, fold=0) == typed.replace(fold=0)


def test_the_machines_clocks():
    clock = SystemClock()
    before, beginning = clock.now(), clock.uptime()
    assert before.tzinfo is UTC
    assert abs(before - datetime.now(UTC)) < timedelta(minutes=1)
    assert clock.now() >= before
    assert clock.uptime() >= beginning
    if hasattr(time, "CLOCK_BOOTTIME"):
        assert clock.uptime() == pytest.approx(time.clock_gettime(time.CLOCK_BOOTTIME), abs=5)
