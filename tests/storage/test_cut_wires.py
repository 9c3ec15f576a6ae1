"""A server that goes away, a wire that hangs, a commit whose answer never comes: with real ones."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import text

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.storage.postgresql.server import Server
from tests.support.cut_wire import CutWire
from tests.support.servers import RealServer

COMMIT = "COMMIT\0"
"""As the driver sends it; other questions have the word in them, too."""

LONGEST_SECONDS = 6.0
"""A pulled cable holds nobody longer: three seconds, and what a busy machine adds."""

pytestmark = pytest.mark.files("it is about a server alone")


@pytest.fixture(scope="module")
def real():
    server = RealServer()
    yield server
    server.remove()


@pytest.fixture
def wire(real):
    name = real.create()
    real.say("CREATE TABLE told (word text)", database=name)
    wire = CutWire(real.address(name, tcp=True))
    yield wire
    wire.close()
    real.drop(name)


@pytest.fixture
def server(wire):
    server = Server(wire.address, lambda: None)
    yield server
    server.close()


def say(server: Server, word: str, *, own_rows: bool = False) -> None:
    with server.write(own_rows=own_rows) as connection:
        connection.execute(text("INSERT INTO told VALUES (:word)"), {"word": word})


def told(server: Server) -> list[str]:
    with server.read() as connection:
        return sorted(connection.execute(text("SELECT word FROM told")).scalars())


def wait_until(true, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it does not become true"
        time.sleep(0.01)


def trouble_of(work) -> tuple[Trouble, float]:
    begun = time.monotonic()
    with pytest.raises(OutsideTrouble) as caught:
        work()
    return caught.value.code, time.monotonic() - begun


def test_a_server_that_was_restarted_is_not_noticed(real, server):
    say(server, "before")
    real.restart()
    say(server, "after")
    assert told(server) == ["after", "before"]


def test_once_away_nobody_waits(server, wire):
    say(server, "before")
    wire.cut()
    assert trouble_of(lambda: say(server, "lost"))[0] is Trouble.SERVER_AWAY
    for work in (lambda: say(server, "lost"), lambda: told(server)):
        code, seconds = trouble_of(work)
        assert code is Trouble.SERVER_AWAY
        assert seconds < 0.5
    assert server.away


def test_it_is_found_back_by_itself(server, wire):
    news = []
    server.watchman.listeners.append(news.append)
    say(server, "before")
    wire.cut()
    trouble_of(lambda: say(server, "lost"))
    wire.mend()
    wait_until(lambda: not server.away)
    say(server, "after")
    assert told(server) == ["after", "before"]
    assert [one.away for one in news] == [True, False]


def test_before_it_counts_as_back_the_way_is_free_for_who_looks_alone(server, wire):
    seen = []

    def bring():
        say(server, "brought")
        thread = threading.Thread(target=lambda: seen.append(trouble_of(lambda: say(server, "too early"))[0]))
        thread.start()
        thread.join()

    server.watchman.before_return.append(bring)
    say(server, "before")
    wire.cut()
    trouble_of(lambda: say(server, "lost"))
    wire.mend()
    wait_until(lambda: not server.away)
    assert told(server) == ["before", "brought"]
    assert seen == [Trouble.SERVER_AWAY]


def test_a_pulled_cable_holds_nobody_for_long(server, wire):
    say(server, "before")
    wire.freeze()
    code, seconds = trouble_of(lambda: say(server, "lost"))
    assert code is Trouble.SERVER_AWAY
    assert seconds < LONGEST_SECONDS
    code, seconds = trouble_of(lambda: told(server))
    assert seconds < 0.5
    wire.mend()
    wait_until(lambda: not server.away)
    assert told(server) == ["before"]


def test_one_wire_that_hangs_is_cut_while_others_are_whole(server, wire):
    """The server is there for new connections: only what was asked by the old one got lost."""
    say(server, "before")

    def hang_halfway():
        with server.write() as connection:
            wire.hang_those_there()
            connection.execute(text("INSERT INTO told VALUES ('lost')"))

    assert trouble_of(hang_halfway)[0] is Trouble.SERVER_AWAY
    wait_until(lambda: not server.away)
    say(server, "after")
    assert told(server) == ["after", "before"]


def test_a_server_that_works_for_long_is_let_work(server):
    begun = time.monotonic()
    with server.write() as connection:
        connection.execute(text("SELECT pg_sleep(4)"))
        connection.execute(text("INSERT INTO told VALUES ('slow')"))
    assert time.monotonic() - begun >= 4
    assert told(server) == ["slow"]


def test_somebody_who_waits_for_anothers_write_is_let_wait(server, wire):
    other = Server(wire.address, lambda: None)
    with server.write() as connection:
        connection.execute(text("INSERT INTO told VALUES ('first')"))
        thread = threading.Thread(target=say, args=(other, "second"))
        thread.start()
        time.sleep(2.5)
    thread.join()
    assert told(server) == ["first", "second"]
    assert not other.away
    other.close()


def test_a_commit_whose_answer_got_lost_is_asked_about_and_all_is_well(server, wire):
    say(server, "before")
    wire.lose_answer_to(COMMIT, refuse=False)
    say(server, "kept")
    assert wire.seen.is_set()
    assert told(server) == ["before", "kept"]
    assert not server.away


def test_a_commit_that_did_not_arrive_is_an_ordinary_loss(server, wire):
    say(server, "before")
    wire.lose(COMMIT)
    code, _seconds = trouble_of(lambda: say(server, "lost"))
    assert code is Trouble.SERVER_AWAY
    wait_until(lambda: not server.away)
    assert told(server) == ["before"]


def test_a_commit_that_nobody_can_be_asked_about_is_open_until_the_server_is_back(server, wire):
    news = []
    server.watchman.listeners.append(news.append)
    say(server, "before")
    wire.lose_answer_to(COMMIT, refuse=True)
    code, _seconds = trouble_of(lambda: say(server, "kept"))
    assert code is Trouble.SERVER_UNCERTAIN
    wire.mend()
    wait_until(lambda: not server.away)
    assert told(server) == ["before", "kept"]
    wait_until(lambda: news[-1].settled == (True,))


def test_a_lock_does_not_outlive_a_lost_wire(server, wire, real):
    """What the lost transaction held would make everybody else wait for a minute."""
    say(server, "before")
    wire.lose_answer_to(COMMIT, refuse=True, deliver=False)
    trouble_of(lambda: say(server, "lost"))
    wire.mend(keep_far=True)
    wait_until(lambda: not server.away)
    begun = time.monotonic()
    say(server, "after")
    assert time.monotonic() - begun < 2
    assert told(server) == ["after", "before"]


def test_a_refused_commit_is_no_lost_one(server, real, wire):
    real.say(
        "CREATE TABLE one (id int PRIMARY KEY)",
        "CREATE TABLE two (one int REFERENCES one DEFERRABLE INITIALLY DEFERRED)",
        database=wire.address.database,
    )
    with pytest.raises(Exception, match="two_one_fkey"), server.write() as connection:
        connection.execute(text("INSERT INTO two VALUES (7)"))
    assert not server.away
