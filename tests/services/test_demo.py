"""The sample data are believable: every state is there, the house's rules hold, and nothing is ever sent."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from laverma_desk.domain.agreement import AgreementState, agreement_status
from laverma_desk.domain.clock import local, local_day
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice_register import InvoiceTab
from laverma_desk.domain.message import Failure, MessageState
from laverma_desk.domain.money import charge
from laverma_desk.domain.support_session import SessionState
from laverma_desk.paths import DataDir
from laverma_desk.services import upkeep
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.demo import fill_demo
from laverma_desk.services.demo.calls import DAYS_BACK
from laverma_desk.services.demo.earlier import EARLY_CUSTOMERS
from laverma_desk.services.desk import open_desk
from laverma_desk.services.invoicing import register
from laverma_desk.services.mails import delivery, outbox, reporting
from laverma_desk.services.mails.counting import count_open
from laverma_desk.services.reconciling.overview import overview
from laverma_desk.services.setup import house, house_mail
from laverma_desk.storage import agreements, customers, sessions
from laverma_desk.storage.setting_changes import every_setting_change
from tests.support.deliveries import deliver_due
from tests.support.desks import memory_secrets
from tests.support.ended_sessions import ended_sessions
from tests.support.fake_clock import FakeClock

pytestmark = pytest.mark.files("the demonstration is always a file")

MOMENTS = {
    "morning": datetime(2022, 3, 1, 9, 22, tzinfo=UTC),
    "the Monday after the change to summer time": datetime(2026, 3, 30, 6, 0, tzinfo=UTC),
    "a night at the turn of the year": datetime(2026, 1, 1, 23, 30, tzinfo=UTC),
    "a Sunday": datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
}


def _filled(folder, clock):
    desk = open_desk(DataDir(folder), clock, memory_secrets(), demo=True)
    fill_demo(desk)
    return desk


@pytest.fixture(scope="module", params=MOMENTS.values(), ids=MOMENTS)
def demo(tmp_path_factory, request):
    """A desk of sample data at different moments, to be looked at only."""
    opened = _filled(tmp_path_factory.mktemp("demo"), FakeClock(request.param))
    yield opened
    opened.close()


@pytest.fixture
def own_demo(tmp_path, clock):
    """A desk of sample data that a test may change."""
    opened = _filled(tmp_path / "own", clock)
    yield opened
    opened.close()


def _calls(desk):
    with desk.database.read() as connection:
        return sessions.latest(connection, 1000)


def _ended(desk):
    with desk.database.read() as connection:
        return ended_sessions(connection)


def test_what_was_set_up_stands_in_the_log(demo) -> None:
    with demo.database.read() as connection:
        lines = list(every_setting_change(connection))
    assert {"company", "mail", "supporters"} <= {one.what.section for one in lines}
    assert {one.who for one in lines} == {"laverma-desk", "Klaus Klassen"}


def test_the_house_is_set_up_and_complete(demo) -> None:
    found = house.read_house(demo)
    assert found.set_up
    assert found.company.name
    assert found.mail.complete
    assert found.supporter is not None
    assert found.snippets
    assert found.free_reasons
    assert len(found.tariffs) == 1


def test_the_desk_is_whole(demo) -> None:
    health = upkeep.check_desk(demo)
    assert health.sound, health
    assert health.holdings.sessions > 50
    assert health.holdings.mails > 0


def test_one_call_runs_and_one_is_paused(demo) -> None:
    now = demo.clock.now()
    strip = timekeeping.strip_sessions(demo)
    assert sorted(one.state.value for one in strip) == ["paused", "running"]
    for one in strip:
        assert one.begin < now
        assert one.notes
        assert one.tariff is None
        assert one.charge is None
        assert one.open_gap is None
    running = next(one for one in strip if one.state is SessionState.RUNNING)
    assert running.end is None
    assert now - running.begin == timedelta(seconds=742)


def test_the_running_call_can_be_ended_and_reported(own_demo) -> None:
    running = next(one for one in timekeeping.strip_sessions(own_demo) if one.state is SessionState.RUNNING)
    ended = timekeeping.end_session(own_demo, running.id).value
    assert ended.charge is not None
    assert (ended.charge.billed_minutes, ended.charge.net_cents) == (13, 2925)
    prepared = reporting.prepare_report(own_demo, running.id)
    assert prepared.pdf.startswith(b"%PDF")
    assert prepared.recipient.endswith(".example")


def test_past_calls_keep_the_rules_of_time_and_money(demo) -> None:
    now = demo.clock.now()
    ended = _ended(demo)
    assert len({one.number for one in ended}) == len(ended) > 50
    for one in ended:
        assert one.end is not None
        assert one.begin < one.end <= now
        assert local(one.begin).weekday() < 5 or one.exception is not None
        assert one.number.startswith(f"S-{local(one.begin).year}-")
        assert one.notes
        assert one.customer_name
        assert one.workstation_name
        assert one.supporter_name
        assert one.tariff is not None
        assert one.charge == charge(one.charge.seconds, one.tariff)
        assert one.billable or one.free_reason


def test_no_call_without_agreement_but_the_one_with_its_reason(demo) -> None:
    exceptions = []
    for one in _calls(demo):
        with demo.database.read() as connection:
            status = agreement_status(
                agreements.agreements_of(connection, one.customer_id), local_day(one.begin)
            )
        if one.exception is not None:
            exceptions.append(one)
            assert one.exception.reason
            assert one.exception.decided_by
        else:
            assert status.allows_session, (one.number, status)
    assert len(exceptions) == 1


def test_every_state_of_an_agreement_is_there(demo) -> None:
    today = local_day(demo.clock.now())
    with demo.database.read() as connection:
        states = Counter(
            agreement_status(agreements.agreements_of(connection, one.id), today).state
            for one in customers.every_customer(connection)
        )
    assert states[AgreementState.VALID] >= 1
    assert states[AgreementState.EXPIRING] >= 1
    assert states[AgreementState.MISSING] + states[AgreementState.EXPIRED] + states[AgreementState.ENDED] >= 1


def test_the_outbox_shows_every_state_that_can_stay(demo) -> None:
    mails = outbox.list_messages(demo)
    states = Counter(one.state for one in mails)
    assert states[MessageState.HANDED_OVER] >= 1
    assert states[MessageState.FAILED] >= 2
    assert states[MessageState.UNCLEAR] == 1
    assert states[MessageState.WAITING] == 1
    assert states[MessageState.SENDING] == 0
    assert count_open(demo) == len(mails) - states[MessageState.HANDED_OVER]
    last = {one.attempts[-1].failure for one in mails}
    assert {None, Failure.RECIPIENT_REFUSED, Failure.LOGIN_REFUSED, Failure.BROKEN_AFTER_DATA} <= last


def test_every_address_is_reserved_for_examples(demo) -> None:
    found = house.read_house(demo)
    addresses = [one.recipient for one in outbox.list_messages(demo)]
    addresses += [found.company.email, found.mail.sender, *(one.email for one in found.supporters)]
    with demo.database.read() as connection:
        addresses += [one.email_report for one in customers.every_customer(connection) if one.email_report]
    assert addresses
    assert all(address.endswith(".example") for address in addresses), addresses
    assert found.mail.host.endswith(".example")


def test_nothing_is_ever_sent(own_demo, clock, smtp_server) -> None:
    server = smtp_server()
    house_mail.save_mail_account(own_demo, server.account(), None)
    before = [(one.id, one.state) for one in outbox.list_messages(own_demo)]
    assert MessageState.WAITING in dict(before).values()
    delivery.hurry(own_demo)
    clock.advance(hours=3)
    assert delivery.due_messages(own_demo) == []
    assert deliver_due(own_demo) == []
    for number, _state in before:
        with pytest.raises(RuleBroken) as broken:
            delivery.send_message(own_demo, number, force=True)
        assert broken.value.code is Rule.MESSAGE_NOT_WAITING
    assert [(one.id, one.state) for one in outbox.list_messages(own_demo)] == before
    assert server.connections == 0


def test_the_same_moment_gives_the_same_data(own_demo, tmp_path) -> None:
    again = _filled(tmp_path / "again", FakeClock())
    try:
        told = [
            [(one.number, one.begin, one.customer_name, one.notes) for one in _calls(desk)]
            for desk in (own_demo, again)
        ]
    finally:
        again.close()
    assert told[0] == told[1]


def test_a_log_of_teamviewer_is_held_against_the_calls(demo) -> None:
    shown = overview(demo)
    assert shown.reading is not None
    assert shown.reading.file_name == "Connections.txt"
    assert (shown.reading.lines, shown.reading.unreadable) == (28, 0)
    assert (shown.matched.sessions, shown.matched.connections) == (24, 25)
    (restarted,) = shown.matched.joined
    assert (restarted.joined, restarted.restart[1] - restarted.restart[0]) == (2, timedelta(minutes=3))
    assert len(shown.open) == 3
    assert sorted(one.place is None for one in shown.open) == [False, False, True]
    assert sum(one.near is not None for one in shown.open) == 1
    assert len(shown.without_connection) == 1


def test_a_year_of_figures_is_there_and_what_is_old_is_billed_and_paid(demo) -> None:
    today = local_day(demo.clock.now())
    counted = {(one.begin.year, one.begin.month) for one in _ended(demo)}
    agreed = today - timedelta(days=344)
    months = {(day.year, day.month) for day in (agreed + timedelta(days=back) for back in range(340))}
    assert len(months - counted) <= 1  # A month that has hardly begun.
    old = [one for one in _ended(demo) if local(one.begin).date() < today - timedelta(days=DAYS_BACK)]
    assert len(old) > 200
    assert all(one.invoice_number for one in old if one.billable)
    paid = register.invoices(demo, InvoiceTab.PAID)
    early = [one for one in paid if one.issued_on == today - timedelta(days=DAYS_BACK)]
    assert {one.customer_name for one in early} == {one.customer_name for one in old}
    assert len(early) == len(EARLY_CUSTOMERS)
