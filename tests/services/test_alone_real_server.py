"""With a server that crashes, and a desk that is killed: what was acknowledged is there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from laverma_desk.domain.clock import SystemClock
from laverma_desk.domain.server_address import parse_address
from laverma_desk.domain.support_session import SessionState
from laverma_desk.paths import DataDir
from laverma_desk.services import alone
from laverma_desk.services.calls import call_sheet, timekeeping, vigilance
from laverma_desk.services.shared_desk import open_shared_desk
from laverma_desk.storage.postgresql.server import Server
from laverma_desk.storage.postgresql.upgrading import bring_up_to_date
from tests.support.desks import add_bohrer, lay_out, memory_secrets
from tests.support.servers import RealServer

pytestmark = pytest.mark.files("it is about a server alone")

PATIENCE_SECONDS = 60
ROOT = Path(__file__).parents[2]


@pytest.fixture
def real():
    server = RealServer()
    yield server
    server.remove()


def open_at(address, folder):
    return open_shared_desk(DataDir(folder), address, SystemClock(), memory_secrets())


@pytest.fixture
def address(real, tmp_path):
    address = real.address(real.create(), tcp=True)
    server = Server(address, lambda: None)
    bring_up_to_date(server)
    server.close()
    desk = open_at(address, tmp_path / "first")
    lay_out(desk)
    add_bohrer(desk)
    desk.close()
    return address


def work_and_die(url: str, folder: str) -> None:
    """Begin a call, and go on with it as the server goes; said is what is acknowledged."""
    desk = open_at(parse_address(url), Path(folder))
    vigilance.recover(desk)
    number = timekeeping.start_session(desk, 1).value.id
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for count in range(20):
        call_sheet.save_notes(desk, number, f"Zeile {count}", "")
    timekeeping.pause_session(desk, number)
    sys.stdout.write("paused\n")
    sys.stdout.flush()
    sys.stdin.readline()


def test_a_desk_that_is_killed_while_the_server_is_away(real, address, tmp_path):
    path = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]"
    code = f"from {__name__} import work_and_die; work_and_die({address.url!r}, {str(tmp_path / 'second')!r})"
    process = subprocess.Popen(
        [sys.executable, "-c", f"{path}; {code}"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    number = int(process.stdout.readline())
    real.stop("immediate")
    process.stdin.write("\n")
    process.stdin.flush()
    assert process.stdout.readline() == "paused\n"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    desk = open_at(address, tmp_path / "second")
    assert alone.is_alone(desk)
    vigilance.recover(desk)
    (shown,) = timekeeping.strip_sessions(desk)
    assert (shown.id, shown.notes, shown.state) == (number, "Zeile 19", SessionState.PAUSED)
    real.start()
    assert alone.settle(desk, PATIENCE_SECONDS)
    desk.close()
    other = open_at(address, tmp_path / "third")
    found = timekeeping.read_session(other, number)
    assert (found.notes, found.state, len(found.segments)) == ("Zeile 19", SessionState.PAUSED, 1)
    assert found.segments == shown.segments
    other.close()


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_server_that_restarts_again_and_again(real, address, tmp_path, mode):
    desk = open_at(address, tmp_path / "second")
    number = timekeeping.start_session(desk, 1).value.id
    stop = threading.Event()

    def restart():
        for _ in range(3):
            real.restart(mode)
        stop.set()

    thread = threading.Thread(target=restart)
    thread.start()
    count = 0
    while not stop.is_set():
        count += 1
        call_sheet.save_notes(desk, number, f"Zeile {count}", "")
        timekeeping.pause_session(desk, number)
        timekeeping.resume_session(desk, number)
    thread.join()
    assert alone.settle(desk, PATIENCE_SECONDS), (desk.database.watchman.trouble, desk.aside.every())
    here = timekeeping.read_session(desk, number)
    desk.close()
    other = open_at(address, tmp_path / "third")
    found = timekeeping.read_session(other, number)
    other.close()
    assert found == here
    assert found.notes == f"Zeile {count}"
    assert len(found.segments) == count + 1
    assert all(one.end is not None for one in found.segments[:-1])
