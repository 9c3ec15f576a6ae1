"""Start, pause, go on, end: each key press as the database has it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from laverma_desk.domain.clock import from_local
from laverma_desk.domain.customer import Channel, Tool
from laverma_desk.domain.errors import Rule
from laverma_desk.domain.support_session import (
    Origin,
    Segment,
    SessionState,
    seconds,
)
from laverma_desk.domain.tariff import Tariff
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.services.setup import house
from tests.support.desks import add_customer, archive_supporter
from tests.support.session_steps import broken, machine_of, read, start

RUNNING, PAUSED, ENDED = SessionState.RUNNING, SessionState.PAUSED, SessionState.ENDED


def test_a_session_begins_at_the_key_press(desk, bohrer, clock):
    result = timekeeping.start_session(desk, bohrer.reception)
    begun = result.value
    assert result.changed == {Topic.SESSIONS}
    assert begun == read(desk, begun.id)
    assert (begun.number, begun.state, begun.segments) == ("S-2022-0001", RUNNING, (Segment(clock.now()),))
    assert (begun.customer_name, begun.workstation_name) == ("ZAP Dr. Bohrer", "PC Rezeption")
    assert (begun.supporter_name, begun.requested_by) == ("Klaus Klassen", "Sabine Lorenz")
    assert (begun.tool, begun.partner_id, begun.channel) == (Tool.TEAMVIEWER, "1234567890", Channel.PHONE)
    assert begun.recipient == "rezeption@zap-bohrer.example"
    assert (begun.billable, begun.origin, begun.exception) == (True, Origin.STOPWATCH, None)
    assert (begun.tariff, begun.charge, begun.gaps, begun.report_open) == (None, None, (), False)
    assert timekeeping.session_history(desk, begun.id) == []


def test_who_asks_may_be_said_at_once(desk, bohrer):
    begun = timekeeping.start_session(desk, bohrer.reception, requested_by="Dr. Bohrer").value
    assert begun.requested_by == "Dr. Bohrer"
    nobody = add_customer(desk, "2", "Praxis ohne Leute", "PC")
    assert timekeeping.start_session(desk, machine_of(desk, nobody)).value.requested_by == ""


def test_a_machine_that_is_not_there(desk):
    broken(Rule.WORKSTATION_UNKNOWN, timekeeping.start_session, desk, 99)


def test_nobody_at_the_desk(desk, bohrer):
    archive_supporter(desk, house.read_house(desk).supporters[0].id)
    broken(Rule.SUPPORTER_MISSING, timekeeping.start_session, desk, bohrer.reception)


def test_the_chosen_supporter_has_the_session(desk, bohrer):
    house.choose_supporter(desk, house.save_supporter(desk, "Petra", "").value)
    assert timekeeping.start_session(desk, bohrer.reception).value.supporter_name == "Petra"


@pytest.mark.parametrize(
    ("local", "number"),
    [
        ((2021, 12, 31, 23, 59, 59), "S-2021-0001"),
        ((2022, 1, 1, 0, 0, 0), "S-2022-0001"),
    ],
)
def test_the_year_of_a_number_is_the_one_in_berlin(desk, bohrer, clock, local, number):
    clock.set_wall(from_local(datetime(*local)))  # noqa: DTZ001
    reason = {"exception_reason": "Silvester", "exception_by": "Chef"}
    assert timekeeping.start_session(desk, bohrer.reception, **reason).value.number == number


def test_numbers_count_in_the_order_of_recording_each_year_anew(desk, bohrer, clock):
    first = [start(desk, place) for place in (bohrer.reception, bohrer.server, bohrer.reception)]
    clock.set_wall(datetime(2023, 1, 1, 12, tzinfo=UTC))
    second = [start(desk, bohrer.server) for _ in range(2)]
    assert [read(desk, one).number for one in first + second] == [
        "S-2022-0001", "S-2022-0002", "S-2022-0003", "S-2023-0001", "S-2023-0002",
    ]  # fmt: skip


def test_pauses_are_not_counted(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    clock.advance(minutes=5)
    assert timekeeping.pause_session(desk, number).value.state is PAUSED
    clock.advance(hours=1)
    resumed = timekeeping.resume_session(desk, number)
    assert (resumed.value.state, resumed.changed) == (RUNNING, {Topic.SESSIONS})
    clock.advance(minutes=7, seconds=22)
    assert seconds(read(desk, number), clock.now()) == 742
    assert timekeeping.end_session(desk, number).value.charge.net_cents == 2925


def test_pausing_twice_and_going_on_twice_changes_nothing(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    clock.advance(minutes=5)
    assert timekeeping.resume_session(desk, number).value.segments == read(desk, number).segments
    paused = timekeeping.pause_session(desk, number).value
    clock.advance(minutes=5)
    assert timekeeping.pause_session(desk, number).value == paused
    resumed = timekeeping.resume_session(desk, number).value
    clock.advance(minutes=5)
    assert timekeeping.resume_session(desk, number).value == resumed


def test_the_end_freezes_what_it_costs(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    clock.advance(minutes=12, seconds=22, milliseconds=900)
    result = timekeeping.end_session(desk, number)
    ended = result.value
    assert result.changed == {Topic.SESSIONS}
    assert (ended.state, ended.end, ended.report_open) == (ENDED, clock.now(), True)
    assert ended.tariff == Tariff(date(2020, 1, 1))
    assert (ended.charge.seconds, ended.charge.billed_minutes, ended.charge.gross_cents) == (742, 13, 3481)


def test_a_paused_session_ends_where_it_was_paused(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    clock.advance(minutes=5)
    timekeeping.pause_session(desk, number)
    paused_at = clock.now()
    clock.advance(hours=3)
    ended = timekeeping.end_session(desk, number, report_open=False).value
    assert (ended.end, ended.charge.seconds, ended.report_open) == (paused_at, 300, False)


def test_an_ended_session_only_goes_on_by_reopening(desk, bohrer):
    number = start(desk, bohrer.reception)
    timekeeping.end_session(desk, number)
    for call in (timekeeping.pause_session, timekeeping.resume_session, timekeeping.end_session):
        assert broken(Rule.SESSION_ENDED, call, desk, number).parameters == {"number": "S-2022-0001"}


@pytest.mark.parametrize(
    ("call", "more"),
    [
        (timekeeping.read_session, ()),
        (timekeeping.pause_session, ()),
        (timekeeping.resume_session, ()),
        (timekeeping.end_session, ()),
        (timekeeping.reopen_session, ()),
        (timekeeping.close_report, ()),
        (call_sheet.save_notes, ("a", "b")),
        (call_sheet.save_order, ("a", Channel.PHONE)),
        (call_sheet.save_connection, (Tool.OTHER, "")),
        (call_sheet.save_recipient, ("a@b.example",)),
        (timekeeping.set_start, (datetime(2022, 1, 1, tzinfo=UTC),)),
        (timekeeping.move_session, (1,)),
    ],
)
def test_a_session_that_is_not_there(desk, call, more):
    broken(Rule.SESSION_UNKNOWN, call, desk, 99, *more)


def test_the_first_stretch_keeps_at_least_a_second(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    clock.advance(minutes=5)
    paused_at = timekeeping.pause_session(desk, number).value.end
    clock.advance(minutes=5)
    broken(Rule.END_BEFORE_START, timekeeping.set_start, desk, number, paused_at)
    last = paused_at - timedelta(seconds=1)
    assert timekeeping.set_start(desk, number, last).value.begin == last


def test_several_at_once(desk, bohrer, clock):
    first = start(desk, bohrer.reception)
    clock.advance(minutes=1)
    second = start(desk, bohrer.server)
    clock.advance(minutes=2)
    timekeeping.pause_session(desk, first)
    clock.advance(minutes=4)
    third = start(desk, bohrer.reception)
    timekeeping.end_session(desk, second)
    clock.advance(minutes=8)
    now = clock.now()
    assert [seconds(read(desk, one), now) // 60 for one in (first, second, third)] == [3, 6, 8]
    assert [one.id for one in timekeeping.strip_sessions(desk)] == [first, second, third]
    timekeeping.close_report(desk, second)
    assert [one.id for one in timekeeping.strip_sessions(desk)] == [first, third]


def test_only_an_ended_session_has_a_report_to_close(desk, bohrer):
    number = start(desk, bohrer.reception)
    broken(Rule.SESSION_NOT_ENDED, timekeeping.close_report, desk, number)


def test_a_clock_set_back_before_the_start_never_ends_before_it_began(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    begin = clock.now()
    clock.set_wall(begin - timedelta(hours=2))
    assert timekeeping.pause_session(desk, number).value.segments == (Segment(begin, begin),)
    timekeeping.resume_session(desk, number)
    ended = timekeeping.end_session(desk, number).value
    assert ended.charge.seconds == 0


@pytest.mark.parametrize(("day", "elapsed"), [((2026, 3, 29), 2), ((2026, 10, 25), 4)])
def test_the_nights_of_the_change_of_time(desk, bohrer, clock, day, elapsed):
    clock.set_wall(from_local(datetime(*day, 1, 0)))  # noqa: DTZ001
    number = start(desk, bohrer.reception)
    clock.set_wall(from_local(datetime(*day, 4, 0)))  # noqa: DTZ001
    assert timekeeping.end_session(desk, number).value.charge.seconds == elapsed * 3600


def test_over_midnight_and_more_than_a_day(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    clock.advance(hours=38, seconds=1)
    charge = timekeeping.end_session(desk, number).value.charge
    assert (charge.seconds, charge.billed_minutes, charge.net_cents) == (136_801, 2281, 513_225)
