"""Lock a file with a passphrase, in the open format age, so that its owner can open it without us too.

The format is C2SP's age-encryption.org/v1 with its scrypt recipient: `age -d file` opens it. The
cryptography is that of the library `cryptography`; what is here is the order of the parts. A file
goes through in chunks of 64 KiB, so that its size is no matter.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble

WORK = 18
"""Logarithm of scrypt's work factor: 256 MB and about half a second for each guess, as age itself takes."""

_MOST_WORK = 20
_CHUNK = 65536
_TAG = 16
_NO_NONCE = bytes(12)
_SALT_LABEL = b"age-encryption.org/v1/scrypt"
_HEADER = re.compile(
    rb"(age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n---)"
    rb" ([A-Za-z0-9+/]{43})\n"
)
_LONGEST_HEADER = 200


class Source(Protocol):
    """What is read from, from its beginning to its end."""

    def read(self, size: int, /) -> bytes:
        """Return so many bytes, fewer only at the end."""


class Sink(Protocol):
    """What is written to."""

    def write(self, content: bytes, /) -> object:
        """Take all of the bytes."""


Passed = Callable[[int], None]
"""Told how many bytes of the unlocked file went through so far; what it raises stops the work."""


def seal(reader: Source, writer: Sink, passphrase: str, passed: Passed) -> None:
    """Write a locked copy of a file. Raises OSError."""
    work = WORK
    file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    body = ChaCha20Poly1305(_wrap_key(passphrase, salt, work)).encrypt(_NO_NONCE, file_key, None)
    head = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (_encoded(salt), work, _encoded(body))
    writer.write(head + b" " + _encoded(_mac(file_key, head)) + b"\n" + nonce)
    cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    done = 0
    for number, (chunk, last) in enumerate(_chunks(reader, _CHUNK)):
        writer.write(cipher.encrypt(_nonce(number, last=last), chunk, None))
        done += len(chunk)
        passed(done)


def unseal(reader: BinaryIO, writer: Sink, passphrase: str, passed: Passed, *, name: str) -> None:
    """Write what a locked file holds; what was written so far is worth nothing where this raises.

    Raises RuleBroken PASSPHRASE_WRONG, OutsideTrouble BACKUP_DAMAGED with `name`, OSError.
    """
    found = _HEADER.match(reader.read(_LONGEST_HEADER))
    if found is None or int(found[3]) > _MOST_WORK:
        raise OutsideTrouble(Trouble.BACKUP_DAMAGED, file=name)
    try:
        salt, body, mac = (_decoded(found[place]) for place in (2, 4, 5))
    except ValueError as error:
        raise OutsideTrouble(Trouble.BACKUP_DAMAGED, file=name) from error
    try:
        file_key = ChaCha20Poly1305(_wrap_key(passphrase, salt, int(found[3]))).decrypt(_NO_NONCE, body, None)
    except InvalidTag as error:
        raise RuleBroken(Rule.PASSPHRASE_WRONG, field="passphrase", file=name) from error
    if not hmac.compare_digest(mac, _mac(file_key, found[1])):
        raise OutsideTrouble(Trouble.BACKUP_DAMAGED, file=name)
    reader.seek(found.end())
    cipher = ChaCha20Poly1305(_derived(file_key, reader.read(16), b"payload"))
    done = 0
    for number, (chunk, last) in enumerate(_chunks(reader, _CHUNK + _TAG)):
        try:
            plain = cipher.decrypt(_nonce(number, last=last), chunk, None)
        except InvalidTag as error:
            raise OutsideTrouble(Trouble.BACKUP_DAMAGED, file=name) from error
        if not plain and number:
            raise OutsideTrouble(Trouble.BACKUP_DAMAGED, file=name)
        writer.write(plain)
        done += len(plain)
        passed(done)


def _chunks(reader: Source, size: int) -> Iterator[tuple[bytes, bool]]:
    """Yield the chunks of a file, and of each whether it is the last; an empty file has an empty one."""
    chunk = reader.read(size)
    while True:
        following = reader.read(size)
        yield chunk, not following
        if not following:
            return
        chunk = following


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def _wrap_key(passphrase: str, salt: bytes, work: int) -> bytes:
    # Composed letters, whatever keyboard they come from: "ü" must be the same passphrase everywhere.
    typed = unicodedata.normalize("NFC", passphrase).encode()
    return Scrypt(salt=_SALT_LABEL + salt, length=32, n=1 << work, r=8, p=1).derive(typed)


def _derived(file_key: bytes, salt: bytes, label: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=label).derive(file_key)


def _mac(file_key: bytes, head: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), head, "sha256")


def _encoded(content: bytes) -> bytes:
    return base64.b64encode(content).rstrip(b"=")


def _decoded(written: bytes) -> bytes:
    """Return what was written in base64 without padding. Raises ValueError for any but the one spelling."""
    content = binascii.a2b_base64(written + b"=" * (-len(written) % 4), strict_mode=True)
    if _encoded(content) != written:
        raise ValueError(written)
    return content
