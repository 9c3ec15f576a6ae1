"""What the server has and nobody was told of, and what was done after it: that counts in the end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from laverma_desk.domain.support_session import SessionState, seconds
from laverma_desk.services import alone
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.calls.carrying import OFFLINE_TIME
from tests.support.wired_desks import wired_desk

pytestmark = pytest.mark.files("it is about a server alone")

COMMIT = "COMMIT\0"


@pytest.fixture
def wired(tmp_path, clock):
    with wired_desk(tmp_path, clock) as wired:
        yield wired


@pytest.fixture
def ended(wired):
    """A session that ran a minute; the server has its end, and the answer never came."""
    number = timekeeping.start_session(wired.here, wired.bohrer.reception).value.id
    wired.here.clock.advance(minutes=1)
    wired.wire.lose_answer_to(COMMIT, refuse=True)
    assert timekeeping.end_session(wired.here, number).value.state is SessionState.ENDED
    wired.here.clock.advance(minutes=2)
    assert timekeeping.read_session(wired.there, number).state is SessionState.ENDED
    return number


def test_an_end_that_arrived_is_taken_back(wired, ended, clock):
    timekeeping.reopen_session(wired.here, ended)
    clock.advance(minutes=4)
    call_sheet.save_notes(wired.here, ended, "geht weiter", "")
    here = timekeeping.read_session(wired.here, ended)
    wired.mend()
    found = timekeeping.read_session(wired.there, ended)
    assert (found.segments, found.notes) == (here.segments, "geht weiter")
    assert (found.state, found.charge, found.report_open) == (SessionState.RUNNING, None, False)
    assert seconds(found, clock.now()) == 5 * 60
    fields = [one.field for one in timekeeping.session_history(wired.there, ended)]
    assert OFFLINE_TIME not in fields
    assert alone.waiting_here(wired.here) == ()


def test_an_end_that_arrived_is_taken_back_and_the_call_stands_still(wired, ended, clock):
    timekeeping.reopen_session(wired.here, ended)
    clock.advance(minutes=4)
    timekeeping.pause_session(wired.here, ended)
    wired.mend()
    found = timekeeping.read_session(wired.there, ended)
    assert (found.state, found.charge) == (SessionState.PAUSED, None)
    assert timekeeping.end_session(wired.here, ended).value.charge.seconds == 5 * 60


def test_an_end_that_arrived_and_a_later_one(wired, ended, clock):
    timekeeping.reopen_session(wired.here, ended)
    clock.advance(minutes=4)
    timekeeping.end_session(wired.here, ended)
    wired.mend()
    found = timekeeping.read_session(wired.there, ended)
    assert (found.state, found.charge.seconds) == (SessionState.ENDED, 5 * 60)
    assert found.report_open


@pytest.mark.parametrize("deliver", [True, False])
def test_what_was_put_back_as_it_was_is_so_there_as_well(wired, clock, deliver):
    """Here nothing is other than before; the server has what was meant in between, or has not."""
    number = timekeeping.start_session(wired.here, wired.bohrer.reception).value.id
    begun = timekeeping.read_session(wired.here, number)
    clock.advance(minutes=1)
    wired.wire.lose_answer_to(COMMIT, refuse=True, deliver=deliver)
    call_sheet.save_billing(wired.here, number, billable=False, free_reason_id=None)
    assert alone.waiting_here(wired.here) == (number,)
    call_sheet.save_billing(wired.here, number, billable=True, free_reason_id=None)
    wired.mend()
    assert timekeeping.read_session(wired.there, number) == begun


def test_a_start_that_was_moved_and_moved_back(wired, clock):
    number = timekeeping.start_session(wired.here, wired.bohrer.reception).value.id
    begin = timekeeping.read_session(wired.here, number).begin
    clock.advance(minutes=1)
    wired.wire.lose_answer_to(COMMIT, refuse=True)
    timekeeping.set_start(wired.here, number, begin - timedelta(minutes=5))
    assert timekeeping.read_session(wired.there, number).begin == begin - timedelta(minutes=5)
    timekeeping.set_start(wired.here, number, begin)
    wired.mend()
    assert timekeeping.read_session(wired.there, number).begin == begin
