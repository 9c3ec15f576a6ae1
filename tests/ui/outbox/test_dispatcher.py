from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import timedelta

from PySide6.QtNetwork import QNetworkInformation

from laverma_desk.domain.message import Failure, MessageState
from laverma_desk.services.changes import Topic
from laverma_desk.services.mails import delivery, outbox
from laverma_desk.storage import outbox as stored
from laverma_desk.storage import sending
from laverma_desk.ui.outbox.dispatcher import LONGEST_SLEEP, Dispatcher
from laverma_desk.ui.outbox.net_watch import NetWatch
from tests.support.desks import set_mail_account, take_net_away
from tests.support.report_desks import queue
from tests.support.smtp_server import Step


def state_of(desk, number):
    return next(one.state for one in outbox.list_messages(desk) if one.id == number)


def test_what_is_due_leaves_by_itself_and_is_announced(
    server, dispatcher, desk, bohrer, clock, surroundings, qtbot
):
    number = queue(desk, bohrer, clock).message_id
    news = []
    surroundings.bus.changed.connect(lambda topics: news.append((topics, state_of(desk, number))))
    with qtbot.waitSignal(dispatcher.handed_over) as sent:
        dispatcher.start()
    assert sent.args[0].id == number
    assert len(server.mails) == 1
    assert (frozenset({Topic.OUTBOX}), MessageState.HANDED_OVER) in news
    assert not dispatcher._timer.isActive()


def test_it_sleeps_exactly_until_the_seconds_to_take_back_are_over(server, dispatcher, desk, bohrer, clock):
    queue(desk, bohrer, clock, delay=10)
    dispatcher.start()
    assert dispatcher._timer.isActive()
    assert dispatcher._timer.interval() == 10_001
    assert server.connections == 0


def test_a_new_mail_wakes_it_when_its_time_comes(
    server, dispatcher, desk, bohrer, clock, surroundings, qtbot
):
    dispatcher.start()
    assert not dispatcher._timer.isActive()
    queue(desk, bohrer, clock, delay=10)
    clock.advance(seconds=10)
    with qtbot.waitSignal(dispatcher.handed_over):
        surroundings.bus.announce(Topic.OUTBOX)


def test_while_a_mail_waits_for_long_it_looks_up_once_a_minute(dispatcher, desk, bohrer, clock):
    take_net_away(desk)
    number = queue(desk, bohrer, clock).message_id
    delivery.send_message(desk, number)
    delivery.send_message(desk, number)
    assert delivery.next_due_at(desk) - clock.now() == timedelta(minutes=5)
    dispatcher.start()
    assert dispatcher._timer.interval() == LONGEST_SLEEP


def test_several_go_one_after_the_other(server, dispatcher, desk, bohrer, clock, qtbot):
    numbers = [queue(desk, bohrer, clock).message_id for _ in range(3)]
    sent = []
    dispatcher.handed_over.connect(lambda message: sent.append(message.id))
    dispatcher.start()
    qtbot.waitUntil(lambda: len(sent) == 3)
    assert sent == numbers


def test_without_a_net_it_says_since_when_and_again_when_the_net_is_back(
    smtp_server, dispatcher, desk, bohrer, clock, qtbot
):
    server = smtp_server()
    take_net_away(desk)
    number = queue(desk, bohrer, clock).message_id
    heard = []
    dispatcher.offline_changed.connect(heard.append)
    with qtbot.waitSignal(dispatcher.failed):
        dispatcher.start()
    since = clock.now()
    assert heard == [since]
    clock.advance(minutes=1)
    with qtbot.waitSignal(dispatcher.failed):
        dispatcher.check_now()
    assert dispatcher.offline_since == since
    set_mail_account(desk, server.port)
    with qtbot.waitSignals([dispatcher.offline_changed, dispatcher.handed_over]):
        dispatcher.check_now()
    assert dispatcher.offline_since is None
    assert state_of(desk, number) is MessageState.HANDED_OVER


def test_when_nothing_waits_any_more_the_missing_net_is_nobodys_business(
    dispatcher, desk, bohrer, clock, surroundings, qtbot
):
    take_net_away(desk)
    number = queue(desk, bohrer, clock).message_id
    with qtbot.waitSignal(dispatcher.failed):
        dispatcher.start()
    with qtbot.waitSignal(dispatcher.offline_changed) as changed:
        surroundings.bus.publish(outbox.discard(desk, number))
    assert changed.args == [None]


def test_a_refused_mail_is_told_and_only_sent_when_somebody_wants_it(
    server, dispatcher, desk, bohrer, clock, qtbot
):
    server.answer(Step.RCPT, "550 5.1.1 User unknown", times=1)
    number = queue(desk, bohrer, clock).message_id
    with qtbot.waitSignal(dispatcher.failed) as failed:
        dispatcher.start()
    assert failed.args[0].last_attempt.failure is Failure.RECIPIENT_REFUSED
    assert not dispatcher._timer.isActive()
    with qtbot.waitSignal(dispatcher.handed_over):
        dispatcher.send_now(number, force=True)
    assert len(server.mails) == 1


