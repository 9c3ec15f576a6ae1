"""A key pressed while the server is given what it lacks: what a colleague wrote meanwhile stays theirs."""

from __future__ import annotations

import pytest

from laverma_desk.domain.support_session import SessionState
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.calls.carrying import OFFLINE, OFFLINE_TIME, OFFLINE_VALUE
from laverma_desk.services.setup import house
from tests.support.wired_desks import wired_desk

pytestmark = pytest.mark.files("it is about a server alone")

HEADING = "Geschrieben, während der Server weg war:"


@pytest.fixture
def wired(tmp_path, clock):
    with wired_desk(tmp_path, clock) as wired:
        yield wired


@pytest.fixture
def running(wired):
    """A session that runs since a minute, and whose server is away."""
    started = timekeeping.start_session(wired.here, wired.bohrer.reception).value
    wired.here.clock.advance(minutes=1)
    wired.cut()
    return started.id


@pytest.fixture
def in_between(wired, clock, monkeypatch):
    """Let something happen once, a second after the server was given all, and before that is known here."""

    def happen(work):
        real, left = wired.here.aside.settle, [work]

        def settle(*given):
            if left:
                clock.advance(seconds=1)
                left.pop()()
            return real(*given)

        monkeypatch.setattr(wired.here.aside, "settle", settle)

    return happen


def lines(wired, number, field):
    return [one for one in timekeeping.session_history(wired.there, number) if one.field == field]


def test_all_that_a_colleague_wrote_stays_when_a_key_is_pressed_meanwhile(wired, running, clock, in_between):
    ours, theirs, *_rest = (one.id for one in house.read_house(wired.there).free_reasons)
    call_sheet.save_notes(wired.here, running, "hier eins", "hier intern")
    call_sheet.save_billing(wired.here, running, billable=False, free_reason_id=ours)
    call_sheet.save_notes(wired.there, running, "von dort", "dort intern")
    call_sheet.save_billing(wired.there, running, billable=False, free_reason_id=theirs)
    timekeeping.pause_session(wired.there, running)
    clock.advance(minutes=2)
    timekeeping.resume_session(wired.there, running)
    clock.advance(minutes=3)
    paused = timekeeping.pause_session(wired.there, running).value
    timekeeping.pause_session(wired.here, running)

    def press():
        call_sheet.save_notes(wired.here, running, "hier eins\nhier zwei", "hier intern\nhier nur für uns")

    in_between(press)
    wired.mend()
    found = timekeeping.read_session(wired.there, running)
    assert found.notes == f"von dort\n\n{HEADING}\nhier eins\n\n{HEADING}\nhier zwei"
    assert found.internal_note == f"dort intern\n\n{HEADING}\nhier intern\n\n{HEADING}\nhier nur für uns"
    assert (found.segments, found.state) == (paused.segments, SessionState.PAUSED)
    assert (found.billable, found.free_reason_id) == (False, theirs)
    assert len(lines(wired, running, OFFLINE_TIME)) == 1
    assert len(lines(wired, running, OFFLINE_VALUE)) == 1
    assert wired.here.aside.news().apart == (running,)
    assert timekeeping.read_session(wired.here, running) == found


def test_what_only_a_colleague_had_touched_stays_when_it_is_touched_here_meanwhile(
    wired, running, clock, in_between
):
    ours, theirs, *_rest = (one.id for one in house.read_house(wired.there).free_reasons)
    call_sheet.save_recipient(wired.here, running, "chef@zap.example")
    call_sheet.save_notes(wired.there, running, "von dort", "")
    call_sheet.save_billing(wired.there, running, billable=False, free_reason_id=theirs)
    clock.advance(minutes=2)
    ended = timekeeping.end_session(wired.there, running).value
    clock.advance(minutes=3)

    def press():
        timekeeping.pause_session(wired.here, running)
        call_sheet.save_notes(wired.here, running, "von hier", "")
        call_sheet.save_billing(wired.here, running, billable=False, free_reason_id=ours)

    in_between(press)
    wired.mend()
    found = timekeeping.read_session(wired.there, running)
    assert found.recipient == "chef@zap.example"
    assert found.notes == f"von dort\n\n{HEADING}\nvon hier"
    assert (found.segments, found.state, found.charge) == (ended.segments, SessionState.ENDED, ended.charge)
    assert found.free_reason_id == theirs
    assert len(lines(wired, running, OFFLINE_TIME)) == 1


def test_what_a_colleague_writes_between_both_times_stays(wired, running, in_between):
    call_sheet.save_notes(wired.here, running, "hier eins", "")

    def press():
        call_sheet.save_notes(wired.here, running, "hier eins\nhier zwei", "")
        call_sheet.save_notes(wired.there, running, "hier eins\nvon dort", "")

    in_between(press)
    wired.mend()
    found = timekeeping.read_session(wired.there, running)
    assert found.notes == f"hier eins\nvon dort\n\n{HEADING}\nhier zwei"


def test_a_report_that_a_colleague_closes_between_both_times_stays_closed(wired, running, in_between):
    timekeeping.end_session(wired.here, running)

    def press():
        call_sheet.save_notes(wired.here, running, "noch etwas", "")
        timekeeping.close_report(wired.there, running)

    in_between(press)
    wired.mend()
    found = timekeeping.read_session(wired.there, running)
    assert (found.notes, found.report_open) == ("noch etwas", False)


def test_what_is_put_back_meanwhile_is_so_there_as_well(wired, running, in_between):
    call_sheet.save_recipient(wired.here, running, "chef@zap.example")
    timekeeping.pause_session(wired.here, running)
    in_between(lambda: call_sheet.save_recipient(wired.here, running, ""))
    wired.mend()
    found = timekeeping.read_session(wired.there, running)
    assert (found.recipient, found.state) == ("", SessionState.PAUSED)
    assert not lines(wired, running, OFFLINE_VALUE)


@pytest.mark.parametrize("minutes", [0, 1])
def test_a_second_time_in_the_same_moment_is_not_taken_for_the_first(
    wired, running, clock, in_between, minutes
):
    """No time has passed, or the clock is set back to the moment of the first time."""
    call_sheet.save_notes(wired.here, running, "eins", "")
    first = clock.now()

    def press():
        clock.advance(minutes=minutes)
        call_sheet.save_notes(wired.here, running, "eins\nzwei", "")
        clock.set_wall(first)

    in_between(press)
    wired.mend()
    assert timekeeping.read_session(wired.there, running).notes == "eins\nzwei"
    marks = [one.new for one in lines(wired, running, OFFLINE)]
    assert len(set(marks)) == len(marks) == 2


def test_a_short_line_that_others_have_within_a_longer_one_is_no_less_written(wired, running):
    call_sheet.save_notes(wired.here, running, "ok", "")
    call_sheet.save_notes(wired.there, running, "Drucker ok, Neustart", "")
    wired.mend()
    assert timekeeping.read_session(wired.there, running).notes == f"Drucker ok, Neustart\n\n{HEADING}\nok"
