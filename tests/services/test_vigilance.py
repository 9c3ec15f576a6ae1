"""Standby, set clocks and restarts: noticed, asked about afterwards, never cut in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.support_session import (
    Gap,
    GapDecision,
    GapKind,
    Segment,
    SessionState,
    gap_outcomes,
    seconds,
)
from laverma_desk.domain.tariff import Tariff
from laverma_desk.domain.timekeeping import Beat
from laverma_desk.services import house, timekeeping, vigilance
from laverma_desk.services.changes import Topic
from laverma_desk.storage import customers, outbox, sessions, stored_documents
from laverma_desk.storage.sessions import Change

SLEEP, FORWARD, BACK, OFF = GapKind.SLEEP, GapKind.CLOCK_FORWARD, GapKind.CLOCK_BACK, GapKind.NOT_RUNNING
KEEP, DEDUCT, SPLIT = GapDecision.KEEP, GapDecision.DEDUCT, GapDecision.SPLIT
RUNNING, PAUSED, ENDED = SessionState.RUNNING, SessionState.PAUSED, SessionState.ENDED
KLAUS = "Klaus Klassen"


class House:
    """A desk whose heart beats every two minutes while somebody works: as rarely as nobody asks about."""

    def __init__(self, desk, clock, place: int):
        self.desk, self.clock, self.place = desk, clock, place
        self.last = vigilance.read_clocks(desk)

    def start(self) -> int:
        number = timekeeping.start_session(self.desk, self.place).value.id
        self.last = vigilance.beat(self.desk, self.last).value
        return number

    def beat(self):
        done = vigilance.beat(self.desk, self.last)
        self.last = done.value
        return done

    def work(self, minutes: int) -> None:
        for done in range(0, minutes, 2):
            self.clock.advance(minutes=min(2, minutes - done))
            self.beat()

    def sleep(self, minutes: float) -> None:
        self.clock.advance(minutes=minutes)
        self.beat()

    def set_clock(self, minutes: float) -> None:
        self.clock.set_wall(self.clock.now() + timedelta(minutes=minutes))
        self.beat()

    def restart(self, minutes: float) -> None:
        self.clock.advance(minutes=minutes)
        vigilance.recover(self.desk)
        self.last = vigilance.read_clocks(self.desk)

    def read(self, number: int):
        return timekeeping.read_session(self.desk, number)

    def minutes(self, number: int) -> float:
        return seconds(self.read(number), self.clock.now()) / 60

    def decide(self, number: int, decision: GapDecision, place: int = -1):
        gap = self.read(number).gaps[place]
        return vigilance.decide_gap(self.desk, number, gap.id, decision).value

    def frozen(self, number: int) -> float:
        return self.read(number).charge.seconds / 60


@pytest.fixture
def at_work(desk, bohrer, clock) -> House:
    return House(desk, clock, bohrer.reception)


def broken(rule: Rule, call, *values) -> None:
    with pytest.raises(RuleBroken) as found:
        call(*values)
    assert found.value.code is rule


# --- what is noticed


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
        assert sessions.last_pulse(connection) == Beat(clock.now(), clock.uptime())


# --- after a restart


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
    timekeeping.save_notes(at_work.desk, number, "x", "")
    assert at_work.read(number).gaps == ()
    at_work.last = Beat(clock.now() - timedelta(seconds=30), clock.uptime() - 30)
    at_work.beat()
    assert at_work.read(number).gaps == ()
    clock.advance(minutes=20)
    timekeeping.save_notes(at_work.desk, number, "x", "")
    assert len(at_work.read(number).gaps) == 1


# --- what is decided


@pytest.fixture
def slept(at_work) -> int:
    """A session of 9 minutes, a sleep of 31 and 4 minutes more."""
    number = at_work.start()
    at_work.work(9)
    at_work.sleep(31)
    at_work.work(4)
    return number


@pytest.mark.parametrize(("decision", "minutes"), [(KEEP, 44), (DEDUCT, 13)])
@pytest.mark.parametrize("state", [RUNNING, PAUSED, ENDED])
def test_keeping_and_taking_off(at_work, slept, decision, minutes, state):
    if state is PAUSED:
        timekeeping.pause_session(at_work.desk, slept)
    elif state is ENDED:
        timekeeping.end_session(at_work.desk, slept)
    gap = at_work.read(slept).open_gap
    result = vigilance.decide_gap(at_work.desk, slept, gap.id, decision)
    assert result.changed == {Topic.SESSIONS}
    assert (result.value.id, result.value.state) == (slept, state)
    assert at_work.read(slept).open_gap is None
    assert at_work.minutes(slept) == minutes
    if state is ENDED:
        assert at_work.frozen(slept) == minutes
    line = timekeeping.session_history(at_work.desk, slept)[-1]
    assert line == Change(
        at_work.clock.now(), KLAUS, "gap", gap.begin.isoformat(), gap.end.isoformat(), decision.value
    )


@pytest.mark.parametrize("state", [RUNNING, PAUSED, ENDED])
@pytest.mark.parametrize(
    ("happens", "halves"),
    [
        (lambda one: one.sleep(31), (9, 4)),
        (lambda one: one.set_clock(60), (9, 4)),
        (lambda one: one.set_clock(-5), (9, 4)),
        (lambda one: one.restart(7), (9, 4)),
    ],
    ids=["sleep", "forward", "back", "restart"],
)
def test_splitting(at_work, happens, halves, state):
    number = at_work.start()
    timekeeping.save_order(at_work.desk, number, "Dr. Bohrer", timekeeping.Channel.EMAIL)
    timekeeping.save_billing(at_work.desk, number, billable=False, free_reason_id=1)
    timekeeping.save_notes(at_work.desk, number, "vorher", "intern")
    at_work.work(9)
    happens(at_work)
    at_work.work(4)
    if state is PAUSED:
        timekeeping.pause_session(at_work.desk, number)
    elif state is ENDED:
        timekeeping.end_session(at_work.desk, number)
    gap = at_work.read(number).open_gap
    outcomes = gap_outcomes(at_work.read(number), gap, at_work.clock.now())
    second = at_work.decide(number, SPLIT)
    first = at_work.read(number)
    assert (first.state, first.end, first.report_open) == (ENDED, gap.begin, True)
    assert (second.state, second.begin, second.number) == (state, gap.end, "S-2022-0002")
    assert (at_work.frozen(number), at_work.minutes(second.id)) == halves
    assert tuple(60 * half for half in halves) == outcomes.split, "what the bar said is what happened"
    assert second.continued_from == number
    assert (second.requested_by, second.channel, second.billable, second.free_reason_id) == (
        "Dr. Bohrer", timekeeping.Channel.EMAIL, False, 1,
    )  # fmt: skip
    assert (second.tool, second.partner_id, second.recipient) == (
        first.tool,
        first.partner_id,
        first.recipient,
    )
    assert (first.notes, second.notes) == ("vorher", "")
    assert [one.decision for one in first.gaps] == [SPLIT]
    assert second.gaps == ()
    if state is ENDED:
        assert at_work.frozen(second.id) == halves[1]
        assert second.report_open


def test_both_halves_are_rounded_on_their_own(at_work):
    number = at_work.start()
    at_work.clock.advance(seconds=61)
    at_work.beat()
    at_work.sleep(31)
    at_work.clock.advance(seconds=61)
    second = at_work.decide(number, SPLIT)
    timekeeping.end_session(at_work.desk, second.id)
    assert [at_work.read(one).charge.billed_minutes for one in (number, second.id)] == [2, 2]


def test_an_exception_goes_with_both_halves(at_work, desk, bohrer):
    with desk.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM agreement")
    number = timekeeping.start_session(
        desk, bohrer.reception, exception_reason="Notfall", exception_by="Chef"
    ).value.id
    at_work.beat()
    at_work.work(3)
    at_work.sleep(30)
    second = at_work.decide(number, SPLIT)
    assert second.exception == at_work.read(number).exception
    assert second.exception.reason == "Notfall"


def test_a_split_over_new_year_counts_in_both_years(at_work, clock):
    clock.set_wall(datetime(2022, 12, 31, 22, 50, tzinfo=UTC))
    number = at_work.start()
    at_work.work(5)
    at_work.sleep(30)
    second = at_work.decide(number, SPLIT)
    assert (at_work.read(number).number, second.number) == ("S-2022-0001", "S-2023-0001")


def test_gaps_that_came_later_go_with_the_second_half(at_work):
    number = at_work.start()
    for _ in range(3):
        at_work.work(5)
        at_work.sleep(30)
    at_work.work(5)
    at_work.decide(number, DEDUCT, 0)
    second = at_work.decide(number, SPLIT, 1)
    assert [gap.decision for gap in at_work.read(number).gaps] == [DEDUCT, SPLIT]
    assert [gap.decision for gap in second.gaps] == [None]
    assert (at_work.frozen(number), at_work.minutes(second.id)) == (10, 40)
    third = at_work.decide(second.id, SPLIT)
    assert (at_work.frozen(second.id), at_work.minutes(third.id)) == (5, 5)


def test_gaps_of_the_old_clock_stay_with_the_old_clock(at_work):
    number = at_work.start()
    at_work.work(20)
    at_work.sleep(10)
    at_work.work(5)
    at_work.set_clock(-30)
    at_work.work(10)
    second = at_work.decide(number, SPLIT, 1)
    assert [gap.kind for gap in at_work.read(number).gaps] == [SLEEP, BACK]
    assert second.gaps == ()
    at_work.decide(number, DEDUCT, 0)
    assert (at_work.frozen(number), at_work.minutes(second.id)) == (25, 10)


def test_nothing_on_one_side_cannot_be_split(at_work, clock):
    number = timekeeping.start_session(at_work.desk, at_work.place).value.id
    at_work.beat()
    at_work.sleep(30)
    broken(Rule.SPLIT_IMPOSSIBLE, at_work.decide, number, SPLIT)
    assert at_work.read(number).open_gap is not None
    second = at_work.start()
    at_work.work(3)
    clock.advance(minutes=30)
    timekeeping.end_session(at_work.desk, second)
    broken(Rule.SPLIT_IMPOSSIBLE, at_work.decide, second, SPLIT)
    clock.set_wall(clock.now() - timedelta(hours=1))
    third = at_work.start()
    at_work.work(3)
    clock.set_wall(clock.now() - timedelta(hours=1))
    timekeeping.end_session(at_work.desk, third)
    broken(Rule.SPLIT_IMPOSSIBLE, at_work.decide, third, SPLIT)
    assert [at_work.read(one).state for one in (number, second, third)] == [RUNNING, ENDED, ENDED]
    with at_work.desk.database.read() as connection:
        assert sessions.count(connection) == 3


def test_a_clock_set_back_leaves_nothing_to_take_off(at_work):
    number = at_work.start()
    at_work.work(10)
    at_work.set_clock(-30)
    broken(Rule.SPLIT_IMPOSSIBLE, at_work.decide, number, DEDUCT)
    assert at_work.read(number).open_gap is not None
    at_work.decide(number, KEEP)
    assert at_work.read(number).open_gap is None


def test_a_decision_can_be_changed_except_a_split(at_work, slept):
    at_work.decide(slept, DEDUCT)
    at_work.decide(slept, KEEP)
    assert at_work.minutes(slept) == 44
    at_work.decide(slept, DEDUCT)
    second = at_work.decide(slept, SPLIT)
    for decision in GapDecision:
        broken(Rule.SPLIT_IMPOSSIBLE, at_work.decide, slept, decision)
    assert (at_work.frozen(slept), at_work.minutes(second.id)) == (9, 4)


def test_a_gap_of_another_session(at_work, slept):
    other = at_work.start()
    gap = at_work.read(slept).open_gap
    broken(Rule.SESSION_UNKNOWN, vigilance.decide_gap, at_work.desk, other, gap.id, KEEP)
    broken(Rule.SESSION_UNKNOWN, vigilance.decide_gap, at_work.desk, 99, gap.id, KEEP)
    assert at_work.read(slept).open_gap == gap


def test_a_moved_start_may_leave_a_gap_behind(at_work, slept):
    gap = at_work.read(slept).open_gap
    timekeeping.set_start(at_work.desk, slept, gap.end - timedelta(minutes=1))
    at_work.decide(slept, DEDUCT)
    assert at_work.minutes(slept) == 4
    timekeeping.set_start(at_work.desk, slept, gap.end + timedelta(minutes=1))
    assert at_work.minutes(slept) == 3


def test_taken_off_stays_taken_off_when_the_session_goes_on(at_work, slept):
    timekeeping.end_session(at_work.desk, slept)
    at_work.decide(slept, DEDUCT)
    timekeeping.reopen_session(at_work.desk, slept)
    at_work.work(2)
    assert timekeeping.end_session(at_work.desk, slept).value.charge.seconds == 15 * 60


# --- decided after the end


def mail(desk, session_id: int, state: MessageState) -> int:
    now = desk.clock.now()
    with desk.database.write() as connection:
        content = stored_documents.store(
            connection, kind="mail", name="mail.eml", mime_type="message/rfc822", content=b"x", at=now
        )
        return outbox.insert_message(
            connection, kind="report", session_id=session_id, sender="a@b.example", recipient="c@d.example",
            subject="Bericht", body="", content_id=content, state=state.value, created_at=now, due_at=now,
        )  # fmt: skip


def state_of(desk, message_id: int) -> MessageState:
    with desk.database.read() as connection:
        return outbox.find(connection, message_id).state


@pytest.mark.parametrize("state", [MessageState.WAITING, MessageState.FAILED])
@pytest.mark.parametrize("decision", [DEDUCT, SPLIT])
def test_a_report_with_the_old_time_is_withdrawn(at_work, slept, desk, state, decision):
    timekeeping.end_session(desk, slept, report_open=False)
    report = mail(desk, slept, state)
    at_work.decide(slept, decision)
    assert state_of(desk, report) is MessageState.DISCARDED
    assert at_work.read(slept).report_open, "its report is open again"


@pytest.mark.parametrize("state", [MessageState.SENDING, MessageState.HANDED_OVER, MessageState.UNCLEAR])
@pytest.mark.parametrize("decision", list(GapDecision))
def test_nothing_is_decided_behind_a_report_that_is_out(at_work, slept, desk, state, decision):
    timekeeping.end_session(desk, slept, report_open=False)
    report, before = mail(desk, slept, state), at_work.read(slept)
    broken(Rule.REPORT_ALREADY_SENT, at_work.decide, slept, decision)
    assert (state_of(desk, report), at_work.read(slept)) == (state, before)


def test_a_report_that_was_closed_stays_closed(at_work, slept, desk):
    timekeeping.end_session(desk, slept)
    timekeeping.close_report(desk, slept)
    mail(desk, slept, MessageState.DISCARDED)
    at_work.decide(slept, DEDUCT)
    assert not at_work.read(slept).report_open


@pytest.mark.parametrize("decision", [KEEP, DEDUCT, SPLIT])
def test_what_is_decided_after_the_end_keeps_what_was_frozen(at_work, slept, desk, bohrer, decision):
    timekeeping.end_session(desk, slept)
    house.save_tariff(desk, Tariff(date(2022, 1, 1), 999))
    house.save_supporter(desk, "Klaus Neumann", "", known=house.read_house(desk).supporters[0].id)
    with desk.database.write() as connection:
        customer = customers.find(connection, bohrer.customer_id)
        customers.update_customer(connection, replace(customer, name="MVZ Bohrer"))
        connection.exec_driver_sql("UPDATE workstation SET name = 'Empfang' WHERE id = 1")
    second = at_work.decide(slept, decision)
    for one in (at_work.read(slept), second):
        assert one.tariff == Tariff(date(2020, 1, 1))
        assert one.charge.price_cents == 225
        assert (one.customer_name, one.workstation_name, one.supporter_name) == (
            "ZAP Dr. Bohrer", "PC Rezeption", KLAUS,
        )  # fmt: skip


def test_the_second_half_of_another_day_has_the_tariff_of_its_day(at_work, desk, clock):
    house.save_tariff(desk, Tariff(date(2022, 3, 2), 300))
    number = at_work.start()
    at_work.work(2)
    at_work.sleep(20 * 60)
    at_work.work(2)
    timekeeping.end_session(desk, number)
    second = at_work.decide(number, SPLIT)
    assert at_work.read(number).tariff.price_cents == 225
    assert second.tariff.price_cents == 300
