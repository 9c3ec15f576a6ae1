"""What came of a conversation with a mail server, and how far it got."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from laverma_desk.domain.message import Failure


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
