"""Lines of notes: what several people write below each other is compared line by line."""

from __future__ import annotations


def has_lines(words: str, lines: str) -> bool:
    """Return whether lines stand in a text, one below the other and each as a whole."""
    return f"\n{lines}\n" in f"\n{words}\n"
