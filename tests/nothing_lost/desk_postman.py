"""Sends what is due at a desk in a thread of its own, as the window does, and says what went out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from laverma_desk.domain.errors import OutsideTrouble, RuleBroken
from laverma_desk.domain.message import MessageState
from laverma_desk.services.desk import Desk
from laverma_desk.services.mails import delivery
from laverma_desk.storage import outbox
from tests.nothing_lost.forked_player import say

_LOOK_SECONDS = 0.2
_SEE_AFTER_SECONDS = 10.0
_UNDER_WAY = [MessageState.WAITING, MessageState.SENDING]


class Postman(threading.Thread):
    """Looks for mails until `drain`; what it could not write down yet it writes as soon as it can."""

    def __init__(self, desk: Desk) -> None:
        """Begin with `start`."""
        super().__init__(name="postman", daemon=True)
        self._desk = desk
        self._over = threading.Event()
        self._unwritten: list[Callable[[], Any]] = []

    def run(self) -> None:
        """Send until it is over."""
        seen = 0.0
        while not self._over.wait(_LOOK_SECONDS):
            try:
                if time.monotonic() > seen:
                    delivery.recover_deliveries(self._desk)
                    seen = time.monotonic() + _SEE_AFTER_SECONDS
                self._write_what_came()
                for number in delivery.due_messages(self._desk):
                    self._send(number)
            except OutsideTrouble:
                continue  # The server is away, or busy: the mails wait in it.
            except BaseException as error:
                say(failed=repr(error))
                raise

    def drain(self, seconds: float) -> bool:
        """Wait until nothing waits any more at any desk, or so long; return whether nothing does."""
        until = time.monotonic() + seconds
        while self.is_alive() and time.monotonic() < until:
            if not self._unwritten and self._left() == 0:
                break
            time.sleep(_LOOK_SECONDS)
        self._over.set()
        self.join(seconds)
        return not self._unwritten and self._left() == 0

    def _left(self) -> int:
        with self._desk.database.read() as connection:
            return outbox.count_in(connection, _UNDER_WAY)

    def _write_what_came(self) -> None:
        while self._unwritten:
            self._unwritten[0]()
            self._unwritten.pop(0)

    def _send(self, number: int) -> None:
        try:
            sent = delivery.send_message(self._desk, number).value
        except RuleBroken:
            return  # Another desk has it.
        except delivery.OutcomeUnwritten as error:
            self._unwritten.append(error.settle)
            return
        say(sent=number, state=sent.state.value)
