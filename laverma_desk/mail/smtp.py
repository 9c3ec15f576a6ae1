"""How a mail is handed to the mail server, so that for each end it is known whether the server has it."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Sequence

from laverma_desk.domain.mail_account import MailAccount
from laverma_desk.domain.mail_outcome import Outcome, Phase
from laverma_desk.domain.message import Failure
from laverma_desk.i18n import _
from laverma_desk.mail.address import wire_address
from laverma_desk.mail.answers import Stopped
from laverma_desk.mail.dialogue import GO_AHEAD, OK, PERMANENT, TEMPORARY, Dialogue, converse
from laverma_desk.mail.line import NotSmtp

__all__ = ["Outcome", "Phase", "deliver"]

# RFC 5321 4.5.3.2.6 wants much patience after the last dot: who hangs up early does not know.
_PATIENCE_AFTER_DATA = 4
_LAST_WORDS = 1.0
_TOO_LARGE, _HANGING_UP = 552, 421
_BARE_LINE_END = re.compile(rb"\r(?!\n)|(?<!\r)\n")
_LEADING_DOT = re.compile(rb"(?m)^\.")


def deliver(
    account: MailAccount,
    password: str | None,
    sender: str,
    recipients: Sequence[str],
    content: bytes,
    *,
    before_data: Callable[[], None],
    timeout: float = 30.0,
    context: ssl.SSLContext | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Outcome:
    """Hand a mail, as `compose` made it, to the account's server and return what came of it.

    The first recipient decides; the others (copies) may be refused alone. `before_data` runs right
    before the body goes onto the wire; what it raises ends the conversation without a mail.
    `timeout` (seconds) bounds each step as a whole; the answer after the body may take four times
    as long, the body itself a second more for each 8 KB. `cancelled` is asked until `before_data`
    runs. `context` replaces the system's certificates and must verify too.

    A line that breaks is BROKEN_AFTER_DATA only once the final dot may have reached the server;
    before that the server cannot have taken the mail. Raises RuleBroken before a byte is sent:
    MAIL_ACCOUNT_MISSING, HOST_INVALID, PLAIN_TEXT_REFUSED, EMAIL_INVALID; ValueError for content
    with bare line ends, and without recipients.
    """
    if not recipients or _BARE_LINE_END.search(content) or not content.endswith(b"\r\n"):
        raise ValueError("a mail needs a recipient and lines that end in CRLF")
    mail_from = wire_address(sender, field="sender")
    rcpt_to = list(dict.fromkeys(wire_address(one, field="recipient") for one in recipients))

    def talk(dialogue: Dialogue, _words: str) -> str:
        _name_sender(dialogue, mail_from, rcpt_to, content)
        _name_recipients(dialogue, rcpt_to)
        return _hand_over(dialogue, content, before_data)

    return converse(account, password, talk, timeout=timeout, context=context, cancelled=cancelled)


def _name_sender(dialogue: Dialogue, sender: str, recipients: list[str], content: bytes) -> None:
    dialogue.phase = Phase.SENDER
    line = dialogue.line
    options = [f"SIZE={len(content)}"] if line.has_extn("size") else []
    if line.has_extn("smtputf8"):
        if not ("".join([sender, *recipients]).isascii() and content.isascii()):
            options += ["SMTPUTF8", "BODY=8BITMIME"]
    elif not sender.isascii():
        raise Stopped(Failure.SENDER_REFUSED, _umlaut_sentence())
    reply = line.mail(sender, options)
    too_large = reply[0] == _TOO_LARGE
    dialogue.accept(reply, otherwise=Failure.CONTENT_REFUSED if too_large else Failure.SENDER_REFUSED)


def _name_recipients(dialogue: Dialogue, recipients: list[str]) -> None:
    dialogue.phase = Phase.RECIPIENT
    line = dialogue.line
    for position, recipient in enumerate(recipients):
        if recipient.isascii() or line.has_extn("smtputf8"):
            reply = line.rcpt(recipient)
            failure = dialogue.failure_of(reply, Failure.RECIPIENT_REFUSED)
            words = dialogue.words_of(reply)
            hangs_up = reply[0] == _HANGING_UP
        else:
            failure, words, hangs_up = Failure.RECIPIENT_REFUSED, _umlaut_sentence(), False
        if failure is None:
            continue
        dialogue.refused.append((recipient, words))
        if position == 0 or hangs_up:
            raise Stopped(failure, words)


def _hand_over(dialogue: Dialogue, content: bytes, before_data: Callable[[], None]) -> str:
    dialogue.phase = Phase.DATA
    line = dialogue.line
    reply = line.docmd("DATA")
    if reply[0] != GO_AHEAD:
        failure = dialogue.failure_of(reply, Failure.CONTENT_REFUSED)
        raise Stopped(failure or Failure.REFUSED, dialogue.words_of(reply))
    dialogue.in_step = False  # from here on the server takes every line for the mail's text
    line.look_up()
    line.cancelled = None
    dialogue.phase = Phase.BODY
    dialogue.elsewhere = True
    before_data()
    dialogue.elsewhere = False
    try:
        line.send(_LEADING_DOT.sub(b"..", content))
        spoken = line.has_spoken()
    except ConnectionError:
        _hear_last_words(dialogue)
        raise
    if spoken:
        _refuse_early_words(dialogue)
    dialogue.phase = Phase.ANSWER
    line.send(b".\r\n")
    patience = line.timeout
    line.timeout = patience * _PATIENCE_AFTER_DATA
    reply = line.getreply()
    line.timeout = patience
    if not (OK <= reply[0] < OK + 100 or TEMPORARY <= reply[0] < PERMANENT + 100):
        raise _not_smtp(reply)  # neither yes nor no: it may have taken the mail all the same
    dialogue.in_step = True
    return dialogue.accept(reply, otherwise=Failure.CONTENT_REFUSED)


def _hear_last_words(dialogue: Dialogue) -> None:
    """Raise Stopped with the reason, if the server gave one before it hung up on the body (too large)."""
    dialogue.line.timeout = min(dialogue.line.timeout, _LAST_WORDS)
    try:
        reply = dialogue.line.getreply()
    except OSError:
        return
    if reply[0] >= TEMPORARY:
        dialogue.accept(reply, otherwise=Failure.CONTENT_REFUSED)


def _refuse_early_words(dialogue: Dialogue) -> None:
    """Raise Stopped with the reason why the server does not want the body, NotSmtp for anything else it said.

    What comes before the last dot is no answer to the mail: taken for one, it would say that a mail arrived
    of which the server has not seen the end.
    """
    reply = dialogue.line.getreply()
    if reply[0] >= TEMPORARY:
        dialogue.accept(reply, otherwise=Failure.CONTENT_REFUSED)
    raise _not_smtp(reply)


def _not_smtp(reply: tuple[int, bytes]) -> NotSmtp:
    return NotSmtp(b"%03d %s" % reply)


def _umlaut_sentence() -> str:
    return _("The mail server takes no address with umlauts before the @.")
