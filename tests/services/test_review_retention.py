"""The last day of what the law keeps: by the latest report, the bill it belongs to, the end of a contract."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from laverma_desk.domain.message import MessageState
from laverma_desk.domain.retention import ERASED, Holding, Law
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.mails import outbox, resend
from laverma_desk.services.privacy.erasure import erase, erase_due, preview_erasure, restricted
from laverma_desk.storage import agreements
from laverma_desk.storage import outbox as stored
from laverma_desk.storage.agreements import NewAgreement
from tests.support.desks import add_customer, set_mail_account
from tests.support.held_data import hold_session
from tests.support.report_desks import queue
from tests.support.session_steps import machine_of, mail

REASON = "Verlangen"


@pytest.fixture
def practice(desk, bohrer) -> int:
    """A practice without an agreement, so that only what a test adds is kept."""
    customer = add_customer(desk, "10050", "Praxis Weiß", "PC", has_agreement=True)
    with desk.database.read() as connection:
        (known,) = agreements.agreements_of(connection, customer)
    with desk.database.write() as connection:
        agreements.end_agreement(connection, known.id, date(2020, 1, 2))
    desk.clock.set_wall(datetime(2022, 3, 1, 9, tzinfo=UTC))
    with desk.database.write() as connection:
        agreements.add_agreement(
            connection, NewAgreement(customer, date(2022, 1, 1), date(2022, 6, 1)), desk.clock.now()
        )
    return customer


def _until(desk, customer):
    return {(one.holding, one.law): one.until for one in preview_erasure(desk, customer).kept}


def hand_over(desk, message):
    with desk.database.write() as connection:
        stored.update_message(connection, message, state=MessageState.HANDED_OVER.value)


def test_a_mail_about_what_is_billed_is_kept_as_long_as_the_bill(desk, practice):
    place = machine_of(desk, practice)
    hold_session(desk, place, "Router", billable=True, mail=MessageState.HANDED_OVER)
    hold_session(desk, place, "Monitor", billable=False, mail=MessageState.HANDED_OVER)
    kept = _until(desk, practice)
    assert kept[Holding.MAILS, Law.BOOKING] == date(2030, 12, 31)
    assert kept[Holding.MAILS, Law.LETTER] == date(2028, 12, 31)


def test_the_latest_report_counts(desk, practice):
    number = hold_session(
        desk, machine_of(desk, practice), "Router", billable=False, mail=MessageState.HANDED_OVER
    )
    desk.clock.set_wall(datetime(2023, 1, 10, tzinfo=UTC))
    mail(desk, number, MessageState.HANDED_OVER)
    assert _until(desk, practice)[Holding.REPORTED_SESSIONS, Law.LETTER] == date(2029, 12, 31)


def test_a_contract_that_was_ended_is_kept_from_its_last_day_on(desk, practice):
    assert _until(desk, practice)[Holding.AGREEMENTS, Law.LETTER] == date(2028, 12, 31)
    with desk.database.read() as connection:
        old, new = agreements.agreements_of(connection, practice)
    with desk.database.write() as connection:
        agreements.end_agreement(connection, new.id, date(2022, 1, 1))
    assert old.last_day == date(2020, 1, 1)
    assert _until(desk, practice)[Holding.AGREEMENTS, Law.LETTER] == date(2027, 12, 31)


def test_the_last_day_itself_still_counts(desk, practice):
    number = hold_session(desk, machine_of(desk, practice), "Router", billable=True)
    erase(desk, practice, "10050", REASON)
    for at, notes in (
        (datetime(2030, 12, 31, 22, 59, tzinfo=UTC), "Router"),
        (datetime(2030, 12, 31, 23, 0, tzinfo=UTC), ""),  # midnight in Berlin
    ):
        desk.clock.set_wall(at)
        erase_due(desk)
        assert timekeeping.read_session(desk, number).notes == notes
    assert restricted(desk) == []


def test_a_session_that_was_reported_stays_on_its_last_day(desk, practice):
    hold_session(desk, machine_of(desk, practice), "Router", billable=False, mail=MessageState.HANDED_OVER)
    for day, kept in ((date(2028, 12, 31), True), (date(2029, 1, 1), False)):
        desk.clock.set_wall(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
        assert ((Holding.REPORTED_SESSIONS, Law.LETTER) in _until(desk, practice)) is kept


def test_a_paper_that_a_later_mail_carries_too_goes_with_that_one(desk, bohrer, clock):
    set_mail_account(desk, 2525)
    first = queue(desk, bohrer, clock)
    hand_over(desk, first.message_id)
    paper = outbox.attachment_bytes(desk, first.message_id)
    clock.set_wall(datetime(2023, 2, 1, 12, tzinfo=UTC))
    again = resend.send_again(desk, first.session_id, "a@b.example", as_sent=True).value
    hand_over(desk, again.message_id)
    erase(desk, bohrer.customer_id, "10017", REASON)
    for year, left in ((2031, paper), (2032, b"")):
        clock.set_wall(datetime(year, 1, 1, 12, tzinfo=UTC))
        erase_due(desk)
        with desk.database.read() as connection:
            assert stored.find(connection, first.message_id).recipient == ERASED
        assert outbox.attachment_bytes(desk, again.message_id) == left
