"""What full-text search compares: the line in which a session is looked for, and the words as parts of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from laverma_desk.domain.folding import fold

_WORD_BEGINS = re.compile(r"(?<![^\W_])(?=[^\W_])")
_VOWELS = ("a", "o", "u")
_LONG_ENOUGH = 4


def line_of(texts: Iterable[str]) -> str:
    """Return texts as one folded line in which a blank stands before each word: " pc- 0117 gepruft"."""
    return f" {_spaced(chr(10).join(texts))}"


def words_of(text: str) -> tuple[tuple[str, ...], ...]:
    """Return for each word that was typed the parts of a line that it may stand for; any one will do.

    Three letters or more are found anywhere ("server" in "Terminalserver"), two begin a word, and a
    single letter is the start of something that is still being typed: it is left out.
    """
    found: dict[tuple[str, ...], None] = {}
    for typed in text.replace("\0", " ").split():
        parts = _parts(typed)
        if parts:
            found[parts] = None
    return tuple(found)


def _parts(typed: str) -> tuple[str, ...]:
    word = _spaced(typed)
    if len(word) <= 2 and word.isalnum():
        return (f" {word}",) if len(typed) > 1 else ()
    rest = word.lstrip("e")
    if len(word) < _LONG_ENOUGH or rest == word or not rest:
        return (word,) if word else ()
    # Behind a vowel the folding takes an e away: "Videoeinstellung" is kept as "videoinstellung".
    return (word, *(vowel + rest for vowel in _VOWELS))


def _spaced(text: str) -> str:
    """Return a text folded, a blank before each letter or digit that follows neither."""
    return " ".join(_WORD_BEGINS.sub(" ", fold(text.replace("\0", " "))).split())
