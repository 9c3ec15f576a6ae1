"""What another desk changes is heard within a second, one's own is not, and a loss is made good."""

from __future__ import annotations

import queue
import threading
import time

import psycopg
import pytest

from laverma_desk.domain.customer import Channel
from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.services import news
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.services.setup import house
from laverma_desk.storage.presence import LISTENS
from tests.support import logins as people
from tests.support.engines import FILE
from tests.support.servers import shared_server

logins, klaus, anna = people.logins, people.klaus, people.anna
SECOND = 1.0


class Ear:
    """Hears what one desk is told."""

    def __init__(self, desk):
        self.told = queue.Queue()
        self.back = threading.Event()
        self.listening = news.listen(desk, self.told.put, self.back.set)

    def next(self, seconds=SECOND):
        return self.told.get(timeout=seconds)

    def settle(self, other):
        """Wait until it listens: what another one says is heard then, and nothing is left of it."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            house.save_supporter(other, "Ben Brandt", "b@laverma.example", known=None)
            try:
                assert self.next(0.2) is Topic.HOUSE
            except queue.Empty:
                continue
            while True:
                try:
                    self.next(0.2)
                except queue.Empty:
                    return


def send_away():
    """Let the server end all connections that listen."""
    listening = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
    shared_server().say(f"{listening}'{LISTENS}'")


@pytest.fixture
def ear(klaus, anna, bohrer):
    made = Ear(klaus)
    made.settle(anna)
    yield made
    made.listening.close()
    assert made.listening.join(30)


def test_what_another_desk_writes_is_heard_within_a_second(ear, anna, bohrer):
    session = timekeeping.start_session(anna, bohrer.reception).value
    assert ear.next() is Topic.SESSIONS
    call_sheet.save_order(anna, session.id, "Frau Lorenz", Channel.PHONE)
    assert ear.next() is Topic.SESSIONS


def test_a_keyring_that_is_shut_for_a_while_ends_nothing(ear, klaus, anna, bohrer, monkeypatch):
    asked = threading.Event()

    def shut():
        if threading.current_thread() is ear.listening._thread:
            asked.set()
        raise OutsideTrouble(Trouble.KEYRING_REFUSED)

    with monkeypatch.context() as refusing:
        refusing.setattr(klaus.database, "password", shut)
        send_away()
        assert asked.wait(30)
    assert ear.back.wait(30)
    timekeeping.start_session(anna, bohrer.reception)
    assert ear.next() is Topic.SESSIONS


def test_a_desk_does_not_hear_itself(ear, klaus, anna, bohrer):
    timekeeping.start_session(klaus, bohrer.reception)
    house.save_supporter(anna, "Anna Adler", "anna@praxis.example")
    assert ear.next() is Topic.HOUSE


def test_what_is_undone_is_not_told(ear, anna, bohrer):
    with anna.database.write() as connection:
        connection.exec_driver_sql("UPDATE customer SET city = 'X'")
        connection.rollback()
    house.save_supporter(anna, "Anna Adler", "anna@praxis.example")
    assert ear.next() is Topic.HOUSE


def test_a_topic_that_this_program_does_not_know_is_left_aside(ear, anna):
    shared_server().say("NOTIFY laverma_desk, 'weather'", database=anna.database.address.database)
    house.save_supporter(anna, "Anna Adler", "anna@praxis.example")
    assert ear.next() is Topic.HOUSE


def test_who_is_sent_away_listens_again_and_says_so(ear, anna):
    send_away()
    assert ear.back.wait(30)
    house.save_supporter(anna, "Anna Adler", "anna@praxis.example")
    assert ear.next() is Topic.HOUSE


def test_it_ends_at_once(klaus):
    made = Ear(klaus)
    begun = time.monotonic()
    made.listening.close()
    assert made.listening.join(30)
    assert time.monotonic() - begun < 2 * SECOND


def test_it_ends_at_once_while_it_waits_for_a_server_that_is_away(klaus, anna):
    made = Ear(klaus)
    made.settle(anna)
    # A database that is not there, in place of a server that is not.
    klaus.database.address = shared_server().address("no_such_desk", "klaus")
    send_away()
    made.listening.close()
    assert made.listening.join(30)
    assert not made.back.is_set()


def test_nothing_of_it_stays_at_the_server(klaus, anna):
    made = Ear(klaus)
    made.settle(anna)
    made.listening.close()
    assert made.listening.join(30)
    address = anna.database.address
    with psycopg.connect(
        host=address.host, port=address.port, user=address.user, dbname=address.database
    ) as one:
        asked = (
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE application_name = %s AND datname = current_database()"
        )
        until = time.monotonic() + 30
        while one.execute(asked, (LISTENS,)).fetchone() != (0,):
            assert time.monotonic() < until
            one.rollback()


@pytest.mark.parametrize("engine", [FILE], indirect=True)
def test_a_file_has_nobody_else_to_be_heard(desk):
    assert news.listen(desk, print, print) is None
