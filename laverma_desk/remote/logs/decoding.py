"""From the bytes of a log to its lines, whatever its tool, its version or a crash left in them."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble

LONGEST_LINE = 4096
"""Characters that a line of a log may have; what is longer was not written by a remote tool."""

LARGEST = 256 * 1024 * 1024
"""Bytes. A million connections are half of that; what is larger is no log, and would fill the memory."""

_HEAD = 4096
_MANY, _FEW = 0.4, 0.1
_REPLACED = {place: "\ufffd" for place in (*range(32), *range(127, 160)) if chr(place) not in "\t\n"}
# A file system fills with zero bytes what a crash left unwritten.
_CLEANED = _REPLACED | {0: None}


@dataclass(frozen=True)
class Line:
    """A line without its end, numbered from 1; `whole` is whether its end was written."""

    number: int
    text: str
    whole: bool


def read_file(file: Path) -> bytes:
    """Return what stands in a log at this moment; its tool may go on writing into it.

    The file is held for as long as reading takes and never locked. Raises OutsideTrouble FILE_UNREADABLE,
    RuleBroken LOG_UNKNOWN for what is too large to be a log.
    """
    try:
        if not file.is_file():
            raise OutsideTrouble(Trouble.FILE_UNREADABLE, file=str(file))
        if file.stat().st_size > LARGEST:
            raise RuleBroken(Rule.LOG_UNKNOWN)
        return file.read_bytes()
    except OSError as error:
        raise OutsideTrouble(Trouble.FILE_UNREADABLE, file=str(file)) from error


def text_of(content: bytes) -> str:
    r"""Return the text of a log; never fails.

    UTF-8 and UTF-16 with their marks, UTF-16 without, UTF-8, and Windows-1252 for each line that is no
    UTF-8. Ends of lines become \n, zero bytes go, other control characters become U+FFFD: a line is
    shown on screens and in shells.
    """
    text = _decoded(content)
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CLEANED)


def lines_of(content: bytes) -> list[Line]:
    """Return the lines of a log that are not blank."""
    pieces = text_of(content).split("\n")
    last = len(pieces)
    return [
        Line(number, piece, number < last) for number, piece in enumerate(pieces, start=1) if piece.strip()
    ]


def shortened(raw: str) -> str:
    """Return a line as it stood, and of one that no tool writes its beginning."""
    return raw if len(raw) <= LONGEST_LINE else f"{raw[:LONGEST_LINE]} …"


def plain(value: object) -> str:
    """Return a name, a note or an ID of a log as one printable line, "" for what is no text or number."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    line = str(value)[:LONGEST_LINE]
    if not line.isprintable():
        line = "".join(one if one.isprintable() else " " for one in line)
    return " ".join(line.split())


def _decoded(content: bytes) -> str:
    if content.startswith(codecs.BOM_UTF8):
        return _by_line(content[len(codecs.BOM_UTF8) :])
    if content.startswith(codecs.BOM_UTF16_LE):
        return content[2:].decode("utf-16-le", "replace")
    if content.startswith(codecs.BOM_UTF16_BE):
        return content[2:].decode("utf-16-be", "replace")
    return _without_mark(content)


def _without_mark(content: bytes) -> str:
    head = content[:_HEAD]
    if len(head) > 1:
        # Latin text in UTF-16 has every other byte zero; a hole has all of them.
        even, odd = head[::2].count(0) / len(head[::2]), head[1::2].count(0) / len(head[1::2])
        if odd > _MANY and even < _FEW:
            return content.decode("utf-16-le", "replace")
        if even > _MANY and odd < _FEW:
            return content.decode("utf-16-be", "replace")
    return _by_line(content)


def _by_line(content: bytes) -> str:
    try:
        # Not final: half a character at the end is a half line, no other encoding.
        return codecs.getincrementaldecoder("utf-8")().decode(content)
    except UnicodeDecodeError:
        return "\n".join(_line(one) for one in content.split(b"\n"))


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
