"""A mail server on loopback that dies, or goes mad, at one step of the dialogue, down to the single byte.

It knows what nobody at the other end can: whether it took the mail before it died.
"""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from laverma_desk.domain.mail_account import Security

HOST = "127.0.0.1"
PATIENCE_SECONDS = 20.0


class Moment(StrEnum):
    """Where in the dialogue it happens."""

    CONNECT = "connect"
    BANNER = "banner"
    EHLO = "EHLO"
    STARTTLS = "STARTTLS"
    HANDSHAKE = "handshake"
    EHLO_AGAIN = "EHLO after TLS"
    AUTH = "AUTH"
    MAIL = "MAIL"
    RCPT_1 = "RCPT 1"
    RCPT_2 = "RCPT 2"
    DATA = "DATA"
    TEXT = "in the text"
    DOT = "after the last dot"
    QUIT = "QUIT"


class Death(StrEnum):
    """How it happens."""

    CLOSES = "closes"
    RESETS = "resets"
    HANGS = "hangs"
    TURNS_AWAY = "421 and closes"
    PUTS_OFF = "451"
    REFUSES = "550"
    BABBLES = "nonsense"
    BABBLES_BYTES = "bytes that are no text"
    OTHER_CODE = "an answer of no kind that fits"
    HALF_LINE = "half a line, closes"
    HALF_LINE_HANGS = "half a line, hangs"
    HALF_REPLY = "the first line of several, closes"
    SAYS_TWICE = "the right answer twice"
    SAYS_GOOD_ONLY = "250, whatever was asked"


_WORDS = {
    Death.PUTS_OFF: b"451 4.7.1 Try again later\r\n",
    Death.REFUSES: b"550 5.7.1 No\r\n",
    Death.BABBLES: b"what was that?\r\n",
    Death.BABBLES_BYTES: b"\xff\x00\x16\x03\x01\r\n",
    Death.OTHER_CODE: b"354 go on\r\n",
    Death.SAYS_GOOD_ONLY: b"250 2.0.0 Ok: queued as 4XyZ\r\n",
}

_REPLIES = {
    "STARTTLS": b"220 ready\r\n",
    "AUTH": b"235 2.7.0 welcome\r\n",
    "MAIL": b"250 2.1.0 ok\r\n",
    "RCPT 1": b"250 2.1.5 ok\r\n",
    "RCPT 2": b"250 2.1.5 ok\r\n",
    "DATA": b"354 go ahead\r\n",
    "QUIT": b"221 2.0.0 bye\r\n",
}
_YES = (Death.SAYS_TWICE, Death.SAYS_GOOD_ONLY)


@dataclass(frozen=True)
class Fate:
    """What the server will do, once in each conversation; `takes`: it had taken the mail before that."""

    moment: Moment
    death: Death
    takes: bool = False

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.moment}: {self.death}" + (", mail taken" if self.takes else "")


class _DeadError(Exception):
    """The conversation is over."""


class MortalServer:
    """The server; its `fate` counts from the next conversation on. `taken` holds the mails it took, whole."""

    def __init__(self, security: Security, context: ssl.SSLContext) -> None:
        self.fate: Fate | None = None
        self.taken: list[bytes] = []
        self._security, self._context = security, context
        self._listening = socket.create_server((HOST, 0))
        self.port: int = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, name=f"mortal-{security}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the port and end the thread."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(PATIENCE_SECONDS)

    def _serve(self) -> None:
        while True:
            try:
                wire, _address = self._listening.accept()
            except OSError:
                return
            wire.settimeout(PATIENCE_SECONDS)
            talk = _Talk(self, wire, self._security, self._context)
            with suppress(_DeadError, OSError):
                talk.converse()
            talk.hang_up()


