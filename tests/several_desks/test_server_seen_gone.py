"""A server that is gone is noticed where nobody asks it anything, and a door that is shut counts as away."""

from __future__ import annotations

import threading

import pytest

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.support_session import SessionState
from laverma_desk.services import alone, news, server_news
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.services.server_login import log_in_again
from laverma_desk.services.setup import house
from laverma_desk.storage.presence import LISTENS
from tests.support.fake_clock import FakeClock
from tests.support.locked_servers import LOCK, killed_in_a_call
from tests.support.servers import shared_server
from tests.support.wired_desks import wired_desk

PATIENCE = 30


class Ear:
    """Hears what a window is told of the server, and listens to the other desks as a window does."""

    def __init__(self, desk):
        self.away, self.back, self.heard = threading.Event(), threading.Event(), threading.Event()
        self.told = []
        self._end = server_news.listen(desk, self._hear)
        self.listening = news.listen(desk, self._changed, self.heard.set)

    def _hear(self, one):
        self.told.append(one)
        (self.away if one.away else self.back).set()

    def _changed(self, _topic: Topic):
        self.heard.set()

    def settle(self, other):
        """Wait until it listens."""
        while not self.heard.is_set():
            house.save_supporter(other, "Ben Brandt", "b@laverma.example", known=None)
            self.heard.wait(0.2)
        self.heard.clear()

    def close(self):
        self._end()
        self.listening.close()
        assert self.listening.join(PATIENCE)


@pytest.fixture
def wired(tmp_path):
    with wired_desk(tmp_path, FakeClock()) as wired:
        yield wired


@pytest.fixture
def ear(wired):
    made = Ear(wired.here)
    made.settle(wired.there)
    yield made
    made.close()


def test_an_idle_desk_notices_that_the_server_is_gone_and_that_it_is_back(ear, wired):
    wired.cut()
    assert ear.away.wait(PATIENCE)
    assert server_news.obstacle(wired.here).code is Trouble.SERVER_AWAY
    wired.wire.mend()
    assert ear.back.wait(PATIENCE)
    assert ear.heard.wait(PATIENCE)  # And it listens again.
    assert server_news.obstacle(wired.here) is None


def test_one_connection_that_ends_is_no_server_that_is_gone(ear, wired):
    listening = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
    shared_server().say(f"{listening}'{LISTENS}'")
    assert ear.heard.wait(PATIENCE)
    assert alone.settle(wired.here, PATIENCE)
    assert ear.told == []


def test_a_call_goes_on_behind_a_shut_door_until_the_password_is_known(tmp_path):
    with killed_in_a_call(tmp_path) as locked:
        desk = locked.open()
        shut = threading.Event()

        def hear(_news):
            found = server_news.obstacle(desk)
            if found is not None and found.code is Trouble.SERVER_LOGIN:
                shut.set()

        end = server_news.listen(desk, hear)
        assert [one.id for one in timekeeping.strip_sessions(desk)] == [locked.session_id]
        locked.wire.mend()
        assert shut.wait(PATIENCE)
        end()
        # All goes on as without a server.
        locked.clock.advance(minutes=5)
        timekeeping.pause_session(desk, locked.session_id)
        assert [one.state for one in timekeeping.strip_sessions(desk)] == [SessionState.PAUSED]
        with pytest.raises(OutsideTrouble) as refused:
            house.save_supporter(desk, "Ben Brandt", "b@laverma.example", known=None)
        assert refused.value.code is Trouble.SERVER_AWAY
        with pytest.raises(OutsideTrouble) as wrong:
            log_in_again(desk, "falsch")
        assert wrong.value.code is Trouble.SERVER_LOGIN
        assert alone.is_alone(desk)
        log_in_again(desk, LOCK)
        assert alone.settle(desk, PATIENCE)
        assert timekeeping.read_session(desk, locked.session_id).state is SessionState.PAUSED
        desk.close()
