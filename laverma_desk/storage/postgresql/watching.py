"""Nobody waits for an answer that no longer comes: a wire that hangs is cut, a server that works is not."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

from psycopg import Connection, Error
from psycopg.pq import TransactionStatus

_log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.6
"""An answer that takes longer is looked after."""

_PATIENCE_SECONDS = 2.0
"""After a server was seen at work it is looked after again so much later."""


_DOUBT_SECONDS = 1.0
"""So long a question is given to arrive where the server does not seem to work on it."""

AT_WORK = "active"


class Wire(Connection[Any]):
    """A connection that counts what it asks: who looks twice knows whether it is still the same question."""

    asked = 0

    def wait(self, *args: Any, **kwargs: Any) -> Any:
        """Ask, and wait for the answer, as the driver does for each of its questions."""
        self.asked += 1
        return super().wait(*args, **kwargs)


class _Question(NamedTuple):
    """What a connection waits for: the transaction as it is watched, and the question in it."""

    entry: tuple[Wire, float]
    asked: int


class Watch:
    """Knows the connections that are in a transaction, and has a look where an answer takes long.

    `ask` finds out, by a connection of its own and in short time, what the server's process of one does:
    AT_WORK, else any text that says since when it waits for the next question; None where the server is
    away, which `lost` is told, but for one that has answered meanwhile: what it was asked first. A hanging
    connection is cut, and its thread finds it closed by the other side.
    """

    def __init__(self, ask: Callable[[int], str | None], lost: Callable[[], None]) -> None:
        """Begin without a thread; the first transaction starts it."""
        self._ask, self._lost = ask, lost
        self._lock = threading.Lock()
        self._under_way: dict[int, tuple[Wire, float]] = {}
        self._wake, self._closing = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self, connection: Wire) -> None:
        """Watch over a connection from now on."""
        with self._lock:
            self._under_way[id(connection)] = (connection, time.monotonic() + _LOOK_SECONDS)
            if self._thread is None and not self._closing.is_set():
                self._thread = threading.Thread(target=self._run, name="wire", daemon=True)
                self._thread.start()
        if not self._wake.is_set():
            self._wake.set()

    def end(self, connection: Wire) -> None:
        """Watch over it no more."""
        with self._lock:
            self._under_way.pop(id(connection), None)

    def close(self) -> None:
        """Look no more."""
        self._closing.set()
        self._wake.set()

    def _run(self) -> None:
        # Without a transaction it waits for one: at rest it costs nothing.
        while self._wake.wait() and not self._closing.wait(_LOOK_SECONDS):
            now = time.monotonic()
            with self._lock:
                if not self._under_way:
                    self._wake.clear()
                late = [one for one, due in self._under_way.values() if due <= now and _waits(one)]
            for one in late:
                try:
                    self._look_after(one)
                except Exception:  # noqa: BLE001 (whoever looks goes on looking)
                    _log.exception("a wire could not be looked after")

    def _look_after(self, connection: Wire) -> None:
        question = self._question(connection)
        if question is None:
            return
        backend = connection.info.backend_pid
        found = self._ask(backend)
        if found not in (None, AT_WORK):
            # The question may be on its way, and the answer, too: it is looked at twice.
            self._closing.wait(_DOUBT_SECONDS)
            if self._question(connection) == question:
                seen, found = found, self._ask(backend)
                found = AT_WORK if found is not None and found != seen else found
        if self._question(connection) != question:
            found = AT_WORK  # The answer has come: whatever was found out meanwhile, the server is there.
        if found is None:
            self._lost()  # First: whoever is cut free below tries nothing more.
        with self._lock:
            if found is None:
                for one, _due in self._under_way.values():
                    cut(one)
            elif found != AT_WORK and self._is_open(question):
                cut(connection)
            elif id(connection) in self._under_way:
                self._under_way[id(connection)] = (connection, time.monotonic() + _PATIENCE_SECONDS)

    def _question(self, connection: Wire) -> _Question | None:
        """Return what a connection waits for in its transaction, None where it has its answer."""
        with self._lock:
            entry = self._under_way.get(id(connection))
        if entry is None or not _waits(connection):
            return None
        return _Question(entry, connection.asked)

    def _is_open(self, question: _Question) -> bool:
        connection, _due = question.entry
        same = self._under_way.get(id(connection)) is question.entry
        return same and connection.asked == question.asked and _waits(connection)


def _waits(connection: Wire) -> bool:
    return connection.pgconn.transaction_status == TransactionStatus.ACTIVE


def cut(connection: Connection[Any]) -> None:
    """End a connection whose own thread waits for it: that finds it closed by the other side."""
    # Shut down, not closed: the number of a closed one may be somebody else's by the time it is used.
    with suppress(OSError, ValueError, Error):
        wire = socket.socket(fileno=connection.pgconn.socket)
        try:
            wire.shutdown(socket.SHUT_RDWR)
        finally:
            wire.detach()
