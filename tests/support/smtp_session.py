"""One conversation of the tests' SMTP server: aiosmtpd, with a detour at each step."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword, TLSSetupException

from laverma_desk.domain.mail_account import Security

if TYPE_CHECKING:
    from tests.support.smtp_server import MailServer


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


class Session(SMTP):
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

    def write_byte(self, byte: int) -> None:
        """Say a byte and no more."""
        self._writer.write(bytes([byte]))

    async def read_on(self) -> None:
        """Take in what comes, until nobody is there any more."""
        while await self._reader.read(65_536):
            pass

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if self not in self._owner.sessions:
            self._owner.sessions.add(self)
            self._owner.connections += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._owner.sessions.discard(self)
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
                self._owner.sessions.discard(self)
                raise asyncio.CancelledError from None

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


async def wait_for_ever(_session: Session) -> None:
    await asyncio.Event().wait()
