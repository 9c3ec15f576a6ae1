"""Spellings made comparable: case, umlauts in any writing, ß, accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

_UMLAUT_PAIRS = frozenset({"ae", "oe", "ue"})
_AT_ONCE = 64
_TWO_DOTS = "\u0308"
_PAIR = re.compile("([aou])e+")
_NO_DIGITS = re.compile("[^0-9]+")
_SINGLES = str.maketrans({"ß": "ss", "æ": "a", "œ": "o", "ø": "o", "ς": "σ"})


@lru_cache(maxsize=4096)
def fold_with_positions(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the folded text, and for each of its characters the index it came from.

    "Müller", "Mueller" and "Muller" fold to the same; so do "Weiß" and "Weiss". While somebody types, the
    same names are asked for with each letter.
    """
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for one in _plain(character):
            if letters and letters[-1] + one in _UMLAUT_PAIRS:
                continue
            letters.append(one)
            places.append(place)
    return "".join(letters), tuple(places)


def fold(text: str) -> str:
    """Return the text in the form in which spellings are compared.

    The same as `fold_with_positions(text)[0]`, without walking through the letters one by one.
    """
    return _PAIR.sub(r"\1", _plain(text))


def fold_all(texts: Iterable[str]) -> list[str]:
    """Return each text folded; several at once, as one with breaks between: most have a few words."""
    found: list[str] = []
    rest = iter(texts)
    while some := list(islice(rest, _AT_ONCE)):
        folded = fold("\n".join(some)).split("\n")
        # One that has a break within itself spoils the count.
        found += folded if len(folded) == len(some) else map(fold, some)
    return found


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    # Taken apart first: the small letter of a ligature or a sign such as № shows only then.
    parts = unicodedata.normalize("NFKD", text).lower()
    # German has no other letters: a million notes need not be walked through one by one.
    german = parts.replace(_TWO_DOTS, "").replace("ß", "ss")
    if german.isascii():
        return german
    return "".join(one for one in parts.translate(_SINGLES) if not unicodedata.combining(one))


def marks_of(shown: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Return where folded words stand in a shown name, as non-overlapping (start, end)."""
    folded, places = fold_with_positions(shown)
    covered: set[int] = set()
    for word in words:
        found = folded.find(word)
        if found >= 0:
            covered.update(range(places[found], places[found + len(word) - 1] + 1))
    marks: list[tuple[int, int]] = []
    for place in sorted(covered):
        if marks and marks[-1][1] == place:
            marks[-1] = (marks[-1][0], place + 1)
        else:
            marks.append((place, place + 1))
    return tuple(marks)


def digits_of(text: str) -> str:
    """Return only the digits, for comparing phone numbers and IDs."""
    return _NO_DIGITS.sub("", text)
