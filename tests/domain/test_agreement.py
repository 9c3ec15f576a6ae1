"""What the gate says of a customer on each day around the dates of an agreement."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.agreement import Agreement, AgreementState, AgreementStatus, agreement_status

VALID, EXPIRING, MISSING, EXPIRED, ENDED = (
    AgreementState.VALID,
    AgreementState.EXPIRING,
    AgreementState.MISSING,
    AgreementState.EXPIRED,
    AgreementState.ENDED,
)
BEGIN, UNTIL = date(2022, 1, 15), date(2022, 12, 31)


def days(count: int) -> timedelta:
    return timedelta(days=count)


def one(number=1, begin=BEGIN, until=UNTIL, ended=None) -> Agreement:
    return Agreement(number, 7, begin, until, ended_on=ended)


@pytest.mark.parametrize(
    ("day", "state", "left"),
    [
        (BEGIN - days(1), MISSING, None),
        (BEGIN, VALID, 350),
        (UNTIL - days(61), VALID, 61),
        (UNTIL - days(60), EXPIRING, 60),
        (UNTIL - days(1), EXPIRING, 1),
        (UNTIL, EXPIRING, 0),
        (UNTIL + days(1), EXPIRED, None),
    ],
)
def test_the_days_of_an_agreement(day, state, left):
    status = agreement_status([one()], day)
    assert (status.state, status.days_left) == (state, left)
    assert status.until == (None if state is MISSING else UNTIL)
    assert status.agreement == (None if state is MISSING else one())


def test_open_ended_is_valid_for_good():
    forever = one(until=None)
    assert agreement_status([forever], date(2099, 1, 1)) == AgreementStatus(VALID, None, None, forever)


def test_none_at_all_is_missing():
    assert agreement_status([], BEGIN) == AgreementStatus(MISSING)


def test_cancelled_counts_no_more_from_that_day_on():
    cancelled = one(until=None, ended=date(2022, 6, 1))
    assert agreement_status([cancelled], date(2022, 5, 31)).state is EXPIRING
    on_the_day = agreement_status([cancelled], date(2022, 6, 1))
    assert on_the_day == AgreementStatus(ENDED, date(2022, 6, 1), None, cancelled)


def test_a_cancellation_to_come_is_the_last_day_that_is_shown():
    cancelled = one(ended=date(2022, 6, 1))
    assert agreement_status([cancelled], date(2022, 5, 1)) == AgreementStatus(
        EXPIRING, date(2022, 5, 31), 30, cancelled
    )
    assert agreement_status([cancelled], date(2022, 2, 1)).state is VALID


def test_a_cancellation_after_the_last_day_changes_nothing_before_it():
    late = one(ended=UNTIL + days(10))
    assert agreement_status([late], UNTIL).until == UNTIL
    assert agreement_status([late], UNTIL + days(1)).state is EXPIRED
    assert agreement_status([late], UNTIL + days(10)).state is ENDED


def test_of_two_in_force_the_longer_one_counts():
    short, long = one(1, until=date(2022, 3, 1)), one(2, until=date(2023, 3, 1))
    forever = one(3, until=None)
    assert agreement_status([long, short], date(2022, 2, 1)).agreement == long
    assert agreement_status([long, forever, short], date(2022, 2, 1)).agreement == forever
    assert agreement_status([short, long], date(2022, 3, 2)).agreement == long


def test_a_cancelled_open_ended_one_does_not_hide_the_one_that_lasts():
    cancelled, lasting = one(1, until=None, ended=date(2022, 4, 1)), one(2)
    assert agreement_status([cancelled, lasting], date(2022, 3, 31)).until == UNTIL


def test_of_two_equals_the_later_row_counts():
    assert agreement_status([one(2), one(1)], BEGIN).agreement == one(2)


def test_without_one_in_force_the_latest_that_began_speaks():
    cancelled = one(1, begin=date(2020, 1, 1), until=None, ended=date(2021, 1, 1))
    expired = one(2, begin=date(2021, 2, 1), until=date(2021, 12, 31))
    to_come = one(3, begin=date(2030, 1, 1))
    assert agreement_status([expired, cancelled, to_come], date(2022, 1, 1)).agreement == expired
    assert agreement_status([cancelled, to_come], date(2022, 1, 1)).state is ENDED
    assert agreement_status([to_come], date(2022, 1, 1)).state is MISSING


@pytest.mark.parametrize(
    ("state", "session", "exception"),
    [
        (VALID, True, True),
        (EXPIRING, True, True),
        (MISSING, False, True),
        (EXPIRED, False, True),
        (ENDED, False, False),
    ],
)
def test_what_a_state_allows(state, session, exception):
    status = AgreementStatus(state)
    assert (status.allows_session, status.allows_exception) == (session, exception)


some_day = st.dates(date(2021, 12, 1), date(2022, 3, 31))
agreements = st.builds(
    Agreement,
    id=st.integers(1, 9),
    customer_id=st.just(7),
    valid_from=some_day,
    valid_until=st.none() | some_day,
    ended_on=st.none() | some_day,
)


@given(st.lists(agreements, max_size=4), some_day)
def test_a_session_is_allowed_exactly_where_one_is_in_force(several, day):
    in_force = any(
        one.valid_from <= day
        and not (one.valid_until is not None and one.valid_until < day)
        and not (one.ended_on is not None and one.ended_on <= day)
        for one in several
    )
    status = agreement_status(several, day)
    assert status.allows_session is in_force
    if in_force and status.until is not None:
        assert agreement_status(several, status.until).allows_session, "the last day still counts"
        assert (status.until - day).days == status.days_left


def test_agreements_that_follow_on_one_another_count_as_one_row():
    second = one(2, UNTIL + days(1), UNTIL + days(365))
    third = one(3, UNTIL + days(300), UNTIL + days(800))
    for known in ([one(), second, third], [third, second, one()]):
        status = agreement_status(known, UNTIL)
        assert (status.state, status.until, status.agreement) == (VALID, UNTIL + days(800), one())
    assert agreement_status([one(), one(2, UNTIL + days(1), None)], UNTIL).until is None


def test_a_single_day_between_two_agreements_breaks_the_row():
    status = agreement_status([one(), one(2, UNTIL + days(2), UNTIL + days(365))], UNTIL)
    assert (status.state, status.until) == (EXPIRING, UNTIL)


def test_an_agreement_that_was_ended_does_not_lengthen_a_row():
    never = one(2, UNTIL + days(1), UNTIL + days(365), ended=UNTIL + days(1))
    assert agreement_status([one(), never], UNTIL).until == UNTIL


def test_the_last_agreement_of_a_row_says_when_to_remind():
    second = Agreement(2, 7, UNTIL + days(1), UNTIL + days(80), reminder_days=90)
    assert agreement_status([one(), second], UNTIL).state is EXPIRING
