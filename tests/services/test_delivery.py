from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.mail_account import Security
from laverma_desk.domain.message import Failure, MessageState
from laverma_desk.services.mails import delivery, outbox
from laverma_desk.services.mails.attempting import try_account
from laverma_desk.services.setup import house, house_mail
from laverma_desk.storage import outbox as stored
from laverma_desk.storage import sending, stored_documents
from tests.support.deliveries import deliver_due
from tests.support.desks import set_mail_account, take_net_away
from tests.support.report_desks import queue
from tests.support.smtp_server import Step

LOGIN = ("bericht@laverma.example", "Schlüssel§4711")


@pytest.fixture
def server(smtp_server, desk):
    started = smtp_server()
    set_mail_account(desk, started.port)
    return started


def stored_bytes(desk, number):
    with desk.database.read() as connection:
        content_id, _attachment = stored.documents_of(connection, number)
        return stored_documents.read(connection, content_id).content


def listed(desk, number):
    return next(one for one in outbox.list_messages(desk) if one.id == number)


def test_the_server_gets_exactly_the_stored_bytes(server, desk, bohrer, clock):
    number = queue(desk, bohrer, clock).message_id
    message = delivery.send_message(desk, number).value
    (mail,) = server.wait_for(1)
    assert mail.content == stored_bytes(desk, number)
    assert message.sha256 == hashlib.sha256(mail.content).hexdigest()
    assert mail.recipients == ("rezeption@zap-bohrer.example",)
    assert message.state is MessageState.HANDED_OVER
    assert message.last_attempt.answer == "250 2.0.0 Ok: queued as 4XyZ"
    assert message.last_attempt.failure is None


def test_the_customer_reads_umlauts_in_subject_text_and_file_name(server, desk, bohrer, clock):
    with desk.database.write() as connection:
        connection.exec_driver_sql("UPDATE customer SET name = 'Zahnärzte Weiß & Söhne'")
    number = queue(desk, bohrer, clock).message_id
    delivery.send_message(desk, number)
    letter = server.wait_for(1)[0].message
    attached = next(letter.iter_attachments())
    assert letter["Subject"] == "Bericht zur Fernwartung vom 01.03.2022, PC Rezeption"
    assert "Erläuterung der Neuerungen" in letter.get_body().get_content()
    assert attached.get_filename() == "Bericht_2022-03-01_Zahnärzte-Weiß-Söhne.pdf"
    assert attached.get_content() == outbox.attachment_bytes(desk, number)


def test_a_copy_for_the_house_goes_along_unseen(server, desk, bohrer, clock):
    account = house.read_house(desk).mail
    house_mail.save_mail_account(desk, replace(account, copy_to_self=True), None)
    delivery.send_message(desk, queue(desk, bohrer, clock).message_id)
    (mail,) = server.wait_for(1)
    assert mail.recipients == ("rezeption@zap-bohrer.example", "bericht@laverma.example")
    assert mail.message["Bcc"] is None


REFUSALS = [
    (Step.RCPT, "550 5.1.1 User unknown", Failure.RECIPIENT_REFUSED),
    (Step.MAIL, "550 5.7.1 Sender rejected", Failure.SENDER_REFUSED),
    (Step.END, "554 5.7.1 Spam", Failure.CONTENT_REFUSED),
]


@pytest.mark.parametrize(("step", "words", "failure"), REFUSALS)
def test_a_refused_mail_waits_for_a_change(server, desk, bohrer, clock, step, words, failure):
    server.answer(step, words)
    number = queue(desk, bohrer, clock).message_id
    message = delivery.send_message(desk, number).value
    assert (message.state, message.last_attempt.failure) == (MessageState.FAILED, failure)
    assert message.last_attempt.answer == words
    clock.advance(days=2)
    assert delivery.due_messages(desk) == []
    with pytest.raises(RuleBroken):
        delivery.send_message(desk, number)
    server.behave()
    assert delivery.send_message(desk, number, force=True).value.state is MessageState.HANDED_OVER


def test_after_a_refused_address_the_new_one_gets_the_report(server, desk, bohrer, clock):
    server.answer(Step.RCPT, "550 5.1.1 User unknown", only="rezeption@")
    number = queue(desk, bohrer, clock).message_id
    delivery.send_message(desk, number)
    outbox.readdress(desk, number, "empfang@zap-bohrer.example")
    (message,) = deliver_due(desk)
    (mail,) = server.wait_for(1)
    assert mail.recipients == ("empfang@zap-bohrer.example",)
    assert mail.message["To"] == "empfang@zap-bohrer.example"
    assert [one.failure for one in message.attempts] == [Failure.RECIPIENT_REFUSED, None]


