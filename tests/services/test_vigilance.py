"""Standby, set clocks and restarts: noticed, never cut in silence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from laverma_desk.domain.support_session import (
    Gap,
    GapDecision,
    GapKind,
    Segment,
    SessionState,
)
from laverma_desk.domain.timekeeping import Beat
from laverma_desk.services.calls import call_sheet, timekeeping, vigilance
from laverma_desk.services.changes import Topic
from laverma_desk.storage import heartbeats
from tests.support.session_steps import House

SLEEP, FORWARD, BACK, OFF = GapKind.SLEEP, GapKind.CLOCK_FORWARD, GapKind.CLOCK_BACK, GapKind.NOT_RUNNING
KEEP, DEDUCT, SPLIT = GapDecision.KEEP, GapDecision.DEDUCT, GapDecision.SPLIT
RUNNING, PAUSED, ENDED = SessionState.RUNNING, SessionState.PAUSED, SessionState.ENDED
KLAUS = "Klaus Klassen"


@pytest.fixture
def at_work(desk, bohrer, clock) -> House:
    return House(desk, clock, bohrer.reception)


def test_nothing_is_asked_while_the_heart_beats(at_work):
    number = at_work.start()
    at_work.work(40)
    assert at_work.beat().changed == frozenset()
    assert at_work.read(number).gaps == ()
    assert at_work.minutes(number) == 40


def test_standby(at_work, clock):
    number = at_work.start()
    at_work.work(9)
    asleep = clock.now()
    clock.advance(minutes=31)
    assert at_work.beat().changed == {Topic.SESSIONS}
    (gap,) = at_work.read(number).gaps
    assert gap == Gap(gap.id, number, SLEEP, asleep, clock.now())
    assert at_work.minutes(number) == 40, "the time runs on until somebody decides"


@pytest.mark.parametrize(("minutes", "asked"), [(2.4, False), (2.5, True), (600, True)])
def test_short_naps_are_not_asked_about(at_work, minutes, asked):
    number = at_work.start()
    at_work.work(1)
    at_work.sleep(minutes)
    assert bool(at_work.read(number).gaps) is asked


def test_a_clock_set_forward(at_work, clock):
    number = at_work.start()
    at_work.work(5)
    before = clock.now()
    at_work.set_clock(60)
    (gap,) = at_work.read(number).gaps
    assert (gap.kind, gap.begin, gap.end) == (FORWARD, before, clock.now())
    assert at_work.minutes(number) == 65


def test_a_clock_set_back_loses_no_time(at_work, clock):
    number = at_work.start()
    begin = clock.now()
    at_work.work(50)
    before = clock.now()
    at_work.set_clock(-30)
    found = at_work.read(number)
    (gap,) = found.gaps
    assert (gap.kind, gap.begin, gap.end) == (BACK, before, clock.now())
    assert found.segments == (Segment(begin, before), Segment(clock.now()))
    at_work.work(10)
    assert at_work.minutes(number) == 60


def test_a_clock_set_back_before_the_start(at_work):
    number = at_work.start()
    at_work.work(10)
    at_work.set_clock(-300)
    at_work.work(5)
    ended = timekeeping.end_session(at_work.desk, number).value
    assert ended.charge.seconds == 900


def test_a_clock_set_to_and_fro(at_work):
    number = at_work.start()
    at_work.work(10)
    at_work.set_clock(-30)
    at_work.work(10)
    at_work.set_clock(30)
    at_work.work(10)
    assert [gap.kind for gap in at_work.read(number).gaps] == [BACK, FORWARD]
    at_work.decide(number, DEDUCT)
    assert at_work.minutes(number) == 30


def test_slept_and_woken_by_another_clock(at_work, clock):
    number = at_work.start()
    at_work.work(10)
    asleep = clock.now()
    clock.advance(minutes=60)
    awake = clock.now()
    at_work.set_clock(15)
    assert [(gap.kind, gap.begin, gap.end) for gap in at_work.read(number).gaps] == [
        (SLEEP, asleep, awake),
        (FORWARD, awake, clock.now()),
    ]
    assert at_work.minutes(number) == 85
    at_work.decide(number, DEDUCT, 0)
    at_work.decide(number, DEDUCT, 1)
    assert at_work.minutes(number) == 10


def test_slept_and_woken_by_a_clock_that_is_behind(at_work, clock):
    number = at_work.start()
    at_work.work(10)
    clock.advance(minutes=60)
    at_work.set_clock(-90)
    assert [gap.kind for gap in at_work.read(number).gaps] == [SLEEP, BACK]
    assert at_work.minutes(number) == 70
    at_work.decide(number, DEDUCT, 0)
    at_work.work(50)
    assert at_work.minutes(number) == 60, "the hour that comes twice is not taken off twice"


def test_every_running_session_is_asked_and_no_other(at_work):
    running, second, paused, ended = (at_work.start() for _ in range(4))
    timekeeping.pause_session(at_work.desk, paused)
    timekeeping.end_session(at_work.desk, ended)
    at_work.work(5)
    at_work.sleep(30)
    kinds = [[gap.kind for gap in at_work.read(one).gaps] for one in (running, second, paused, ended)]
    assert kinds == [[SLEEP], [SLEEP], [], []]


def test_what_began_during_the_interruption_is_asked_only_from_two_minutes_on(at_work, clock):
    """A heart that could not write for a while finds sessions that began meanwhile."""
    before = vigilance.read_clocks(at_work.desk)
    clock.advance(minutes=10)
    early = timekeeping.start_session(at_work.desk, at_work.place).value.id
    begun = clock.now()
    clock.advance(seconds=119)
    late = timekeeping.start_session(at_work.desk, at_work.place).value.id
    clock.advance(seconds=1)
    vigilance.beat(at_work.desk, before)
    (gap,) = at_work.read(early).gaps
    assert (gap.begin, gap.end) == (begun, clock.now())
    assert at_work.read(late).gaps == ()


def test_a_beat_writes_that_the_program_lives(at_work, clock):
    clock.advance(seconds=30)
    at_work.beat()
    with at_work.desk.database.read() as connection:
        assert heartbeats.last_pulse(connection) == Beat(clock.now(), clock.uptime())


def test_a_restart_is_asked_about(at_work, clock):
    number = at_work.start()
    at_work.work(10)
    died = clock.now()
    clock.advance(minutes=7)
    result = vigilance.recover(at_work.desk)
    assert result.changed == {Topic.SESSIONS}
    assert result.value == [at_work.read(number)]
    (gap,) = at_work.read(number).gaps
    assert (gap.kind, gap.begin, gap.end) == (OFF, died, clock.now())
    assert at_work.minutes(number) == 17


@pytest.mark.parametrize(("away", "asked"), [(119, False), (120, True)])
def test_a_quick_restart_is_not(at_work, clock, away, asked):
    number = at_work.start()
    clock.advance(seconds=away)
    result = vigilance.recover(at_work.desk)
    assert [one.id for one in result.value] == [number]
    assert bool(result.value[0].gaps) is asked
    assert bool(result.changed) is asked


def test_a_restart_with_nothing_running(at_work, clock, bohrer):
    assert vigilance.recover(at_work.desk).value == []
    paused = at_work.start()
    timekeeping.pause_session(at_work.desk, paused)
    clock.advance(days=3)
    result = vigilance.recover(at_work.desk)
    assert [one.id for one in result.value] == [paused]
    assert (result.value[0].gaps, result.changed) == ((), frozenset())


def test_a_restart_with_a_clock_that_is_behind(at_work, clock):
    """An empty battery: the machine comes up in 2020, and nothing that was counted gets lost."""
    number = at_work.start()
    at_work.work(10)
    clock.set_wall(datetime(2020, 1, 1, tzinfo=UTC))
    vigilance.recover(at_work.desk)
    assert [gap.kind for gap in at_work.read(number).gaps] == [BACK]
    clock.advance(minutes=5)
    assert at_work.minutes(number) == 15


def test_the_time_away_is_asked_once(at_work, clock):
    number = at_work.start()
    clock.advance(minutes=7)
    vigilance.recover(at_work.desk)
    vigilance.recover(at_work.desk)
    assert len(at_work.read(number).gaps) == 1


def test_an_uptime_of_an_earlier_run_is_no_evidence(at_work, clock):
    """After a restart of the machine the uptime begins anew; nothing is compared before the first beat."""
    number = at_work.start()
    at_work.work(1)
    clock._uptime = 5.0
    vigilance.recover(at_work.desk)
    clock.advance(minutes=20)
    call_sheet.save_notes(at_work.desk, number, "x", "")
    assert at_work.read(number).gaps == ()
    at_work.last = Beat(clock.now() - timedelta(seconds=30), clock.uptime() - 30)
    at_work.beat()
    assert at_work.read(number).gaps == ()
    clock.advance(minutes=20)
    call_sheet.save_notes(at_work.desk, number, "x", "")
    assert len(at_work.read(number).gaps) == 1
