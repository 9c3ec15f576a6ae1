"""Results go to standard output, all else to standard error: UTF-8, whatever the terminal was set to."""

from __future__ import annotations

import io
import os
import sys
from typing import TextIO

from laverma_desk.domain.errors import OutsideTrouble, Trouble


def prepare() -> None:
    """Let both streams take every character; half characters from file names become question marks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def say(line: str) -> None:
    """Print a line of the result. Raises OutsideTrouble where the output can be written no more."""
    _write(sys.stdout, f"{line}\n")


def tell(line: str) -> None:
    """Print a message beside the result."""
    _write(sys.stderr, f"{line}\n")


def flush() -> None:
    """Hand everything over. Raises OutsideTrouble where the output can be written no more."""
    _write(sys.stdout, "")


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:  # closed by the caller's shell
        return
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        # The reader had enough (`… | head`): what was asked for is done all the same.
        _silence(stream)
    except OSError as error:
        _silence(stream)
        raise OutsideTrouble(Trouble.FILE_UNWRITABLE, file="stdout") from error


def _silence(stream: TextIO) -> None:
    """Let the rest go nowhere, so that Python does not stumble over it when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
