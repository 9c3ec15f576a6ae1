"""A conversation with a mail server up to the login, shared by sending and by testing the connection."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Callable
from contextlib import suppress

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.mail_account import MailAccount, Security
from laverma_desk.domain.mail_outcome import Outcome, Phase
from laverma_desk.domain.message import Failure
from laverma_desk.i18n import _
from laverma_desk.mail.answers import Stopped, readable
from laverma_desk.mail.line import Line, NotSmtp, connect

OK, CHALLENGE, GO_AHEAD, TEMPORARY, PERMANENT = 200, 334, 354, 400, 500
_AUTH_WANTED = frozenset({530, 535, 538})  # RFC 4954 6
_GOOD_BYE = 1.0
_SHORTEST_SECRET = 4


class Dialogue:
    """One conversation; it knows how far it got. `line` is there after `open`.

    `in_step` means that the server waits for a command; `elsewhere`, that the caller's own code
    runs, whose errors are none of the line's.
    """

    line: Line

    def __init__(self, account: MailAccount, password: str | None) -> None:
        """Prepare a conversation."""
        self.account = account
        self.phase = Phase.CONNECT
        self.refused: list[tuple[str, str]] = []
        self.in_step = False
        self.elsewhere = False
        self._password = password or ""
        self._connected = False

    def open(
        self, timeout: float, context: ssl.SSLContext | None, cancelled: Callable[[], bool] | None
    ) -> str:
        """Connect, encrypt, say hello and log in; return the last answer."""
        self.line = Line(connect(self.account, timeout), timeout, cancelled)
        self._connected = True
        self.line.look_up()
        if self.account.security is Security.TLS:
            self._encrypt(context)
        self.phase = Phase.GREETING
        self.accept(self.line.getreply())
        self.in_step = True
        words = self._say_hello()
        if self.account.security is Security.STARTTLS:
            self.phase = Phase.ENCRYPTION
            if not self.line.has_extn("starttls"):
                raise Stopped(Failure.ENCRYPTION_MISSING)
            self.accept(self.line.docmd("STARTTLS"), otherwise=Failure.ENCRYPTION_MISSING)
            self._encrypt(context)
            words = self._say_hello()
        return self._log_in() if self.account.user else words

    def accept(self, reply: tuple[int, bytes], otherwise: Failure = Failure.REFUSED) -> str:
        """Return the words of a reply that lets us go on, raise Stopped for any other."""
        failure = self.failure_of(reply, otherwise)
        if failure is not None:
            raise Stopped(failure, self.words_of(reply))
        return self.words_of(reply)

    def failure_of(self, reply: tuple[int, bytes], otherwise: Failure) -> Failure | None:
        """Return what a reply means: nothing for 2xx, TEMPORARY for 4xx, else `otherwise`."""
        code = reply[0]
        if OK <= code < OK + 100:
            return None
        if TEMPORARY <= code < PERMANENT:
            return Failure.TEMPORARY
        asks_for_login = self.phase in {Phase.SENDER, Phase.RECIPIENT} and code in _AUTH_WANTED
        return Failure.LOGIN_REFUSED if asks_for_login else otherwise

    def words_of(self, reply: tuple[int, bytes]) -> str:
        """Return a reply's code and words as they came, but for the password, should it be echoed."""
        return f"{reply[0]:03d} {self.readable(reply[1])}".rstrip()

    def readable(self, words: bytes) -> str:
        """Return words as they came, on one line and without the password."""
        password = self._password
        coded = [_coded(password), _coded(f"\0{self.account.user}\0{password}")] if password else []
        plain = [password] if len(password) >= _SHORTEST_SECRET else []
        secrets = [secret.encode("utf-8", "replace") for secret in coded + plain]
        return readable(words, [*secrets, *(secret.encode("latin-1", "replace") for secret in plain)])

    def close(self) -> None:
        """Say good-bye if the other side is still listening, and hang up; what it says no longer counts."""
        if not self._connected:
            return
        if self.in_step:
            self.line.cancelled = None
            self.line.timeout = min(self.line.timeout, _GOOD_BYE)
            with suppress(OSError):
                self.line.docmd("QUIT")
        self.line.close()

    def _say_hello(self) -> str:
        self.phase = Phase.HELLO
        return self.accept(self.line.ehlo())

    def _encrypt(self, context: ssl.SSLContext | None) -> None:
        self.phase = Phase.ENCRYPTION
        self.in_step = False
        self.line.encrypt(context or _safe_context(), self.account.host)
        self.in_step = self.account.security is Security.STARTTLS

    def _log_in(self) -> str:
        """Log in by PLAIN or LOGIN: once, so that a wrong password counts once, and in UTF-8."""
        self.phase = Phase.LOGIN
        offered = self.line.esmtp_features.get("auth", "").upper().split()
        user, password = self.account.user, self._password
        if "PLAIN" in offered:
            reply = self.line.docmd("AUTH", f"PLAIN {_coded(f'{chr(0)}{user}{chr(0)}{password}')}")
        elif "LOGIN" in offered:
            reply = self.line.docmd("AUTH", "LOGIN")
            for part in (user, password):
                if reply[0] != CHALLENGE:
                    break
                reply = self.line.docmd(_coded(part))
        else:
            raise Stopped(Failure.LOGIN_REFUSED, _("The mail server offers no login by password."))
        return self.accept(reply, otherwise=Failure.LOGIN_REFUSED)


