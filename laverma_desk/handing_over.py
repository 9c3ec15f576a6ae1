"""A word to the window that is open for a desk, said without loading anything of that window."""

from __future__ import annotations

import hashlib
import os
import socket
import time

from laverma_desk.domain.errors import RuleBroken
from laverma_desk.domain.telephone import LONGEST, CallerId, read_caller
from laverma_desk.paths import DataDir

RAISE = b"raise\n"
"""Says: somebody started the program again, come to the front."""

LONGEST_MESSAGE = LONGEST + 16
"""Bytes that are read from whoever says something; the rest is not even looked at."""

_CALL = b"call "
_WAIT_SECONDS = 1.5
_PIPE_BUSY = 231


def line_name(data: DataDir) -> str:
    """Return the name under which the window of a desk listens: each desk has its own."""
    digest = hashlib.sha256(str(data.root.resolve()).encode()).hexdigest()[:24]
    return f"laverma-desk-{digest}"


def call_message(caller: CallerId) -> bytes:
    """Return the message that says who calls."""
    return b"%s%s\n" % (_CALL, caller.text.encode("ascii"))


def read_call(line: bytes) -> CallerId | None:
    """Return who calls from a message; None for whatever is no such message."""
    if not line.startswith(_CALL) or not line.endswith(b"\n") or len(line) > LONGEST_MESSAGE:
        return None
    try:
        return read_caller(line[len(_CALL) : -1].decode("ascii"))
    except (RuleBroken, UnicodeDecodeError):
        return None


def hand_over(data: DataDir, message: bytes) -> bool:
    """Say something to the window of a desk; return whether there is one that listens.

    Who calls is said to a window of the same user alone.
    """
    name = line_name(data)
    try:
        if os.name == "nt":
            _write_to_pipe(rf"\\.\pipe\{name}", message)
        else:
            # Where Qt's local servers listen. Nothing of Qt is loaded: the phone rings now.
            folder = os.environ.get("TMPDIR") or "/tmp"  # nosec B108 # noqa: S108 (the name is in it, not a file of ours)
            place = os.path.join(os.path.normpath(folder), name)  # noqa: PTH118 (a name, no file)
            if os.lstat(place).st_uid != os.getuid():
                return False  # Anybody may put a line of that name into the folder, and listen there.
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
                line.settimeout(_WAIT_SECONDS)
                line.connect(place)
                line.sendall(message)
    except OSError:
        return False
    return True


def _write_to_pipe(name: str, message: bytes) -> None:
    """Write to a named pipe of Windows; one that is just taken by somebody else is waited for."""
    until = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            with open(name, "r+b", buffering=0) as pipe:  # noqa: PTH123 (a pipe has no path to ask)
                pipe.write(message)
        except OSError as error:
            if getattr(error, "winerror", None) != _PIPE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return
