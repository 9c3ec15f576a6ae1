"""Words on lines: type styles, widths, line breaks, shortening; in CSS pixels (96 to the inch)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from laverma_desk.documents.fonts import Face, advances
from laverma_desk.documents.glyphs import face_of, printable
from laverma_desk.documents.right_to_left import join, visual

INK = "#1C2329"
MUTED = "#56626B"
TEAL = "#0B6E75"

_ELLIPSIS = "…"
_BLANKS = re.compile(r"[ \n]+")
# A line may end at a blank or behind a hyphen; no-break blanks are no blanks here.
_ATOMS = re.compile(r" +|[^ -]*-+|[^ -]+")


@dataclass(frozen=True)
class Style:
    """A type style: size and line height in px, weight by face, colour as #RRGGBB."""

    px: float
    line: float
    face: Face = Face.REGULAR
    colour: str = INK

    @property
    def baseline(self) -> float:
        """Return how far the baseline lies below the top of the line.

        Plex stands 1.025 of the size above its baseline and 0.275 below it, centred in the line.
        """
        return (self.line - 1.3 * self.px) / 2 + 1.025 * self.px

    def muted(self) -> Style:
        """Return the same type in the colour of labels."""
        return replace(self, colour=MUTED)


BODY = Style(14, 20)
BODY_BOLD = Style(14, 20, Face.SEMI_BOLD)
SMALL = Style(12, 18, colour=MUTED)


def prepared(text: str) -> str:
    """Return text in characters that the shipped fonts draw, Arabic letters joined, in reading order."""
    return join(printable(text))


def one_line(text: str) -> str:
    """Return prepared text with line ends and runs of blanks as one blank; no-break blanks stay."""
    return _BLANKS.sub(" ", prepared(text)).strip()


def width(text: str, style: Style) -> float:
    """Return how wide prepared text is in px."""
    return _units(text, style.face) * style.px / 1000


@lru_cache(maxsize=8192)
def _units(text: str, face: Face) -> float:
    """Return a width in thousandths of the type size; most words come again and again."""
    own = advances(face)
    if own.keys() >= set(text):
        return sum(map(own.__getitem__, text))
    return sum(own[one] if one in own else advances(Face.FALLBACK)[one] for one in text)


def runs(line: str, paragraph: str, style: Style) -> list[tuple[Face, str]]:
    """Return a line of prepared text from left to right, in pieces of one face each."""
    ordered = visual(line, paragraph)
    if line and advances(style.face).keys() >= set(line):
        return [(style.face, ordered)]
    return [
        (face, "".join(piece)) for face, piece in groupby(ordered, key=lambda one: face_of(one, style.face))
    ]


def wrap(text: str, style: Style, room: float, *, at_most: int | None = None) -> list[str]:
    """Break one paragraph of prepared text into lines no wider than the room, in px.

    A word that is wider than a line is cut where the line ends. With `at_most` the last line that
    is left ends in an ellipsis.
    """
    lines: list[str] = []
    line, used = "", 0.0
    for atom in _ATOMS.findall(text):
        wide = width(atom, style)
        if used + wide <= room:
            line, used = line + atom, used + wide
            continue
        if line.strip(" "):
            lines.append(line.rstrip(" "))
        *full, line = [""] if atom.startswith(" ") else _cut(atom, style, room)
        lines += full
        used = width(line, style)
    if line.strip(" "):
        lines.append(line.rstrip(" "))
    if at_most is not None and len(lines) > at_most:
        lines[at_most - 1 :] = [shortened(lines[at_most - 1] + _ELLIPSIS, style, room)]
    return lines


def shortened(text: str, style: Style, room: float) -> str:
    """Return prepared text cut to the room in px, an ellipsis for what is missing."""
    if width(text, style) <= room:
        return text
    first = _cut(text, style, room - width(_ELLIPSIS, style))[0]
    return first.rstrip() + _ELLIPSIS


def _cut(word: str, style: Style, room: float) -> list[str]:
    """Cut a word into pieces that fit, never between a letter and the accent on it."""
    pieces: list[str] = []
    piece, used = "", 0.0
    for one in word:
        wide = width(one, style)
        if piece and used + wide > room and not unicodedata.combining(one):
            pieces.append(piece)
            piece, used = "", 0.0
        piece, used = piece + one, used + wide
    return [*pieces, piece]
