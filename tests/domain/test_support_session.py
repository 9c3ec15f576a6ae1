"""How long a session took: segments, gaps, and clocks that were set in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.clock import from_local
from laverma_desk.domain.support_session import (
    Gap,
    GapDecision,
    GapKind,
    GapOutcomes,
    Segment,
    SessionState,
    SupportSession,
    duration,
    gap_outcomes,
    overlap,
    part,
    seconds,
)

TEN = datetime(2022, 3, 1, 10, tzinfo=UTC)
SLEEP, FORWARD, BACK, OFF = GapKind.SLEEP, GapKind.CLOCK_FORWARD, GapKind.CLOCK_BACK, GapKind.NOT_RUNNING
KEEP, DEDUCT, SPLIT = GapDecision.KEEP, GapDecision.DEDUCT, GapDecision.SPLIT


def at(minutes: float) -> datetime:
    """Return the instant so many minutes after ten."""
    return TEN + timedelta(minutes=minutes)


def wall(*parts: int) -> datetime:
    """Return a time as it stands on the wall."""
    return datetime(*parts)  # noqa: DTZ001 (local times are naive)


def segments(*pairs: tuple[float, float | None]) -> tuple[Segment, ...]:
    return tuple(Segment(at(begin), None if end is None else at(end)) for begin, end in pairs)


def gap(begin: float, end: float, decision: GapDecision | None = None, number=1, kind=SLEEP) -> Gap:
    return Gap(number, 1, kind, at(begin), at(end), decision)


def session(*pairs: tuple[float, float | None], gaps: tuple[Gap, ...] = ()) -> SupportSession:
    state = SessionState.RUNNING if pairs[-1][1] is None else SessionState.ENDED
    return SupportSession(
        1, "S-2022-0001", 1, 1, 1, "ZAP Dr. Bohrer", "PC Rezeption", "Klaus", state, segments(*pairs), gaps
    )


def minutes(one: SupportSession, now: float) -> float:
    return duration(one, at(now)) / timedelta(minutes=1)


def test_an_open_segment_counts_up_to_now():
    assert minutes(session((0, None)), 12) == 12
    assert minutes(session((0, 5), (8, None)), 12) == 9
    assert minutes(session((0, 5), (8, 12)), 99) == 9


def test_begin_end_and_partner():
    one = session((0, 5), (8, 12))
    assert (one.begin, one.end, one.partner) == (at(0), at(12), "ZAP Dr. Bohrer – PC Rezeption")
    assert session((0, 5), (8, None)).end is None


def test_the_first_undecided_gap_is_the_open_one():
    decided, first, second = gap(1, 4, KEEP, 1), gap(5, 8, None, 2), gap(9, 12, None, 3)
    assert session((0, None), gaps=(decided, first, second)).open_gap == first
    assert session((0, None), gaps=(decided,)).open_gap is None


def test_a_fraction_of_a_second_does_not_count():
    one = session((0, None))
    assert seconds(one, TEN + timedelta(seconds=59, microseconds=999_999)) == 59
    assert seconds(one, TEN + timedelta(seconds=60)) == 60


def test_fractions_of_several_segments_add_up_before_they_are_cut():
    half = timedelta(milliseconds=500)
    one = replace(session((0, None)), segments=(Segment(TEN, TEN + half), Segment(at(1), at(1) + half)))
    assert seconds(one, at(2)) == 1


def test_a_clock_that_shows_less_than_the_beginning_gives_nothing():
    assert minutes(session((0, None)), -30) == 0
    assert minutes(session((0, 5), (8, None)), -30) == 5


@pytest.mark.parametrize(("decision", "left"), [(None, 30), (KEEP, 30), (DEDUCT, 20), (SPLIT, 30)])
def test_only_a_deducted_gap_is_taken_off(decision, left):
    assert minutes(session((0, 30), gaps=(gap(10, 20, decision),)), 30) == left


def test_several_deducted_gaps():
    gaps = (gap(2, 5, DEDUCT, 1), gap(7, 9, KEEP, 2), gap(10, 14, DEDUCT, 3))
    assert minutes(session((0, None), gaps=gaps), 20) == 13


def test_a_deducted_gap_takes_off_only_what_was_running():
    """After the start was moved, a gap may lie partly or wholly before it."""
    assert minutes(session((15, 30), gaps=(gap(10, 20, DEDUCT),)), 30) == 10
    assert minutes(session((20, 30), gaps=(gap(10, 20, DEDUCT),)), 30) == 10
    assert minutes(session((0, 15), (25, 40), gaps=(gap(10, 15, DEDUCT),)), 40) == 25


def test_a_deducted_gap_that_holds_the_whole_session_leaves_nothing():
    assert minutes(session((12, 18), gaps=(gap(10, 20, DEDUCT),)), 18) == 0


def test_gaps_that_overlap_never_leave_less_than_nothing():
    gaps = (gap(0, 8, DEDUCT, 1), gap(2, 10, DEDUCT, 2))
    assert minutes(session((0, 10), gaps=gaps), 10) == 0


def test_overlap_with_open_and_closed_segments():
    found = overlap(segments((0, 10), (20, None)), at(5), at(25), at(23))
    assert found == timedelta(minutes=8)
    assert overlap(segments((0, 10)), at(10), at(20), at(30)) == timedelta()


def test_over_midnight_and_over_a_day():
    begin, end = from_local(wall(2022, 3, 1, 23, 50)), from_local(wall(2022, 3, 3, 0, 10, 5))
    one = replace(session((0, 1)), segments=(Segment(begin, end),))
    assert seconds(one, end) == 24 * 3600 + 20 * 60 + 5


@pytest.mark.parametrize(("day", "hours"), [((2026, 3, 29), 2), ((2026, 10, 25), 4), ((2026, 3, 28), 3)])
def test_the_nights_in_which_summer_time_begins_and_ends(day, hours):
    begin, end = from_local(wall(*day, 1, 0)), from_local(wall(*day, 4, 0))
    one = replace(session((0, 1)), segments=(Segment(begin, end),))
    assert seconds(one, end) == hours * 3600


def test_the_length_of_a_gap_whichever_way_the_clock_went():
    assert gap(10, 41).seconds == 31 * 60
    assert gap(50, 20, kind=BACK).seconds == 30 * 60
    tiny = Gap(1, 1, SLEEP, TEN, TEN + timedelta(seconds=120, milliseconds=900))
    assert tiny.seconds == 120


# --- what each answer would leave


def test_the_gap_of_the_pictures():
    one = session((0, None), gaps=(gap(9, 40),))
    assert gap_outcomes(one, one.gaps[0], at(44)) == GapOutcomes(44 * 60, 13 * 60, (9 * 60, 4 * 60))


def test_outcomes_with_pauses_around_the_gap():
    one = session((0, 5), (8, 30), (40, 45), gaps=(gap(10, 20),))
    assert gap_outcomes(one, one.gaps[0], at(99)) == GapOutcomes(32 * 60, 22 * 60, (7 * 60, 15 * 60))


def test_outcomes_know_the_other_gaps():
    gaps = (gap(2, 4, DEDUCT, 1), gap(10, 20, None, 2), gap(22, 25, DEDUCT, 3), gap(26, 28, KEEP, 4))
    one = session((0, 30), gaps=gaps)
    assert gap_outcomes(one, gaps[1], at(30)) == GapOutcomes(25 * 60, 15 * 60, (8 * 60, 7 * 60))


def test_outcomes_of_a_gap_that_was_decided_before():
    one = session((0, 30), gaps=(gap(10, 20, DEDUCT),))
    assert gap_outcomes(one, one.gaps[0], at(30)) == GapOutcomes(30 * 60, 20 * 60, (10 * 60, 10 * 60))


def test_outcomes_of_a_gap_that_lies_before_the_moved_start():
    one = session((25, 30), gaps=(gap(10, 20),))
    assert gap_outcomes(one, one.gaps[0], at(30)) == GapOutcomes(300, 300, (0, 300))


def test_outcomes_are_exact_to_the_second():
    """Cutting each part by itself would show a second more than the bill has."""
    begin = TEN + timedelta(milliseconds=200)
    sleep = Gap(1, 1, SLEEP, TEN + timedelta(seconds=10), TEN + timedelta(seconds=40, milliseconds=900))
    one = replace(session((0, 1)), segments=(Segment(begin, TEN + timedelta(seconds=100)),), gaps=(sleep,))
    found = gap_outcomes(one, sleep, TEN + timedelta(hours=1))
    assert (found.keep, found.deduct) == (99, 68)
    assert found.split == (9, 59)


def test_a_clock_set_back_can_be_kept_or_split_between_both_clocks():
    back = gap(50, 20, kind=BACK)
    one = session((0, 50), (20, None), gaps=(back,))
    assert gap_outcomes(one, back, at(60)) == GapOutcomes(90 * 60, 90 * 60, (50 * 60, 40 * 60))
    assert part(one, back) == (segments((0, 50)), segments((20, None)))


def test_a_clock_set_back_before_anything_ran_parts_nothing():
    """What ran under the old clock went with the other half of a split."""
    back = gap(50, 20, kind=BACK)
    one = session((20, 40), gaps=(back,))
    assert part(one, back) == ((), segments((20, 40)))
    assert gap_outcomes(one, back, at(40)) == GapOutcomes(1200, 1200, (0, 1200))


def test_a_clock_set_back_after_everything_ran_parts_nothing_either():
    """Crashed in the moment in which the clock was set back, and split there at what came after it."""
    back, away = gap(40, 20, kind=BACK), gap(20, 70, SPLIT, 2, OFF)
    one = session((20, 40), gaps=(back, away))
    assert part(one, back) == (segments((20, 40)), ())
    assert gap_outcomes(one, back, at(80)) == GapOutcomes(1200, 1200, (1200, 0))
    assert minutes(replace(one, gaps=(back, gap(25, 30, DEDUCT, 2))), 80) == 15


def test_a_gap_counts_once_where_the_hour_came_twice():
    """Slept from :10 to :40, and at :50 the clock was set back to :05."""
    gaps = (gap(10, 40, DEDUCT, 1), gap(50, 5, KEEP, 2, BACK))
    assert minutes(session((0, 50), (5, 60), gaps=gaps), 60) == 50 + 55 - 30


def test_a_gap_under_the_new_clock_is_no_gap_under_the_old_one():
    gaps = (gap(50, 5, KEEP, 1, BACK), gap(10, 40, DEDUCT, 2))
    one = session((0, 50), (5, 60), gaps=gaps)
    assert minutes(one, 60) == 50 + 55 - 30
    assert part(one, gaps[1]) == (segments((0, 50), (5, 10)), segments((40, 60)))
    assert gap_outcomes(one, gaps[1], at(60)) == GapOutcomes(105 * 60, 75 * 60, (55 * 60, 20 * 60))


def test_a_gap_under_the_old_clock_splits_before_the_seam():
    gaps = (gap(10, 40, None, 1), gap(50, 5, KEEP, 2, BACK))
    one = session((0, 50), (5, None), gaps=gaps)
    assert part(one, gaps[0]) == (segments((0, 10)), segments((40, 50), (5, None)))


def test_a_moved_start_does_not_make_the_new_clock_pay():
    """Begun at :20 after all, slept under the old clock until :40; the new one shows the same minutes."""
    gaps = (gap(10, 40, DEDUCT, 1), gap(50, 5, KEEP, 2, BACK))
    assert minutes(session((20, 50), (5, 60), gaps=gaps), 60) == 30 + 55 - 20


def test_a_gap_between_two_clocks_that_were_set_alike():
    gaps = (gap(50, 20, KEEP, 1, BACK), gap(22, 30, DEDUCT, 2), gap(50, 20, KEEP, 3, BACK))
    assert minutes(session((0, 50), (20, 50), (20, 60), gaps=gaps), 60) == 112


def test_a_clock_set_back_twice():
    gaps = (gap(50, 20, KEEP, 1, BACK), gap(50, 20, None, 2, BACK), gap(22, 30, DEDUCT, 3))
    one = session((0, 50), (20, 50), (20, 60), gaps=gaps[:2])
    assert minutes(one, 60) == 120
    for found in gaps[:2]:
        before, after = part(one, found)
        assert (*before, *after) == one.segments
        assert before
        assert after
    assert minutes(replace(one, gaps=gaps), 60) == 112


def test_parting_at_a_gap():
    one = session((0, 5), (8, 30), (40, None))
    assert part(one, gap(10, 20)) == (segments((0, 5), (8, 10)), segments((20, 30), (40, None)))
    assert part(one, gap(8, 20)) == (segments((0, 5)), segments((20, 30), (40, None)))
    assert part(one, gap(10, 30)) == (segments((0, 5), (8, 10)), segments((40, None)))
    assert part(session((5, 20)), gap(0, 10)) == ((), segments((10, 20)))
    assert part(session((0, 5)), gap(10, 20)) == (segments((0, 5)), ())
    assert part(session((0, 20)), gap(10, 20)) == (segments((0, 10)), ())
    assert part(session((0, None)), gap(10, 20)) == (segments((0, 10)), segments((20, None)))


breaks = st.lists(st.integers(0, 5000), min_size=4, max_size=10, unique=True).map(sorted)


@given(breaks, st.data())
def test_what_is_split_and_what_is_taken_off_is_all_there_was(cuts, data):
    """Both parts and the gap together are the whole time, counted second by second."""
    pairs = [(cuts[place], cuts[place + 1]) for place in range(0, len(cuts) - 1, 2)]
    first, last = data.draw(st.sampled_from(pairs))
    start = data.draw(st.integers(first, last - 1))
    ends = (start, data.draw(st.integers(start + 1, last)))
    hole = Gap(1, 1, SLEEP, TEN + timedelta(seconds=ends[0]), TEN + timedelta(seconds=ends[1]))
    one = replace(
        session((0, 1)),
        segments=tuple(Segment(TEN + timedelta(seconds=a), TEN + timedelta(seconds=b)) for a, b in pairs),
        gaps=(hole,),
    )
    running = {second for a, b in pairs for second in range(a, b)}
    asleep = set(range(*ends))
    found = gap_outcomes(one, hole, at(999))
    assert found.keep == len(running)
    assert found.deduct == len(running - asleep)
    assert found.split == (
        len([second for second in running if second < ends[0]]),
        len([second for second in running if second >= ends[1]]),
    )
    assert sum(found.split) == found.deduct
