"""A desk on a PostgreSQL server: several technicians at once, each transaction whole."""

from __future__ import annotations

import select
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, DisconnectionError

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.server_address import VERIFIED, ServerAddress
from laverma_desk.storage.postgresql.commits import LIFE, XID, Commits, Written
from laverma_desk.storage.postgresql.contact import Contact, Watchman
from laverma_desk.storage.postgresql.reading_on import end_with_transactions
from laverma_desk.storage.postgresql.troubles import trouble_of
from laverma_desk.storage.postgresql.watching import Watch, Wire
from laverma_desk.storage.store import Store

APPLICATION = "Laverma Desk"
WRITING = 0x4C44534B
"""The advisory lock of whoever writes more than its own rows."""

_PATIENCE_SECONDS = 5
"""How long to wait for somebody else's write: as long as for a SQLite file."""

_SESSION = (
    "-c TimeZone=UTC -c DateStyle=ISO -c search_path=public -c synchronous_commit=on "
    f"-c lock_timeout={_PATIENCE_SECONDS}s -c idle_in_transaction_session_timeout=60s "
    # The server, too, is to notice a pulled cable: until then it holds our locks.
    "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
)
_WIRE = {
    # A cable that is pulled says nothing: without these a press of a key would wait a quarter of an hour.
    "connect_timeout": 2,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 3000,
}
# One question each: what begins a transaction travels with what is to be known of it.
_BEGIN_OWN = f"BEGIN ISOLATION LEVEL READ COMMITTED; SELECT {XID}, {LIFE}"
_BEGIN_ALONE = f"{_BEGIN_OWN}, pg_advisory_xact_lock({WRITING})"
# A plan that is kept for every value knows nothing of the one that is looked for: of a word whether it is
# rare, of a period how long it is. Whoever writes goes by keys, for which it is as good.
BEGIN_READING = (
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL plan_cache_mode = force_custom_plan"
)

_RESTED_SECONDS = 30.0
"""A connection that rested longer is asked whether it still is one: a firewall may have forgotten it."""


