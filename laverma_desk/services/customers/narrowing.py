"""Lines of text that hold each of some words, asked for again with every letter that is typed."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence

_KEPT_TURNS = 16


class Narrowing:
    """Knows by their places which of its lines have what was typed.

    While a word is typed on, they only grow fewer: what fitted a moment ago is kept for some turns, and the
    next letter, or taking one back, begins there.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        """Keep the lines, which never change."""
        self._lines = lines
        self._kept: dict[tuple[str, ...], Collection[int]] = {}

    def fitting(self, words: tuple[str, ...]) -> Collection[int]:
        """Return the lines that have each word, in their order."""
        if not words:
            return range(len(self._lines))
        found = self._kept.pop(words, None)
        if found is None:
            *before, last = words
            shorter = self._kept.get((*before, last[:-1]))
            among = self.fitting(tuple(before)) if shorter is None else shorter
            found = array("l", self.having(among, (last,)))  # Kept: a list takes five times the room.
            if len(self._kept) >= _KEPT_TURNS:
                del self._kept[next(iter(self._kept))]
        self._kept[words] = found
        return found

    def having(self, places: Collection[int], spellings: Collection[str]) -> list[int]:
        """Return those of some lines that have one of the spellings of a word, in their order."""
        lines = self._lines
        if len(spellings) == 1:
            (word,) = spellings
            return [place for place in places if word in lines[place]]
        return sorted({place for word in spellings for place in places if word in lines[place]})
