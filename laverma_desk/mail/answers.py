"""What a mail server answered, fit to be read, and the end of a conversation that cannot go on."""

from __future__ import annotations

from collections.abc import Sequence

from laverma_desk.domain.message import Failure

LONGEST_ANSWER = 500
_SHORTEST_PIECE = 12


class Stopped(Exception):
    """The conversation cannot go on: the failure, and the words that came with it."""

    def __init__(self, failure: Failure, answer: str = "") -> None:
        """Keep what the outcome will say."""
        super().__init__(failure, answer)
        self.failure = failure
        self.answer = answer


def readable(words: bytes | str, secrets: Sequence[bytes] = ()) -> str:
    """Return words on one line: UTF-8 or else Latin-1, no control characters, 500 characters.

    A server may echo what it did not understand; `secrets`, and what a server leaves of their
    beginning, become three stars before anything else.
    """
    text = words if isinstance(words, str) else _decoded(words, secrets)
    line = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(line.split())[:LONGEST_ANSWER]


def _decoded(words: bytes, secrets: Sequence[bytes]) -> str:
    for secret in secrets:
        # A server may cut short what it echoes.
        for end in range(len(secret), min(len(secret), _SHORTEST_PIECE) - 1, -1):
            words = words.replace(secret[:end], b"***")
    try:
        return words.decode()
    except UnicodeDecodeError:
        return words.decode("latin-1")
