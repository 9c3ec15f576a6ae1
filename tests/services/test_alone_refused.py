"""A server that refuses a session, as without the right to calls: it waits on, and all else goes on."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest

from laverma_desk.domain.rights import Right
from laverma_desk.domain.support_session import SessionState
from laverma_desk.paths import DataDir
from laverma_desk.services import alone
from laverma_desk.services.calls import call_sheet, timekeeping, vigilance
from laverma_desk.services.customers import callers
from laverma_desk.services.server_news import listen
from laverma_desk.services.server_people import change_rights
from laverma_desk.services.shared_desk import open_shared_desk
from tests.support.cut_wire import CutWire
from tests.support.desks import add_bohrer, lay_out, memory_secrets
from tests.support.prepared_servers import PreparedServer
from tests.support.servers import shared_server
from tests.support.wired_desks import wired_desk

pytestmark = pytest.mark.files("it is about a server alone")

PATIENCE_SECONDS = 60
NAME = "Klaus Kern"


@pytest.fixture
def server(tmp_path):
    prepared = PreparedServer(tmp_path, lay_out)
    prepared.add(NAME, "klaus", Right.CALLS, Right.BILLING)
    yield prepared
    prepared.close()


@pytest.fixture
def klaus(server, tmp_path):
    """The desk of a technician behind a wire, with a call that runs since a minute."""
    bohrer = add_bohrer(server.desk())
    wire = CutWire(shared_server().address(server.name, server.login("klaus"), tcp=True))
    desk = open_shared_desk(DataDir(tmp_path / "klaus"), wire.address, server.clock, memory_secrets())
    number = timekeeping.start_session(desk, bohrer.reception).value.id
    server.clock.advance(minutes=1)
    yield SimpleNamespace(desk=desk, wire=wire, number=number)
    desk.close()
    wire.close()


def allow(server, *rights):
    change_rights(server.desk(), NAME, rights)


def bring_back(desk, wire):
    """Bring the server back, and wait until it counts as back and nobody looks for it any more."""
    heard = threading.Event()
    end = listen(desk, lambda news: news.away or heard.set())
    wire.mend()
    assert heard.wait(PATIENCE_SECONDS)
    end()
    nobody_looks()


def nobody_looks():
    """Wait until whoever looks for a server has come to an end."""
    for thread in threading.enumerate():
        if thread.name == "server":
            thread.join(PATIENCE_SECONDS)
            assert not thread.is_alive()


def test_without_the_right_the_session_waits_and_the_server_counts_as_back(server, klaus):
    desk, number = klaus.desk, klaus.number
    klaus.wire.cut()
    call_sheet.save_notes(desk, number, "von hier", "")
    allow(server, Right.BILLING)
    bring_back(desk, klaus.wire)
    assert not alone.is_alone(desk)
    assert callers.recent_sessions(desk) == []
    assert timekeeping.read_session(desk, number).notes == "von hier"
    assert timekeeping.pause_session(desk, number).value.state is SessionState.PAUSED
    nobody_looks()
    assert not alone.is_alone(desk)
    assert alone.waiting_here(desk) == (number,)
    assert timekeeping.read_session(server.desk(), number).notes == ""


def test_with_the_right_the_heart_carries_over_what_waits(server, klaus):
    desk, number = klaus.desk, klaus.number
    klaus.wire.cut()
    call_sheet.save_notes(desk, number, "von hier", "")
    allow(server, Right.BILLING)
    bring_back(desk, klaus.wire)
    allow(server, Right.BILLING, Right.CALLS)
    vigilance.beat(desk, vigilance.read_clocks(desk))
    assert alone.settle(desk, PATIENCE_SECONDS)
    assert timekeeping.read_session(server.desk(), number).notes == "von hier"


def test_after_a_crash_a_desk_whose_session_is_refused_opens_all_the_same(server, klaus):
    klaus.wire.cut()
    call_sheet.save_notes(klaus.desk, klaus.number, "von hier", "")
    allow(server, Right.BILLING)
    klaus.desk.database.watchman.close()  # Nobody looks any more: the program is gone.
    klaus.wire.mend()
    address, data = klaus.wire.address, klaus.desk.data
    klaus.desk.close()
    server.clock.advance(hours=1)
    klaus.desk = open_shared_desk(data, address, server.clock, memory_secrets())
    vigilance.recover(klaus.desk)
    nobody_looks()
    (shown,) = timekeeping.strip_sessions(klaus.desk)
    assert shown.notes == "von hier"
    assert alone.waiting_here(klaus.desk) == (klaus.number,)


def refuse(wired, number, code):
    """Let the server refuse whatever is written on a session."""
    body = f"BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{code}'; END"
    when = f"FOR EACH ROW WHEN (OLD.id = {number})"
    with wired.there.database.write() as connection:
        run = connection.exec_driver_sql
        run(f"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$")
        run(f"CREATE TRIGGER refuse BEFORE UPDATE ON session {when} EXECUTE FUNCTION refuse()")


@pytest.mark.parametrize("code", ["insufficient_privilege", "disk_full", "check_violation"])
def test_a_session_that_is_refused_does_not_hold_the_others(tmp_path, clock, code):
    with wired_desk(tmp_path, clock) as wired:
        first = timekeeping.start_session(wired.here, wired.bohrer.reception).value.id
        second = timekeeping.start_session(wired.here, wired.bohrer.server).value.id
        wired.cut()
        for number in (first, second):
            call_sheet.save_notes(wired.here, number, "von hier", "")
        refuse(wired, first, code)
        bring_back(wired.here, wired.wire)
        assert alone.waiting_here(wired.here) == (first,)
        assert timekeeping.read_session(wired.there, second).notes == "von hier"
        with wired.there.database.write() as connection:
            connection.exec_driver_sql("DROP TRIGGER refuse ON session")
        call_sheet.save_notes(wired.here, first, "von hier, weiter", "")
        assert alone.settle(wired.here, PATIENCE_SECONDS)
        assert timekeeping.read_session(wired.there, first).notes == "von hier, weiter"


def test_a_session_that_is_refused_does_not_hold_the_heart(tmp_path, clock):
    with wired_desk(tmp_path, clock) as wired:
        first = timekeeping.start_session(wired.here, wired.bohrer.reception).value.id
        second = timekeeping.start_session(wired.here, wired.bohrer.server).value.id
        vigilance.beat(wired.here, vigilance.read_clocks(wired.here))
        wired.cut()
        call_sheet.save_notes(wired.here, first, "von hier", "")
        refuse(wired, first, "insufficient_privilege")
        clock.advance(minutes=30)
        vigilance.beat(wired.here, vigilance.read_clocks(wired.here))
        bring_back(wired.here, wired.wire)
        assert timekeeping.pause_session(wired.here, second).value.gaps == ()