def test_a_wrong_password_stops_until_it_is_mended(smtp_server, certificates, desk, bohrer, clock):
    server = smtp_server(Security.STARTTLS, login=LOGIN)
    desk = replace(desk, trust=certificates.client_context())
    set_mail_account(desk, server.port, user=LOGIN[0], password="falsch", security=Security.STARTTLS)
    number = queue(desk, bohrer, clock).message_id
    message = delivery.send_message(desk, number).value
    assert (message.state, message.last_attempt.failure) == (MessageState.FAILED, Failure.LOGIN_REFUSED)
    assert message.last_attempt.answer.startswith("535")
    assert "falsch" not in message.last_attempt.answer
    set_mail_account(desk, server.port, user=LOGIN[0], password=LOGIN[1], security=Security.STARTTLS)
    assert delivery.send_message(desk, number, force=True).value.state is MessageState.HANDED_OVER
    assert server.mails[0].encrypted


@pytest.mark.files("a desk that shares its outbox leaves such mails to the others")
def test_a_missing_password_is_said_before_anybody_is_called(smtp_server, desk, bohrer, clock):
    server = smtp_server(login=LOGIN)
    set_mail_account(desk, server.port, user=LOGIN[0])
    message = delivery.send_message(desk, queue(desk, bohrer, clock).message_id).value
    assert (message.state, message.last_attempt.failure) == (MessageState.FAILED, Failure.PASSWORD_MISSING)
    assert server.connections == 0


@pytest.mark.parametrize("words", ["421 4.3.2 Service not available", "451 4.7.1 Greylisted"])
def test_it_is_tried_again_after_1_5_10_and_30_minutes(server, desk, bohrer, clock, words):
    server.answer(Step.RCPT, words, hang_up=words.startswith("421"))
    number = queue(desk, bohrer, clock).message_id
    for minutes in (1, 5, 10, 30, 30):
        message = delivery.send_message(desk, number).value
        assert (message.state, message.last_attempt.failure) == (MessageState.WAITING, Failure.TEMPORARY)
        assert message.last_attempt.answer == words
        assert delivery.next_due_at(desk) == clock.now() + timedelta(minutes=minutes)
        clock.advance(minutes=minutes, seconds=-1)
        assert delivery.due_messages(desk) == []
        clock.advance(seconds=1)
        assert delivery.due_messages(desk) == [number]
    server.behave()
    (sent,) = deliver_due(desk)
    assert sent.state is MessageState.HANDED_OVER
    assert delivery.next_due_at(desk) is None


def test_without_a_net_it_waits_and_hurries_when_the_net_is_back(smtp_server, desk, bohrer, clock):
    server = smtp_server()
    take_net_away(desk)
    number = queue(desk, bohrer, clock).message_id
    message = delivery.send_message(desk, number).value
    assert (message.state, message.last_attempt.failure) == (MessageState.WAITING, Failure.NO_NETWORK)
    fresh = queue(desk, bohrer, clock, delay=10).message_id
    set_mail_account(desk, server.port)
    clock.advance(seconds=-800)
    assert delivery.hurry(desk).value == 1
    assert delivery.due_messages(desk) == [number]
    clock.advance(seconds=810)
    assert delivery.due_messages(desk) == [number, fresh]


def test_a_house_that_wants_to_be_asked_keeps_it_as_failed(desk, bohrer, clock):
    take_net_away(desk)
    account = house.read_house(desk).mail
    house_mail.save_mail_account(desk, replace(account, collect_offline=False), None)
    number = queue(desk, bohrer, clock).message_id
    message = delivery.send_message(desk, number).value
    assert (message.state, message.last_attempt.failure) == (MessageState.FAILED, Failure.NO_NETWORK)
    assert delivery.next_due_at(desk) is None


@pytest.mark.parametrize("step", [Step.CONNECT, Step.RCPT])
def test_a_server_that_hangs_costs_the_timeout_and_no_mail(server, desk, bohrer, clock, step):
    server.hang(step)
    number = queue(desk, bohrer, clock).message_id
    message = delivery.send_message(desk, number, timeout=0.3).value
    assert (message.state, message.last_attempt.failure) == (MessageState.WAITING, Failure.NO_ANSWER)


@pytest.mark.parametrize("step", [Step.EHLO, Step.DATA])
def test_a_line_that_drops_before_the_last_dot_is_tried_again(server, desk, bohrer, clock, step):
    server.drop(step, times=1)
    number = queue(desk, bohrer, clock).message_id
    message = delivery.send_message(desk, number).value
    assert (message.state, message.last_attempt.failure) == (MessageState.WAITING, Failure.NO_ANSWER)
    assert delivery.send_message(desk, number).value.state is MessageState.HANDED_OVER
    assert len(server.mails) == 1


