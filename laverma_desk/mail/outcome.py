"""What came of a conversation with a mail server, and how far it got."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from laverma_desk.domain.message import Failure

LONGEST_ANSWER = 500


class Phase(StrEnum):
    """The steps of a conversation. Up to `BODY` nothing was handed over; in `ANSWER` nobody knows."""

    CONNECT = "connect"
    ENCRYPTION = "encryption"
    GREETING = "greeting"
    HELLO = "hello"
    LOGIN = "login"
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"
    BODY = "body"
    ANSWER = "answer"
    CHECK = "check"
    FINISHED = "finished"


@dataclass(frozen=True)
class Outcome:
    """What came of it; `failure` None means accepted.

    `answer` holds the server's words as they came ("550 5.1.1 User unknown"), or, where it said
    nothing, the system's words for what broke; it may be empty. `refused` pairs each recipient that
    was turned down with the words for it; a refused copy alone is no failure. `phase` is the step
    that failed, or FINISHED.
    """

    answer: str
    failure: Failure | None
    refused: tuple[tuple[str, str], ...]
    phase: Phase


class Stopped(Exception):
    """The conversation cannot go on: the failure, and the words that came with it."""

    def __init__(self, failure: Failure, answer: str = "") -> None:
        """Keep what the outcome will say."""
        super().__init__(failure, answer)
        self.failure = failure
        self.answer = answer


def readable(words: bytes | str, secrets: Sequence[bytes] = ()) -> str:
    """Return words on one line: UTF-8 or else Latin-1, no control characters, 500 characters.

    A server may echo what it did not understand; `secrets` become three stars before anything else.
    """
    text = words if isinstance(words, str) else _decoded(words, secrets)
    line = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(line.split())[:LONGEST_ANSWER]


def _decoded(words: bytes, secrets: Sequence[bytes]) -> str:
    for secret in secrets:
        words = words.replace(secret, b"***")
    try:
        return words.decode()
    except UnicodeDecodeError:
        return words.decode("latin-1")
