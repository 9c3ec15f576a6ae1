"""Corrections around midnight, failed mails with the old words, a reason for a session that runs again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from laverma_desk.domain.errors import Rule
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.tariff import Tariff
from laverma_desk.services import corrections
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.corrections import SessionEntry, entry_of
from laverma_desk.services.setup import house
from laverma_desk.storage import sessions
from tests.support.desks import add_customer
from tests.support.report_desks import end_session
from tests.support.session_steps import broken, machine_of, mail, read, state_of


def _recorded(desk, place, begin):
    supporter = house.read_house(desk).supporter.id
    entry = SessionEntry(place, supporter, begin, begin + timedelta(minutes=10), notes="Router")
    return corrections.record_session(desk, entry).value


def test_the_tariff_stays_within_a_day_of_the_house_and_changes_at_its_midnight(desk, bohrer):
    # Half past midnight in Berlin, whose midnight is 23:00 UTC.
    found = _recorded(desk, bohrer.reception, datetime(2022, 2, 14, 23, 30, tzinfo=UTC))
    house.save_tariff(desk, Tariff(date(2020, 1, 1), price_cents=999))
    later = replace(entry_of(found), begin=datetime(2022, 2, 15, 0, 30, tzinfo=UTC))
    later = replace(later, end=later.begin + timedelta(minutes=10))
    same_day = corrections.correct_session(desk, found.id, later, "Eine Stunde später").value
    assert same_day.charge.price_cents == found.charge.price_cents
    earlier = replace(entry_of(same_day), begin=datetime(2022, 2, 14, 22, 50, tzinfo=UTC))
    day_before = corrections.correct_session(desk, found.id, earlier, "Es war am Tag davor").value
    assert day_before.charge.price_cents == 999


def test_a_refused_report_with_the_old_words_is_withdrawn_too(desk, bohrer, clock):
    number = end_session(desk, bohrer, clock)
    timekeeping.close_report(desk, number)
    failed = mail(desk, number, MessageState.FAILED)
    entry = replace(entry_of(read(desk, number)), notes="Anders")
    assert corrections.correct_session(desk, number, entry, "Tippfehler").value.report_open
    assert state_of(desk, failed) is MessageState.DISCARDED


def test_a_reason_is_given_when_the_session_is_over(desk, clock):
    place = machine_of(desk, add_customer(desk, "10002", "Praxis Weiß", "PC", has_agreement=False))
    late = _recorded(desk, place, clock.now() - timedelta(hours=1))
    with desk.database.write() as connection:
        sessions.update_session(connection, late.id, state="paused", **sessions.THAWED)
    broken(Rule.SESSION_NOT_ENDED, corrections.give_reason, desk, late.id, "Notfall", "Jana")
    assert read(desk, late.id).exception is None
