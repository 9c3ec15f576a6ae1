"""Hear from the server what other desks have changed: a connection of its own that only listens."""

from __future__ import annotations

import logging
import selectors
import socket
import threading
from collections.abc import Callable
from typing import Any

import psycopg
from sqlalchemy import event

from laverma_desk.domain.errors import DeskError
from laverma_desk.storage.postgresql.contact import Contact
from laverma_desk.storage.postgresql.server import Server, open_connection
from laverma_desk.storage.presence import LISTENS

CHANNEL = "laverma_desk"
_WAITS = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds between attempts to listen anew; the last one again and again."""

_log = logging.getLogger(__name__)


class Listening:
    """Listens in a thread of its own until it is closed, and begins anew where the connection was lost.

    Everything is told in that thread: `heard` gets the topic of a change, by the name that the tables'
    triggers give it; changes of this desk itself are left out. `returned` is called each time when it
    listens again after a loss: what was told meanwhile is lost, so anything may have changed.

    A loss is the first sign of a server that is gone where nobody asks it anything: its watchman looks then.
    """

    def __init__(self, server: Server, heard: Callable[[str], None], returned: Callable[[], None]) -> None:
        """Listen from now on."""
        self._server, self._heard, self._returned = server, heard, returned
        self._own: dict[int, int] = {}
        self._closed = False
        self._wake, self._woken = socket.socketpair()
        self._follow_own()
        self._thread = threading.Thread(target=self._run, name="listening", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End at once: an attempt to connect that is under way ends by itself, and tells nobody."""
        self._closed = True
        self._nudge()
        event.remove(self._server.engine, "checkout", self._on_checkout)
        event.remove(self._server.engine, "close", self._on_close)
        self._server.watchman.listeners.remove(self._on_contact)

    def try_now(self) -> None:
        """Wait no longer where it waits to listen anew: the server is known to be back."""
        self._nudge()

    def join(self, seconds: float) -> bool:
        """Wait for the end of the thread; return whether it has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _nudge(self) -> None:
        try:
            self._wake.send(b"x")
        except OSError:  # It has ended.
            return

    # --- which changes are this desk's own

    def _follow_own(self) -> None:
        event.listen(self._server.engine, "checkout", self._on_checkout)
        event.listen(self._server.engine, "close", self._on_close)
        self._server.watchman.listeners.append(self._on_contact)

    def _on_contact(self, contact: Contact) -> None:
        if not contact.away:
            self.try_now()

    def _on_checkout(self, connection: Any, _record: object, _proxy: object) -> None:
        self._own[id(connection)] = connection.info.backend_pid

    def _on_close(self, connection: Any, _record: object) -> None:
        # Its number at the server may be another desk's soon.
        self._own.pop(id(connection), None)

    # --- the thread

    def _run(self) -> None:
        failures = 0
        first = True
        while not self._closed:
            try:
                with self._connected() as connection:
                    failures = 0
                    if not first:
                        self._returned()
                    first = False
                    self._listen(connection)
            except (psycopg.Error, DeskError) as error:  # A keyring may be shut for a while.
                _log.info("listening was interrupted: %s", type(error).__name__)
                first = False
                self._doubt()
            if not self._closed:
                self._pause(_WAITS[min(failures, len(_WAITS) - 1)])
                failures += 1
        self._woken.close()
        self._wake.close()

    def _doubt(self) -> None:
        # Only this one connection may have ended, so whoever knows how to look at the server says what is so.
        watchman = self._server.watchman
        if not self._closed and not watchman.away:
            watchman.look_again()

    def _connected(self) -> psycopg.Connection[Any]:
        connection = open_connection(
            self._server.address, self._server.password, autocommit=True, application_name=LISTENS
        )
        try:
            connection.execute(f"LISTEN {CHANNEL}")
        except psycopg.Error:
            connection.close()
            raise
        return connection

    def _listen(self, connection: psycopg.Connection[Any]) -> None:
        """Pass on what is told until it is closed. Raises psycopg.Error where the connection is lost."""
        with selectors.DefaultSelector() as waiting:
            waiting.register(connection, selectors.EVENT_READ)
            waiting.register(self._woken, selectors.EVENT_READ)
            while not self._closed:
                for one in connection.notifies(timeout=0):
                    if one.pid not in self._own.values():
                        self._heard(one.payload)
                for key, _events in waiting.select():
                    if key.fileobj is self._woken:
                        self._woken.recv(64)

    def _pause(self, seconds: float) -> None:
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._woken, selectors.EVENT_READ)
            if waiting.select(seconds):
                self._woken.recv(64)
