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
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import StrEnum
from functools import partial
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword, TLSSetupException

from laverma_desk.domain.mail_account import MailAccount, Security
from support.certificates import Certificates, Paper

HOST = "127.0.0.1"
_PATIENCE = 10.0


class Step(StrEnum):
    """Where the server can misbehave: before the greeting, at a command, in the text, after its last dot."""

    CONNECT = "connect"
    EHLO = "EHLO"
    STARTTLS = "STARTTLS"
    AUTH = "AUTH"
    NOOP = "NOOP"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    BODY = "body"
    END = "end of the text"
    QUIT = "QUIT"


@dataclass(frozen=True)
class Mail:
    """A mail that arrived: its envelope, and the bytes as they came (dots unstuffed)."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    options: tuple[str, ...]
    encrypted: bool
    user: str
    hello: str

    @property
    def message(self) -> EmailMessage:
        """The mail as the recipient's program reads it."""
        parsed = message_from_bytes(self.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed


@dataclass
class _Act:
    play: Callable[[_Session], Awaitable[None]]
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
        self._sessions: set[_Session] = set()
        self.context = None if security is Security.NONE else certificates.server_context(paper)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="smtp-server")

    # --- how it misbehaves

    def answer(
        self, step: Step, words: str, *, only: str = "", times: int | None = None, hang_up: bool = False
    ) -> None:
        """Say these words at a step; `only` for commands that contain it, `times` before behaving again."""

        async def play(session: _Session) -> None:
            await session.push(words)
            if hang_up:
                session.cut(politely=True)

        self._acts.setdefault(step, []).append(_Act(play, only, times))

    def hang(self, step: Step) -> None:
        """Say nothing more from a step on."""
        self._acts.setdefault(step, []).append(_Act(_wait_for_ever, "", None))

    def drop(self, step: Step, *, times: int | None = None) -> None:
        """Cut the line at a step."""

        async def play(session: _Session) -> None:
            session.cut()
            await _wait_for_ever(session)

        self._acts.setdefault(step, []).append(_Act(play, "", times))

    def trickle(self, step: Step, words: str = "250-slow") -> None:
        """Answer a step with lines without end, a byte every few milliseconds."""

        async def play(session: _Session) -> None:
            while True:
                for byte in f"{words}\r\n".encode():
                    session._writer.write(bytes([byte]))
                    await asyncio.sleep(0.005)

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
        server = await self._loop.create_server(lambda: _Session(self, self._loop), HOST, 0, ssl=implicit)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stopping.wait()
        server.close()
        tasks = [session.task for session in self._sessions if session.task is not None]
        for session in list(self._sessions):
            session.cut()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()

    def keep(self, mail: Mail) -> None:
        """Take a mail in (called by a session)."""
        with self._arrived:
            self.mails.append(mail)
            self._arrived.notify_all()

    def act_for(self, step: Step, words: str) -> Callable[[_Session], Awaitable[None]] | None:
        """The misbehaviour that is due (called by a session)."""
        for act in self._acts.get(step, []):
            if act.only in words and act.left != 0:
                act.left = act.left - 1 if act.left is not None else None
                return act.play
        return None


class _Session(SMTP):
    """One conversation, with a detour at each step."""

    def __init__(self, owner: MailServer, loop: asyncio.AbstractEventLoop) -> None:
        self._owner = owner
        starttls = owner.security is Security.STARTTLS
        super().__init__(
            self,
            hostname="mail.test",
            ident="ESMTP",
            data_size_limit=owner.size_limit,
            enable_SMTPUTF8=True,
            tls_context=owner.context if starttls else None,
            auth_require_tls=starttls,
            auth_exclude_mechanism={"LOGIN", "PLAIN"} - set(owner.mechanisms),
            authenticator=self._authenticate_login,
            loop=loop,
        )
        for command in ("EHLO", "STARTTLS", "AUTH", "NOOP", "MAIL", "RCPT", "DATA", "QUIT"):
            self._smtp_methods[command] = partial(self._step, command, self._smtp_methods[command])

    @property
    def task(self) -> asyncio.Task[None] | None:
        return self._handler_coroutine

    def cut(self, *, politely: bool = False) -> None:
        """End the line; politely, what was said before still arrives."""
        transport: Any = self._original_transport or self.transport
        if transport is not None:
            transport.close() if politely else transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if self not in self._owner._sessions:
            self._owner._sessions.add(self)
            self._owner.connections += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._owner._sessions.discard(self)
        super().connection_lost(error)

    async def _handle_client(self) -> None:
        act = self._owner.act_for(Step.CONNECT, "")
        if act is None:
            await super()._handle_client()
        else:
            await act(self)

    async def _step(self, command: str, method: Callable[[str], Awaitable[None]], arg: str) -> None:
        words = f"{command} {arg or ''}".strip()
        self._owner.commands.append(words)
        act = self._owner.act_for(Step(command), words)
        if act is not None:
            await act(self)
        elif command == "MAIL" and self._owner.login and not self.session.authenticated:
            await self.push("530 5.7.0 Authentication required")
        elif command == "DATA" and (body_act := self._owner.act_for(Step.BODY, "")) is not None:
            await self.push("354 go ahead")
            await self._reader.read(1)
            await body_act(self)
        else:
            try:
                await method(arg)
            except TLSSetupException:  # the client hung up on the certificate
                self.cut()
                await _wait_for_ever(self)

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, offers: list[str]
    ) -> list[str]:
        session.host_name = hostname
        hidden = self._owner.hidden | (set() if self._owner.mechanisms else {"AUTH"})
        return [offer for offer in offers if offer[4:].split(" ")[0] not in hidden]

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str | None:
        act = self._owner.act_for(Step.END, "")
        if act is not None:
            await act(self)
            return None
        self._owner.keep(
            Mail(
                sender=envelope.mail_from,
                recipients=tuple(envelope.rcpt_tos),
                content=envelope.original_content,
                options=tuple(envelope.mail_options),
                encrypted=self.transport.get_extra_info("ssl_object") is not None,
                user=session.auth_data.login.decode() if session.authenticated else "",
                hello=session.host_name,
            )
        )
        return "250 2.0.0 Ok: queued as 4XyZ"

    async def push(self, status: str | bytes | None) -> None:
        if status is not None:
            await super().push(status)

    def _authenticate_login(
        self, server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        given = (data.login.decode(), data.password.decode())
        return AuthResult(success=given == self._owner.login, handled=False, auth_data=data)


async def _wait_for_ever(_session: _Session) -> None:
    await asyncio.Event().wait()
