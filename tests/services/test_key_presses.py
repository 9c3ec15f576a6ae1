"""A key press that is quicker than the next beat."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from laverma_desk.domain.customer import Customer
from laverma_desk.domain.errors import RuleBroken
from laverma_desk.domain.support_session import (
    Gap,
    GapKind,
    SessionState,
    seconds,
)
from laverma_desk.services.calls import call_sheet, timekeeping, vigilance
from laverma_desk.services.changes import Topic
from laverma_desk.storage import customers, heartbeats
from tests.support.session_steps import read, start

RUNNING, PAUSED, ENDED = SessionState.RUNNING, SessionState.PAUSED, SessionState.ENDED


@pytest.fixture
def beating(desk, bohrer, clock) -> int:
    """A session of ten minutes, under a heart that beats."""
    number = start(desk, bohrer.reception)
    beat = vigilance.read_clocks(desk)
    for _ in range(20):
        clock.advance(seconds=30)
        beat = vigilance.beat(desk, beat).value
    return number


PRESSES = {
    "pause": timekeeping.pause_session,
    "end": timekeeping.end_session,
    "notes": lambda desk, number: call_sheet.save_notes(desk, number, "x", ""),
    "another start": lambda desk, number: timekeeping.start_session(desk, read(desk, number).workstation_id),
    "go on with it": timekeeping.resume_session,
}


@pytest.mark.parametrize("press", PRESSES)
def test_who_opens_the_lid_and_presses_a_key_at_once_is_asked_too(desk, beating, clock, press):
    lid_closed = clock.now()
    clock.advance(minutes=31)
    result = PRESSES[press](desk, beating)
    (gap,) = read(desk, beating).gaps
    assert gap == Gap(gap.id, beating, GapKind.SLEEP, lid_closed, clock.now())
    assert Topic.SESSIONS in result.changed
    vigilance.beat(desk, vigilance.Beat(lid_closed, clock.uptime() - 31 * 60))
    assert read(desk, beating).gaps == (gap,), "the next beat does not ask twice"


@pytest.mark.parametrize("press", PRESSES)
def test_no_time_is_lost_where_the_clock_was_set_back_before_a_key_press(desk, beating, clock, press):
    clock.advance(seconds=10)
    clock.set_wall(clock.now() - timedelta(minutes=8))
    PRESSES[press](desk, beating)
    found = read(desk, beating)
    assert [gap.kind for gap in found.gaps] == [GapKind.CLOCK_BACK]
    assert seconds(found, clock.now()) == 610


def test_taking_the_end_back_after_a_sleep(desk, bohrer, beating, clock):
    other = start(desk, bohrer.server)
    timekeeping.end_session(desk, other)
    clock.advance(minutes=31)
    timekeeping.reopen_session(desk, other)
    assert len(read(desk, beating).gaps) == 1
    assert read(desk, other).gaps == ()


def test_a_heart_that_beats_asks_nothing(desk, beating, clock):
    clock.advance(seconds=29)
    call_sheet.save_notes(desk, beating, "x", "")
    clock.advance(seconds=40)
    ended = timekeeping.end_session(desk, beating).value
    assert (ended.gaps, ended.charge.seconds) == ((), 669)


def test_a_key_press_that_breaks_a_rule_leaves_the_question_to_the_next_one(desk, beating, clock):
    clock.advance(minutes=31)
    with pytest.raises(RuleBroken):
        timekeeping.end_session(desk, 99)
    assert read(desk, beating).gaps == ()
    timekeeping.end_session(desk, beating)
    assert len(read(desk, beating).gaps) == 1


def test_a_slower_thread_does_not_turn_the_heart_back(desk, beating, clock):
    """Clocks are read before the file is free: the later reading may be written first."""
    with desk.database.read() as connection:
        pulse = heartbeats.last_pulse(connection)
    real = clock.uptime
    clock.uptime = lambda: real() - 5
    try:
        call_sheet.save_notes(desk, beating, "x", "")
    finally:
        del clock.uptime
    with desk.database.read() as connection:
        assert heartbeats.last_pulse(connection) == pulse


def test_customers_know_their_archive(desk, bohrer):
    """An archived practice keeps its running session."""
    number = start(desk, bohrer.reception)
    with desk.database.write() as connection:
        one = customers.find(connection, bohrer.customer_id)
        customers.update_customer(connection, replace(one, archived=True))
        assert isinstance(one, Customer)
    assert timekeeping.end_session(desk, number).value.customer_name == "ZAP Dr. Bohrer"


def test_the_end_is_when_the_key_was_pressed_however_long_the_file_was_busy(desk, bohrer, clock):
    session = timekeeping.start_session(desk, bohrer.reception).value
    clock.advance(minutes=3)
    pressed = vigilance.read_clocks(desk)
    clock.advance(seconds=9)
    call_sheet.save_notes(desk, session.id, "written while the key was already pressed", "")
    ended = timekeeping.end_session(desk, session.id, pressed=pressed).value
    assert (ended.charge.seconds, ended.gaps) == (180, ())
