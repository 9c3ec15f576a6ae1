"""What came of a commit whose answer never came: the server knows, as soon as it can be asked."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

import psycopg

from laverma_desk.domain.errors import DeskError, OutsideTrouble, Trouble
from laverma_desk.storage.postgresql.troubles import trouble_of
from laverma_desk.storage.postgresql.watching import AT_WORK, cut

_log = logging.getLogger(__name__)

_ANSWER_SECONDS = 1.5
"""So long an answer to a single question may take."""

_ENDING_SECONDS, _PAUSE_SECONDS = 1.0, 0.02

# A process of ours that still holds a transaction whose wire is gone would hold its locks, too.
_END = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE pid = %s AND usename = current_user AND backend_xid = %s::xid8::xid"
)
_STATUS = "SELECT pg_xact_status(%s::xid8)"
XID = "pg_current_xact_id()::text"
"""The number of the transaction that asks, without an end."""

LIFE = "pg_stat_get_bgwriter_stat_reset_time()"
"""What changes where a server crashes or another one takes its place: its statistics begin anew then.

A crash gives numbers of transactions away once more that were never on the disk: what is told of one that
was given before the crash may be somebody else's.
"""

_LIFE = f"SELECT {LIFE}"
_RECOVERS = "SELECT pg_is_in_recovery()"
# Not asked of a number that nobody has yet, of which the server knows by giving one away.
_STATUS_NOW = "SELECT CASE WHEN %s::xid8 < pg_current_xact_id() THEN pg_xact_status(%s::xid8) ELSE 'none' END"
_STATE = "SELECT state, state_change FROM pg_stat_activity WHERE pid = %s"


class Written(NamedTuple):
    """A transaction that writes, by its number, the server's process that has it, and the server's `LIFE`."""

    xid: str
    backend: int
    life: datetime | None


class Commits:
    """Asks by short connections of its own; safe to use from several threads."""

    def __init__(self, connect: Callable[[], psycopg.Connection[Any]], server: str) -> None:
        """Remember how to connect, and how the server is called."""
        self._connect, self._server = connect, server
        self._lock = threading.Lock()
        self._open: list[Written] = []

    def remember(self, written: Written) -> None:
        """Keep a commit to be asked about when the server is back."""
        with self._lock:
            self._open.append(written)

    def outcome(self, written: Written) -> bool | None:
        """Return whether a transaction is written, None where the server cannot be asked now."""
        try:
            with self._asking() as connection:
                return _outcome(connection, written)
        except (psycopg.Error, DeskError):  # A keyring that is shut, too, lets nobody ask.
            return None

    def settle_all(self) -> tuple[bool, ...]:
        """Return what came of the commits remembered. Raises OutsideTrouble while the server is away."""
        with self._lock:
            wanted = list(self._open)
        try:
            with self._asking() as connection:
                if connection.execute(_RECOVERS).fetchone() == (True,):
                    raise self._away()
                found = [(one, self._outcome_known(connection, one)) for one in wanted]
        except psycopg.Error as error:
            raise trouble_of(error, self._server) or self._away() from error
        with self._lock:
            self._open = [one for one in self._open if one not in wanted]
        # The server forgets after a billion transactions: then nobody knows, and nothing is claimed.
        return tuple(done for _one, done in found if done is not None)

    @staticmethod
    def _outcome_known(connection: psycopg.Connection[Any], written: Written) -> bool | None:
        """Return an outcome. What the server refuses to say of one commit does not keep it away for good."""
        try:
            return _outcome(connection, written)
        except psycopg.Error:
            if connection.closed:
                raise
            _log.exception("the server does not say what came of transaction %s", written.xid)
            return None

    def look_after(self, backend: int) -> str | None:
        """Return what a process of ours does, as `Watch` asks for it: a wait for a lock is work, too.

        So is it to be let in and kept waiting then: a server that is away lets nobody in.
        """
        entered = 0.0
        try:
            with self._asking() as connection:
                entered = time.monotonic()
                row = connection.execute(_STATE, (backend,)).fetchone()
        except DeskError:
            return AT_WORK  # Nobody could ask: that says nothing of the server.
        except psycopg.Error:
            slow = entered and time.monotonic() - entered >= _ANSWER_SECONDS
            return AT_WORK if slow else None
        return "gone" if row is None else AT_WORK if row[0] == AT_WORK else f"{row[0]} since {row[1]}"

    def _away(self) -> OutsideTrouble:
        return OutsideTrouble(Trouble.SERVER_AWAY, server=self._server)

    @contextmanager
    def _asking(self) -> Iterator[psycopg.Connection[Any]]:
        with self._connect() as connection:
            alarm = threading.Timer(_ANSWER_SECONDS, cut, [connection])
            alarm.daemon = True
            alarm.start()
            try:
                yield connection
            finally:
                alarm.cancel()


def _outcome(connection: psycopg.Connection[Any], written: Written) -> bool | None:
    """Return whether a transaction is written, None where that cannot be told."""
    if connection.execute(_RECOVERS).fetchone() == (True,):
        return None  # What it has yet to read may be ours.
    if connection.execute(_LIFE).fetchone() != (written.life,):
        row = connection.execute(_STATUS_NOW, (written.xid, written.xid)).fetchone()
        # Rolled back, or given to nobody, is not ours, whoever has the number now; else it may be another's.
        return False if row in (("aborted",), ("none",)) else None
    until = time.monotonic() + _ENDING_SECONDS
    connection.execute(_END, (written.backend, written.xid))
    while True:
        row = connection.execute(_STATUS, (written.xid,)).fetchone()
        status = None if row is None else row[0]
        if status != "in progress":
            return None if status is None else status == "committed"
        if time.monotonic() > until:
            return None
        time.sleep(_PAUSE_SECONDS)
