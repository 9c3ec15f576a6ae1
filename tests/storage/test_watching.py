"""Who is told that the server is away is told so by a server that did not answer: never by a slow one."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from laverma_desk.storage.postgresql.commits import Commits
from laverma_desk.storage.postgresql.server import open_connection
from laverma_desk.storage.postgresql.watching import AT_WORK, Watch, Wire
from tests.support.cut_wire import CutWire
from tests.support.servers import shared_server

pytestmark = pytest.mark.files("it is about a server alone")

SECONDS = 30


@pytest.fixture
def wire():
    wire = CutWire(shared_server().address("postgres", tcp=True))
    yield wire
    wire.close()


@pytest.fixture
def connection(wire):
    with open_connection(wire.address, lambda: None, autocommit=True) as connection:
        yield connection


class Asked:
    """What `Watch` asks: it waits until `answered` is set, and finds what is said beforehand."""

    def __init__(self, found: str | None) -> None:
        self.found, self.calls = found, 0
        self.begun, self.answered = threading.Event(), threading.Event()

    def __call__(self, _backend: int) -> str | None:
        self.calls += 1
        self.begun.set()
        assert self.answered.wait(SECONDS)
        return self.found


@contextmanager
def watched(connection: Wire, asked: Asked, lost: threading.Event) -> Iterator[None]:
    watch = Watch(asked, lost.set)
    watch.begin(connection)
    try:
        yield
    finally:
        asked.answered.set()
        watch.end(connection)
        watch.close()


@contextmanager
def at_work(connection: Wire, *questions: str) -> Iterator[list[object]]:
    """Ask in a thread; what came of it is in the list."""
    came: list[object] = []

    def ask() -> None:
        try:
            came.extend(connection.execute(one).fetchone() for one in questions)
        except psycopg.Error as error:
            came.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    yield came
    thread.join(SECONDS)
    assert not thread.is_alive()


def wait_until(true) -> None:
    until = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_server_that_answers_while_nobody_can_ask_about_it_is_not_away(connection):
    """The next question is under way already: it is not the one that took so long."""
    asked, lost = Asked(None), threading.Event()
    with at_work(connection, "SELECT pg_sleep(1.5)", "SELECT pg_sleep(1), 7") as came:
        with watched(connection, asked, lost):
            assert asked.begun.wait(SECONDS)
            wait_until(lambda: len(came) == 1 and connection.asked > 1)
            asked.answered.set()
            wait_until(lambda: len(came) == 2)
        assert not lost.is_set()
    assert came[1] == ("", 7)


def test_one_that_answers_nobody_is_away(connection):
    asked, lost = Asked(None), threading.Event()
    asked.answered.set()
    with at_work(connection, "SELECT pg_sleep(20)") as came, watched(connection, asked, lost):
        assert lost.wait(10)
        wait_until(lambda: bool(came))
    assert isinstance(came[0], psycopg.OperationalError)


def test_a_process_that_seems_idle_is_cut_only_for_the_same_question(connection):
    asked, lost = Asked("idle since then"), threading.Event()
    asked.answered.set()
    questions = ("SELECT pg_sleep(1.2)", "SELECT pg_sleep(2), 7")
    with at_work(connection, *questions) as came, watched(connection, asked, lost):
        wait_until(lambda: len(came) == 2)
    assert came[1] == ("", 7)
    assert not lost.is_set()


def test_who_is_let_in_and_kept_waiting_has_found_the_server(wire):
    """A wire that froze in this moment is found by the next look: that lets nobody in."""

    def connect() -> Wire:
        connection = open_connection(wire.address, lambda: None, autocommit=True)
        wire.freeze()
        return connection

    commits = Commits(connect, "server")
    assert commits.look_after(1) == AT_WORK
    assert commits.look_after(1) is None
