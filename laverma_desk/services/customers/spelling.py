"""What a mistyped word may mean: words that occur and are spelt nearly alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

_FORGIVEN = 75
"""Similarity in percent from which a mistyped word counts as meant."""

_MEANT = 3
"""How many spellings a mistyped word may stand for."""

_SHORTEST = 3


class Spelling:
    """Knows all words of some lines, as soon as one is asked for that is in none of them."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Keep the lines, which never change."""
        self._lines = lines
        self._begun: dict[int, str] = {}
        self._meant: dict[str, tuple[str, ...]] = {}

    def prepare(self) -> None:
        """Take the words apart and load what compares them, while nobody waits."""
        self._alike("?" * _SHORTEST)

    def meant(self, word: str) -> tuple[str, ...]:
        """Return what a word may mean: itself where it occurs, else what is spelt nearly alike.

        While it is still being typed, its letters are compared with the beginnings of words.
        """
        if len(word) < _SHORTEST or word.isdigit() or word in self._every_word:
            return (word,)
        if word not in self._meant:
            self._meant[word] = self._alike(word)
        return self._meant[word]

    @cached_property
    def _every_word(self) -> str:
        # In one text, taken apart when a word is misspelt: as many small ones they take six times the room.
        return " ".join(sorted({word for line in self._lines for word in line.split()}))

    def _alike(self, word: str) -> tuple[str, ...]:
        size = len(word)
        words = [one for one in self._every_word.split() if len(one) >= _SHORTEST]
        if size not in self._begun:
            self._begun[size] = " ".join(sorted({one[:size] for one in words}))
        found = (*_nearest(word, words), *_nearest(word, self._begun[size].split()))
        return found or (word,)


def _nearest(word: str, words: Iterable[str]) -> list[str]:
    # Loaded late: most words are spelt right, and the start of the program waits for every library.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    found = process.extract(word, words, scorer=fuzz.ratio, score_cutoff=_FORGIVEN, limit=_MEANT)
    return [str(one[0]) for one in found]
