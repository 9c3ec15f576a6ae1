"""Text made drawable: every character has a glyph in a shipped font, or a visible stand-in."""

from __future__ import annotations

import re
import unicodedata

from laverma_desk.documents.fonts import Face, advances

MISSING = "▯"
_LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_TAB = " " * 4
_REGIONAL_A = 0x1F1E6
_REGIONAL_Z = 0x1F1FF
_NON_CHARACTERS = frozenset("\ufffe\uffff")


def clean(text: str) -> str:
    """Return text without what no document may hold, still in any script: for metadata and for drawing.

    Composed (a decomposed ü becomes ü), tabs as four blanks, every kind of line end as a
    line feed; other control characters go, half surrogates and non-characters become U+FFFD.
    """
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable():  # the classes that go, and line ends, are not
        return composed
    return "".join(_cleaned(character) for character in _LINE_END.sub("\n", composed))


def printable(text: str) -> str:
    """Return cleaned text in which each character is in Plex or in the fallback font.

    What is in neither is, in this order: invisible and dropped; a compatible spelling (fullwidth and
    mathematical letters); a flag's letters; a symbol's Unicode name in brackets ("[thumbs up sign]"),
    because an emoji in a note has a meaning; an empty box for a letter of another script.
    """
    # A PDF/A may not use .notdef, the glyph that fpdf2 would leave for a character that a font lacks.
    return clean(text).translate(_DRAWABLE)


def face_of(character: str, wanted: Face) -> Face:
    """Return the face that draws a character of printable text."""
    return wanted if character in advances(wanted) else Face.FALLBACK


class _Drawable(dict[int, str]):
    """What stands on paper for a cleaned character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kept = character == "\n" or (character in advances(Face.REGULAR) and _draws(character))
        self[code] = said = character if kept else _stand_in(character)
        return said


_DRAWABLE = _Drawable()


def _cleaned(character: str) -> str:
    if character == "\t":
        return _TAB
    category = unicodedata.category(character)
    if category == "Cc" and character != "\n":
        return ""
    return "\ufffd" if category == "Cs" or character in _NON_CHARACTERS else character


def _draws(character: str) -> bool:
    """Return whether a character leaves ink or a blank; bidi controls and soft hyphens do not."""
    return unicodedata.category(character) not in {"Cf", "Zl", "Zp"}


def _stand_in(character: str) -> str:
    code = ord(character)
    category = unicodedata.category(character)
    if not _draws(character) or _is_variant_mark(code):
        return ""
    if category == "Zs":
        return " "
    if _REGIONAL_A <= code <= _REGIONAL_Z:
        return chr(ord("A") + code - _REGIONAL_A)
    plex, fallback = advances(Face.REGULAR), advances(Face.FALLBACK)
    for spelling in (character, unicodedata.normalize("NFKC", character)):
        if all(one in plex or one in fallback for one in spelling):
            return spelling
    name = unicodedata.name(character, "") if category.startswith("S") else ""
    return f"[{name.lower()}]" if name else MISSING


def _is_variant_mark(code: int) -> bool:
    """Return whether a character only chooses a look: variation selectors and skin tones."""
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0x1F3FB <= code <= 0x1F3FF
