"""How a letter becomes the bytes of a mail; the same letter always becomes the same bytes."""

from __future__ import annotations

import secrets
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from laverma_desk.domain.clock import local
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import Attachment, Letter
from laverma_desk.mail.address import has_control_characters, wire_address

_SHORT = 60
_FOLD = "\r\n "


def new_message_id(domain: str) -> str:
    """Return a Message-ID that no other mail has, below the sender's domain.

    It tells nothing about the machine. Raises RuleBroken EMAIL_INVALID for what is no domain.
    """
    return f"<{secrets.token_hex(16)}@{wire_address(f'x@{domain}', field='sender').partition('@')[2]}>"


def compose(letter: Letter, *, at: datetime, message_id: str) -> bytes:
    """Return a mail's bytes: lines end in CRLF, all is ASCII (no 8BITMIME needed), BCC stays out.

    `at` becomes the Date in the house's time. Only an address with umlauts before its @ makes
    headers UTF-8 (RFC 6532), for a server with SMTPUTF8. Raises RuleBroken (EMAIL_INVALID,
    EMAIL_WITHOUT_ENDING, TEXT_INVALID) with the letter's field, for line breaks and other control
    characters in what becomes a header, ValueError for a naive time or a broken Message-ID.
    """
    identity = message_id[1:-1]
    if message_id != f"<{identity}>" or "@" not in identity or not _is_header_word(identity):
        raise ValueError(message_id)
    headers = [
        _sender_line(letter),
        _recipient_line(letter),
        _subject_line(letter),
        f"Date: {format_datetime(local(at))}",
        f"Message-ID: {message_id}",
    ]
    return _joined(headers, letter, message_id)


def draft(letter: Letter) -> bytes:
    """Return an unsent mail for the mail program (`.eml`), which adds sender, date and identity itself.

    `X-Unsent: 1` lets classic Outlook open it for editing. Raises as `compose` does.
    """
    headers = ["X-Unsent: 1", _recipient_line(letter), _subject_line(letter)]
    return _joined(headers, letter, "\n".join([*headers, letter.body]))


def _joined(headers: list[str], letter: Letter, seed: str) -> bytes:
    """Return headers and text as one mail.

    The headers are folded here, not by EmailMessage: that one puts blanks into long words, and not
    the same ones in each Python.
    """
    content = EmailMessage(policy=SMTP)
    # Quoted-printable escapes what 7-bit lines cannot carry; half characters become a question mark.
    body = letter.body.encode("utf-8", "replace").decode("utf-8")
    content.set_content(body, charset="utf-8", cte="quoted-printable")
    for attachment in letter.attachments:
        _attach(content, attachment)
    if letter.attachments:
        # "=_" occurs in no quoted-printable and no base64 text (RFC 2045 6.7).
        content.set_boundary(f"=_{sha256(seed.encode('utf-8', 'replace')).hexdigest()[:32]}")
    version = content["MIME-Version"]
    for part in content.walk():
        del part["MIME-Version"]
    head = "".join(f"{line}\r\n" for line in [*headers, f"MIME-Version: {version}"])
    return head.encode() + content.as_bytes()


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    main, _, sub = attachment.mime_type.partition("/")
    message.add_attachment(
        attachment.content,
        maintype=main,
        subtype=sub,
        cte="base64",
        filename=_checked_text(attachment.name, "attachment"),
    )


def _sender_line(letter: Letter) -> str:
    address = wire_address(letter.sender, field="sender")
    name = " ".join(_checked_text(letter.sender_name, "sender_name").split())
    if not name:
        return f"From: {address}"
    if name.isascii() and len(name) <= _SHORT and "=?" not in name:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'From: "{quoted}"{_FOLD}<{address}>'
    return f"From: {_encoded(name, 'From')}{_FOLD}<{address}>"


def _recipient_line(letter: Letter) -> str:
    return f"To: {wire_address(letter.recipient, field='recipient')}"


def _subject_line(letter: Letter) -> str:
    subject = _checked_text(letter.subject, "subject").strip()
    plain = subject.isascii() and len(subject) <= _SHORT and "=?" not in subject
    return f"Subject: {subject if plain else _encoded(subject, 'Subject')}"


def _encoded(text: str, header: str) -> str:
    """Return a text as encoded words (RFC 2047), folded to lines of 76."""
    return Header(text, "utf-8", maxlinelen=76, header_name=header).encode(linesep="\r\n")


def _checked_text(text: str, field: str) -> str:
    if has_control_characters(text):
        raise RuleBroken(Rule.TEXT_INVALID, field=field)
    return text


def _is_header_word(word: str) -> bool:
    return word.isascii() and word.isprintable() and not set(word) & set("<> ")
