"""No agreement, no session: the gate, and the way past it that leaves a trace."""

from __future__ import annotations

from datetime import date

import pytest

from laverma_desk.domain.agreement import AgreementState
from laverma_desk.domain.errors import Rule
from laverma_desk.domain.support_session import (
    AgreementException,
    SessionState,
)
from laverma_desk.services.calls import timekeeping
from laverma_desk.storage import agreements
from laverma_desk.storage.session_history import Change
from tests.support.desks import add_customer
from tests.support.session_steps import broken, machine_of, read, start

RUNNING, PAUSED, ENDED = SessionState.RUNNING, SessionState.PAUSED, SessionState.ENDED


@pytest.fixture
def without(desk) -> int:
    """The machine of a practice without an agreement."""
    return machine_of(desk, add_customer(desk, "3", "Praxis ohne AVV", "PC", has_agreement=False))


def test_no_agreement_no_session(desk, without):
    found = broken(Rule.AGREEMENT_MISSING, timekeeping.start_session, desk, without)
    assert found.parameters == {"state": AgreementState.MISSING, "until": None}


@pytest.mark.parametrize(
    ("until", "state"),
    [
        (date(2022, 2, 28), AgreementState.EXPIRED),
        (date(2022, 3, 1), None),
        (date(2022, 4, 30), None),
        (date(2022, 12, 31), None),
        (None, None),
    ],
)
def test_the_agreement_counts_on_the_day_of_the_start(desk, until, state):
    place = machine_of(desk, add_customer(desk, "3", "Praxis", "PC", agreement_until=until))
    if state is None:
        assert timekeeping.start_session(desk, place).value.exception is None
    else:
        found = broken(Rule.AGREEMENT_MISSING, timekeeping.start_session, desk, place)
        assert found.parameters == {"state": state, "until": until}


def test_an_exception_stays_on_the_session_and_in_its_history(desk, without, clock):
    begun = timekeeping.start_session(
        desk, without, exception_reason="  Kartenleser tot  ", exception_by=" Chef "
    ).value
    assert begun.exception == AgreementException("Kartenleser tot", "Chef", clock.now())
    assert timekeeping.session_history(desk, begun.id) == [
        Change(clock.now(), "Chef", "exception", "", "", "Kartenleser tot")
    ]
    timekeeping.end_session(desk, begun.id)
    assert read(desk, begun.id).exception == begun.exception


@pytest.mark.parametrize(
    ("reason", "by", "rule", "field"),
    [
        ("", "Chef", Rule.EXCEPTION_WITHOUT_REASON, "reason"),
        (" \n", "Chef", Rule.EXCEPTION_WITHOUT_REASON, "reason"),
        ("Notfall", "", Rule.EXCEPTION_WITHOUT_NAME, "decided_by"),
        ("Notfall", "  ", Rule.EXCEPTION_WITHOUT_NAME, "decided_by"),
    ],
)
def test_an_exception_needs_reason_and_name(desk, without, reason, by, rule, field):
    found = broken(rule, timekeeping.start_session, desk, without, exception_reason=reason, exception_by=by)
    assert found.field == field


def test_one_exception_is_for_one_session(desk, without):
    timekeeping.start_session(desk, without, exception_reason="Notfall", exception_by="Chef")
    broken(Rule.AGREEMENT_MISSING, timekeeping.start_session, desk, without)


def test_a_cancelled_agreement_has_no_exception(desk, bohrer):
    with desk.database.write() as connection:
        (agreement,) = agreements.agreements_of(connection, bohrer.customer_id)
        agreements.end_agreement(connection, agreement.id, date(2022, 3, 1))
    broken(Rule.AGREEMENT_MISSING, timekeeping.start_session, desk, bohrer.reception)
    broken(
        Rule.EXCEPTION_NOT_ALLOWED, timekeeping.start_session, desk, bohrer.reception,
        exception_reason="Notfall", exception_by="Chef",
    )  # fmt: skip


def test_a_reason_that_was_not_needed_is_not_kept(desk, bohrer):
    begun = timekeeping.start_session(desk, bohrer.reception, exception_reason="x", exception_by="y").value
    assert begun.exception is None
    assert timekeeping.session_history(desk, begun.id) == []


def test_an_agreement_that_expires_meanwhile_stops_nothing(desk, clock):
    place = machine_of(desk, add_customer(desk, "3", "Praxis", "PC", agreement_until=date(2022, 3, 1)))
    number = start(desk, place)
    clock.advance(days=1)
    timekeeping.pause_session(desk, number)
    timekeeping.resume_session(desk, number)
    timekeeping.end_session(desk, number)
    timekeeping.reopen_session(desk, number)
    ended = timekeeping.end_session(desk, number).value
    assert (ended.exception, ended.charge.seconds) == (None, 86_400)
    broken(Rule.AGREEMENT_MISSING, timekeeping.start_session, desk, place)
