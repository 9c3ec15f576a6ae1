"""Single lines of the way of a mail that nothing else would miss: races, refusals, and what is tried when."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import Failure, MessageState
from laverma_desk.services.mails import delivery, outbox, queueing, resend
from laverma_desk.services.mails.counting import count_open
from laverma_desk.services.setup import house, house_mail
from laverma_desk.storage import database
from laverma_desk.storage import outbox as stored
from tests.support.deliveries import deliver_due
from tests.support.desks import set_mail_account
from tests.support.report_desks import end_session, queue
from tests.support.smtp_server import Step


@pytest.fixture
def server(smtp_server, desk):
    started = smtp_server()
    set_mail_account(desk, started.port)
    return started


class Between:
    """A clock beside which something happens each time that somebody looks at it."""

    def __init__(self, clock, happen):
        self._clock, self._happen = clock, happen

    def now(self):
        self._happen()
        return self._clock.now()

    def uptime(self):
        return self._clock.uptime()


def state_of(desk, number, state):
    with desk.database.write() as connection:
        stored.update_message(connection, number, state=state.value)


def test_a_report_that_came_while_the_paper_was_made_has_no_twin(desk, bohrer, clock):
    set_mail_account(desk, 2525)
    number = end_session(desk, bohrer, clock)
    looks = []

    def other_press():
        looks.append(None)
        if len(looks) == 2:
            queueing.queue_report(desk, number)

    with pytest.raises(RuleBroken) as caught:
        queueing.queue_report(replace(desk, clock=Between(clock, other_press)), number)
    assert caught.value.code is Rule.REPORT_ALREADY_SENT
    assert (len(looks), count_open(desk)) == (2, 1)


def test_making_the_paper_takes_nothing_of_the_seconds_to_take_it_back(desk, bohrer, clock):
    set_mail_account(desk, 2525)
    number = end_session(desk, bohrer, clock)
    pressed = clock.now()
    slow = replace(desk, clock=Between(clock, lambda: clock.advance(seconds=4)))
    queued = queueing.queue_report(slow, number, delay=10).value
    assert queued.due_at == pressed + timedelta(seconds=4 + 4 + 10), "before and after the paper"


def test_another_address_is_tried_as_often_as_a_new_mail(server, desk, bohrer, clock):
    server.answer(Step.RCPT, "451 4.7.1 Greylisted")
    number = queue(desk, bohrer, clock).message_id
    for minutes in (1, 5, 10):
        delivery.send_message(desk, number)
        assert delivery.next_due_at(desk) == clock.now() + timedelta(minutes=minutes)
    outbox.readdress(desk, number, "empfang@zap-bohrer.example")
    delivery.send_message(desk, number)
    assert delivery.next_due_at(desk) == clock.now() + timedelta(minutes=1)


def test_what_is_discarded_is_not_discarded_again(desk, bohrer, clock):
    set_mail_account(desk, 2525)
    number = queue(desk, bohrer, clock).message_id
    assert outbox.discard(desk, number).value is MessageState.WAITING
    with pytest.raises(RuleBroken) as caught:
        outbox.discard(desk, number)
    assert caught.value.code is Rule.MESSAGE_NOT_WAITING


@pytest.mark.parametrize(
    ("step", "state"), [(None, MessageState.HANDED_OVER), (Step.END, MessageState.UNCLEAR)]
)
def test_a_house_that_wants_to_be_asked_is_asked_about_what_waits_alone(
    server, desk, bohrer, clock, step, state
):
    account = house.read_house(desk).mail
    house_mail.save_mail_account(desk, replace(account, collect_offline=False), None)
    if step is not None:
        server.drop(step)
    number = queue(desk, bohrer, clock).message_id
    assert delivery.send_message(desk, number).value.state is state


@pytest.mark.files("another program that holds the file")
def test_a_file_that_takes_no_note_keeps_the_text_from_the_wire(server, desk, bohrer, clock, monkeypatch):
    """Another program holds the file when the body shall go out: the mail waits, and goes the next time."""
    number = queue(desk, bohrer, clock).message_id
    monkeypatch.setattr(database, "BUSY_MILLISECONDS", 50)
    desk.database.close()
    other = sqlite3.connect(desk.database.file, isolation_level=None)

    def let_go():
        if other.in_transaction:
            other.execute("ROLLBACK")

    watched = replace(desk, clock=Between(clock, let_go))
    try:
        hold = partial(other.execute, "BEGIN IMMEDIATE")
        message = delivery.send_message(watched, number, begun=hold).value
    finally:
        other.close()
    assert (message.state, message.last_attempt.failure) == (MessageState.WAITING, Failure.TEMPORARY)
    assert server.mails == []
    clock.advance(minutes=1)
    assert [one.state for one in deliver_due(desk)] == [MessageState.HANDED_OVER]


@pytest.mark.parametrize("state", [MessageState.WAITING, MessageState.SENDING, MessageState.UNCLEAR])
@pytest.mark.parametrize("as_sent", [True, False])
def test_a_report_that_may_have_left_is_not_sent_again(desk, bohrer, clock, state, as_sent):
    set_mail_account(desk, 2525)
    sent = queue(desk, bohrer, clock)
    state_of(desk, sent.message_id, MessageState.HANDED_OVER)
    again = resend.send_again(desk, sent.session_id, "a@b.example", as_sent=True).value
    state_of(desk, again.message_id, state)
    with pytest.raises(RuleBroken) as caught:
        resend.send_again(desk, sent.session_id, "a@b.example", as_sent=as_sent)
    assert caught.value.code is Rule.REPORT_ALREADY_SENT
    assert len(resend.reports_of(desk, sent.session_id)) == 2
