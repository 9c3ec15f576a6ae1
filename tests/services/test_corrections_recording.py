"""A session that nobody stopped is written down afterwards, by its own rules, and marked as such."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from laverma_desk.domain.errors import Rule
from laverma_desk.domain.support_session import Origin, Segment, SessionState
from laverma_desk.domain.tariff import Tariff
from laverma_desk.services import corrections
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.services.corrections import LateReason, SessionEntry, Times, advise
from laverma_desk.services.setup import house
from tests.support.desks import add_customer
from tests.support.session_steps import broken, machine_of

BEGIN = datetime(2022, 2, 28, 8, 0, tzinfo=UTC)


@pytest.fixture
def entry(desk, bohrer) -> SessionEntry:
    supporter = house.read_house(desk).supporter
    return SessionEntry(
        bohrer.reception, supporter.id, BEGIN, BEGIN + timedelta(minutes=12, seconds=22), "Sabine Lorenz",
        partner_id="1234567890", notes="Drucker neu verbunden", internal_note="nicht gestoppt",
    )  # fmt: skip


def test_it_is_ended_numbered_charged_and_logged(desk, bohrer, clock, entry):
    result = corrections.record_session(desk, entry)
    found = result.value
    assert result.changed == {Topic.SESSIONS}
    assert (found.number, found.state, found.origin) == ("S-2022-0001", SessionState.ENDED, Origin.MANUAL)
    assert found.segments == (Segment(entry.begin, entry.end),)
    assert (found.charge.seconds, found.charge.billed_minutes, found.charge.net_cents) == (742, 13, 2925)
    assert (found.customer_name, found.workstation_name) == ("ZAP Dr. Bohrer", "PC Rezeption")
    assert (found.notes, found.internal_note) == (entry.notes, entry.internal_note)
    assert not found.report_open
    assert found.recipient == "rezeption@zap-bohrer.example"
    (line,) = timekeeping.session_history(desk, found.id)
    assert (line.at, line.who, line.field, line.new) == (clock.now(), "Klaus Klassen", "recorded", "manual")
    assert timekeeping.strip_sessions(desk) == []


def test_names_and_tariff_are_those_of_its_day_and_stay(desk, bohrer, entry):
    house.save_tariff(desk, Tariff(date(2022, 3, 1), price_cents=999))
    number = corrections.record_session(desk, entry).value.id
    house.save_supporter(desk, "Klaus Neu", "", known=entry.supporter_id)
    found = timekeeping.read_session(desk, number)
    assert (found.charge.price_cents, found.supporter_name) == (225, "Klaus Klassen")


def test_the_number_comes_from_the_year_of_the_session(desk, entry):
    last_year = replace(entry, begin=BEGIN - timedelta(days=100), end=BEGIN - timedelta(days=100, minutes=-5))
    numbers = [corrections.record_session(desk, one).value.number for one in (entry, last_year, entry)]
    assert numbers == ["S-2022-0001", "S-2021-0001", "S-2022-0002"]


@pytest.mark.parametrize(
    ("change", "rule", "field"),
    [
        (
            {"begin": BEGIN + timedelta(days=9), "end": BEGIN + timedelta(days=10)},
            Rule.START_IN_FUTURE,
            "begin",
        ),
        ({"end": BEGIN + timedelta(days=9)}, Rule.END_IN_FUTURE, "end"),
        ({"end": BEGIN}, Rule.END_BEFORE_START, "end"),
        ({"billable": False}, Rule.FREE_WITHOUT_REASON, "free_reason"),
        ({"billable": False, "free_reason_id": 999}, Rule.VALUE_NOT_IN_LIST, "free_reason"),
        ({"partner_id": "12"}, Rule.PARTNER_ID_INVALID, "partner_id"),
        ({"notes": "x" * 200_001}, Rule.TEXT_TOO_LONG, "notes"),
        ({"supporter_id": 999}, Rule.VALUE_NOT_IN_LIST, "supporter"),
        ({"workstation_id": 999}, Rule.WORKSTATION_UNKNOWN, None),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(desk, entry, change, rule, field):
    error = broken(rule, corrections.record_session, desk, replace(entry, **change))
    assert error.field == field


def test_what_no_file_can_hold_is_taken_off(desk, entry):
    found = corrections.record_session(desk, replace(entry, notes="a\0b\ud800", requested_by=" A  B ")).value
    assert (found.notes, found.requested_by) == ("ab?", "A B")


def test_a_free_one_keeps_its_reason_and_a_billed_one_has_none(desk, entry):
    reason = house.read_house(desk).free_reasons[0]
    free = corrections.record_session(desk, replace(entry, billable=False, free_reason_id=reason.id)).value
    billed = corrections.record_session(desk, replace(entry, free_reason_id=reason.id)).value
    assert (free.free_reason, billed.free_reason_id) == (reason.name, None)


def test_without_an_agreement_it_is_flagged_not_refused(desk, entry):
    place = machine_of(desk, add_customer(desk, "10002", "Praxis Dr. Weiß", "PC", has_agreement=False))
    found = corrections.record_session(desk, replace(entry, workstation_id=place)).value
    assert corrections.is_reason_owed(desk, found.id)
    told = LateReason(" Notfall,  Server stand ", "Jana Petersen")
    other = corrections.record_session(desk, replace(entry, workstation_id=place), told).value
    assert not corrections.is_reason_owed(desk, other.id)
    assert (other.exception.reason, other.exception.decided_by) == ("Notfall, Server stand", "Jana Petersen")
    broken(
        Rule.EXCEPTION_WITHOUT_NAME,
        corrections.record_session, desk, replace(entry, workstation_id=place), LateReason("x", " "),
    )  # fmt: skip


def test_a_reason_that_nobody_needs_is_not_kept(desk, entry):
    found = corrections.record_session(desk, entry, LateReason("x", "y")).value
    assert found.exception is None


def test_advice_says_how_long_how_much_and_what_is_owed(desk, bohrer, entry):
    advice = advise(desk, Times(entry.begin, entry.end, bohrer.reception, entry.supporter_id))
    assert (advice.seconds, advice.charge.net_cents, advice.too_long) == (742, 2925, False)
    assert advice.agreement.allows_session
    assert not advice.owes_reason
    place = machine_of(desk, add_customer(desk, "10002", "Praxis Dr. Weiß", "PC", has_agreement=False))
    long = Times(entry.end - timedelta(hours=24, seconds=1), entry.end, place, entry.supporter_id)
    assert (advise(desk, long).too_long, advise(desk, long).owes_reason) == (True, True)
    assert advise(desk, Times(entry.begin, entry.end)).charge.net_cents == 2925


def test_advice_names_what_the_supporter_did_meanwhile(desk, bohrer, entry):
    one = corrections.record_session(desk, entry).value
    times = Times(entry.begin, entry.end, bohrer.reception, entry.supporter_id)
    assert [found.id for found in advise(desk, times).overlaps] == [one.id]
    assert advise(desk, times, correcting=one.id).overlaps == ()
    assert advise(desk, replace(times, supporter_id=None)).overlaps == ()
    assert corrections.record_session(desk, entry).value.number == "S-2022-0002"  # pointed out, never refused


def test_no_clock_goes_on_where_none_ran(desk, entry):
    number = corrections.record_session(desk, entry).value.id
    broken(Rule.SESSION_RECORDED, timekeeping.reopen_session, desk, number)
    assert timekeeping.read_session(desk, number).state is SessionState.ENDED
