"""A running call while the server is away: the clock and all that is written go on, once and whole."""

from __future__ import annotations

import sqlite3
import stat
import sys
from datetime import timedelta

import pytest

from laverma_desk.domain.customer import Channel, Tool
from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.domain.support_session import GapDecision, GapKind, SessionState, seconds
from laverma_desk.services import alone
from laverma_desk.services.calls import call_sheet, timekeeping, vigilance
from laverma_desk.services.calls.carrying import OFFLINE, OFFLINE_TIME
from laverma_desk.services.calls.not_possible import end_as_not_possible
from laverma_desk.services.customers import callers
from laverma_desk.services.setup import house
from laverma_desk.services.shared_desk import open_shared_desk
from laverma_desk.storage import sessions
from laverma_desk.storage.tables import session as session_table
from tests.support.desks import memory_secrets
from tests.support.wired_desks import Wired, wired_desk

pytestmark = pytest.mark.files("it is about a server alone")

COMMIT = "COMMIT\0"


@pytest.fixture
def wired(tmp_path, clock):
    with wired_desk(tmp_path, clock) as wired:
        yield wired


@pytest.fixture
def running(wired):
    """A session that runs since a minute."""
    started = timekeeping.start_session(wired.here, wired.bohrer.reception).value
    wired.here.clock.advance(minutes=1)
    return started.id


def refused(work) -> Trouble:
    with pytest.raises(OutsideTrouble) as caught:
        work()
    return caught.value.code


def there(wired: Wired, number: int):
    return timekeeping.read_session(wired.there, number)


def pass_minutes(wired: Wired, minutes: int) -> None:
    """Let time pass as it does at a machine that is awake: the heart beats."""
    for _ in range(2 * minutes):
        before = vigilance.read_clocks(wired.here)
        wired.here.clock.advance(seconds=30)
        vigilance.beat(wired.here, before)


def test_the_clock_goes_on_and_is_carried_over(wired, running, clock):
    wired.cut()
    pass_minutes(wired, 2)
    assert timekeeping.pause_session(wired.here, running).value.state is SessionState.PAUSED
    pass_minutes(wired, 5)
    timekeeping.resume_session(wired.here, running)
    pass_minutes(wired, 4)
    assert alone.is_alone(wired.here)
    assert alone.waiting_here(wired.here) == (running,)
    assert there(wired, running).state is SessionState.RUNNING
    assert len(there(wired, running).segments) == 1
    wired.mend()
    found = there(wired, running)
    assert [(one.begin, one.end) for one in found.segments] == [
        (clock.now() - timedelta(minutes=12), clock.now() - timedelta(minutes=9)),
        (clock.now() - timedelta(minutes=4), None),
    ]
    assert seconds(found, clock.now()) == 7 * 60
    assert found.gaps == ()
    told = wired.here.aside.news()
    assert told.sessions == (running,)
    assert told.seconds == 4 * 60  # Until the pause the server lacks nothing.
    assert timekeeping.read_session(wired.here, running) == found
    assert alone.waiting_here(wired.here) == ()


def test_all_that_is_written_on_a_call_goes_on(wired, running):
    reason = house.read_house(wired.here).free_reasons[0].id
    wired.cut()
    call_sheet.save_notes(wired.here, running, "Drucker\ndruckt", "nur für uns")
    call_sheet.save_order(wired.here, running, "Frau Kern", Channel.EMAIL)
    call_sheet.save_connection(wired.here, running, Tool.ANYDESK, "123456789")
    call_sheet.save_billing(wired.here, running, billable=False, free_reason_id=reason)
    call_sheet.save_recipient(wired.here, running, "chef@zap.example")
    here = timekeeping.read_session(wired.here, running)
    wired.mend()
    found = there(wired, running)
    assert found == here
    assert (found.notes, found.internal_note) == ("Drucker\ndruckt", "nur für uns")
    assert (found.requested_by, found.channel) == ("Frau Kern", Channel.EMAIL)
    assert (found.tool, found.partner_id) == (Tool.ANYDESK, "123456789")
    assert (found.billable, found.free_reason_id) == (False, reason)
    assert found.recipient == "chef@zap.example"


