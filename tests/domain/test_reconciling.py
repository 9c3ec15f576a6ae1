"""Joining and matching by hand-made cases: what is certain is matched, what is not stays open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from laverma_desk.domain.customer import Tool
from laverma_desk.domain.reconciling import (
    KnownConnection,
    SessionSpan,
    end_of,
    fit,
    is_met,
    join,
    longest_pause,
    nearest,
)

FIVE = timedelta(minutes=5)
ID = "1556208431"


def moment(clock: str) -> datetime:
    hour, minute, *second = (int(one) for one in clock.split(":"))
    return datetime(2022, 2, 28, hour, minute, *second, tzinfo=UTC)


def connected(
    number: int, begin: str, end: str | None, partner_id: str = ID, *, apart: bool = False,
    tool: Tool = Tool.TEAMVIEWER,
) -> KnownConnection:  # fmt: skip
    last = moment(end) if end else None
    return KnownConnection(number, tool, partner_id, moment(begin), last, apart)


def session(number: int, begin: str, end: str, partner_id: str = ID) -> SessionSpan:
    return SessionSpan(number, moment(begin), moment(end), frozenset({(Tool.TEAMVIEWER, partner_id)}))


def groups(*connections: KnownConnection, pause: timedelta = FIVE) -> list[list[int]]:
    return [[one.id for one in group] for group in join(connections, pause)]


def test_a_restart_is_one_piece_of_work_up_to_the_pause_of_the_house():
    before, after = connected(1, "10:06", "10:19"), connected(2, "10:22", "10:37")
    assert groups(after, before) == [[1, 2]]
    assert groups(before, after, pause=timedelta(minutes=3)) == [[1], [2]]
    assert groups(before, connected(2, "10:23:59", "10:37")) == [[1, 2]]
    assert groups(before, connected(2, "10:24", "10:37")) == [[1], [2]]


def test_what_was_set_apart_another_machine_and_another_tool_stay_apart():
    first = connected(1, "10:06", "10:19")
    assert groups(first, connected(2, "10:20", "10:37", apart=True)) == [[1], [2]]
    assert groups(first, connected(2, "10:10", "10:37", "999888777")) == [[1], [2]]
    assert groups(first, connected(2, "10:10", "10:37", tool=Tool.ANYDESK)) == [[1], [2]]
    assert groups(connected(1, "10:06", "10:19", ""), connected(2, "10:06", "10:19", "")) == [[1], [2]]


def test_a_long_connection_bridges_the_pause_of_a_short_one_beside_it():
    long, short, later = (
        connected(1, "10:00", "11:00"), connected(2, "10:05", "10:06"), connected(3, "11:02", "11:10"),
    )  # fmt: skip
    assert groups(long, short, later) == [[1, 2, 3]]
    assert longest_pause((long, short, later)) == (moment("11:00"), moment("11:02"))
    assert end_of((long, short)) == moment("11:00")
    assert longest_pause((long, short)) is None


def test_without_an_end_it_counts_by_its_beginning():
    assert groups(connected(1, "10:00", None), connected(2, "10:04", None)) == [[1, 2]]
    assert end_of((connected(1, "10:00", None),)) is None
    held = session(1, "09:00", "10:30")
    assert fit(connected(1, "10:00", None), [held]).certain == 1
    assert fit(connected(1, "10:31", None), [held]).certain == 1
    assert fit(connected(1, "10:33", None), [held]).certain is None


def test_it_belongs_where_id_and_time_agree():
    held = session(7, "10:00", "10:30")
    assert fit(connected(1, "10:05", "10:20"), [held]).certain == 7
    assert fit(connected(1, "10:05", "10:20", "999888777"), [held]).certain is None
    assert fit(connected(1, "10:05", "10:20", ""), [held]).certain is None
    assert fit(connected(1, "11:05", "11:20"), [held]).certain is None
    assert fit(connected(1, "10:05", "10:20", tool=Tool.ANYDESK), [held]).certain is None


def test_a_stopwatch_may_be_two_minutes_late_but_work_of_its_own_is_not_swallowed():
    held = session(7, "10:00", "10:30")
    assert fit(connected(1, "09:56:30", "09:58:30"), [held]).certain is None
    assert fit(connected(1, "09:58:30", "09:59:30"), [held]).certain == 7
    assert fit(connected(1, "10:34", "10:37"), [held]).certain is None
    assert fit(connected(1, "10:25", "12:00"), [held]).certain is None
    assert fit(connected(1, "10:15", "10:45"), [held]).certain == 7


def test_two_sessions_that_fit_are_never_chosen_between():
    first, second = session(1, "10:00", "10:10"), session(2, "10:11", "10:30")
    assert fit(connected(1, "10:09:10", "10:09:50"), [first, second]).certain == 1
    assert fit(connected(1, "10:11", "10:29"), [first, second]).certain == 2
    between = fit(connected(1, "10:10:10", "10:10:50"), [first, second])
    assert (between.certain, between.ambiguous, between.session_ids) == (None, True, (1, 2))
    both = fit(connected(1, "10:02", "10:08"), [first, session(3, "10:00", "10:09")])
    assert both.ambiguous


def test_two_machines_at_once_each_find_their_own_session():
    one, other = session(1, "10:00", "10:30"), session(2, "10:05", "10:35", "999888777")
    assert fit(connected(1, "10:06", "10:29"), [one, other]).certain == 1
    assert fit(connected(2, "10:06", "10:29", "999888777"), [one, other]).certain == 2


def test_the_nearest_session_of_the_machine_is_named_up_to_half_an_hour_off():
    group = (connected(1, "16:36", "16:39"),)
    before, long_before = session(1, "16:18", "16:32"), session(2, "15:00", "16:05")
    assert nearest(group, [long_before, before]).session_id == 1
    assert nearest(group, [long_before]) is None
    assert nearest(group, [session(3, "16:18", "16:32", "999888777")]) is None


def test_a_session_is_met_by_any_connection_to_its_machine_meanwhile():
    held = session(1, "10:00", "10:30")
    assert is_met(held, [connected(1, "10:29", "12:00")])
    assert not is_met(held, [connected(1, "10:31", "12:00"), connected(2, "10:05", "10:06", "999888777")])


def test_a_session_is_not_met_by_what_was_over_before_it():
    assert not is_met(session(1, "10:00", "10:30"), [connected(1, "09:00", "09:59")])


def test_half_of_it_within_a_session_goes_before_one_that_is_only_near():
    held, later = session(1, "10:00", "10:30"), session(2, "10:31", "10:46")
    assert fit(connected(1, "10:15", "10:45"), [held, later]).certain == 1


def test_a_session_half_an_hour_off_is_the_last_that_is_near():
    group = (connected(1, "16:32", "16:39"),)
    assert nearest(group, [session(1, "15:30", "16:02")]).session_id == 1
    assert nearest(group, [session(1, "15:30", "16:01:59")]) is None


def test_what_names_no_machine_reaches_none():
    assert not session(1, "10:00", "10:30", "").is_reached_by(connected(1, "10:01", "10:02", ""))


def test_the_longest_pause_is_told_wherever_it_is():
    group = (connected(1, "10:00", "10:10"), connected(2, "10:14", "10:20"), connected(3, "10:21", "10:30"))
    assert longest_pause(group) == (moment("10:10"), moment("10:14"))
