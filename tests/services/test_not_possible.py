"""Remote support that was not possible: evidence stays, and nothing of it is ever charged."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from laverma_desk.domain.errors import Rule
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.domain.support_session import GapDecision, Origin, SessionState, seconds
from laverma_desk.domain.tariff import Tariff
from laverma_desk.services import corrections
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.calls.not_possible import end_as_not_possible
from laverma_desk.services.mails import queueing
from laverma_desk.services.setup import house
from laverma_desk.services.upkeep import check_desk
from laverma_desk.storage import outbox
from tests.support.desks import add_customer, set_mail_account
from tests.support.session_steps import House, broken, machine_of, read

NO_INTERNET = NotPossible.NO_INTERNET


def _running(desk, place, clock, minutes=7):
    begun = timekeeping.start_session(desk, place).value
    clock.advance(minutes=minutes)
    return begun.id


def test_an_attempt_counts_no_second_whatever_the_least_time_is(desk, bohrer, clock):
    house.save_tariff(desk, Tariff(date(2022, 1, 1), 225, minimum_seconds=900))
    number = _running(desk, bohrer.reception, clock)
    ended = end_as_not_possible(desk, number, NO_INTERNET).value
    assert ended == read(desk, number)
    assert (ended.state, ended.not_possible, ended.report_open) == (SessionState.ENDED, NO_INTERNET, False)
    assert (ended.billable, ended.free_reason_id, ended.free_reason) == (False, None, "")
    cost = ended.charge
    assert (cost.seconds, cost.billed_seconds, cost.net_cents, cost.vat_cents) == (0, 0, 0, 0)
    assert seconds(ended, clock.now()) == 7 * 60, "the evidence stays"
    line = timekeeping.session_history(desk, number)[-1]
    assert (line.field, line.old, line.new, line.who) == ("attempt", "yes", "no_internet", "Klaus Klassen")


def test_another_reason_needs_a_note(desk, bohrer, clock):
    number = _running(desk, bohrer.reception, clock)
    error = broken(Rule.NOTES_MISSING, end_as_not_possible, desk, number, NotPossible.OTHER)
    assert error.field == "notes"
    assert read(desk, number).state is SessionState.RUNNING
    call_sheet.save_notes(desk, number, "Router hat keinen Strom", "")
    assert end_as_not_possible(desk, number, NotPossible.OTHER).value.not_possible is NotPossible.OTHER


def test_one_that_has_ended_is_no_attempt(desk, bohrer, clock):
    number = _running(desk, bohrer.reception, clock)
    timekeeping.end_session(desk, number)
    broken(Rule.SESSION_ENDED, end_as_not_possible, desk, number, NO_INTERNET)


def test_taking_it_back_brings_time_and_billing_back(desk, bohrer, clock):
    number = _running(desk, bohrer.reception, clock)
    end_as_not_possible(desk, number, NO_INTERNET)
    clock.advance(seconds=60)
    again = timekeeping.reopen_session(desk, number).value
    assert (again.state, again.not_possible, again.billable, again.charge) == (
        SessionState.RUNNING, None, True, None,
    )  # fmt: skip
    clock.advance(seconds=60)
    ended = timekeeping.end_session(desk, number).value
    assert ended.charge.seconds == 8 * 60, "the minute in which it had ended does not count"
    assert ended.charge.net_cents == 8 * 225


def test_taking_it_back_brings_the_free_reason_back(desk, bohrer, clock):
    reason = house.read_house(desk).free_reasons[0]
    number = _running(desk, bohrer.reception, clock)
    call_sheet.save_billing(desk, number, billable=False, free_reason_id=reason.id)
    end_as_not_possible(desk, number, NotPossible.DECLINED)
    assert read(desk, number).free_reason_id is None
    again = timekeeping.reopen_session(desk, number).value
    assert (again.billable, again.free_reason_id) == (False, reason.id)
    call_sheet.save_billing(desk, number, billable=False, free_reason_id=None)
    end_as_not_possible(desk, number, NotPossible.DECLINED)
    undecided = timekeeping.reopen_session(desk, number).value
    assert (undecided.billable, undecided.free_reason_id) == (False, None), "never billed by being taken back"


def test_a_paused_one_can_be_an_attempt_too(desk, bohrer, clock):
    number = _running(desk, bohrer.reception, clock)
    timekeeping.pause_session(desk, number)
    clock.advance(seconds=600)
    ended = end_as_not_possible(desk, number, NotPossible.DOES_NOT_BOOT).value
    assert ended.end - ended.begin == timedelta(minutes=7)


def test_an_attempt_is_not_billed_afterwards(desk, bohrer, clock):
    number = _running(desk, bohrer.reception, clock)
    end_as_not_possible(desk, number, NO_INTERNET)
    broken(Rule.SESSION_NOT_POSSIBLE, corrections.change_billing, desk, number, True, None, "Irrtum")
    broken(
        Rule.SESSION_NOT_POSSIBLE, call_sheet.save_billing, desk, number, billable=True, free_reason_id=None
    )


def test_an_attempt_without_a_clock(desk, bohrer, clock):
    made = corrections.record_attempt(desk, bohrer.reception, NotPossible.DOES_NOT_BOOT).value
    assert (made.begin, made.end, made.origin) == (clock.now(), clock.now(), Origin.MANUAL)
    assert (made.requested_by, made.partner_id, made.not_possible) == (
        "Sabine Lorenz", "1234567890", NotPossible.DOES_NOT_BOOT,
    )  # fmt: skip
    assert (made.charge.seconds, made.charge.net_cents, made.billable) == (0, 0, False)
    broken(Rule.SESSION_RECORDED, timekeeping.reopen_session, desk, made.id)
    broken(Rule.NOTES_MISSING, corrections.record_attempt, desk, bohrer.reception, NotPossible.OTHER)
    with_note = corrections.record_attempt(desk, bohrer.reception, NotPossible.OTHER, "Strom ist weg").value
    assert with_note.notes == "Strom ist weg"


@pytest.mark.parametrize("reason", [one for one in NotPossible if one is not NotPossible.OTHER])
def test_no_agreement_is_needed_for_what_never_began(desk, bohrer, clock, reason):
    place = machine_of(desk, add_customer(desk, "2", "Praxis ohne AVV", "PC", has_agreement=False))
    made = corrections.record_attempt(desk, place, reason).value
    assert not corrections.is_reason_owed(desk, made.id)


def test_a_report_is_sent_only_where_somebody_wants_it(desk, bohrer, clock):
    set_mail_account(desk, 2525)
    number = _running(desk, bohrer.reception, clock)
    end_as_not_possible(desk, number, NO_INTERNET)
    queued = queueing.queue_report(desk, number).value
    assert queued.recipient == "rezeption@zap-bohrer.example"
    again = timekeeping.reopen_session(desk, number).value
    assert again.not_possible is None
    with desk.database.read() as connection:
        (mail,) = outbox.of_session(connection, number)
    assert mail.state is MessageState.DISCARDED


def test_an_ended_attempt_that_is_split_stays_two_attempts(desk, bohrer, clock):
    steps = House(desk, clock, bohrer.reception)
    number = steps.start()
    steps.work(10)
    steps.sleep(30)
    steps.work(10)
    end_as_not_possible(desk, number, NO_INTERNET)
    steps.decide(number, GapDecision.SPLIT)
    found = [read(desk, one) for one in (number, number + 1)]
    assert [one.not_possible for one in found] == [NO_INTERNET, NO_INTERNET]
    assert [(one.charge.seconds, one.charge.net_cents) for one in found] == [(0, 0), (0, 0)]
    assert not any(one.billable or one.report_open for one in found)
    assert check_desk(desk).sound


@pytest.mark.parametrize("decision", [GapDecision.KEEP, GapDecision.DEDUCT])
def test_a_gap_decided_afterwards_costs_nothing(desk, bohrer, clock, decision):
    steps = House(desk, clock, bohrer.reception)
    number = steps.start()
    steps.work(10)
    steps.sleep(30)
    steps.work(10)
    end_as_not_possible(desk, number, NO_INTERNET)
    steps.decide(number, decision)
    assert read(desk, number).charge.net_cents == 0
    timekeeping.reopen_session(desk, number)
    kept = 50 if decision is GapDecision.KEEP else 20
    assert timekeeping.end_session(desk, number).value.charge.seconds == kept * 60


def test_the_check_of_a_desk_finds_nothing_wrong_with_attempts(desk, bohrer, clock):
    end_as_not_possible(desk, _running(desk, bohrer.reception, clock), NO_INTERNET)
    corrections.record_attempt(desk, bohrer.server, NotPossible.DECLINED)
    assert check_desk(desk).sound


def test_what_is_split_off_a_free_attempt_is_never_billed_by_being_taken_back(desk, bohrer, clock):
    reason = house.read_house(desk).free_reasons[0]
    steps = House(desk, clock, bohrer.reception)
    number = steps.start()
    call_sheet.save_billing(desk, number, billable=False, free_reason_id=reason.id)
    steps.work(10)
    steps.sleep(30)
    steps.work(10)
    end_as_not_possible(desk, number, NO_INTERNET)
    steps.decide(number, GapDecision.SPLIT)
    again = timekeeping.reopen_session(desk, number + 1).value
    assert (again.billable, again.free_reason_id) == (False, reason.id)
