"""What a crash, an editor, a spreadsheet or a joker makes of a file, a word or a command."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tests.remote.fuzzing import mutated

ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1")
NASTY = (
    *"\x00\x01\t\n\r\x1b\x7f\x85\xa0\xad\u061c\u200b\u2028\u202e\u2066\ud800\ufeff\ufffd\U0001f600ß",
    *"{}[]\"',;|:.\\%=-+@*#",
    "\udcff",
    "..",
    "...",
    "CON",
    "nul.txt",
    "COM¹",
    "\u0661\u0662",
    "9" * 30,
    "-1",
    "1e999",
    "NaN",
    "31.02.2022",
    "00:60:00",
    "29.03.2026 02:30",
    "01.01.0001",
    "31.12.9999",
    "{seq",
    "%s%n",
    "=1+1",
    "'; DROP TABLE session; --",
    "<b>",
    "\r\nBcc: x@y.example",
    "e\u0301" * 20,
    "A" * 300,
    "[" * 200,
    '"' * 3,
    " " * 200,
)


def spoiled_text(text: str, chance: random.Random) -> str:
    """Return a text with some lines lost, doubled, moved or hurt."""
    lines = text.splitlines(keepends=True)
    for _again in range(chance.randint(1, 4)):
        place = chance.randrange(len(lines)) if lines else 0
        match chance.randrange(6):
            case 0 if lines:
                del lines[place]
            case 1 if lines:
                lines.insert(chance.randrange(len(lines) + 1), lines[place])
            case 2 if lines:
                lines.insert(chance.randrange(len(lines)), lines.pop(place))
            case 3:
                lines.insert(place, spoiled_word("", chance) + chance.choice(("\n", "\r\n", "\r", "")))
            case _ if lines:
                lines[place] = mutated(lines[place], chance)
    return "".join(lines)


def spoiled_file(text: str, chance: random.Random) -> bytes:
    """Return the bytes of a spoiled text, in some encoding, sometimes cut or hurt once more."""
    content = spoiled_text(text, chance).encode(chance.choice(ENCODINGS), "replace")
    return spoiled_bytes(content, chance) if chance.random() < 0.2 else content


def spoiled_bytes(content: bytes, chance: random.Random) -> bytes:
    """Return bytes of which some are flipped, overwritten, lost or too many."""
    hurt = bytearray(content)
    for _again in range(chance.randint(1, 6)):
        place = chance.randrange(len(hurt) + 1)
        match chance.randrange(5):
            case 0 if place < len(hurt):
                hurt[place] ^= 1 << chance.randrange(8)
            case 1:
                hurt[place : place + chance.randint(1, 64)] = chance.randbytes(chance.randint(0, 64))
            case 2:
                hurt[place : place + 512] = bytes(512)
            case 3:
                hurt[place:place] = chance.randbytes(chance.randint(1, 16))
            case _:
                del hurt[place if chance.random() < 0.3 else len(hurt) - min(len(hurt), 700) :]
    return bytes(hurt)


def spoiled_word(word: str, chance: random.Random) -> str:
    """Return a word with something in it that nobody expects."""
    for _again in range(chance.randint(1, 3)):
        place = chance.randint(0, len(word))
        match chance.randrange(4):
            case 0:
                word = word[:place]
            case 1:
                word = word[:place] + chance.choice(NASTY) + word[place:]
            case 2:
                word = (
                    word[:place]
                    + chr(chance.choice((chance.randrange(128), chance.randrange(0x11000))))
                    + word[place + 1 :]
                )
            case _:
                word = word[:place] + word[place : place + 9] * chance.randint(2, 6) + word[place:]
    return word


def spoiled_call(words: Sequence[str], others: Sequence[str], chance: random.Random) -> list[str]:
    """Return the words of a command, some lost, doubled, moved, hurt or taken from others."""
    call = list(words)
    for _again in range(chance.choice((0, 1, 1, 2, 3))):
        place = chance.randrange(len(call)) if call else 0
        match chance.randrange(6):
            case 0 if call:
                del call[place]
            case 1 if call:
                call.insert(chance.randrange(len(call)), call[place])
            case 2 if call:
                call.insert(chance.randrange(len(call)), call.pop(place))
            case 3:
                call.insert(place, chance.choice(others))
            case 4 if call:
                call[place] = chance.choice(others)
            case _ if call:
                call[place] = spoiled_word(call[place], chance)
    return call