class Server(Store):
    """A desk's store on a server. Each transaction asks for its own connection, kept and used again.

    Once the server is away each further transaction fails at once with SERVER_AWAY, until a thread of its
    own has found it back; `watchman` tells who wants to know.
    """

    shared = True

    def __init__(self, address: ServerAddress, password: Callable[[], str | None]) -> None:
        """Remember the address; `password` is asked for with each new connection, and kept nowhere."""
        self.address = address
        self.password = password
        self._lost_at = 0.0
        self._commits = Commits(self._open, address.shown)
        self.watchman = Watchman(address.shown, self._commits.settle_all)
        self._watch = Watch(self._commits.look_after, self.watchman.lose)
        self.watchman.listeners.append(self._on_contact)
        self.engine = _engine(self._connect_for_pool)
        event.listen(self.engine, "checkout", self._on_checkout)
        end_with_transactions(self.engine)

    @property
    def shown(self) -> str:
        """Return how the server is called on the screen."""
        return self.address.shown

    @property
    def away(self) -> bool:
        """Return whether the server is away, as far as is known; nobody waits for it then."""
        return self.watchman.away

    @contextmanager
    def write(self, *, own_rows: bool = False) -> Iterator[Connection]:
        """Run one transaction that is durable once the block ends, or undone if it raises.

        `own_rows`: it waits for nobody and sees what is committed meanwhile. Raises OutsideTrouble:
        SERVER_AWAY where nothing was written, SERVER_UNCERTAIN where the answer to the commit got lost and
        cannot be had; it is asked for once more as soon as the server is back.
        """
        # What a service looks up before it writes must stay true until it has written: on a file there is
        # one writer, and here one among those who write more than their own rows.
        with self._translated(), self._checked_out() as (connection, driver):
            transaction = connection.begin()
            try:
                asked = driver.execute(_BEGIN_OWN if own_rows else _BEGIN_ALONE, prepare=False)
                asked.nextset()
                xid, life, *_lock = asked.fetchone()
                written = Written(xid, driver.info.backend_pid, life)
                yield connection
            except BaseException:
                with suppress(DBAPIError, psycopg.Error):  # A wire that is gone has undone it.
                    transaction.rollback()
                raise
            if not transaction.is_active:
                return  # The block has undone it by itself.
            try:
                transaction.commit()
            except (DBAPIError, psycopg.Error) as error:
                self._settle(written, error)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Run reads that see one state of the server. Raises OutsideTrouble."""
        with self._translated(), self._checked_out() as (connection, driver), connection.begin():
            driver.execute(BEGIN_READING, prepare=False)
            yield connection

    def close(self) -> None:
        """Close every connection, and look for the server no more."""
        self.watchman.close()
        self._watch.close()
        super().close()

    @contextmanager
    def _checked_out(self) -> Iterator[tuple[Connection, Any]]:
        self.watchman.refuse_while_away()
        with self.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.autocommit = True  # Its BEGIN would be a question of its own.
            self._watch.begin(driver)
            try:
                yield connection, driver
            finally:
                self._watch.end(driver)
                _let_go(connection, driver)

    def _settle(self, written: Written, error: Exception) -> None:
        """Find out what came of a commit whose answer never came. Raises OutsideTrouble, a refusal as is."""
        trouble = trouble_of(error, self.address.shown)
        if trouble is None or trouble.code is not Trouble.SERVER_AWAY:
            raise error
        done = None if self.away else self._commits.outcome(written)
        if done is None:
            self._commits.remember(written)
            self.watchman.lose()
            raise OutsideTrouble(Trouble.SERVER_UNCERTAIN, server=self.address.shown) from error
        if not done:
            raise trouble from error

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, psycopg.Error) as error:
            known = trouble_of(error, self.address.shown)
            if known is None:
                raise
            if known.code is Trouble.SERVER_AWAY:
                self.watchman.lose(known)
            raise known from error

    def _open(self) -> Wire:
        return open_connection(self.address, self.password, autocommit=True)

    def _connect_for_pool(self) -> Wire:
        return open_connection(self.address, self.password)

    def _on_contact(self, news: Contact) -> None:
        if news.away:
            self._lost_at = time.monotonic()

    def _on_checkout(self, driver: Any, record: Any, _proxy: object) -> None:
        """Let nobody have a connection that is none any more; most times that is seen without asking."""
        made, now = record.info.setdefault("made", time.monotonic()), time.monotonic()
        used = record.info.get("used", now)
        record.info["used"] = now
        if made < self._lost_at or driver.closed:
            raise DisconnectionError
        if now - used < _RESTED_SECONDS and not _has_news(driver):
            return
        self._watch.begin(driver)
        try:
            driver.execute("SELECT 1", prepare=False)
            driver.rollback()
        except psycopg.Error as error:
            raise DisconnectionError from error
        finally:
            self._watch.end(driver)


def _has_news(driver: Any) -> bool:
    """Return whether the server has said something unasked: mostly that it closed the connection."""
    poll = getattr(select, "poll", None)
    if poll is None:
        return bool(select.select([driver.fileno()], [], [], 0)[0])
    one = poll()
    one.register(driver.fileno(), select.POLLIN)
    return bool(one.poll(0))


def _let_go(connection: Connection, driver: Any) -> None:
    if driver.closed or driver.info.transaction_status != TransactionStatus.IDLE:
        connection.invalidate()
    else:
        driver.autocommit = False


class _Passing(psycopg.ServerCursor[Any]):
    """Rows that come portion by portion; whoever stops halfway leaves the rest to the transaction's end."""

    def __del__(self, _warn: Any = None, /) -> None:
        """Say nothing, as a cursor on a file would: the server has closed it with its transaction."""


def open_connection(address: ServerAddress, password: Callable[[], str | None], **further: Any) -> Wire:
    """Open a connection of its own. Raises psycopg.Error; `troubles.trouble_of` says what it means."""
    options = {**connect_options(address), **further}
    secret = password()
    if secret is not None:
        options["password"] = secret
    connection = Wire.connect(**options)
    connection.server_cursor_factory = _Passing
    return connection


def connect_options(address: ServerAddress) -> dict[str, Any]:
    """Return how to connect, by libpq's names, without the password."""
    options: dict[str, Any] = {
        "host": address.host,
        "port": address.port,
        "user": address.user,
        "dbname": address.database,
        "application_name": APPLICATION,
        "options": _SESSION,
        **_WIRE,
        **dict(address.certificates),
    }
    if not address.is_local:
        options["sslmode"] = VERIFIED
        options.setdefault("sslrootcert", "system")
    return options


def _engine(connect: Callable[[], Wire]) -> Engine:
    engine = create_engine(
        URL.create("postgresql+psycopg"),
        creator=connect,
        pool_size=4,
        max_overflow=8,
        pool_timeout=_PATIENCE_SECONDS,
        pool_use_lifo=True,
    )
    event.listen(engine, "connect", _on_connect)
    return engine


def _on_connect(connection: Any, _record: object) -> None:
    # Statements that come again are prepared by the server after some times: `Prepared` hands over its own.
    connection.prepare_threshold = 5
