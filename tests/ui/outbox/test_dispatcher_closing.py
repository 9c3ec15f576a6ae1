"""Closing the window while mails wait: what is sent at the last moment, what is left to the next start."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from laverma_desk.domain.message import Failure, MessageState
from laverma_desk.services.mails import outbox
from tests.support.report_desks import queue
from tests.support.smtp_server import Step


def test_closing_a_second_time_begins_nothing(server, dispatcher, desk, bohrer, clock):
    dispatcher.start()
    assert dispatcher.close()
    queue(desk, bohrer, clock)
    assert dispatcher.close()
    assert not outbox.list_messages(desk)[0].attempts


def test_one_that_never_began_sends_nothing_at_its_close(server, dispatcher, desk, bohrer, clock):
    queue(desk, bohrer, clock)
    assert dispatcher.close()
    assert server.connections == 0
    assert not outbox.list_messages(desk)[0].attempts


def test_closing_takes_back_what_is_behind_a_server_that_hangs(server, dispatcher, desk, bohrer, clock):
    server.hang(Step.RCPT)
    dispatcher.start()
    numbers = [queue(desk, bohrer, clock, delay=10).message_id for _ in range(2)]
    dispatcher.close(patience=0.3)
    dispatcher.close(patience=10)
    first, second = (
        next(one for one in outbox.list_messages(desk) if one.id == number) for number in numbers
    )
    assert first.last_attempt.failure is Failure.CANCELLED
    assert (second.state, second.attempts) == (MessageState.WAITING, ())


def test_a_desk_that_cannot_be_read_is_closed_all_the_same(server, dispatcher, desk):
    dispatcher.start()
    desk.database.close()
    desk.data.database.rename(desk.data.database.with_name("moved"))
    desk.data.database.mkdir()
    assert dispatcher.close()


def test_a_mail_sent_at_the_close_makes_nobody_read_afterwards(server, dispatcher, desk, bohrer, clock):
    dispatcher.start()
    queue(desk, bohrer, clock, delay=10)
    heard = []
    dispatcher._surroundings.bus.changed.connect(heard.append)
    assert dispatcher.close()
    assert dispatcher._surroundings.background.close()
    assert outbox.list_messages(desk)[0].state is MessageState.HANDED_OVER
    QApplication.processEvents()
    assert heard == []