class _Talk:
    def __init__(self, owner: MortalServer, wire: socket.socket, security: Security, context: Any) -> None:
        self._owner, self._wire, self._security, self._context = owner, wire, security, context
        self._fate = owner.fate
        self._unread = b""
        self._recipients = 0
        self._encrypted = False

    def hang_up(self) -> None:
        with suppress(OSError):
            self._wire.close()

    def converse(self) -> None:
        if self._security is Security.TLS:
            self._encrypt()
        elif self._fate is not None and self._fate.moment is Moment.CONNECT:
            self._act(b"")
        self._answer(Moment.BANNER, b"220 mail.test ESMTP\r\n")
        while True:
            self._obey(self._line())

    def _obey(self, command: bytes) -> None:
        word = command.partition(b" ")[0].upper().decode("latin-1")
        if word == "EHLO":
            self._hello()
            return
        if word == "RCPT":
            self._recipients += 1
            word = str(Moment.RCPT_1 if self._recipients == 1 else Moment.RCPT_2)
        good = _REPLIES.get(word)
        if good is None:
            self._wire.sendall(b"500 5.5.1 unknown\r\n")
            return
        if word == "DATA":
            good += self._too_early()
        right = self._answer(Moment(word), good)
        if word == "STARTTLS" and right:
            self._encrypt()
        elif word == "DATA" and right:
            self._take()
        elif word == "QUIT":
            raise _DeadError

    def _hello(self) -> None:
        again = self._encrypted and self._security is Security.STARTTLS
        offers = [b"mail.test", b"SIZE 33554432", b"8BITMIME", b"SMTPUTF8", b"AUTH PLAIN LOGIN"]
        if self._security is Security.STARTTLS and not again:
            offers.append(b"STARTTLS")
        good = b"".join(b"250-%s\r\n" % one for one in offers) + b"250 HELP\r\n"
        self._answer(Moment.EHLO_AGAIN if again else Moment.EHLO, good)

    def _encrypt(self) -> None:
        if self._fate is not None and self._fate.moment in (Moment.HANDSHAKE, Moment.CONNECT):
            if self._fate.moment is Moment.HANDSHAKE:
                self._wire.recv(100)
            self._act(b"\x16\x03\x03\x00")
        self._wire = self._context.wrap_socket(self._wire, server_side=True)
        self._encrypted = True

    def _too_early(self) -> bytes:
        """Return the yes to a mail of which nothing has come yet, if that is the fate: in one piece with 354.

        Said later it would cross the last dot on the wire: nobody could tell it from the answer to that.
        """
        fate = self._fate
        early = fate is not None and fate.moment is Moment.TEXT and fate.death in _YES
        return _WORDS[Death.SAYS_GOOD_ONLY] if early else b""

    def _take(self) -> None:
        fate = self._fate
        if fate is not None and fate.moment is Moment.TEXT and fate.death not in _YES:
            self._unread += self._wire.recv(1000)
            self._act(b"")
        text = self._text()
        refused = fate is not None and fate.moment is Moment.TEXT
        refused |= fate is not None and fate.moment is Moment.DOT and not fate.takes
        if not refused:
            self._owner.taken.append(text)
        if fate is not None and fate.moment is Moment.TEXT:
            self._wire.sendall(b"554 5.6.0 Not taken\r\n")
        else:
            self._answer(Moment.DOT, b"250 2.0.0 Ok: queued as 4XyZ\r\n")

    def _answer(self, moment: Moment, good: bytes) -> bool:
        """Say what is right, or do what fate wants; return whether it was the right answer."""
        if self._fate is not None and self._fate.moment is moment:
            return self._act(good)
        self._wire.sendall(good)
        return True

    def _act(self, good: bytes) -> bool:
        assert self._fate is not None
        match self._fate.death:
            case Death.CLOSES:
                raise _DeadError
            case Death.RESETS:
                self._wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                raise _DeadError
            case Death.HANGS:
                self._wait_until_left()
            case Death.TURNS_AWAY:
                self._say_last(b"421 4.3.2 Shutting down\r\n")
            case Death.HALF_LINE:
                self._say_last(good[:2] or b"22")
            case Death.HALF_LINE_HANGS:
                self._wire.sendall(good[:3] or b"220")
                self._wait_until_left()
            case Death.HALF_REPLY:
                self._say_last(good[:3] + b"-so far\r\n" if good else b"220-so far\r\n")
            case Death.SAYS_TWICE:
                self._wire.sendall(good * 2)
                return True
            case death:
                if self._fate.moment is Moment.TEXT and death in (Death.PUTS_OFF, Death.REFUSES):
                    self._say_last(_WORDS[death])
                self._wire.sendall(_WORDS[death])
        return False

    def _say_last(self, words: bytes) -> None:
        """Say something, and close so that it still arrives."""
        self._wire.sendall(words)
        self._wire.shutdown(socket.SHUT_WR)
        self._wait_until_left()

    def _wait_until_left(self) -> None:
        while self._wire.recv(65536):
            pass
        raise _DeadError

    def _line(self) -> bytes:
        while b"\r\n" not in self._unread:
            self._read_more()
        line, _, self._unread = self._unread.partition(b"\r\n")
        return line

    def _text(self) -> bytes:
        self._unread = b"\r\n" + self._unread
        while b"\r\n.\r\n" not in self._unread:
            self._read_more()
        text, _, self._unread = self._unread.partition(b"\r\n.\r\n")
        return text.replace(b"\r\n..", b"\r\n.")[2:] + b"\r\n"

    def _read_more(self) -> None:
        chunk = self._wire.recv(65536)
        if not chunk:
            raise _DeadError
        self._unread += chunk