def test_pressing_send_now_twice_sends_once(server, dispatcher, desk, bohrer, clock, qtbot):
    number = queue(desk, bohrer, clock, delay=10).message_id
    dispatcher.start()
    with qtbot.waitSignal(dispatcher.handed_over):
        dispatcher.send_now(number)
        dispatcher.send_now(number)
    qtbot.waitUntil(lambda: dispatcher._running is None)
    assert len(server.mails) == 1


def test_what_the_last_run_left_halfway_is_sorted_at_the_start(dispatcher, desk, bohrer, clock):
    take_net_away(desk)
    number = queue(desk, bohrer, clock).message_id
    with desk.database.write() as connection:
        sending.claim(connection, number, [MessageState.WAITING])
        stored.update_message(connection, number, data_started=True)
    dispatcher.start()
    assert state_of(desk, number) is MessageState.UNCLEAR
    assert not dispatcher._timer.isActive()


def test_closing_calls_off_an_attempt_that_waits_for_the_server(
    server, dispatcher, desk, bohrer, clock, qtbot
):
    server.hang(Step.RCPT)
    number = queue(desk, bohrer, clock).message_id
    dispatcher.start()
    qtbot.waitUntil(lambda: any(command.startswith("RCPT") for command in server.commands))
    assert dispatcher.close()
    message = outbox.list_messages(desk)[0]
    assert (message.state, message.last_attempt.failure) == (MessageState.WAITING, Failure.CANCELLED)
    assert message.id == number


def test_closing_sends_what_only_waits_for_its_seconds(server, dispatcher, desk, bohrer, clock):
    dispatcher.start()
    number = queue(desk, bohrer, clock, delay=10).message_id
    assert dispatcher.close()
    assert state_of(desk, number) is MessageState.HANDED_OVER
    assert len(server.mails) == 1


def test_closing_does_not_try_again_what_waits_after_an_attempt(
    server, dispatcher, desk, bohrer, clock, qtbot
):
    server.answer(Step.RCPT, "450 4.2.0 Greylisted")
    queue(desk, bohrer, clock)
    with qtbot.waitSignal(dispatcher.failed):
        dispatcher.start()
    calls = server.connections
    assert dispatcher.close()
    assert server.connections == calls
    assert outbox.list_messages(desk)[0].state is MessageState.WAITING


def test_closing_waits_for_no_server_that_hangs(server, dispatcher, desk, bohrer, clock):
    server.hang(Step.RCPT)
    dispatcher.start()
    queue(desk, bohrer, clock, delay=10)
    assert dispatcher.close(patience=0.5)
    message = outbox.list_messages(desk)[0]
    assert (message.state, message.last_attempt.failure) == (MessageState.WAITING, Failure.CANCELLED)


def test_after_the_text_closing_leaves_the_mail_to_the_next_start(
    server, dispatcher, desk, bohrer, clock, qtbot
):
    text_came, go_on = threading.Event(), threading.Event()

    async def think_long(session):
        text_came.set()
        await asyncio.to_thread(go_on.wait)
        session.cut()

    server.act(Step.END, think_long)
    number = queue(desk, bohrer, clock).message_id
    dispatcher.start()
    qtbot.waitUntil(text_came.is_set)
    assert not dispatcher.close(patience=0.1)
    assert delivery.recover_deliveries(desk).value == 1
    assert state_of(desk, number) is MessageState.UNCLEAR
    go_on.set()
    assert dispatcher.close(patience=10)
    assert state_of(desk, number) is MessageState.UNCLEAR
    assert server.mails == []


def test_a_demo_never_opens_a_line(server, desk, bohrer, clock, surroundings, owner):
    sample = replace(surroundings, desk=replace(desk, demo=True))
    dispatcher = Dispatcher(sample, owner)
    number = queue(desk, bohrer, clock).message_id
    dispatcher.start()
    dispatcher.send_now(number, force=True)
    dispatcher.check_now()
    assert dispatcher.demo
    assert dispatcher._running is None
    assert not dispatcher._timer.isActive()
    assert server.connections == 0


def test_the_net_that_is_back_sends_at_once(smtp_server, dispatcher, desk, bohrer, clock, qtbot):
    take_net_away(desk)
    queue(desk, bohrer, clock)
    with qtbot.waitSignal(dispatcher.failed):
        dispatcher.start()
    set_mail_account(desk, smtp_server().port)
    watch = dispatcher.findChild(NetWatch)
    with qtbot.assertNotEmitted(dispatcher.handed_over, wait=50):
        watch._on_source_reachability_changed(QNetworkInformation.Reachability.Local)
    with qtbot.waitSignal(dispatcher.handed_over):
        watch._on_source_reachability_changed(QNetworkInformation.Reachability.Online)