def converse(
    account: MailAccount,
    password: str | None,
    talk: Callable[[Dialogue, str], str],
    *,
    timeout: float,
    context: ssl.SSLContext | None,
    cancelled: Callable[[], bool] | None,
) -> Outcome:
    """Open a conversation, let `talk` go on from the words of the login, and return what came of it.

    `talk` returns the final answer. Raises RuleBroken (MAIL_ACCOUNT_MISSING, HOST_INVALID,
    PLAIN_TEXT_REFUSED) before a byte is sent, ValueError for a context that does not verify.
    """
    if not account.host:
        raise RuleBroken(Rule.MAIL_ACCOUNT_MISSING)
    if context is not None and not (context.check_hostname and context.verify_mode is ssl.CERT_REQUIRED):
        raise ValueError("the context must verify certificate and host name")
    if account.user and not password:
        return Outcome("", Failure.PASSWORD_MISSING, (), Phase.LOGIN)
    dialogue = Dialogue(account, password)
    try:
        answer = talk(dialogue, dialogue.open(timeout, context, cancelled))
        dialogue.phase, failure = Phase.FINISHED, None
    except Stopped as stop:
        answer, failure = stop.answer, stop.failure
        dialogue.in_step = dialogue.in_step and failure is not Failure.CANCELLED
    except OSError as error:
        dialogue.in_step = False
        if dialogue.elsewhere:
            raise
        failure = _failure_of(error, dialogue.phase)
        answer = dialogue.readable(error.line) if isinstance(error, NotSmtp) else _words_of(error)
    except BaseException:
        dialogue.in_step = False
        raise
    finally:
        dialogue.close()
    return Outcome(answer, failure, tuple(dialogue.refused), dialogue.phase)


def _failure_of(error: OSError, phase: Phase) -> Failure:
    if phase is Phase.ANSWER:
        return Failure.BROKEN_AFTER_DATA
    if isinstance(error, ssl.SSLCertVerificationError):
        return Failure.CERTIFICATE
    if isinstance(error, NotSmtp):
        return Failure.REFUSED
    broken = isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError)
    if phase is Phase.ENCRYPTION and isinstance(error, ssl.SSLError) and not broken:
        return Failure.ENCRYPTION_MISSING  # the other side speaks no TLS, or none that is good enough
    # Who is turned away has a network: a machine was there, and nobody listened at its port.
    if phase is Phase.CONNECT and not isinstance(error, TimeoutError | ConnectionRefusedError):
        return Failure.NO_NETWORK
    return Failure.NO_ANSWER


def _words_of(error: OSError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return readable(error.verify_message)
    return readable(error.strerror or "")


def _safe_context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _coded(text: str) -> str:
    return base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
