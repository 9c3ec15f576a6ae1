"""Several desks share an outbox: each mail leaves once, whoever sends it, and whoever dies."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import Failure, MessageState
from laverma_desk.services.mails import delivery, outbox, queueing
from laverma_desk.services.setup import house
from laverma_desk.storage import outbox as stored
from laverma_desk.storage import sending
from tests.support.desks import set_mail_account
from tests.support.report_desks import queue
from tests.support.servers import shared_server
from tests.support.smtp_server import Step

ROOT = Path(__file__).parents[2]
DESKS, EACH = 4, 100
WORDS = "Schlüssel§4711"


@pytest.fixture
def server(smtp_server, desk):
    started = smtp_server()
    set_mail_account(desk, started.port)
    return started


@pytest.fixture
def senders(desk, tmp_path):
    """Start desks as processes of their own: `senders(4)`."""
    begun = []

    def start(count):
        for number in range(count):
            command = [sys.executable, "-m", "tests.support.mail_sender", desk.database.address.url]
            begun.append(
                subprocess.Popen([*command, str(tmp_path / f"sender {number}")], cwd=ROOT, text=True,
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            )  # fmt: skip
        for one in begun:
            assert one.stdout.readline() == "ready\n"
        for one in begun:
            one.stdin.write("go\n")
            one.stdin.flush()
        return begun

    yield start
    for one in begun:
        if one.poll() is None:
            one.kill()
        one.wait()
        one.stdin.close()
        one.stdout.close()


def states(desk):
    return Counter(one.state for one in outbox.list_messages(desk))


def state_of(desk, number):
    return outbox.read_message(desk, number).state


def ended(processes):
    for one in processes:
        assert one.wait(120) == 0
    return [one.stdout.read().splitlines() for one in processes]


def test_four_desks_send_each_of_four_hundred_mails_once(server, desk, senders):
    recipients = [f"{number}@praxis.example" for number in range(DESKS * EACH)]
    for one in recipients:
        queueing.queue_guide(desk, one, "ZAP Dr. Bohrer")
    told = ended(senders(DESKS))
    arrived = Counter(mail.recipients[0] for mail in server.mails)
    assert arrived == Counter(recipients)
    assert sum(len(lines) for lines in told) == len(recipients)
    assert all(lines for lines in told), "one desk alone has sent everything"
    with desk.database.read() as connection:
        assert stored.count_in(connection, [MessageState.HANDED_OVER]) == len(recipients)


def test_a_mail_whose_desk_dies_before_the_text_is_sent_by_another_one(server, desk, senders, qtbot):
    server.hang(Step.RCPT)
    queueing.queue_guide(desk, "a@praxis.example", "ZAP Dr. Bohrer")
    (first,) = senders(1)
    qtbot.waitUntil(lambda: any(one.startswith("RCPT") for one in server.commands))
    assert delivery.recover_deliveries(desk).value == 0
    assert states(desk) == {MessageState.SENDING: 1}, "its desk lives and sends"
    first.send_signal(signal.SIGKILL)
    first.wait()
    server.behave()

    def taken_up():
        delivery.recover_deliveries(desk)
        return states(desk) == {MessageState.WAITING: 1}

    qtbot.waitUntil(taken_up)
    (number,) = delivery.due_messages(desk)
    assert delivery.send_message(desk, number).value.state is MessageState.HANDED_OVER
    assert len(server.mails) == 1


def test_a_mail_whose_desk_dies_in_the_text_is_unclear_and_asks(server, desk, senders, qtbot):
    server.hang(Step.END)
    queueing.queue_guide(desk, "a@praxis.example", "ZAP Dr. Bohrer")
    (first,) = senders(1)
    number = outbox.list_messages(desk)[0].id

    def text_came():
        with desk.database.read() as connection:
            return sending.started_data(connection, number)

    qtbot.waitUntil(text_came)
    first.send_signal(signal.SIGKILL)
    first.wait()
    server.behave()
    qtbot.waitUntil(lambda: delivery.recover_deliveries(desk).value == 1)
    message = outbox.read_message(desk, number)
    assert (message.state, message.last_attempt.failure) == (MessageState.UNCLEAR, Failure.INTERRUPTED)
    assert delivery.due_messages(desk) == []


def test_killed_in_the_middle_the_others_send_the_rest(server, desk, senders, qtbot):
    recipients = [f"{number}@praxis.example" for number in range(60)]
    for one in recipients:
        queueing.queue_guide(desk, one, "ZAP Dr. Bohrer")
    processes = senders(3)
    qtbot.waitUntil(lambda: len(server.mails) >= 10)
    processes[0].send_signal(signal.SIGKILL)
    processes[0].wait()
    ended(processes[1:])
    arrived = Counter(mail.recipients[0] for mail in server.mails)
    assert set(arrived.values()) == {1}
    found = states(desk)
    assert found[MessageState.UNCLEAR] <= 1
    assert found[MessageState.HANDED_OVER] + found[MessageState.UNCLEAR] == len(recipients)
    assert len(arrived) >= found[MessageState.HANDED_OVER]


def test_a_desk_without_the_password_leaves_the_mail_to_one_that_has_it(
    smtp_server, desk, bohrer, clock, neighbour
):
    server = smtp_server(login=("bericht@laverma.example", WORDS))
    set_mail_account(desk, server.port, user="bericht@laverma.example", password=WORDS)
    number = queue(desk, bohrer, clock).message_id
    other = neighbour()
    with pytest.raises(RuleBroken) as refused:
        delivery.send_message(other, number)
    assert refused.value.code is Rule.MAIL_PASSWORD_ELSEWHERE
    message = outbox.read_message(desk, number)
    assert (message.state, message.attempts, server.connections) == (MessageState.WAITING, (), 0)
    assert delivery.send_message(desk, number).value.state is MessageState.HANDED_OVER


def test_an_attempt_that_lost_its_mail_puts_no_text_onto_the_wire(server, desk, bohrer, clock, neighbour):
    """The server went away and came back while a desk spoke with the mail server; another one took over."""
    number = queue(desk, bohrer, clock).message_id
    other = neighbour()

    def take_over():
        with other.database.write() as connection:
            stored.update_message(connection, number, state=MessageState.WAITING.value)
            assert sending.claim(connection, number, [MessageState.WAITING], "the other one's")

    with pytest.raises(RuleBroken) as refused:
        delivery.send_message(desk, number, begun=take_over)
    assert refused.value.code is Rule.MESSAGE_NOT_WAITING
    assert server.mails == []
    assert state_of(desk, number) is MessageState.SENDING
    assert delivery.recover_deliveries(desk).value == 0
    assert delivery.send_message(other, number).value.state is MessageState.HANDED_OVER


def test_who_sent_knows_better_than_who_took_the_mail_for_stranded(server, desk, bohrer, clock, neighbour):
    number = queue(desk, bohrer, clock).message_id
    other = neighbour()

    async def strand(session):
        with other.database.write() as connection:
            stored.update_message(connection, number, state=MessageState.UNCLEAR.value)
        await session.push("250 2.0.0 Ok")

    server.act(Step.END, strand)
    assert delivery.send_message(desk, number).value.state is MessageState.HANDED_OVER


def test_each_desk_sends_its_own_mails_first(server, desk, bohrer, clock):
    number = queue(desk, bohrer, clock).message_id
    assert delivery.due_messages(desk) == [number]
    anna = house.save_supporter(desk, "Anna Albers", "anna@laverma.example").value
    house.choose_supporter(desk, anna)
    assert delivery.due_messages(desk) == []
    assert delivery.untried_messages(desk) == [], "closing a window sends nobody else's report"
    assert delivery.next_due_at(desk) == clock.now() + delivery.OWN_FIRST
    clock.advance(seconds=delivery.OWN_FIRST / timedelta(seconds=1))
    assert delivery.due_messages(desk) == [number]


def test_what_could_not_be_written_of_an_attempt_is_written_later(server, desk, bohrer, clock, qtbot):
    number = queue(desk, bohrer, clock).message_id
    name = desk.database.address.database

    async def lose_the_desk(session):
        shared_server().say(
            f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false',
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",  # noqa: S608
        )
        await session.push("250 2.0.0 Ok")

    server.act(Step.END, lose_the_desk)
    with pytest.raises(delivery.OutcomeUnwritten) as unwritten:
        delivery.send_message(desk, number)
    shared_server().say(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    qtbot.waitUntil(lambda: not desk.database.watchman.away)
    assert state_of(desk, number) is MessageState.SENDING
    assert delivery.recover_deliveries(desk).value == 1
    assert unwritten.value.settle().value.state is MessageState.HANDED_OVER
    assert len(unwritten.value.settle().value.attempts) == 2, "taken for broken off, and what came of it"
    assert state_of(desk, number) is MessageState.HANDED_OVER


def test_a_mail_that_is_taken_at_this_moment_is_passed_over(desk, bohrer, clock, neighbour):
    set_mail_account(desk, 2525)
    first, second = (queue(desk, bohrer, clock).message_id for _ in range(2))
    other = neighbour()
    with other.database.write(own_rows=True) as theirs:
        assert sending.claim(theirs, first, [MessageState.WAITING], "theirs")
        with desk.database.write(own_rows=True) as mine:
            assert not sending.claim(mine, first, [MessageState.WAITING], "mine")
            assert sending.claim(mine, second, [MessageState.WAITING], "mine")
