"""What becomes of a gap: kept, taken off or split, while the session runs or after its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from laverma_desk.domain.customer import Channel
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.support_session import (
    Gap,
    GapDecision,
    GapKind,
    SessionState,
    gap_outcomes,
)
from laverma_desk.domain.tariff import Tariff
from laverma_desk.services.calls import call_sheet, timekeeping, vigilance
from laverma_desk.services.changes import Topic
from laverma_desk.services.setup import house
from laverma_desk.storage import customers, sessions
from laverma_desk.storage.session_history import Change
from tests.support.raw_words import lift_seal
from tests.support.session_steps import House, mail, state_of

SLEEP, FORWARD, BACK, OFF = GapKind.SLEEP, GapKind.CLOCK_FORWARD, GapKind.CLOCK_BACK, GapKind.NOT_RUNNING
KEEP, DEDUCT, SPLIT = GapDecision.KEEP, GapDecision.DEDUCT, GapDecision.SPLIT
RUNNING, PAUSED, ENDED = SessionState.RUNNING, SessionState.PAUSED, SessionState.ENDED
KLAUS = "Klaus Klassen"


@pytest.fixture
def at_work(desk, bohrer, clock) -> House:
    return House(desk, clock, bohrer.reception)


def refused(rule: Rule, call, *values) -> None:
    with pytest.raises(RuleBroken) as found:
        call(*values)
    assert found.value.code is rule


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
    call_sheet.save_order(at_work.desk, number, "Dr. Bohrer", Channel.EMAIL)
    call_sheet.save_billing(at_work.desk, number, billable=False, free_reason_id=1)
    call_sheet.save_notes(at_work.desk, number, "vorher", "intern")
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
        "Dr. Bohrer", Channel.EMAIL, False, 1,
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
        lift_seal(connection, "agreement_no_delete")
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


@pytest.mark.parametrize("go_on", [timekeeping.resume_session, timekeeping.reopen_session])
def test_a_clock_set_back_while_nothing_ran_is_not_asked_but_remembered(at_work, go_on):
    """The same minutes come twice: a later gap lies under the new clock, and only there."""
    stop = {
        timekeeping.resume_session: timekeeping.pause_session,
        timekeeping.reopen_session: timekeeping.end_session,
    }[go_on]
    number = at_work.start()
    at_work.work(60)
    stop(at_work.desk, number)
    at_work.set_clock(-60)
    stopped, begun = at_work.read(number).end, at_work.clock.now()
    go_on(at_work.desk, number)
    (seam,) = at_work.read(number).gaps
    assert seam == Gap(seam.id, number, BACK, stopped, begun, KEEP)
    assert at_work.read(number).open_gap is None
    at_work.work(5)
    at_work.sleep(30)
    at_work.work(5)
    outcomes = gap_outcomes(at_work.read(number), at_work.read(number).open_gap, at_work.clock.now())
    assert (outcomes.keep, outcomes.deduct, outcomes.split) == (6000, 4200, (3900, 300))
    second = at_work.decide(number, SPLIT)
    assert (at_work.frozen(number), at_work.minutes(second.id)) == (65, 5)


def test_nothing_on_one_side_cannot_be_split(at_work, clock):
    number = timekeeping.start_session(at_work.desk, at_work.place).value.id
    at_work.beat()
    at_work.sleep(30)
    refused(Rule.SPLIT_IMPOSSIBLE, at_work.decide, number, SPLIT)
    assert at_work.read(number).open_gap is not None
    second = at_work.start()
    at_work.work(3)
    clock.advance(minutes=30)
    timekeeping.end_session(at_work.desk, second)
    refused(Rule.SPLIT_IMPOSSIBLE, at_work.decide, second, SPLIT)
    clock.set_wall(clock.now() - timedelta(hours=1))
    third = at_work.start()
    at_work.work(3)
    clock.set_wall(clock.now() - timedelta(hours=1))
    timekeeping.end_session(at_work.desk, third)
    refused(Rule.SPLIT_IMPOSSIBLE, at_work.decide, third, SPLIT)
    assert [at_work.read(one).state for one in (number, second, third)] == [RUNNING, ENDED, ENDED]
    with at_work.desk.database.read() as connection:
        assert sessions.count(connection) == 3


def test_a_clock_set_back_leaves_nothing_to_take_off(at_work):
    number = at_work.start()
    at_work.work(10)
    at_work.set_clock(-30)
    refused(Rule.SPLIT_IMPOSSIBLE, at_work.decide, number, DEDUCT)
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
        refused(Rule.SPLIT_IMPOSSIBLE, at_work.decide, slept, decision)
    assert (at_work.frozen(slept), at_work.minutes(second.id)) == (9, 4)


def test_a_gap_of_another_session(at_work, slept):
    other = at_work.start()
    gap = at_work.read(slept).open_gap
    refused(Rule.SESSION_UNKNOWN, vigilance.decide_gap, at_work.desk, other, gap.id, KEEP)
    refused(Rule.SESSION_UNKNOWN, vigilance.decide_gap, at_work.desk, 99, gap.id, KEEP)
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
    refused(Rule.REPORT_ALREADY_SENT, at_work.decide, slept, decision)
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
