"""Times as they are typed, also where the clocks change, and what a moved begin or end makes of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.support_session import (
    Gap,
    GapDecision,
    GapKind,
    Segment,
    SessionState,
    SupportSession,
    duration,
)
from laverma_desk.services.corrections import typed_moment
from laverma_desk.services.corrections.moved_times import moved

DAY = date(2022, 3, 1)
NINE = datetime(2022, 3, 1, 9, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def session(*stretches: tuple[float, float], gaps: tuple[Gap, ...] = ()) -> SupportSession:
    segments = tuple(Segment(at(begin), at(end)) for begin, end in stretches)
    return SupportSession(1, "S-2022-0001", 1, 1, 1, "A", "B", "C", SessionState.ENDED, segments, gaps)


def minutes_of(segments: tuple[Segment, ...]) -> list[tuple[float, float]]:
    minute = timedelta(minutes=1)
    return [((one.begin - NINE) / minute, (one.end - NINE) / minute) for one in segments]


@pytest.mark.parametrize("typed", ["10:22", "10.22", " 10:22 Uhr ", "10:22:00", "10:22h"])
def test_a_time_is_the_houses_local_one(typed):
    assert typed_moment(DAY, typed, "begin") == datetime(2022, 3, 1, 9, 22, tzinfo=UTC)


def test_a_bare_hour_and_seconds_are_understood():
    assert typed_moment(DAY, "10 Uhr", "begin") == datetime(2022, 3, 1, 9, 0, tzinfo=UTC)
    assert typed_moment(DAY, "10:22:14", "begin") == datetime(2022, 3, 1, 9, 22, 14, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["", "25:00", "10:60", "zehn", "10:2", "-1:00", "10:22:99", "1 0:22"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(RuleBroken) as error:
        typed_moment(DAY, typed, "end")
    assert (error.value.code, error.value.field) == (Rule.DATE_INVALID, "end")


def test_an_hour_that_summer_time_skips_is_refused():
    with pytest.raises(RuleBroken) as error:
        typed_moment(date(2026, 3, 29), "02:30", "begin", fold=1)
    assert (error.value.code, error.value.field) == (Rule.LOCAL_TIME_LEFT_OUT, "begin")
    assert typed_moment(date(2026, 3, 29), "03:00", "begin") == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_asked_about():
    with pytest.raises(RuleBroken) as error:
        typed_moment(date(2026, 10, 25), "02:30", "begin")
    assert (error.value.code, error.value.field) == (Rule.LOCAL_TIME_TWICE, "begin")
    first = typed_moment(date(2026, 10, 25), "02:30", "begin", fold=0)
    second = typed_moment(date(2026, 10, 25), "02:30", "begin", fold=1)
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert second - first == timedelta(hours=1)
    assert typed_moment(date(2026, 10, 25), "03:00", "begin") == datetime(2026, 10, 25, 2, 0, tzinfo=UTC)


def test_the_edges_of_the_calendar_are_no_crash():
    with pytest.raises(RuleBroken):
        typed_moment(date(1, 1, 1), "00:00", "begin")


@pytest.mark.parametrize(
    ("begin", "end", "left"),
    [
        (0, 60, [(0, 20), (30, 40), (50, 60)]),
        (-5, 60, [(-5, 20), (30, 40), (50, 60)]),
        (5, 55, [(5, 20), (30, 40), (50, 55)]),
        (0, 70, [(0, 20), (30, 40), (50, 70)]),
        (20, 60, [(20, 40), (50, 60)]),
        (25, 60, [(25, 40), (50, 60)]),
        (0, 45, [(0, 20), (30, 45)]),
        (0, 50, [(0, 20), (30, 50)]),
        (22, 27, [(22, 27)]),
        (35, 38, [(35, 38)]),
        (1440, 1500, [(1440, 1500)]),
    ],
)
def test_what_was_typed_counts_and_pauses_in_between_stay(begin, end, left):
    found = session((0, 20), (30, 40), (50, 60))
    assert minutes_of(moved(found, at(begin), at(end)).segments) == left


def gap(number: int, begin: float, end: float, kind=GapKind.SLEEP, decision=GapDecision.DEDUCT) -> Gap:
    return Gap(number, 1, kind, at(begin), at(end), decision)


def test_gaps_outside_go_and_those_over_the_edge_are_cut():
    found = session((0, 60), gaps=(gap(1, 5, 10), gap(2, 20, 30), gap(3, 55, 58)))
    times = moved(found, at(25), at(50))
    assert [(one.id, one.begin, one.end) for one in times.gaps] == [(2, at(25), at(30))]
    assert moved(found, at(0), at(60)).gaps == found.gaps
    assert moved(found, at(10), at(20)).gaps == (), "what only touches the edge goes too"


def test_a_seam_of_a_clock_that_was_set_back_stays_between_its_sides():
    seam = gap(1, 30, 20, GapKind.CLOCK_BACK, GapDecision.KEEP)
    found = session((0, 30), (20, 40), gaps=(seam,))
    both = moved(found, at(-10), at(35))
    assert (minutes_of(both.segments), both.gaps) == ([(-10, 30), (20, 35)], (seam,))
    after = moved(found, at(31), at(40))
    assert (minutes_of(after.segments), after.gaps) == ([(31, 40)], ())
    before = moved(found, at(0), at(15))
    assert (minutes_of(before.segments), before.gaps) == ([(0, 15)], ())


numbers = st.lists(st.integers(0, 600), min_size=2, max_size=10, unique=True).map(sorted)


@given(numbers, st.integers(-100, 700), st.integers(1, 800), st.data())
def test_a_moved_session_has_exactly_the_time_that_is_left(edges, begin, length, data):
    stretches = list(zip(edges[::2], edges[1::2], strict=False))
    holes = []
    for place, (first, last) in enumerate(stretches):
        if last - first > 1 and data.draw(st.booleans()):
            hole = sorted(data.draw(st.lists(st.integers(first, last), min_size=2, max_size=2, unique=True)))
            holes.append(gap(place + 1, *hole))
    found = session(*stretches, gaps=tuple(holes))
    end = begin + length
    times = moved(found, at(begin), at(end))
    after = SupportSession(1, "S", 1, 1, 1, "", "", "", SessionState.ENDED, times.segments, times.gaps)
    assert (after.begin, after.end) == (at(begin), at(end))
    assert all(one.begin < one.end for one in times.segments)
    assert all(one.end <= two.begin for one, two in pairwise(times.segments))
    # Minute by minute: what ran before and still lies inside runs, pauses inside stay, gaps inside count.
    running = set()
    for first, last in stretches:
        running |= set(range(max(first, begin), min(last, end)))
    if not running:
        running = set(range(begin, end))
    elif (at(begin), at(end)) != (found.begin, found.end):
        running |= set(range(begin, min(running))) | set(range(max(running), end))
    deducted = {minute for one in holes for minute in _minutes(one)} & running
    assert duration(after, at(end)) == timedelta(minutes=len(running - deducted))


def _minutes(one: Gap) -> range:
    minute = timedelta(minutes=1)
    return range(int((one.begin - NINE) / minute), int((one.end - NINE) / minute))