def test_a_line_that_drops_after_the_last_dot_is_never_sent_again_by_itself(server, desk, bohrer, clock):
    server.drop(Step.END)
    number = queue(desk, bohrer, clock).message_id
    message = delivery.send_message(desk, number).value
    assert (message.state, message.last_attempt.failure) == (MessageState.UNCLEAR, Failure.BROKEN_AFTER_DATA)
    clock.advance(days=3)
    assert deliver_due(desk) == []
    assert delivery.hurry(desk).value == 0
    delivery.recover_deliveries(desk)
    assert listed(desk, number).state is MessageState.UNCLEAR
    with pytest.raises(RuleBroken):
        delivery.send_message(desk, number)
    server.behave()
    assert delivery.send_message(desk, number, force=True).value.state is MessageState.HANDED_OVER


def test_two_senders_at_once_send_one_mail(server, desk, bohrer, clock):
    number = queue(desk, bohrer, clock).message_id
    held, go_on = threading.Event(), threading.Event()

    def wait_for_the_other():
        held.set()
        assert go_on.wait(10)

    first = threading.Thread(
        target=lambda: delivery.send_message(desk, number, begun=wait_for_the_other), name="first sender"
    )
    first.start()
    assert held.wait(10)
    with pytest.raises(RuleBroken) as refused:
        delivery.send_message(desk, number, force=True)
    assert deliver_due(desk) == []
    go_on.set()
    first.join()
    assert refused.value.code is Rule.MESSAGE_NOT_WAITING
    assert listed(desk, number).state is MessageState.HANDED_OVER
    assert len(server.mails) == 1


def test_called_off_before_the_text_it_waits(server, desk, bohrer, clock):
    number = queue(desk, bohrer, clock).message_id
    message = delivery.send_message(desk, number, cancelled=lambda: True).value
    assert (message.state, message.last_attempt.failure) == (MessageState.WAITING, Failure.CANCELLED)
    assert not server.mails


@pytest.mark.parametrize(
    ("data_started", "state", "unclear"), [(True, MessageState.UNCLEAR, 1), (False, MessageState.WAITING, 0)]
)
def test_after_a_crash_only_what_may_have_left_is_unclear(desk, bohrer, clock, data_started, state, unclear):
    take_net_away(desk)
    number = queue(desk, bohrer, clock).message_id
    with desk.database.write() as connection:
        assert sending.claim(connection, number, [MessageState.WAITING])
        stored.update_message(connection, number, data_started=data_started)
    assert delivery.due_messages(desk) == []
    assert delivery.recover_deliveries(desk).value == unclear
    message = listed(desk, number)
    assert message.state is state
    assert [one.failure for one in message.attempts] == [Failure.INTERRUPTED] * unclear
    assert delivery.due_messages(desk) == ([] if data_started else [number])


def test_the_note_that_the_text_goes_out_is_on_the_disk_before_the_answer(server, desk, bohrer, clock):
    number = queue(desk, bohrer, clock).message_id
    seen = []

    async def look(session):
        with desk.database.read() as connection:
            seen.append((listed(desk, number).state, sending.started_data(connection, number)))
        await session.push("250 2.0.0 Ok")

    server.act(Step.END, look)
    delivery.send_message(desk, number)
    assert seen == [(MessageState.SENDING, True)]


def test_a_demo_sends_nothing(server, desk, bohrer, clock):
    sample = replace(desk, demo=True)
    number = queue(sample, bohrer, clock).message_id
    assert delivery.due_messages(sample) == []
    assert deliver_due(sample) == []
    with pytest.raises(RuleBroken):
        delivery.send_message(sample, number, force=True)
    assert server.connections == 0
    assert listed(sample, number).state is MessageState.WAITING


def test_a_clock_set_back_does_not_hold_a_mail_for_hours(server, desk, bohrer, clock):
    queue(desk, bohrer, clock, delay=10)
    clock.set_wall(clock.now() - timedelta(hours=3))
    (message,) = deliver_due(desk)
    assert message.state is MessageState.HANDED_OVER


def test_testing_the_account_sends_nothing(smtp_server, desk):
    server = smtp_server(login=LOGIN)
    account = server.account(user=LOGIN[0])
    assert try_account(desk, account, None).failure is Failure.PASSWORD_MISSING
    assert try_account(desk, account, "falsch").failure is Failure.LOGIN_REFUSED
    assert try_account(desk, account, LOGIN[1]).failure is None
    assert not server.mails
