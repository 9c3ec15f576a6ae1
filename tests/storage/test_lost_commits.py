"""What came of a commit whose answer got lost, also by a server that crashed and gives numbers away anew."""

from __future__ import annotations

import threading
from itertools import count

import pytest

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.storage.postgresql.commits import Commits, Written
from laverma_desk.storage.postgresql.server import Server, open_connection
from laverma_desk.storage.postgresql.watching import AT_WORK
from tests.support.raw_words import say
from tests.support.servers import RealServer

_TOLD = "SELECT pg_current_xact_id()::text, pg_backend_pid(), pg_stat_get_bgwriter_stat_reset_time()"
_FAR = 10_000


@pytest.fixture(scope="module")
def real():
    # Nothing of it is on the disk before somebody waits for that: a crash loses what nobody was told.
    server = RealServer({"wal_writer_delay": "10s", "wal_writer_flush_after": "1GB"})
    yield server
    server.remove()


@pytest.fixture
def address(real):
    return real.address(real.create())


@pytest.fixture
def commits(address):
    return Commits(lambda: open_connection(address, lambda: None, autocommit=True), address.shown)


def write(address, *, end="COMMIT", crash=None):
    """Write a row, and return what is known of the transaction."""
    with open_connection(address, lambda: None, autocommit=True) as wire:
        wire.execute("BEGIN")
        xid, backend, life = wire.execute(_TOLD).fetchone()
        wire.execute("CREATE TABLE IF NOT EXISTS note (words text)")
        wire.execute("INSERT INTO note VALUES ('a')")
        if crash is not None:
            crash()
        else:
            wire.execute(end)
    return Written(xid, backend, life)


def crash_of(real):
    def crash():
        real.stop("immediate")
        real.start()

    return crash


def later(written, more):
    return written._replace(xid=str(int(written.xid) + more))


def test_what_was_written_is_known_as_such(address, commits):
    assert commits.outcome(write(address)) is True
    assert commits.outcome(write(address, end="ROLLBACK")) is False


def test_a_number_that_the_crash_took_back_is_not_written(real, address, commits):
    """The server has never heard of it: a question that it answers with an error, and we with no."""
    lost = later(write(address), _FAR)
    crash_of(real)()
    commits.remember(lost)
    assert commits.settle_all() == (False,)
    assert commits.settle_all() == ()


def test_a_number_that_somebody_else_has_now_is_claimed_for_nobody(real, address, commits):
    before = write(address)
    crash_of(real)()
    after = write(address)
    assert commits.outcome(after._replace(life=before.life)) is None
    assert commits.outcome(write(address, end="ROLLBACK")._replace(life=before.life)) is False


def test_one_that_still_reads_what_another_wrote_is_not_believed(real, address, commits):
    """A standby that took over the name: what it does not know yet it may read in a moment."""
    lost = later(write(address), _FAR)
    real.stop()
    signal = real.data / "standby.signal"
    signal.touch()
    real.start()
    try:
        assert commits.outcome(lost._replace(life=None)) is None
        commits.remember(lost)
        with pytest.raises(OutsideTrouble) as caught:
            commits.settle_all()
        assert caught.value.code is Trouble.SERVER_AWAY
    finally:
        real.stop()
        signal.unlink()
        real.start()


def test_a_keyring_that_is_shut_leaves_it_open(address):
    def shut():
        raise OutsideTrouble(Trouble.KEYRING_REFUSED)

    commits = Commits(lambda: open_connection(address, shut, autocommit=True), address.shown)
    assert commits.outcome(write(address)) is None
    assert commits.look_after(1) == AT_WORK, "and no wire is cut for it"


def test_a_restart_in_order_loses_nothing_and_is_known_as_such(real, address, commits):
    written = write(address)
    real.restart("fast")
    assert commits.outcome(written) is True


def test_what_the_server_refuses_to_say_does_not_keep_it_away(address, commits):
    commits.remember(later(write(address), _FAR))
    assert commits.settle_all() == ()
    assert commits.settle_all() == ()


def test_a_desk_comes_back_after_the_server_crashed_below_its_commit(real, address):
    """Its number lies beyond all that the server knows after the crash; the desk found no way back once."""
    store = Server(address, lambda: None)
    numbers = count()
    with store.write() as connection:
        say(connection, "CREATE TABLE note (words text)")
    with pytest.raises(OutsideTrouble) as caught, store.write() as connection:  # noqa: PT012
        for _ in range(50):
            say(connection, "INSERT INTO note VALUES (?)", (f"{next(numbers)}",))
        real.stop("immediate")
    assert caught.value.code in {Trouble.SERVER_AWAY, Trouble.SERVER_UNCERTAIN}
    back = threading.Event()
    store.watchman.listeners.append(lambda news: news.away or back.set())
    real.start()
    store.watchman.look_again()
    assert back.wait(60)
    with store.read() as connection:
        assert say(connection, "SELECT count(*) FROM note").scalar_one() == 0
    store.close()
