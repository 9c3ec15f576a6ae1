"""Whether the server is there: once it is away nobody waits for it, and one thread looks until it is back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from laverma_desk.domain.errors import DeskError, OutsideTrouble, Trouble

_log = logging.getLogger(__name__)

_FIRST_SECONDS, _LONGEST_SECONDS = 0.05, 2.0
_LOST = (Trouble.SERVER_AWAY, Trouble.SERVER_LOGIN)


@dataclass(frozen=True)
class Contact:
    """News of the server: it went away, with the trouble that said so, or it is back.

    While it is away there is further news where something else keeps it away now: it lets nobody in.

    `settled`: what came of commits whose answer never came, one by one: True where all is written.
    """

    away: bool
    trouble: OutsideTrouble | None = None
    settled: tuple[bool, ...] = ()


class Watchman:
    """Knows whether the server is there, and looks for it while it is not. Safe to use from several threads.

    `look` asks the server and returns what was settled with it; it raises while the server is away. Before
    it counts as back, each of `before_return` has run in the thread that looks, for which alone the way is
    free; each of `listeners` hears of it in whatever thread found out.
    """

    def __init__(self, server: str, look: Callable[[], tuple[bool, ...]]) -> None:
        """Begin with a server that is there."""
        self.before_return: list[Callable[[], None]] = []
        self.listeners: list[Callable[[Contact], None]] = []
        self._server, self._look = server, look
        self._lock = threading.Lock()
        self._trouble: OutsideTrouble | None = None
        self._again = False
        self._thread: threading.Thread | None = None
        self._own = threading.local()
        self._closing = threading.Event()

    @property
    def away(self) -> bool:
        """Return whether the server is away, as far as is known."""
        return self._trouble is not None

    @property
    def trouble(self) -> OutsideTrouble | None:
        """Return what keeps the server away, None while it is there."""
        return self._trouble

    def refuse_while_away(self) -> None:
        """Raise SERVER_AWAY at once where the server cannot be had, but for the thread that looks for it.

        Whatever keeps it away: what goes on without a server goes on without one that lets nobody in.
        """
        if self._trouble is not None and not getattr(self._own, "looks", False):
            raise self._is_away()

    def lose(self, trouble: OutsideTrouble | None = None) -> None:
        """Take note that the server is away, and begin to look for it."""
        if getattr(self._own, "looks", False) or self._closing.is_set():
            return  # The look itself failed: it goes on.
        with self._lock:
            known, self._trouble = self._trouble, self._trouble or trouble or self._is_away()
            self._begin()
        if known is None:
            self._tell(Contact(away=True, trouble=self._trouble))

    def look_again(self) -> None:
        """Let the thread that looks run what is to run before a return, also where the server is there.

        A server that turns out to be away is away from then on: who doubts whether it is there asks so.
        """
        with self._lock:
            self._again = True
            self._begin()

    def close(self) -> None:
        """Look no more."""
        self._closing.set()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(_LONGEST_SECONDS)

    def _is_away(self) -> OutsideTrouble:
        return OutsideTrouble(Trouble.SERVER_AWAY, server=self._server)

    def _begin(self) -> None:
        if self._thread is None and not self._closing.is_set():
            self._thread = threading.Thread(target=self._run, name="server", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        self._own.looks = True
        pause = 0.0
        while not self._closing.wait(pause):
            pause = min(_LONGEST_SECONDS, 2 * pause) or _FIRST_SECONDS
            with self._lock:
                self._again = False
            try:
                settled = self._look()
                for one in list(self.before_return):
                    one()
            except DeskError as error:
                self._change_trouble(error)
            except Exception:  # noqa: BLE001 (whoever looks goes on looking)
                _log.exception("the server could not be looked at")
            else:
                with self._lock:
                    was_away, self._trouble = self._trouble is not None, None
                if was_away:
                    self._tell(Contact(away=False, settled=settled))
                with self._lock:
                    if not self._again and self._trouble is None:
                        self._thread = None
                        return
                pause = 0.0

    def _change_trouble(self, error: DeskError) -> None:
        """Say why the server cannot be had: it is away, or its login, its certificate, a newer schema."""
        if not isinstance(error, OutsideTrouble):
            return
        with self._lock:
            known = self._trouble
            if known is None and error.code not in _LOST:
                return  # It is there, and only what was to run once more was refused.
            self._trouble = error
        if known is None or known.code is not error.code:
            self._tell(Contact(away=True, trouble=error))

    def _tell(self, news: Contact) -> None:
        for one in list(self.listeners):
            try:
                one(news)
            except Exception:  # noqa: BLE001 (the next one is told all the same)
                _log.exception("news of the server could not be told")