def test_the_end_is_when_the_key_was_pressed(wired, running, clock):
    wired.cut()
    clock.advance(minutes=2)
    ended = timekeeping.end_session(wired.here, running).value
    clock.advance(minutes=30)
    wired.mend()
    found = there(wired, running)
    assert found.state is SessionState.ENDED
    assert found.end == ended.end == clock.now() - timedelta(minutes=30)
    assert found.report_open
    assert found.charge == ended.charge
    assert found.charge.net_cents == 3 * 225
    assert wired.here.aside.every() == ()


def test_only_ended_without_a_report(wired, running):
    wired.cut()
    timekeeping.end_session(wired.here, running)
    timekeeping.close_report(wired.here, running)
    wired.mend()
    assert not there(wired, running).report_open


def test_an_end_taken_back(wired, running, clock):
    wired.cut()
    timekeeping.end_session(wired.here, running)
    clock.advance(minutes=3)
    timekeeping.reopen_session(wired.here, running)
    clock.advance(minutes=1)
    wired.mend()
    found = there(wired, running)
    assert found.state is SessionState.RUNNING
    assert seconds(found, clock.now()) == 2 * 60
    assert found.charge is None


def test_an_attempt(wired, running):
    wired.cut()
    end_as_not_possible(wired.here, running, NotPossible.NO_INTERNET)
    wired.mend()
    found = there(wired, running)
    assert found.not_possible is NotPossible.NO_INTERNET
    assert found.charge.net_cents == 0
    assert [one.field for one in timekeeping.session_history(wired.there, running)] == ["attempt", OFFLINE]


def test_the_start_moved(wired, running, clock):
    wired.cut()
    begin = clock.now() - timedelta(minutes=4)
    timekeeping.set_start(wired.here, running, begin)
    wired.mend()
    assert there(wired, running).begin == begin
    assert [one.field for one in timekeeping.session_history(wired.there, running)] == ["begin", OFFLINE]


def test_nothing_new_begins_and_it_is_said(wired, running):
    wired.cut()
    assert refused(lambda: timekeeping.start_session(wired.here, wired.bohrer.server)) is Trouble.SERVER_AWAY
    assert refused(lambda: timekeeping.move_session(wired.here, running, wired.bohrer.server)) is (
        Trouble.SERVER_AWAY
    )
    assert refused(lambda: callers.recent_sessions(wired.here)) is Trouble.SERVER_AWAY
    wired.mend()
    assert [one.id for one in timekeeping.strip_sessions(wired.there)] == [running]


def test_a_session_that_is_not_kept_here_waits(wired, running):
    wired.cut()
    assert refused(lambda: timekeeping.pause_session(wired.here, running + 1)) is Trouble.SERVER_AWAY
    assert refused(lambda: timekeeping.read_session(wired.here, running + 1)) is Trouble.SERVER_AWAY


def test_all_that_the_page_shows_is_there(wired, running):
    before = (
        callers.customer_card(wired.here, wired.bohrer.customer_id, exceptions=False),
        house.read_house(wired.here),
        timekeeping.current_tariff(wired.here, wired.bohrer.customer_id, wired.here.clock.now()),
        timekeeping.strip_sessions(wired.here),
    )
    wired.cut()
    assert before == (
        callers.customer_card(wired.here, wired.bohrer.customer_id, exceptions=False),
        house.read_house(wired.here),
        timekeeping.current_tariff(wired.here, wired.bohrer.customer_id, wired.here.clock.now()),
        timekeeping.strip_sessions(wired.here),
    )


def test_what_another_desk_began_for_this_one_goes_on_as_well(wired):
    given = timekeeping.start_session(wired.there, wired.bohrer.server).value.id
    timekeeping.strip_sessions(wired.here)  # As the window does when it hears of it.
    wired.cut()
    call_sheet.save_notes(wired.here, given, "übernommen", "")
    wired.mend()
    assert there(wired, given).notes == "übernommen"


