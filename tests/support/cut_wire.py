"""A wire to a server that a test can cut, freeze and slow down: a real proxy on this machine."""

from __future__ import annotations

import selectors
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum, auto

from laverma_desk.domain.server_address import ServerAddress

_AT_ONCE = 65536
_ANSWER_SECONDS = 5


class _Wire(Enum):
    WHOLE = auto()
    CUT = auto()
    FROZEN = auto()


@dataclass
class _Loss:
    """What happens to the first question with a word in it."""

    word: bytes
    deliver: bool
    refuse: bool
    tell: bool = False


class CutWire:
    """Listens at a port of its own and hands everything on, both ways, as long as it is whole.

    `cut` ends each connection and refuses new ones; `freeze` lets nothing through and says nothing, as a
    pulled cable; `hang_those_there` does so to those that are there. `lose` and `lose_answer_to` wait for a
    word. `mend` makes it whole again; what was frozen is gone.
    """

    def __init__(self, target: ServerAddress) -> None:
        """Begin to listen; `target` is an address over the network."""
        self._target = target
        self._state = _Wire.WHOLE
        self._delay = 0.0
        self._loss: _Loss | None = None
        self._lock = threading.Lock()
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._hanging: set[socket.socket] = set()
        self._asked: list[int] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self.seen = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> ServerAddress:
        """Return the address behind the wire."""
        return replace(self._target, host="127.0.0.1", port=self.port)

    @property
    def asked(self) -> tuple[int, ...]:
        """Return for each connection so far how often the server was asked and waited for."""
        return tuple(self._asked)

    def cut(self) -> None:
        """End each connection, and take no new one."""
        self._state = _Wire.CUT
        self._drop()

    def freeze(self) -> None:
        """Let nothing through, without a word."""
        self._state = _Wire.FROZEN

    def hang_those_there(self) -> None:
        """Let nothing through on the connections that are there; new ones are whole."""
        with self._lock:
            self._hanging.update(near for near, _far in self._pairs)

    def delay(self, seconds: float) -> None:
        """Hand on what comes so much later."""
        self._delay = seconds

    def lose(self, word: str) -> None:
        """Lose the first question that has a word in it, and its connection."""
        self._expect(_Loss(word.encode(), deliver=False, refuse=False))

    def lose_answer_to(self, word: str, *, refuse: bool, deliver: bool = True) -> None:
        """Lose the answer to the first question that has a word in it, and its connection.

        `refuse`: from then on the wire is cut. Without `deliver` the server never hears the question, nor
        that the connection is gone.
        """
        self._expect(_Loss(word.encode(), deliver, refuse))

    def cut_after(self, word: str) -> None:
        """Cut it as soon as the first question that has a word in it is answered."""
        self._expect(_Loss(word.encode(), deliver=True, refuse=True, tell=True))

    def mend(self, *, keep_far: bool = False) -> None:
        """Make it whole again. `keep_far`: the server still does not hear what is gone."""
        self._drop(far_too=not keep_far)
        self._delay, self._loss = 0.0, None
        self._state = _Wire.WHOLE

    def close(self) -> None:
        """End it for good."""
        # A door that somebody waits at is shut first, else it stays open until the next one comes.
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._drop()

    def _expect(self, loss: _Loss) -> None:
        self.seen.clear()
        self._loss = loss

    def _drop(self, *, far_too: bool = True) -> None:
        with self._lock:
            pairs, self._pairs = self._pairs, []
            if not far_too:
                self._pairs = [pair for pair in pairs if pair[0] in self._hanging]
        for near, far in pairs:
            for one in (near, far) if far_too else (near,):
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            if self._state is _Wire.CUT:
                near.close()
                continue
            try:
                far = socket.create_connection((self._target.host, self._target.port))
            except OSError:
                near.close()
                continue
            with self._lock:
                self._pairs.append((near, far))
            threading.Thread(target=self._carry, args=(near, far), daemon=True).start()

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        with selectors.DefaultSelector() as eyes, near, far, suppress(OSError):
            eyes.register(near, selectors.EVENT_READ, far)
            eyes.register(far, selectors.EVENT_READ, near)
            whole, spoke = True, near
            with self._lock:
                place = len(self._asked)
                self._asked.append(0)
            while whole:
                for key, _events in eyes.select():
                    one: socket.socket = key.data
                    if one is not spoke:
                        self._asked[place] += one is far
                        spoke = one
                    data = near.recv(_AT_ONCE) if one is far else far.recv(_AT_ONCE)
                    whole = bool(data) and self._hand_on(data, one, near, far)
                    if not whole:
                        break

    def _hand_on(self, data: bytes, one: socket.socket, near: socket.socket, far: socket.socket) -> bool:
        """Hand something on to one of both ends; return whether the wire still holds."""
        if self._state is _Wire.FROZEN or near in self._hanging:
            return True
        if self._delay:
            time.sleep(self._delay)
        loss = self._loss
        if loss is None or one is near or loss.word not in data:
            one.sendall(data)
            return True
        self._loss = None
        if loss.refuse:
            self._state = _Wire.CUT
        if loss.deliver:
            far.sendall(data)
            far.settimeout(_ANSWER_SECONDS)
            answer = far.recv(_AT_ONCE)
            if loss.tell:
                near.sendall(answer)
                self._drop()
        self.seen.set()
        if loss.refuse and not loss.deliver:
            with self._lock:
                self._hanging.add(near)
            near.shutdown(socket.SHUT_RDWR)
            threading.Event().wait(_ANSWER_SECONDS)  # The server's end stays open, without a word.
        return False
