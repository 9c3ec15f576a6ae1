"""Spellings made comparable: case, umlauts in any writing, ß, accents."""

from __future__ import annotations

import unicodedata

_UMLAUT_PAIRS = frozenset({"ae", "oe", "ue"})
_SINGLE = {"ß": "ss", "æ": "a", "œ": "o", "ø": "o"}


def fold_with_positions(text: str) -> tuple[str, list[int]]:
    """Return the folded text, and for each of its characters the index it came from.

    "Müller", "Mueller" and "Muller" fold to the same; so do "Weiß" and "Weiss".
    """
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        lowered = character.lower()
        plain = _SINGLE.get(lowered)
        if plain is None:
            plain = "".join(
                one for one in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(one)
            )
        for one in plain:
            if letters and letters[-1] + one in _UMLAUT_PAIRS:
                continue
            letters.append(one)
            places.append(place)
    return "".join(letters), places


def fold(text: str) -> str:
    """Return the text in the form in which spellings are compared."""
    return fold_with_positions(text)[0]


def digits_of(text: str) -> str:
    """Return only the digits, for comparing phone numbers and IDs."""
    return "".join(character for character in text if character.isascii() and character.isdigit())