def test_after_a_crash_the_call_goes_on_while_the_server_is_still_away(wired, running, clock):
    wired.cut()
    clock.advance(minutes=1)
    call_sheet.save_notes(wired.here, running, "vor dem Absturz", "")
    clock.advance(minutes=10)
    wired.open_again()
    assert [one.id for one in vigilance.recover(wired.here).value] == [running]
    assert timekeeping.strip_sessions(wired.here)[0].notes == "vor dem Absturz"
    assert callers.customer_card(wired.here, wired.bohrer.customer_id, exceptions=False).card.workstations
    clock.advance(minutes=2)
    timekeeping.end_session(wired.here, running)
    wired.mend()
    found = there(wired, running)
    assert found.notes == "vor dem Absturz"
    assert seconds(found, clock.now()) == 14 * 60
    assert [(one.kind, one.seconds) for one in found.gaps] == [(GapKind.NOT_RUNNING, 600)]


def test_after_a_crash_the_server_is_given_what_it_lacks_before_it_is_asked(wired, running, clock):
    wired.cut()
    clock.advance(minutes=20)
    vigilance.beat(wired.here, vigilance.read_clocks(wired.here))
    timekeeping.pause_session(wired.here, running)
    wired.wire.mend()
    wired.here.database.watchman.close()  # Nobody looks any more: the program is gone.
    wired.open_again()
    vigilance.recover(wired.here)
    wired.mend()
    found = there(wired, running)
    assert found.state is SessionState.PAUSED
    assert found.gaps == ()


def test_without_anything_kept_a_desk_without_its_server_does_not_open(wired):
    wired.cut()
    assert refused(wired.open_again) is Trouble.SERVER_AWAY


def test_a_heart_that_beats_here_leaves_no_gap(wired, running, clock):
    wired.cut()
    pass_minutes(wired, 10)
    wired.mend()
    timekeeping.pause_session(wired.here, running)
    assert there(wired, running).gaps == ()
    assert seconds(there(wired, running), clock.now()) == 11 * 60


def test_a_sleep_while_the_server_was_away_is_noted_once(wired, running, clock):
    wired.cut()
    vigilance.beat(wired.here, vigilance.read_clocks(wired.here))
    clock.advance(minutes=30)
    slept = timekeeping.pause_session(wired.here, running).value
    timekeeping.resume_session(wired.here, running)
    vigilance.decide_gap(wired.here, running, slept.gaps[0].id, GapDecision.DEDUCT)
    wired.mend()
    timekeeping.pause_session(wired.here, running)
    found = there(wired, running)
    assert [(one.kind, one.seconds, one.decision) for one in found.gaps] == [
        (GapKind.SLEEP, 1800, GapDecision.DEDUCT)
    ]


@pytest.mark.parametrize("refuse", [False, True])
def test_a_pause_whose_answer_got_lost_counts_once(wired, running, clock, refuse):
    wired.wire.lose_answer_to(COMMIT, refuse=refuse)
    paused = timekeeping.pause_session(wired.here, running).value
    clock.advance(minutes=5)
    call_sheet.save_notes(wired.here, running, "danach", "")
    wired.mend()
    found = there(wired, running)
    assert found.segments == paused.segments
    assert found.notes == "danach"
    assert not any(one.field == OFFLINE_TIME for one in timekeeping.session_history(wired.there, running))


