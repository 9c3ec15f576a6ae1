"""The line to a mail server: smtplib's commands over a socket on which nothing lasts longer than it may."""

from __future__ import annotations

import ipaddress
import smtplib
import socket
import ssl
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.mail_account import MailAccount, Security
from laverma_desk.domain.message import Failure
from laverma_desk.mail.answers import Stopped, readable

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

# A valid address literal (RFC 5321 4.1.3) that tells nothing about the machine or its network.
EHLO_NAME = "[127.0.0.1]"
_LONGEST_REPLY = 64 * 1024
_CHUNK = 16 * 1024
_SLOWEST = 8 * 1024  # bytes a second; a line that carries less counts as hanging
_LAST_PORT = 65535
_SLICE = 0.2  # seconds after which a wait looks up whether it was called off


class NotSmtp(OSError):
    """Whoever answered speaks another language than SMTP; `line` is what was said, as it came."""

    def __init__(self, line: bytes) -> None:
        """Keep what was said; it may quote what it was told, so it is no part of the error's text."""
        super().__init__()
        self.line = line


class Line(smtplib.SMTP):
    """A connected line; `timeout` (seconds) bounds each reply and each command as a whole.

    A server that trickles its reply, or endless lines, does not stretch it. `cancelled` is asked
    while waiting; None lets nothing call the wait off. Raises OSError, smtplib's own errors among
    them, and Stopped for a wait that was called off.
    """

    def __init__(self, sock: socket.socket, timeout: float, cancelled: Callable[[], bool] | None) -> None:
        """Take over a connected socket."""
        super().__init__(local_hostname=EHLO_NAME, timeout=timeout)
        self.sock: socket.socket | None = sock
        self.cancelled = cancelled
        self._unread = b""

    def encrypt(self, context: ssl.SSLContext, host: str) -> None:
        """Go on encrypted, once the certificate proved to be the host's.

        What arrived in the clear after the answer to STARTTLS came from somebody in between
        (RFC 3207 4.2) and ends the conversation.
        """
        if self._unread:
            raise Stopped(Failure.ENCRYPTION_MISSING, readable(self._unread))
        plain = self._socket()
        plain.settimeout(self.timeout)
        self.sock = context.wrap_socket(plain, server_hostname=host)

    def look_up(self) -> None:
        """Raise Stopped if the conversation was called off."""
        if self.cancelled is not None and self.cancelled():
            raise Stopped(Failure.CANCELLED)

    def send(self, s: ReadableBuffer | str) -> None:
        """Put bytes onto the wire; a long body gets more time, a line below 8 KB/s none."""
        rest = memoryview(s.encode(self.command_encoding) if isinstance(s, str) else s)
        deadline = time.monotonic() + self.timeout + len(rest) / _SLOWEST
        wire = self._socket()
        while rest:
            wire.settimeout(min(self.timeout, _left(deadline)))
            rest = rest[wire.send(rest[:_CHUNK]) :]

    def has_spoken(self) -> bool:
        """Return whether the other side said something that nobody has read; it is not waited for."""
        wire = self._socket()
        wire.settimeout(0)
        try:
            chunk = wire.recv(_CHUNK)
        except (BlockingIOError, ssl.SSLWantReadError):
            return bool(self._unread)
        if not chunk:
            raise ConnectionResetError
        self._unread += chunk
        return True

    def getreply(self) -> tuple[int, bytes]:
        """Return a reply's code and its words, lines joined by a line feed."""
        deadline = time.monotonic() + self.timeout
        words: list[bytes] = []
        size = 0
        while True:
            line = self._read_line(deadline)
            size += len(line)
            if not line[:3].isdigit() or line[3:4] not in {b" ", b"-", b""} or size > _LONGEST_REPLY:
                raise NotSmtp(line)
            words.append(line[4:].strip())
            if line[3:4] != b"-":
                return int(line[:3]), b"\n".join(words)

    def _read_line(self, deadline: float) -> bytes:
        wire = self._socket()
        while b"\n" not in self._unread:
            if len(self._unread) > _LONGEST_REPLY:
                raise NotSmtp(self._unread[:_CHUNK])
            self.look_up()
            wire.settimeout(min(_SLICE, _left(deadline)))
            try:
                chunk = wire.recv(_CHUNK)
            except TimeoutError:
                continue
            if not chunk:
                raise ConnectionResetError
            self._unread += chunk
        line, _, self._unread = self._unread.partition(b"\n")
        return line.rstrip(b"\r")

    def _socket(self) -> socket.socket:
        if self.sock is None:
            raise ConnectionResetError
        return self.sock


def connect(account: MailAccount, timeout: float) -> socket.socket:
    """Return a socket to the account's server; `timeout` (seconds) is for all its addresses together.

    The time that the system takes to resolve the name comes on top. Raises OSError,
    RuleBroken HOST_INVALID for what can be no host, and, before a byte leaves, PLAIN_TEXT_REFUSED
    for an unencrypted line to any other machine than this one.
    """
    addresses = _addresses(account)
    if account.security is Security.NONE and not all(_is_loopback(address[0]) for _, address in addresses):
        raise RuleBroken(Rule.PLAIN_TEXT_REFUSED, field="security")
    deadline = time.monotonic() + timeout
    last: OSError = ConnectionRefusedError()
    for position, (family, address) in enumerate(addresses):
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(_left(deadline) / (len(addresses) - position))
            sock.connect(address)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            sock.close()
            last = error
        else:
            return sock
    raise last


def _addresses(account: MailAccount) -> list[tuple[int, tuple[str, int]]]:
    host, port = account.host, account.port
    if not host.isprintable() or not 0 < port <= _LAST_PORT:
        raise RuleBroken(Rule.HOST_INVALID, field="host" if 0 < port <= _LAST_PORT else "port", host=host)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # an empty label, or one that is too long
        raise RuleBroken(Rule.HOST_INVALID, field="host", host=host) from error
    return [(family, address) for family, _, _, _, address in found]  # type: ignore[misc]


def _is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address).is_loopback


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
