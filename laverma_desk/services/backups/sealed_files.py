"""Lock a finished copy and prove that it opens again; unlock one that was locked."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.durable import take_place
from laverma_desk.storage.database import trouble_of

_HEAD = b"age-encryption.org/v1\n"

Share = Callable[[float], None]
"""Told which share of the work is done, from 0 to 1; what it raises stops the work."""


def is_sealed(file: Path) -> bool:
    """Tell from its first bytes whether a file is locked. Raises OutsideTrouble FILE_UNREADABLE."""
    try:
        with file.open("rb") as reader:
            return reader.read(len(_HEAD)) == _HEAD
    except OSError as error:
        raise OutsideTrouble(Trouble.FILE_UNREADABLE, file=str(file)) from error


def seal_file(plain: Path, target: Path, passphrase: str, share: Share) -> None:
    """Lock a file under another name, which appears only once it was opened again and found to be equal.

    Raises OutsideTrouble, and what `share` raises.
    """
    from laverma_desk.storage.backup_sealing import seal, unseal  # noqa: PLC0415 (cryptography, on use)

    fresh = target.with_name(f".{target.name}.partial")
    size = max(1, plain.stat().st_size)
    try:
        with plain.open("rb") as reader, _private(fresh) as writer:
            digest = _Digest()
            seal(_Listening(reader, digest), writer, passphrase, lambda done: share(done / size / 2))
            writer.flush()
            os.fsync(writer.fileno())
        with fresh.open("rb") as again:
            proof = _Digest()
            unseal(again, proof, passphrase, lambda done: share(0.5 + done / size / 2), name=target.name)
        if proof.hexdigest() != digest.hexdigest():
            raise OutsideTrouble(Trouble.FILE_UNWRITABLE, file=str(target))
        take_place(fresh, target)
    except OSError as error:
        raise trouble_of(error, str(target)) or OutsideTrouble(
            Trouble.FILE_UNWRITABLE, file=str(target)
        ) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def unseal_file(locked: Path, target: Path, passphrase: str, share: Share) -> None:
    """Unlock a file under another name, for its owner alone. Where this raises, the target is not there.

    Raises RuleBroken PASSPHRASE_WRONG, OutsideTrouble BACKUP_DAMAGED, DISK_FULL and others.
    """
    from laverma_desk.storage.backup_sealing import unseal  # noqa: PLC0415 (cryptography, on use)

    whole = False
    try:
        with locked.open("rb") as reader, _private(target) as writer:
            size = max(1, locked.stat().st_size)
            unseal(reader, writer, passphrase, lambda done: share(done / size), name=locked.name)
            writer.flush()
            os.fsync(writer.fileno())
            whole = True
    except OSError as error:
        raise trouble_of(error, str(target)) or OutsideTrouble(
            Trouble.FILE_UNREADABLE, file=str(locked)
        ) from error
    finally:
        if not whole:
            with suppress(OSError):
                target.unlink(missing_ok=True)


def _private(file: Path) -> BinaryIO:
    file.unlink(missing_ok=True)
    return os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


class _Digest:
    """Takes what is written and keeps its SHA-256 alone."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def write(self, content: bytes, /) -> None:
        self._hash.update(content)

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


class _Listening:
    """A reader that passes on what it reads."""

    def __init__(self, reader: BinaryIO, listener: _Digest) -> None:
        self._reader, self._listener = reader, listener

    def read(self, size: int, /) -> bytes:
        content = self._reader.read(size)
        self._listener.write(content)
        return content