def test_a_carrying_over_whose_answer_got_lost_is_not_done_twice(wired, running, clock):
    call_sheet.save_notes(wired.here, running, "eins", "")
    wired.cut()
    call_sheet.save_notes(wired.here, running, "eins\nzwei", "")
    clock.advance(minutes=1)
    timekeeping.pause_session(wired.here, running)
    with wired.there.database.write() as connection:
        sessions.update_session(connection, running, notes="eins\nvon einem anderen")
    wired.wire.mend()
    wired.wire.lose_answer_to("session_change", refuse=True)
    wired.wire.seen.wait(20)
    assert alone.is_alone(wired.here)
    call_sheet.save_notes(wired.here, running, "eins\nzwei\ndrei", "")
    wired.mend()
    found = there(wired, running)
    assert [found.notes.count(word) for word in ("eins", "von einem anderen", "zwei", "drei")] == [1, 1, 1, 1]
    assert len(found.segments) == 1
    assert found.state is SessionState.PAUSED


def test_who_took_it_over_keeps_the_clock_and_both_notes_stand(wired, running, clock):
    call_sheet.save_notes(wired.here, running, "gemeinsam", "")
    wired.cut()
    clock.advance(minutes=2)
    call_sheet.save_notes(wired.here, running, "gemeinsam\nvon hier", "")
    timekeeping.pause_session(wired.here, running)
    clock.advance(minutes=1)
    second = house.save_supporter(wired.there, "Anna Arndt", "anna@laverma.example")
    assert second is not None
    with wired.there.database.write() as connection:
        other = max(one.id for one in house.house_on(connection).supporters)
        sessions.update_session(connection, running, supporter_id=other, requested_by="Anna fragt")
    call_sheet.save_notes(wired.there, running, "gemeinsam\nvon dort", "")
    timekeeping.end_session(wired.there, running)
    theirs = there(wired, running)
    wired.mend()
    found = there(wired, running)
    assert (found.segments, found.state, found.requested_by) == (
        theirs.segments, SessionState.ENDED, "Anna fragt",
    )  # fmt: skip
    assert found.notes == "gemeinsam\nvon dort\n\nGeschrieben, während der Server weg war:\nvon hier"
    (times,) = [one for one in timekeeping.session_history(wired.there, running) if one.field == OFFLINE_TIME]
    begin = clock.now() - timedelta(minutes=4)
    assert times.new == f"{begin.isoformat()}/{(begin + timedelta(minutes=3)).isoformat()}"
    assert wired.here.aside.news().apart == (running,)


def test_two_sessions_go_over_together(wired, running, clock):
    second = timekeeping.start_session(wired.here, wired.bohrer.server).value.id
    wired.cut()
    timekeeping.pause_session(wired.here, running)
    clock.advance(minutes=3)
    timekeeping.end_session(wired.here, second)
    wired.mend()
    assert there(wired, running).state is SessionState.PAUSED
    assert there(wired, second).state is SessionState.ENDED
    assert seconds(there(wired, second), clock.now()) == 180


@pytest.mark.skipif(sys.platform == "win32", reason="other rights")
def test_what_is_kept_is_nobody_elses_and_goes_with_the_session(wired, running):
    file = wired.here.aside.file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    timekeeping.end_session(wired.here, running)
    wired.here.close()
    with sqlite3.connect(file) as raw:
        for table in ("session", "customer", "contact", "workstation", "agreement", "segment", "kept"):
            assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table  # noqa: S608
    raw.close()


def test_one_program_has_it_at_a_time(wired, running):
    other = open_shared_desk(wired.here.data, wired.wire.address, wired.here.clock, memory_secrets())
    assert other.aside is None
    call_sheet.save_notes(other, running, "von der Befehlszeile", "")
    other.close()
    assert there(wired, running).notes == "von der Befehlszeile"


def test_an_older_programs_file_grows(wired, running):
    wired.cut()
    call_sheet.save_notes(wired.here, running, "älter", "")
    file = wired.here.aside.file
    wired.here.database.watchman.close()
    wired.here.aside.store.close()
    with sqlite3.connect(file) as raw:
        raw.execute("ALTER TABLE session DROP COLUMN version")
        raw.execute("PRAGMA user_version = 0")  # Its own number stood for its own columns.
    raw.close()
    wired.open_again()
    assert session_table.c.version is not None
    wired.mend()
    assert there(wired, running).notes == "älter"
