"""The window's part of an outbox that several desks share: it says who sends, and misses nothing."""

from __future__ import annotations

import pytest

from laverma_desk.domain.errors import Rule
from laverma_desk.domain.message import MessageState
from laverma_desk.services.changes import Topic
from laverma_desk.services.mails import delivery, outbox
from laverma_desk.services.setup import house, house_mail
from laverma_desk.ui.outbox.controller import OutboxController
from laverma_desk.ui.outbox.dispatcher import Dispatcher
from laverma_desk.ui.outbox.sending_notice import SendingNotice
from laverma_desk.ui.widgets.notice_bar import NoticeBar
from tests.support import rooms
from tests.support.desks import set_mail_account
from tests.support.report_desks import queue
from tests.support.servers import shared_server
from tests.support.smtp_server import Step

owner, surroundings = rooms.owner, rooms.surroundings
USER, WORDS = "bericht@laverma.example", "Schlüssel§4711"


@pytest.fixture
def server(smtp_server, desk):
    started = smtp_server(login=(USER, WORDS))
    set_mail_account(desk, started.port, user=USER)
    return started


@pytest.fixture
def dispatcher(surroundings, owner, dressed):
    made = Dispatcher(surroundings, owner)
    yield made
    made.close()


@pytest.fixture
def bar(qtbot, dressed):
    made = NoticeBar()
    qtbot.addWidget(made)
    made.resize(900, 32)
    return made


@pytest.fixture
def notice(surroundings, dispatcher, bar, owner):
    made = SendingNotice(surroundings, dispatcher, bar, owner)
    yield made
    made._timer.stop()


def state_of(desk, number):
    return outbox.read_message(desk, number).state


def test_a_desk_without_the_password_says_so_once_and_rests(server, dispatcher, desk, bohrer, clock, qtbot):
    number = queue(desk, bohrer, clock).message_id
    with qtbot.waitSignal(dispatcher.left_to_others) as told:
        dispatcher.start()
    assert told.args[0].code is Rule.MAIL_PASSWORD_ELSEWHERE
    qtbot.waitUntil(lambda: dispatcher._running is None)
    assert dispatcher.leaves_it
    assert state_of(desk, number) is MessageState.WAITING
    assert server.connections == 0


def test_with_the_password_it_sends_what_waited(server, dispatcher, desk, bohrer, clock, surroundings, qtbot):
    number = queue(desk, bohrer, clock).message_id
    with qtbot.waitSignal(dispatcher.left_to_others):
        dispatcher.start()
    qtbot.waitUntil(lambda: dispatcher._running is None)
    with qtbot.waitSignal(dispatcher.handed_over):
        done = house_mail.save_mail_account(desk, house.read_house(desk).mail, WORDS)
        surroundings.bus.publish(done)
    assert state_of(desk, number) is MessageState.HANDED_OVER


def test_the_bar_says_that_another_desk_sends_the_report(
    server, dispatcher, notice, bar, desk, bohrer, clock, qtbot
):
    notice.follow(queue(desk, bohrer, clock, delay=10))
    clock.advance(seconds=10)
    with qtbot.waitSignal(dispatcher.left_to_others):
        dispatcher.start()
    assert bar.sentence().startswith("Dieser Tisch hat kein Passwort für bericht@laverma.example")


def test_the_bar_tells_that_the_other_desk_has_sent_it(
    server, dispatcher, notice, bar, desk, bohrer, clock, surroundings, neighbour
):
    queued = queue(desk, bohrer, clock, delay=10)
    notice.follow(queued)
    clock.advance(seconds=10)
    other = neighbour()
    other.secrets.write(f"{USER}@127.0.0.1:{server.port}", WORDS)
    assert delivery.send_message(other, queued.message_id).value.state is MessageState.HANDED_OVER
    surroundings.bus.announce(Topic.OUTBOX)
    assert bar.sentence().startswith("Bericht gesendet um")


def test_the_outbox_names_the_password_as_the_way_out(
    server, dispatcher, desk, bohrer, clock, surroundings, owner, qtbot
):
    page = OutboxController(surroundings, dispatcher, owner)
    qtbot.addWidget(page.panel)
    queue(desk, bohrer, clock)
    with qtbot.waitSignal(dispatcher.left_to_others):
        dispatcher.start()
    page.activate()
    page._on_message_chosen(outbox.list_messages(desk)[0].id)
    wanted = []
    page.settings_wanted.connect(wanted.append)
    page._on_remedy_wanted()
    assert wanted == ["mail/password"]


def test_what_came_of_an_attempt_is_written_when_the_server_is_back(
    smtp_server, dispatcher, desk, bohrer, clock, qtbot
):
    server = smtp_server()
    set_mail_account(desk, server.port)
    number = queue(desk, bohrer, clock).message_id
    name = desk.database.address.database

    async def lose_the_desk(session):
        shared_server().say(
            f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false',
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",  # noqa: S608
        )
        await session.push("250 2.0.0 Ok")

    server.act(Step.END, lose_the_desk)
    dispatcher.start()
    qtbot.waitUntil(lambda: dispatcher._unwritten is not None)
    shared_server().say(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    qtbot.waitUntil(lambda: not desk.database.watchman.away)

    def written():
        dispatcher._on_timer_timeout()
        return dispatcher._unwritten is None

    qtbot.waitUntil(written)
    assert state_of(desk, number) is MessageState.HANDED_OVER
