"""A real SMTP server (aiosmtpd) on a free loopback port, in a thread, that misbehaves on request.

    def test_something(smtp_server, certificates):
        server = smtp_server(Security.STARTTLS, login=("anna", "geheim"))
        server.answer(Step.RCPT, "550 5.1.1 User unknown", only="gone@praxis.example")
        deliver(server.account(), "geheim", ..., context=certificates.client_context())
        assert server.mails[0].content == ...

Each step of the conversation can be answered otherwise (`answer`), left unanswered (`hang`), answered
endlessly slowly (`trickle`) or cut (`drop`); `behave` ends all of that.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from laverma_desk.domain.mail_account import MailAccount, Security
from tests.support.certificates import Certificates, Paper
from tests.support.smtp_session import Mail, Session, Step, wait_for_ever

__all__ = ["HOST", "Mail", "MailServer", "Step"]

HOST = "127.0.0.1"
_PATIENCE = 10.0


@dataclass
class _Act:
    play: Callable[[Session], Awaitable[None]]
    only: str
    left: int | None


class MailServer:
    """The server. `start` and `stop` are the fixture's business; all else may be used while it runs.

    `mails` holds what arrived, `commands` what was said to it ("MAIL FROM:<…> SIZE=512"), and
    `connections` counts the calls. `hidden` names EHLO keywords that it does not offer (STARTTLS,
    SMTPUTF8, SIZE), `mechanisms` the logins it offers.
    """

    def __init__(
        self,
        certificates: Certificates,
        security: Security = Security.NONE,
        *,
        login: tuple[str, str] | None = None,
        paper: Paper = Paper.GOOD,
        size_limit: int = 32 * 1024 * 1024,
    ) -> None:
        self.security = security
        self.login = login
        self.size_limit = size_limit
        self.port = 0
        self.mails: list[Mail] = []
        self.commands: list[str] = []
        self.connections = 0
        self.hidden: set[str] = set()
        self.mechanisms: tuple[str, ...] = ("LOGIN", "PLAIN") if login else ()
        self._acts: dict[Step, list[_Act]] = {}
        self._arrived = threading.Condition()
        self._ready = threading.Event()
        self.sessions: set[Session] = set()
        self.context = None if security is Security.NONE else certificates.server_context(paper)
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve()), name="smtp-server", daemon=True
        )

    # --- how it misbehaves

    def answer(
        self,
        step: Step,
        words: str | bytes,
        *,
        only: str = "",
        times: int | None = None,
        hang_up: bool = False,
        reads_on: bool = False,
    ) -> None:
        """Say these words at a step; `only` for commands that contain it, `times` before behaving again.

        Then `hang_up`, or with `reads_on` take in what comes and say nothing more.
        """

        async def play(session: Session) -> None:
            await session.push(words)
            if hang_up:
                session.cut(politely=True)
            if reads_on:
                await session.read_on()

        self._acts.setdefault(step, []).append(_Act(play, only, times))

    def hang(self, step: Step) -> None:
        """Say nothing more from a step on."""
        self._acts.setdefault(step, []).append(_Act(wait_for_ever, "", None))

    def drop(self, step: Step, *, times: int | None = None) -> None:
        """Cut the line at a step."""

        async def play(session: Session) -> None:
            session.cut()
            await wait_for_ever(session)

        self._acts.setdefault(step, []).append(_Act(play, "", times))

    def trickle(self, step: Step, words: str = "250-slow") -> None:
        """Answer a step with lines without end, a byte every few milliseconds."""

        async def play(session: Session) -> None:
            while True:
                for byte in f"{words}\r\n".encode():
                    session.write_byte(byte)
                    await asyncio.sleep(0.005)

        self._acts.setdefault(step, []).append(_Act(play, "", None))

    def act(self, step: Step, play: Callable[[Session], Awaitable[None]]) -> None:
        """Do something of the test's own at a step; `session.push` answers."""
        self._acts.setdefault(step, []).append(_Act(play, "", None))

    def behave(self) -> None:
        """End all misbehaviour."""
        self._acts.clear()

    # --- what a test needs of it

    def account(self, **changes: Any) -> MailAccount:
        """The account of this server, with whatever a test wants otherwise."""
        values: dict[str, Any] = {
            "host": HOST,
            "port": self.port,
            "security": self.security,
            "user": self.login[0] if self.login else "",
            "sender": "info@laverma.example",
            "sender_name": "Laverma IT",
        }
        return MailAccount(**(values | changes))

    def wait_for(self, count: int, timeout: float = _PATIENCE) -> list[Mail]:
        """Wait until so many mails arrived, and return them."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self.mails) >= count, timeout), self.commands
            return list(self.mails)

    def start(self) -> MailServer:
        """Listen on a free port."""
        self._thread.start()
        assert self._ready.wait(_PATIENCE)
        return self

    def stop(self) -> None:
        """Cut all lines and end the thread."""
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(_PATIENCE)
        assert not self._thread.is_alive()

    # --- inside its thread

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        implicit = self.context if self.security is Security.TLS else None
        server = await self._loop.create_server(lambda: Session(self, self._loop), HOST, 0, ssl=implicit)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stopping.wait()
        for _ in range(5):  # who has already called is let in: asyncio drops half-accepted calls unclosed
            await asyncio.sleep(0)
        server.close()
        tasks = [session.task for session in self.sessions if session.task is not None]
        for session in list(self.sessions):
            session.cut()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await _wait_closed(server)

    def keep(self, mail: Mail) -> None:
        """Take a mail in (called by a session)."""
        with self._arrived:
            self.mails.append(mail)
            self._arrived.notify_all()

    def act_for(self, step: Step, words: str) -> Callable[[Session], Awaitable[None]] | None:
        """The misbehaviour that is due (called by a session)."""
        for act in self._acts.get(step, []):
            if act.only in words and act.left != 0:
                act.left = act.left - 1 if act.left is not None else None
                return act.play
        return None


async def _wait_closed(server: asyncio.Server) -> None:
    """Wait until every line is closed; a client that leaks one makes `stop` fail."""
    while sys.version_info < (3, 12) and server._active_count:  # noqa: ASYNC110 (its wait_closed does not wait)
        await asyncio.sleep(0.001)
    await server.wait_closed()
