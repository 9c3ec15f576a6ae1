"""What the window and its judge of invoices say to each other: a length, then so many bytes, both ways."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterable
from typing import IO

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.einvoice.finding import Finding

_LENGTH = struct.Struct("!I")
_LONGEST = 64 * 1024 * 1024
WARM_UP = b""
"""The question that only wants the rules to be compiled; it is answered as an invoice without findings."""


class LineBroken(Exception):
    """The other side is gone, or says what is no answer; the text says which, and nothing of an invoice."""


def say(stream: IO[bytes], message: bytes) -> None:
    """Write a message. Raises OSError where nobody reads, LineBroken for one that is longer than agreed."""
    if len(message) > _LONGEST:
        raise LineBroken("longer than agreed")
    stream.write(_LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def hear(stream: IO[bytes]) -> bytes:
    """Return the next message, waiting for it. Raises LineBroken at the end, and for what is too long."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > _LONGEST:
        raise LineBroken("longer than agreed")
    return _exactly(stream, length)


def question(xml: bytes, format: InvoiceFormat) -> bytes:  # noqa: A002 (what the record calls it)
    """Return the message that asks for a judgement."""
    return format.value.encode() + b"\n" + xml


def asked(message: bytes) -> tuple[bytes, InvoiceFormat]:
    """Return XML and format of a question. Raises ValueError for anything else."""
    name, _end, xml = message.partition(b"\n")
    return xml, InvoiceFormat(name.decode())


def answer(message: bytes, findings: Iterable[Finding]) -> bytes:
    """Return the message that answers a question, and names it."""
    said = [[one.rule, one.text, one.where] for one in findings]
    return json.dumps({"judged": _name(message), "findings": said}).encode()


def findings_in(said: bytes, message: bytes) -> tuple[Finding, ...]:
    """Return what an answer to this very question found. Raises LineBroken for anything else."""
    try:
        words = json.loads(said)
        judged, found = words["judged"], words["findings"]
        findings = tuple(Finding(*map(_text, one)) for one in found)
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise LineBroken("no answer") from error
    if judged != _name(message):
        raise LineBroken("an answer to something else")
    return findings


def _exactly(stream: IO[bytes], size: int) -> bytes:
    found = stream.read(size)
    if len(found) < size:
        raise LineBroken("gone")
    return found


def _name(message: bytes) -> str:
    return hashlib.sha256(message).hexdigest()


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value))
    return value
